import type { Operation } from "../lib/load";

/** Some customers of one store; no two of them are the same upstream. */
export function readOf(storeKey: string, n: number): Operation {
  return {
    query:
      "query Read($store: String!, $from: DateTime!) { customers(first: 3, filter: { stores: [$store], createdAt: { min: $from } }) { nodes { email } } }",
    variables: { store: storeKey, from: new Date(n * 1_000).toISOString() },
  };
}

/** The same of every store. */
export const readOfAll: Operation = {
  query: "{ stores { key customers(first: 3) { nodes { email } } } }",
};
