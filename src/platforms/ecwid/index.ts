import { createHash } from "node:crypto";
import { createUpstreamClient } from "../../http/upstream-client";
import { KnownCount } from "../known-count";
import type { Platform } from "../platform";
import { createCosts } from "./cost";
import { entities } from "./entities";
import { EcwidCustomer } from "./graph/customer";
import { EcwidCustomerGroup } from "./graph/customer-group";
import { createEcwidQuota } from "./quota";
import { EcwidSession } from "./session";
import { type EcwidSettings, ecwidSettings } from "./settings";

const name = "ecwid";

/** The platform Ecwid by Lightspeed: a REST API with one host for all stores. */
export const ecwid: Platform<EcwidSettings> = {
  name,
  enumValue: "ECWID",
  title: "Ecwid",
  settings: ecwidSettings,
  limits: { timeoutMs: 5_000, maxConcurrency: 10, attempts: 3 },
  kinds: Object.values(entities).map(({ kind, typename, scope, nativeId }) => ({
    kind,
    typename,
    scope,
    isNativeId: (text) => nativeId.test(text),
  })),
  graph: { types: [EcwidCustomer, EcwidCustomerGroup], resolvers: [] },
  connect: ({ key, settings, limits, shared, signals }) => {
    const headers = {
      authorization: `Bearer ${settings.credentials.accessToken.reveal()}`,
    };
    // A token opens one store only, and stores have a token for each app.
    const account = createHash("sha256")
      .update(
        `${settings.baseUrl.host} ${settings.credentials.accessToken.reveal()}`,
      )
      .digest("base64");
    const quota = shared(`ecwid quota ${account}`, () =>
      createEcwidQuota({ share: limits.quota?.share ?? 1 }),
    );
    const client = createUpstreamClient({
      limits,
      // Tokens do not run out (Ecwid docs, API reference).
      credentials: { headers: () => headers, hasExpired: () => false },
      quota,
      onBackgroundRead: signals.backgroundRead,
    });
    const groups = new KnownCount();
    const setup = {
      client,
      baseUrl: settings.baseUrl,
      storeId: settings.storeId,
      groups,
      store: key,
      platform: name,
      signals,
    };
    return {
      open: (scope) => new EcwidSession(setup, scope),
      costs: (projection, assumed) =>
        createCosts({ projection, groups, assumed }),
      quota: () => quota.current(),
      state: () => client.state(),
      close: () => client.close(),
    };
  },
  sandbox: async () => (await import("../../sandbox/ecwid")).ecwidSandbox,
};
