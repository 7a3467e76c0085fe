import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { DateTime } from "../../../graph/scalars";
import { BigCommerceEntity } from "./entity";

@Directive('@key(fields: "id")')
@ObjectType("BigCommercePriceList", {
  implements: Node,
  description: "Prices that stand in for the catalog's.",
  simpleResolvers: true,
})
export class BigCommercePriceList extends BigCommerceEntity {
  @Field(() => String, { description: "Its name, unique in the store." })
  readonly name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is in use.",
  })
  readonly active!: boolean | null;

  @Field(() => DateTime, { nullable: true, description: "When it was made." })
  readonly createdAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was last changed.",
  })
  readonly updatedAt!: string | null;
}

@ObjectType("BigCommercePriceListAssignment", {
  description: "That a group has a price list in a channel.",
  simpleResolvers: true,
})
export class BigCommercePriceListAssignment {
  readonly storeKey!: string;

  @Field(() => ID, { description: "BigCommerce's own id of the assignment." })
  readonly id!: string;

  @Field(() => ID, {
    nullable: true,
    description: "BigCommerce's own id of the channel.",
  })
  readonly channelId!: string | null;

  @Field(() => ID, {
    description: "BigCommerce's own id of the price list, deleted or not.",
  })
  readonly priceListId!: string;
}
