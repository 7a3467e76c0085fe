import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerOrderSubscription", {
  implements: Node,
  description: "An order that is repeated by itself.",
  simpleResolvers: true,
})
export class CommerceLayerOrderSubscription extends CommerceLayerCustomerResource {
  @Field(() => String, {
    nullable: true,
    description: "The number that the customer knows it by.",
  })
  readonly number!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The platform's own word: draft, inactive, active, running, cancelled, or a newer one.",
  })
  readonly status!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "How often it is repeated: hourly, daily, weekly, monthly and so on, or a cron expression.",
  })
  readonly frequency!: string | null;
}
