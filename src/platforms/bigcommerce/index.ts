import { createUpstreamClient } from "../../http/upstream-client";
import { KnownCount } from "../known-count";
import type { Platform } from "../platform";
import { createCosts } from "./cost";
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
import { createBigCommerceQuota } from "./quota";
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
  limits: { timeoutMs: 5_000, maxConcurrency: 10, attempts: 3 },
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
  connect: ({ key, settings, limits, shared, signals }) => {
    const headers = {
      "x-auth-token": settings.credentials.accessToken.reveal(),
    };
    const account = `${settings.baseUrl.host} ${settings.storeHash}`;
    const quota = shared(`bigcommerce quota ${account}`, () =>
      createBigCommerceQuota({ share: limits.quota?.share ?? 1 }),
    );
    const client = createUpstreamClient({
      limits,
      // Tokens do not run out (BigCommerce docs, authentication).
      credentials: { headers: () => headers, hasExpired: () => false },
      quota,
      onBackgroundRead: signals.backgroundRead,
    });
    const groups = new KnownCount();
    const setup = {
      client,
      baseUrl: settings.baseUrl,
      storeHash: settings.storeHash,
      groups,
      store: key,
      platform: name,
      signals,
    };
    return {
      open: (scope) => new BigCommerceSession(setup, scope),
      costs: (projection, assumed) =>
        createCosts({ projection, groups, assumed }),
      quota: () => quota.current(),
      state: () => client.state(),
      close: () => client.close(),
    };
  },
  sandbox: async () =>
    (await import("../../sandbox/bigcommerce")).bigcommerceSandbox,
};
