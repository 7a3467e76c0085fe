import { Directive, Field, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../../graph/scalars";
import { Node } from "../../../graph/node";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerOrder", {
  implements: Node,
  description:
    "An order, in its head data. Its token, which opens the checkout, is never fetched.",
  simpleResolvers: true,
})
export class CommerceLayerOrder extends CommerceLayerCustomerResource {
  @Field(() => String, {
    nullable: true,
    description: "The number that the customer knows it by.",
  })
  readonly number!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The platform's own word: draft, pending, editing, placing, placed, approved, cancelled, or a newer one.",
  })
  readonly status!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The platform's own word for how far it is paid.",
  })
  readonly paymentStatus!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The platform's own word for how far it is delivered.",
  })
  readonly fulfillmentStatus!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The currency of its amounts, by its ISO 4217 code.",
  })
  readonly currencyCode!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The total in the currency's smallest unit.",
  })
  readonly totalAmountCents!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the customer placed it; null for one that is not placed.",
  })
  readonly placedAt!: string | null;
}
