import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { AssumedSize } from "../../../graph/assumed-size";
import type { OperationContext } from "../../../graph/operation-context";
import type { MaybePromise } from "../../platform";
import { BigCommerceSession } from "../session";
import { BigCommerceCategory } from "./category";
import {
  BigCommerceCategoryAccess,
  BigCommerceCustomerGroup,
} from "./customer-group";
import {
  BigCommerceCategoryDiscountRule,
  BigCommercePriceListDiscountRule,
  BigCommerceProductDiscountRule,
} from "./discount-rule";
import {
  BigCommercePriceList,
  BigCommercePriceListAssignment,
} from "./price-list";
import { BigCommerceProduct } from "./product";

@Resolver(() => BigCommerceCustomerGroup)
export class BigCommerceCustomerGroupResolver {
  @AssumedSize(3)
  @FieldResolver(() => [BigCommercePriceListAssignment], {
    nullable: true,
    description:
      "The group's price lists by channel. Those in `discountRules` hold in the whole store.",
  })
  async priceListAssignments(
    @Root() group: BigCommerceCustomerGroup,
    @Ctx() context: OperationContext,
  ): Promise<readonly BigCommercePriceListAssignment[]> {
    return sessionOf(group, context).priceListAssignmentsOf(group);
  }
}

@Resolver(() => BigCommerceCategoryAccess)
export class BigCommerceCategoryAccessResolver {
  @AssumedSize(10)
  @FieldResolver(() => [BigCommerceCategory], {
    nullable: true,
    description:
      "The categories of `categoryIds` that still exist, in the same order.",
  })
  async categories(
    @Root() access: BigCommerceCategoryAccess,
    @Ctx() context: OperationContext,
  ): Promise<BigCommerceCategory[]> {
    const session = sessionOf(access, context);
    const categories = await Promise.all(
      access.categoryIds.map(async (id) =>
        session.referred<BigCommerceCategory>("categories", id),
      ),
    );
    return categories.filter((category) => category !== null);
  }
}

@Resolver(() => BigCommerceCategoryDiscountRule)
export class BigCommerceCategoryDiscountRuleResolver {
  @FieldResolver(() => BigCommerceCategory, {
    nullable: true,
    description: "The category; null when it has been deleted.",
  })
  category(
    @Root() rule: BigCommerceCategoryDiscountRule,
    @Ctx() context: OperationContext,
  ): MaybePromise<BigCommerceCategory | null> {
    return sessionOf(rule, context).referred("categories", rule.categoryId);
  }
}

@Resolver(() => BigCommerceProductDiscountRule)
export class BigCommerceProductDiscountRuleResolver {
  @FieldResolver(() => BigCommerceProduct, {
    nullable: true,
    description: "The product; null when it has been deleted.",
  })
  product(
    @Root() rule: BigCommerceProductDiscountRule,
    @Ctx() context: OperationContext,
  ): MaybePromise<BigCommerceProduct | null> {
    return sessionOf(rule, context).referred("products", rule.productId);
  }
}

@Resolver(() => BigCommercePriceListDiscountRule)
export class BigCommercePriceListDiscountRuleResolver {
  @FieldResolver(() => BigCommercePriceList, {
    nullable: true,
    description: "The price list; null when it has been deleted.",
  })
  priceList(
    @Root() rule: BigCommercePriceListDiscountRule,
    @Ctx() context: OperationContext,
  ): MaybePromise<BigCommercePriceList | null> {
    return sessionOf(rule, context).referred("pricelists", rule.priceListId);
  }
}

@Resolver(() => BigCommercePriceListAssignment)
export class BigCommercePriceListAssignmentResolver {
  @FieldResolver(() => BigCommercePriceList, {
    nullable: true,
    description: "The price list; null when it has been deleted.",
  })
  priceList(
    @Root() assignment: BigCommercePriceListAssignment,
    @Ctx() context: OperationContext,
  ): MaybePromise<BigCommercePriceList | null> {
    return sessionOf(assignment, context).referred(
      "pricelists",
      assignment.priceListId,
    );
  }
}

@Resolver(() => BigCommerceCategory)
export class BigCommerceCategoryResolver {
  @FieldResolver(() => BigCommerceCategory, {
    nullable: true,
    description: "The category above it; null for a root.",
  })
  parent(
    @Root() category: BigCommerceCategory,
    @Ctx() context: OperationContext,
  ): MaybePromise<BigCommerceCategory | null> {
    const { parentId } = category;
    return parentId === null
      ? null
      : sessionOf(category, context).referred("categories", parentId);
  }
}

function sessionOf(
  row: { readonly storeKey: string },
  context: OperationContext,
): BigCommerceSession {
  const { session } = context.storeOf(row);
  if (session instanceof BigCommerceSession) return session;
  throw new Error("A BigCommerce row came to another platform's store.");
}
