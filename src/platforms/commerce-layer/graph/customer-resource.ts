import { Field, ObjectType } from "type-graphql";
import { PersonalData } from "../../../graph/personal-data";
import { JSONObject } from "../../../graph/scalars";
import { CommerceLayerResource } from "./resource";

/**
 * What every resource has that is a customer, or belongs to one. Anything may
 * stand in its metadata, names and addresses too.
 */
@ObjectType({ simpleResolvers: true })
export abstract class CommerceLayerCustomerResource extends CommerceLayerResource {
  @PersonalData()
  @Field(() => JSONObject, {
    nullable: true,
    description: "Whatever the shop's staff or systems noted with the record.",
  })
  override readonly metadata!: Readonly<Record<string, unknown>> | null;
}
