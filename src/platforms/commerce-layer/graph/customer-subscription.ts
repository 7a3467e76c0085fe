import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { CommerceLayerResource } from "./resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomerSubscription", {
  implements: Node,
  description:
    "A newsletter or similar that a customer subscribed to; its `reference` says to which.",
  simpleResolvers: true,
})
export class CommerceLayerCustomerSubscription extends CommerceLayerResource {
  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The e-mail address that subscribed.",
  })
  readonly customerEmail!: string | null;
}
