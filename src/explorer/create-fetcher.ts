import type { ExecutionResult } from "graphql";
import type { GraphiQLProps } from "graphiql";

/**
 * Sends operations to the address that the page came from. A token that one tab
 * sent serves the tabs whose headers have none, until the page is left.
 */
export function createFetcher(url: string): GraphiQLProps["fetcher"] {
  let authorization: string | null = null;
  return (params, { headers: given = {} } = {}) => {
    // GraphiQL notices the operation of another tab a moment after its text.
    const name = params.operationName;
    const operationName =
      name && RegExp(`\b${name}\b`).test(params.query) ? name : undefined;
    const headers = new Headers(given);
    authorization = headers.get("authorization") ?? authorization;
    if (authorization) headers.set("authorization", authorization);
    headers.set("content-type", "application/json");
    headers.set(
      "accept",
      "application/graphql-response+json, application/json",
    );
    return cancellable(async (signal) => {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body: JSON.stringify({ ...params, operationName }),
        signal,
      });
      return (await response.json()) as ExecutionResult;
    });
  };
}

/** One value, and an end to its making: the server cancels what it sent upstream. */
function cancellable<T>(
  make: (signal: AbortSignal) => Promise<T>,
): AsyncIterable<T> {
  const controller = new AbortController();
  const done = { done: true, value: undefined } as const;
  let isMade = false;
  const iterator: AsyncIterator<T, undefined> = {
    next: async () => {
      if (isMade) return done;
      isMade = true;
      try {
        return { done: false, value: await make(controller.signal) };
      } catch (error) {
        if (controller.signal.aborted) return done;
        throw error;
      }
    },
    return: () => {
      controller.abort();
      return Promise.resolve(done);
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
