import type { ApolloServerPlugin } from "@apollo/server";
import type { Caller } from "../graph/caller";
import type { OperationContext } from "../graph/operation-context";

/**
 * The headers that let a caller keep an answer for a time, where the caller's
 * entry in the configuration says so: whole answers only, and for that caller
 * alone.
 */
export function cachePolicyOf(
  { cacheMaxAgeSeconds }: Caller,
  isWhole: boolean,
): Readonly<Record<string, string>> | undefined {
  return cacheMaxAgeSeconds !== undefined && isWhole
    ? {
        "cache-control": `private, max-age=${cacheMaxAgeSeconds}`,
        vary: "authorization",
      }
    : undefined;
}

/** Puts {@link cachePolicyOf} onto the answers of Apollo Server. */
export const allowCaching: ApolloServerPlugin<OperationContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response, contextValue }) => {
        const policy = cachePolicyOf(
          contextValue.caller,
          response.body.kind === "single" &&
            response.body.singleResult.errors === undefined,
        );
        for (const [name, value] of Object.entries(policy ?? {})) {
          response.http.headers.set(name, value);
        }
        return Promise.resolve();
      },
    }),
};
