import { createQuotaObserver } from "../../http/policies/observe-quota";
import { createUpstreamClient } from "../../http/upstream-client";
import type { Platform } from "../platform";
import { entities } from "./entities";
import { BigCommerceCategory } from "./graph/category";
import { BigCommerceCustomer } from "./graph/customer";
import {
  BigCommerceCategoryAccess,
  BigCommerceCustomerGroup,
} from "./graph/customer-group";
import {
  BigCommerceCategoryDiscountRule,
  BigCommerceOtherDiscountRule,
  BigCommercePriceListDiscountRule,
  BigCommerceProductDiscountRule,
  BigCommerceStorewideDiscountRule,
} from "./graph/discount-rule";
import {
  BigCommercePriceList,
  BigCommercePriceListAssignment,
} from "./graph/price-list";
import { BigCommerceProduct } from "./graph/product";
import {
  BigCommerceCategoryAccessResolver,
  BigCommerceCategoryDiscountRuleResolver,
  BigCommerceCategoryResolver,
  BigCommerceCustomerGroupResolver,
  BigCommercePriceListAssignmentResolver,
  BigCommercePriceListDiscountRuleResolver,
  BigCommerceProductDiscountRuleResolver,
} from "./graph/resolvers";
import { quotaOf } from "./quota";
import { BigCommerceSession } from "./session";
import { type BigCommerceSettings, bigcommerceSettings } from "./settings";

const name = "bigcommerce";

/** Ids are numbers from 1, written without leading zeros. */
const nativeId = /^[1-9]\d{0,14}$/;

/** The platform BigCommerce: a REST API in two versions, v2 for groups. */
export const bigcommerce: Platform<BigCommerceSettings> = {
  name,
  enumValue: "BIGCOMMERCE",
  title: "BigCommerce",
  settings: bigcommerceSettings,
  limits: { timeoutMs: 5_000, maxConcurrency: 10, attempts: 2 },
  kinds: Object.values(entities).map(({ kind, typename, scope }) => ({
    kind,
    typename,
    scope,
    isNativeId: (text) => nativeId.test(text),
  })),
  graph: {
    types: [
      BigCommerceCategory,
      BigCommerceCategoryAccess,
      BigCommerceCategoryDiscountRule,
      BigCommerceCustomer,
      BigCommerceCustomerGroup,
      BigCommerceOtherDiscountRule,
      BigCommercePriceList,
      BigCommercePriceListAssignment,
      BigCommercePriceListDiscountRule,
      BigCommerceProduct,
      BigCommerceProductDiscountRule,
      BigCommerceStorewideDiscountRule,
    ],
    resolvers: [
      BigCommerceCategoryAccessResolver,
      BigCommerceCategoryDiscountRuleResolver,
      BigCommerceCategoryResolver,
      BigCommerceCustomerGroupResolver,
      BigCommercePriceListAssignmentResolver,
      BigCommercePriceListDiscountRuleResolver,
      BigCommerceProductDiscountRuleResolver,
    ],
  },
  connect: ({ key, settings, limits, signals }) => {
    const headers = { "x-auth-token": settings.credentials.accessToken };
    const quota = createQuotaObserver(quotaOf);
    const client = createUpstreamClient({
      limits,
      // Tokens do not run out (BigCommerce docs, authentication).
      credentials: { headers: () => headers, hasExpired: () => false },
      observe: quota.policy,
    });
    const setup = {
      client,
      baseUrl: settings.baseUrl,
      storeHash: settings.storeHash,
      store: key,
      platform: name,
      signals,
    };
    return {
      open: (scope) => new BigCommerceSession(setup, scope),
      quota: () => quota.current(),
      close: () => client.close(),
    };
  },
  sandbox: async () =>
    (await import("../../sandbox/bigcommerce")).bigcommerceSandbox,
};
