// Who asks Clientele: by default each client itself, by its own key or token,
// and Clientele decides what it may read. With CLIENTELE_KEY the gateway asks in
// its own name: then all who can reach the gateway read what that key opens, so
// it has to know its clients itself.
const key = process.env.CLIENTELE_KEY;

/** @type {import("@graphql-hive/gateway").GatewayConfig} */
export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs({ request, subgraphName }) {
      // A credential goes to the one whom it is for.
      if (subgraphName !== "clientele") return undefined;
      const authorization = key
        ? `Bearer ${key}`
        : request.headers.get("authorization");
      return authorization === null ? undefined : { authorization };
    },
  },
};
