import {
  cacheExchange,
  Client,
  type Exchange,
  fetchExchange,
  makeOperation,
  mapExchange,
} from "urql";
import type { UpstreamCostMeter } from "./upstream-cost";

/**
 * A client that keeps what did come of an answer, beside its errors: urql gives
 * both, and nothing here throws one of them away.
 *
 * @param meter hears what each answer cost upstream.
 */
export function createClient(meter: UpstreamCostMeter): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: { headers: { "clientele-debug": "upstream" } },
    exchanges: [
      askAgainAfterErrors(),
      cacheExchange,
      mapExchange({
        onOperation: ({ kind, key }) => {
          if (kind === "teardown") meter.leaves(key);
          else meter.asks(key);
        },
        onResult: ({ operation, extensions, error }) => {
          if (error?.networkError) meter.fails(operation.key);
          else meter.hears(operation.key, extensions);
        },
      }),
      fetchExchange,
    ],
  });
}

/**
 * An answer with errors is shown, but not shown again from memory: who comes
 * back to a view finds out whether the store has recovered.
 */
function askAgainAfterErrors(): Exchange {
  const failed = new Set<number>();
  return mapExchange({
    onOperation: (operation) =>
      operation.kind === "query" && failed.has(operation.key)
        ? makeOperation("query", operation, {
            ...operation.context,
            requestPolicy: "network-only",
          })
        : operation,
    onResult: ({ operation, error }) => {
      if (error) failed.add(operation.key);
      else failed.delete(operation.key);
    },
  });
}
