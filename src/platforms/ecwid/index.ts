import { createUpstreamClient } from "../../http/upstream-client";
import type { Platform } from "../platform";
import { entities } from "./entities";
import { EcwidCustomer } from "./graph/customer";
import { EcwidCustomerGroup } from "./graph/customer-group";
import { createPause } from "./quota";
import { EcwidSession } from "./session";
import { type EcwidSettings, ecwidSettings } from "./settings";

const name = "ecwid";

/** The platform Ecwid by Lightspeed: a REST API with one host for all stores. */
export const ecwid: Platform<EcwidSettings> = {
  name,
  enumValue: "ECWID",
  title: "Ecwid",
  settings: ecwidSettings,
  limits: { timeoutMs: 5_000, maxConcurrency: 10, attempts: 2 },
  kinds: Object.values(entities).map(({ kind, typename, scope, nativeId }) => ({
    kind,
    typename,
    scope,
    isNativeId: (text) => nativeId.test(text),
  })),
  graph: { types: [EcwidCustomer, EcwidCustomerGroup], resolvers: [] },
  connect: ({ key, settings, limits, signals }) => {
    const headers = {
      authorization: `Bearer ${settings.credentials.accessToken}`,
    };
    const client = createUpstreamClient({
      limits,
      // Tokens do not run out (Ecwid docs, API reference).
      credentials: { headers: () => headers, hasExpired: () => false },
      quota: createPause(),
    });
    const setup = {
      client,
      baseUrl: settings.baseUrl,
      storeId: settings.storeId,
      store: key,
      platform: name,
      signals,
    };
    return {
      open: (scope) => new EcwidSession(setup, scope),
      // No answer tells of it (Ecwid docs, API reference).
      quota: () => null,
      close: () => client.close(),
    };
  },
  sandbox: async () => (await import("../../sandbox/ecwid")).ecwidSandbox,
};
