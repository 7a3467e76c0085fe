import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { listenAddress, runUntilStopped } from "../src/run-until-stopped";
import { readLedger } from "./ledger";
import { createLoyaltySchema, loyaltyFolder } from "./schema";

runUntilStopped(async () => {
  const server = new ApolloServer({
    schema: createLoyaltySchema(readLedger(loyaltyFolder)),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, {
    listen: listenAddress(),
  });
  return { url, stop: () => server.stop() };
});
