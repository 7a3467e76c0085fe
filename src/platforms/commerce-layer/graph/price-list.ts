import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { CommerceLayerResource } from "./resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerPriceList", {
  implements: Node,
  description: "Prices in one currency.",
  simpleResolvers: true,
})
export class CommerceLayerPriceList extends CommerceLayerResource {
  @Field(() => String, { description: "The price list's internal name." })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: "A code that the shop's staff gave it.",
  })
  readonly code!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The currency of its prices, by its ISO 4217 code.",
  })
  readonly currencyCode!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether its prices include taxes.",
  })
  readonly taxIncluded!: boolean | null;
}
