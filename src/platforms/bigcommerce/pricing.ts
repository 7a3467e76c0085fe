import { toDecimal } from "../../domain/decimal";
import { type ReadValue, ValueMismatch, object, word } from "../read-value";
import { BigCommerceCategoryAccess } from "./graph/customer-group";
import {
  BigCommerceCategoryDiscountRule,
  type BigCommerceDiscountRule,
  BigCommerceOtherDiscountRule,
  BigCommercePriceListDiscountRule,
  BigCommerceProductDiscountRule,
  BigCommerceStorewideDiscountRule,
} from "./graph/discount-rule";
import {
  BigCommerceCategoryAccessType,
  BigCommerceDiscountMethod,
} from "./graph/enums";
import { type WireObject, idOf, isObject } from "./wire";

const accessType = word(BigCommerceCategoryAccessType);
const method = word(BigCommerceDiscountMethod);

/**
 * Reads `category_access`. Its categories belong to the type `specific` only,
 * but are carried whatever the type: the documentation shows them with `all`.
 */
export const readCategoryAccess: ReadValue = (value, signals) => {
  if (!isObject(value)) throw new ValueMismatch("an object");
  const { categories = [] } = value;
  if (!Array.isArray(categories)) throw new ValueMismatch("a list of ids");
  return Object.assign(new BigCommerceCategoryAccess(), {
    type: accessType(value["type"], signals) ?? "UNKNOWN",
    categoryIds: categories.map((category) => {
      const id = idOf(category);
      if (id === null) throw new ValueMismatch("a list of ids");
      return id;
    }),
  });
};

/** Reads `discount_rules`; absent ones are none. */
export const readDiscountRules: ReadValue = (value, signals) => {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new ValueMismatch("a list of rules");
  return value.map((rule) => {
    if (!isObject(rule) || typeof rule["type"] !== "string") {
      throw new ValueMismatch("rules that have a type");
    }
    object(rule, signals);
    return Object.assign(ruleOf(rule), {
      type: rule["type"],
      method: readable(rule["method"]) ? method(rule["method"], signals) : null,
      amount: amountOf(rule),
    });
  });
};

/** `null` also for one that is no decimal: such a rule is shown as it came. */
function amountOf(rule: WireObject): string | null {
  const { amount } = rule;
  return amount === undefined || amount === null ? null : toDecimal(amount);
}

/** Whether a word is there or plainly absent, and nothing else. */
function readable(value: unknown): boolean {
  return value === undefined || value === null || typeof value === "string";
}

/** A rule that is not as its type promises is shown as it came: nothing is lost. */
function ruleOf(rule: WireObject): BigCommerceDiscountRule {
  const isOdd =
    !readable(rule["method"]) ||
    (rule["amount"] !== undefined &&
      rule["amount"] !== null &&
      amountOf(rule) === null);
  if (isOdd) {
    return Object.assign(new BigCommerceOtherDiscountRule(), { raw: rule });
  }
  const [priceListId, categoryId, productId] = [
    idOf(rule["price_list_id"]),
    idOf(rule["category_id"]),
    idOf(rule["product_id"]),
  ];
  switch (rule["type"]) {
    case "all":
      return new BigCommerceStorewideDiscountRule();
    case "price_list":
      if (priceListId === null) break;
      return Object.assign(new BigCommercePriceListDiscountRule(), {
        priceListId,
      });
    case "category":
      if (categoryId === null) break;
      return Object.assign(new BigCommerceCategoryDiscountRule(), {
        categoryId,
      });
    case "product":
      if (productId === null) break;
      return Object.assign(new BigCommerceProductDiscountRule(), {
        productId,
      });
  }
  return Object.assign(new BigCommerceOtherDiscountRule(), { raw: rule });
}
