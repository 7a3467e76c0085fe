// GraphQL Mesh over the three platforms, served by Hive Gateway. It is no
// TypeScript: what it imports is installed for the bench alone. Beside `UPSTREAM`
// it takes `COMMERCE_LAYER_TOKEN`, and `MESH_MATCHING`, which may be `by place`.
import { once } from "node:events";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway";
import * as rest from "@graphql-mesh/transport-rest";
import { composeSupergraph } from "./compose.mjs";

const stores = JSON.parse(process.env.UPSTREAM);
const supergraph = await composeSupergraph(
  stores,
  process.env.MESH_MATCHING !== "by place",
);
const gateway = createGatewayRuntime({
  supergraph,
  transports: { rest },
  logging: "warn",
  landingPage: false,
  graphiql: false,
});
const server = createServer((request, response) => {
  void gateway(request, response);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.once("SIGTERM", () => process.exit(0));
console.log(`listening http://127.0.0.1:${server.address().port}/graphql`);
