import {
  cacheExchange,
  Client,
  type Exchange,
  fetchExchange,
  makeOperation,
  mapExchange,
} from "urql";
import { toStale, withArrival } from "./stale";
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
      askAgainAfterTrouble(),
      cacheExchange,
      mapExchange({
        onOperation: ({ kind, key }) => {
          if (kind === "teardown") meter.leaves(key);
          else meter.asks(key);
        },
        onResult: (result) => {
          const { operation, extensions, error } = result;
          if (error?.networkError) meter.fails(operation.key);
          else meter.hears(operation.key, extensions);
          return { ...result, extensions: withArrival(extensions) };
        },
      }),
      fetchExchange,
    ],
  });
}

/**
 * An answer with errors, or with older data in the place of what a store did
 * not answer, is shown, but not shown again from memory: who comes back to a
 * view finds out whether the store has recovered.
 */
function askAgainAfterTrouble(): Exchange {
  const troubled = new Set<number>();
  return mapExchange({
    onOperation: (operation) =>
      operation.kind === "query" && troubled.has(operation.key)
        ? makeOperation("query", operation, {
            ...operation.context,
            requestPolicy: "network-only",
          })
        : operation,
    onResult: ({ operation, error, extensions }) => {
      if (error || toStale(extensions).length > 0) troubled.add(operation.key);
      else troubled.delete(operation.key);
    },
  });
}
