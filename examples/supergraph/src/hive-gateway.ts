import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type GatewayPlugin,
  createGatewayRuntime,
} from "@graphql-hive/gateway";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { headersFor } from "./forwarded-headers";
import { listenAddress, runUntilStopped } from "./run-until-stopped";
import { type UpstreamCost, addCosts } from "./upstream-cost";

/** Hive Gateway drops the extensions of subgraphs: the client gets these. */
function showUpstreamCost(): GatewayPlugin {
  const costs = new WeakMap<object, UpstreamCost[]>();
  return {
    onSubgraphExecute: ({ executionRequest: { context } }) => {
      return ({ result }) => {
        if (!context || Symbol.asyncIterator in result) return;
        const cost = (
          result.extensions as Record<string, unknown> | undefined
        )?.["upstream"] as UpstreamCost | undefined;
        if (!cost) return;
        costs.set(context, [...(costs.get(context) ?? []), cost]);
      };
    },
    onExecute: ({ context }) => ({
      onExecuteDone: ({ result, setResult }) => {
        const known = costs.get(context);
        if (!known || Symbol.asyncIterator in result) return;
        setResult({
          ...result,
          extensions: { ...result.extensions, upstream: addCosts(known) },
        });
      },
    }),
  };
}

runUntilStopped(async () => {
  const [, , supergraphFile = "supergraph.graphql"] = process.argv;
  const gateway = createGatewayRuntime({
    supergraph: supergraphFile,
    // The default runtime of 2.15 loses the fields of interface objects, and
    // answers an entity that is gone with an error: see the README.
    unifiedGraphHandler,
    logging: "warn",
    propagateHeaders: {
      fromClientToSubgraphs: ({ request, subgraphName }) =>
        headersFor(subgraphName, (name) => request.headers.get(name)),
    },
    plugins: () => [showUpstreamCost()],
  });
  const { host, port } = listenAddress();
  const server = createServer((request, response) => {
    void gateway(request, response);
  });
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}/graphql`,
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
      await gateway.dispose();
    },
  };
});
