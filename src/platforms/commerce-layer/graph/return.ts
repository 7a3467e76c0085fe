import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerReturn", {
  implements: Node,
  description: "Goods that a customer sends back.",
  simpleResolvers: true,
})
export class CommerceLayerReturn extends CommerceLayerCustomerResource {
  @Field(() => String, {
    nullable: true,
    description: "The number that the customer knows it by.",
  })
  readonly number!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The platform's own word: draft, requested, approved, cancelled, shipped, rejected, received, refunded, or a newer one.",
  })
  readonly status!: string | null;
}
