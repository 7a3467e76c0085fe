import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomerSubscription", {
  implements: Node,
  description:
    "A newsletter or similar that a customer subscribed to; its `reference` says to which.",
  simpleResolvers: true,
})
export class CommerceLayerCustomerSubscription extends CommerceLayerCustomerResource {
  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The e-mail address that subscribed.",
  })
  readonly customerEmail!: string | null;
}
