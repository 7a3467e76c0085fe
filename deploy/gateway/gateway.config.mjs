/** @type {import("@graphql-hive/gateway").GatewayConfig} */
export const gatewayConfig = {
  // Clientele decides by the caller's own token who may read what.
  propagateHeaders: {
    fromClientToSubgraphs({ request }) {
      const authorization = request.headers.get("authorization");
      return authorization === null ? undefined : { authorization };
    },
  },
};
