// Hive Gateway as somebody else may configure it:
// node other-hive-gateway.mjs SUPERGRAPH stitched|checked|priced
import { once } from "node:events";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";

const [, , supergraph, kind] = process.argv;
const scopes = {
  "Bearer groups": ["read:groups"],
  "Bearer customers": ["read:customers"],
  "Bearer both": ["read:groups", "read:customers"],
};
const configs = {
  stitched: {},
  checked: {
    unifiedGraphHandler,
    genericAuth: {
      mode: "protect-granular",
      resolveUserFn: ({ headers }) => scopes[headers.authorization],
      extractScopes: (user) => user ?? [],
    },
  },
  priced: {
    unifiedGraphHandler,
    demandControl: { maxCost: 100, includeExtensionMetadata: true },
  },
};

const gateway = createGatewayRuntime({
  supergraph,
  logging: "warn",
  ...configs[kind],
});
const server = createServer(gateway);
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.stdout.write(
  `listening on http://127.0.0.1:${server.address().port}/graphql\n`,
);
process.on("SIGTERM", () => process.exit(0));
