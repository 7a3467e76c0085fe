import { registerEnumType } from "type-graphql";

export enum BigCommerceCategoryAccessType {
  ALL = "ALL",
  SPECIFIC = "SPECIFIC",
  NONE = "NONE",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(BigCommerceCategoryAccessType, {
  name: "BigCommerceCategoryAccessType",
  description: "Which categories a group's members may see.",
  valuesConfig: {
    ALL: { description: "Every category." },
    SPECIFIC: { description: "Those that are listed." },
    NONE: { description: "No category." },
    UNKNOWN: { description: "A word that this server does not know." },
  },
});

export enum BigCommerceDiscountMethod {
  PERCENT = "PERCENT",
  FIXED = "FIXED",
  PRICE = "PRICE",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(BigCommerceDiscountMethod, {
  name: "BigCommerceDiscountMethod",
  description: "How a discount's amount is to be taken.",
  valuesConfig: {
    PERCENT: { description: "So many percent off." },
    FIXED: { description: "The new price." },
    PRICE: { description: "So much off the price." },
    UNKNOWN: { description: "A word that this server does not know." },
  },
});
