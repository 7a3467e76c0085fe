import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { CommerceLayerResource } from "./resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerMarket", {
  implements: Node,
  description:
    "A market: a way of selling with a merchant, a price list and an inventory model of its own. One with a customer group is private to the group's members.",
  simpleResolvers: true,
})
export class CommerceLayerMarket extends CommerceLayerResource {
  @Field(() => String, { description: "The market's internal name." })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: "A code that the shop's staff gave it.",
  })
  readonly code!: string | null;
}
