import { Directive, Field, ObjectType } from "type-graphql";
import { toStoreGlobalId } from "../domain/global-id";
import { Node } from "./node";
import { PlatformEnum } from "./platform-enum";

@Directive('@key(fields: "id")')
@Directive('@key(fields: "key")')
@ObjectType("Store", {
  implements: Node,
  description:
    "One configured account at one platform. Several stores of one platform may be configured.",
  simpleResolvers: true,
})
export class Store extends Node {
  @Field(() => String, {
    description: "The name it has in the configuration, e.g. `acme-eu`.",
  })
  readonly key: string;

  @Field(() => PlatformEnum, { description: "Where the account is." })
  readonly platform: string;

  constructor(key: string, platform: string) {
    super();
    Object.assign(this, { id: toStoreGlobalId(key) });
    this.key = key;
    this.platform = platform;
  }
}
