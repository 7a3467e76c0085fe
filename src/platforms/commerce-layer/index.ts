import type { CancelSignal } from "../../domain/cancellation";
import type { AccountQuota } from "../../http/quota/account-quota";
import {
  type UpstreamClient,
  createUpstreamClient,
} from "../../http/upstream-client";
import type { Mode, Platform } from "../platform";
import { LearnedNames, apiRootOf } from "./api";
import { createCosts } from "./cost";
import {
  createCredentials,
  createTokenQuota,
  modeOfToken,
} from "./credentials";
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
import { CommerceLayerQuota } from "./quota";
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
  limits: { timeoutMs: 5_000, maxConcurrency: 10, attempts: 3 },
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
  connect: ({ key, settings, limits, shared, signals }) => {
    const site = siteOf(settings.baseUrl);
    const credentials = createCredentials({
      settings,
      store: key,
      platform: name,
      send: (request) => upstream.sendUnsigned(request),
      quota: shared(`commerce-layer tokens ${site}`, createTokenQuota),
    });
    const quota = quotaByMode(
      () => credentials.mode,
      (mode) =>
        shared(
          `commerce-layer quota ${site} ${mode}`,
          () =>
            new CommerceLayerQuota({ mode, share: limits.quota?.share ?? 1 }),
        ),
    );
    const upstream = createUpstreamClient({
      limits,
      credentials,
      quota,
      onBackgroundRead: signals.backgroundRead,
    });
    const client: UpstreamClient = {
      ...upstream,
      // Which quota a request counts against is known with the token. While the
      // platform refuses the credential no new one is fetched: it is refused too.
      send: (request) =>
        credentials.isReady || upstream.state().isDenied
          ? upstream.send(request)
          : credentials
              .accessToken(request.signal)
              .then(() => upstream.send(request)),
    };
    const learned = new LearnedNames();
    const root = apiRootOf(settings.baseUrl);
    const tokenMode = async (signal: CancelSignal): Promise<Mode | null> =>
      modeOfToken(await credentials.accessToken(signal));
    return {
      open: (scope) =>
        new CommerceLayerSession(
          {
            client,
            root,
            store: key,
            platform: name,
            learned,
            signals,
            tokenMode,
          },
          scope,
        ),
      costs: (_, assumed) =>
        createCosts({ tellsMode: credentials.mode !== null, assumed }),
      quota: () => quota.current(),
      state: () => {
        const state = client.state();
        return { ...state, isDenied: state.isDenied || credentials.isDenied };
      },
      close: () => client.close(),
    };
  },
  sandbox: async () =>
    (await import("../../sandbox/commerce-layer")).commerceLayerSandbox,
};

/** Requests count by the address they come from, whatever account they ask. */
function siteOf({ host }: URL): string {
  const site = "commercelayer.io";
  return host.endsWith(`.${site}`) ? site : host;
}

/** The quota of the mode that the credential opens, as far as it is known. */
function quotaByMode(
  mode: () => Mode | null,
  quotaOf: (mode: Mode | null) => AccountQuota,
): AccountQuota {
  const quotas = new Map<Mode | null, AccountQuota>();
  const current = (): AccountQuota => {
    let quota = quotas.get(mode());
    if (!quota) quotas.set(mode(), (quota = quotaOf(mode())));
    return quota;
  };
  return {
    get pause() {
      return current().pause;
    },
    laneOf: (request) => current().laneOf(request),
    read: (response, request) => current().read(response, request),
    current: () => current().current(),
  };
}
