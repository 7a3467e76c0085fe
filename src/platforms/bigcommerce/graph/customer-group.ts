import { Directive, Field, ID, ObjectType } from "type-graphql";
import { AssumedSize } from "../../../graph/assumed-size";
import { CustomerGroup } from "../../../graph/customer-group";
import { Node } from "../../../graph/node";
import { BigCommerceDiscountRule } from "./discount-rule";
import { BigCommerceEntity } from "./entity";
import { BigCommerceCategoryAccessType } from "./enums";

@ObjectType("BigCommerceCategoryAccess", {
  description: "Which categories a group's members may see.",
  simpleResolvers: true,
})
export class BigCommerceCategoryAccess {
  readonly storeKey!: string;

  @Field(() => BigCommerceCategoryAccessType, {
    description: "All, none, or those that are listed.",
  })
  readonly type!: string;

  @Field(() => [ID], {
    description:
      "BigCommerce's own ids of the categories, as sent, deleted ones among them; empty when none are.",
  })
  readonly categoryIds!: readonly string[];
}

@Directive('@key(fields: "id")')
@ObjectType("BigCommerceCustomerGroup", {
  implements: [CustomerGroup, Node],
  description: "A customer group of a BigCommerce store.",
  simpleResolvers: true,
})
export class BigCommerceCustomerGroup
  extends BigCommerceEntity
  implements CustomerGroup
{
  readonly name!: string;
  readonly createdAt!: string | null;
  readonly updatedAt!: string | null;

  @Field(() => Boolean, {
    description: "Whether customers who sign up join it by themselves.",
  })
  readonly isDefault!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether it stands for visitors without an account; one group of a store at the most.",
  })
  readonly isGroupForGuests!: boolean;

  @Field(() => BigCommerceCategoryAccess, {
    description: "Which categories its members may see.",
  })
  readonly categoryAccess!: BigCommerceCategoryAccess;

  @AssumedSize(5)
  @Field(() => [BigCommerceDiscountRule], {
    description: "The discounts of its members, in the platform's order.",
  })
  readonly discountRules!: readonly BigCommerceDiscountRule[];
}
