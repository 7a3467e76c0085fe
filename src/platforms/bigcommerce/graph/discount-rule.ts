import { Field, ID, InterfaceType, ObjectType } from "type-graphql";
import { Decimal, JSONObject } from "../../../graph/scalars";
import { BigCommerceDiscountMethod } from "./enums";

@InterfaceType("BigCommerceDiscountRule", {
  description:
    "A discount of a group. What it is for decides its type; a rule of a type that this server does not know is a `BigCommerceOtherDiscountRule`.",
  autoRegisterImplementations: false,
})
export abstract class BigCommerceDiscountRule {
  readonly storeKey!: string;

  @Field(() => String, {
    description:
      "The platform's own word: price_list, all, category, product, or a newer one.",
  })
  readonly type!: string;

  @Field(() => BigCommerceDiscountMethod, {
    nullable: true,
    description: "How the amount is to be taken; null where it is not told.",
  })
  readonly method!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "How much, with four decimals; null where it is not told.",
  })
  readonly amount!: string | null;
}

@ObjectType("BigCommercePriceListDiscountRule", {
  implements: BigCommerceDiscountRule,
  description: "Prices of a price list. Such a rule is a group's only one.",
  simpleResolvers: true,
})
export class BigCommercePriceListDiscountRule extends BigCommerceDiscountRule {
  @Field(() => ID, {
    description: "BigCommerce's own id of the price list, deleted or not.",
  })
  readonly priceListId!: string;
}

@ObjectType("BigCommerceStorewideDiscountRule", {
  implements: BigCommerceDiscountRule,
  description: "A discount on everything.",
  simpleResolvers: true,
})
export class BigCommerceStorewideDiscountRule extends BigCommerceDiscountRule {}

@ObjectType("BigCommerceCategoryDiscountRule", {
  implements: BigCommerceDiscountRule,
  description: "A discount on a category.",
  simpleResolvers: true,
})
export class BigCommerceCategoryDiscountRule extends BigCommerceDiscountRule {
  @Field(() => ID, {
    description: "BigCommerce's own id of the category, deleted or not.",
  })
  readonly categoryId!: string;
}

@ObjectType("BigCommerceProductDiscountRule", {
  implements: BigCommerceDiscountRule,
  description: "A discount on a product.",
  simpleResolvers: true,
})
export class BigCommerceProductDiscountRule extends BigCommerceDiscountRule {
  @Field(() => ID, {
    description: "BigCommerce's own id of the product, deleted or not.",
  })
  readonly productId!: string;
}

@ObjectType("BigCommerceOtherDiscountRule", {
  implements: BigCommerceDiscountRule,
  description: "A rule that this server does not know yet: nothing is lost.",
  simpleResolvers: true,
})
export class BigCommerceOtherDiscountRule extends BigCommerceDiscountRule {
  @Field(() => JSONObject, { description: "The rule as the platform sent it." })
  readonly raw!: Readonly<Record<string, unknown>>;
}
