import { createQuotaObserver } from "../../http/policies/observe-quota";
import { createUpstreamClient } from "../../http/upstream-client";
import type { Mode, Platform } from "../platform";
import { LearnedNames } from "./api";
import { createCredentials, modeOfToken } from "./credentials";
import { CommerceLayerAttachment } from "./graph/attachment";
import {
  CommerceLayerAnonymizationInfo,
  CommerceLayerCustomer,
} from "./graph/customer";
import { CommerceLayerCustomerAddress } from "./graph/customer-address";
import { CommerceLayerCustomerGroup } from "./graph/customer-group";
import { CommerceLayerCustomerPaymentSource } from "./graph/customer-payment-source";
import { CommerceLayerCustomerSubscription } from "./graph/customer-subscription";
import { CommerceLayerMarket } from "./graph/market";
import { CommerceLayerOrder } from "./graph/order";
import { CommerceLayerOrderSubscription } from "./graph/order-subscription";
import { CommerceLayerPriceList } from "./graph/price-list";
import {
  CommerceLayerCustomerAddressResolver,
  CommerceLayerCustomerGroupResolver,
  CommerceLayerCustomerResolver,
  CommerceLayerMarketResolver,
} from "./graph/resolvers";
import { CommerceLayerReturn } from "./graph/return";
import { quotaOf } from "./quota";
import { resources } from "./resources";
import { CommerceLayerSession } from "./session";
import { type CommerceLayerSettings, commerceLayerSettings } from "./settings";

const name = "commerce-layer";

/** Ten letters in all that was seen; the form is not promised. */
const nativeId = /^[A-Za-z0-9_-]{1,64}$/;

/** The platform Commerce Layer: a JSON:API of shops' orders and customers. */
export const commerceLayer: Platform<CommerceLayerSettings> = {
  name,
  enumValue: "COMMERCE_LAYER",
  title: "Commerce Layer",
  settings: commerceLayerSettings,
  limits: { timeoutMs: 5_000, maxConcurrency: 10, attempts: 2 },
  kinds: Object.values(resources)
    // Addresses are shown by value, as the common type.
    .filter(({ typename }) => typename !== "CustomerAddress")
    .map(({ kind, typename, scope }) => ({
      kind,
      typename,
      scope,
      isNativeId: (text) => nativeId.test(text),
    })),
  graph: {
    types: [
      CommerceLayerAnonymizationInfo,
      CommerceLayerAttachment,
      CommerceLayerCustomer,
      CommerceLayerCustomerAddress,
      CommerceLayerCustomerGroup,
      CommerceLayerCustomerPaymentSource,
      CommerceLayerCustomerSubscription,
      CommerceLayerMarket,
      CommerceLayerOrder,
      CommerceLayerOrderSubscription,
      CommerceLayerPriceList,
      CommerceLayerReturn,
    ],
    resolvers: [
      CommerceLayerCustomerAddressResolver,
      CommerceLayerCustomerGroupResolver,
      CommerceLayerCustomerResolver,
      CommerceLayerMarketResolver,
    ],
  },
  connect: ({ key, settings, limits, signals }) => {
    const credentials = createCredentials({
      settings,
      store: key,
      platform: name,
      send: (request) => client.sendUnsigned(request),
    });
    const quota = createQuotaObserver(quotaOf);
    const client = createUpstreamClient({
      limits,
      credentials,
      observe: quota.policy,
    });
    const learned = new LearnedNames();
    const tokenMode = async (signal: AbortSignal): Promise<Mode | null> =>
      modeOfToken(await credentials.accessToken(signal));
    return {
      open: (scope) =>
        new CommerceLayerSession(
          {
            client,
            baseUrl: settings.baseUrl,
            store: key,
            platform: name,
            learned,
            signals,
            tokenMode,
          },
          scope,
        ),
      quota: () => quota.current(),
      close: () => client.close(),
    };
  },
  sandbox: async () =>
    (await import("../../sandbox/commerce-layer")).commerceLayerSandbox,
};
