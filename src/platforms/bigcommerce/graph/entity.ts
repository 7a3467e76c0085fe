import { Field, ID, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import type { EntityRow } from "../../../platforms/platform";

/** What everything with a global id has. */
@ObjectType({ simpleResolvers: true })
export abstract class BigCommerceEntity extends Node implements EntityRow {
  readonly storeKey!: string;

  @Field(() => ID, { description: "BigCommerce's own id." })
  readonly nativeId!: string;
}
