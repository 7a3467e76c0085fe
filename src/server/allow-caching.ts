import type { ApolloServerPlugin } from "@apollo/server";
import type { OperationContext } from "../graph/operation-context";

/**
 * Lets a caller keep answers for a time, where the caller's entry in the
 * configuration says so: whole answers only, and for that caller alone.
 */
export const allowCaching: ApolloServerPlugin<OperationContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response, contextValue }) => {
        const { cacheMaxAgeSeconds } = contextValue.caller;
        const isWhole =
          response.body.kind === "single" &&
          response.body.singleResult.errors === undefined;
        if (cacheMaxAgeSeconds !== undefined && isWhole) {
          response.http.headers.set(
            "cache-control",
            `private, max-age=${cacheMaxAgeSeconds}`,
          );
          response.http.headers.set("vary", "authorization");
        }
        return Promise.resolve();
      },
    }),
};
