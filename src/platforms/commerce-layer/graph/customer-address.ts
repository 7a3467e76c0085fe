import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { JSONObject } from "../../../graph/scalars";
import { CommerceLayerResource } from "./resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomerAddress", {
  implements: Node,
  description: "An entry in a customer's address book.",
  simpleResolvers: true,
})
export class CommerceLayerCustomerAddress extends CommerceLayerResource {
  @PersonalData()
  @Field(() => JSONObject, {
    nullable: true,
    description: "Whatever the shop's staff or systems noted with the record.",
  })
  override readonly metadata!: Readonly<Record<string, unknown>> | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The address in one line, as Commerce Layer composes it.",
  })
  readonly name!: string | null;
}
