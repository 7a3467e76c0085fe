import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { typeDefs } from "./schema";

/**
 * Serves the hand-written schema as Apollo's documentation shows it, and says
 * where. It ends on `SIGTERM`, as Apollo Server does by itself.
 *
 * @param createContext makes what the resolvers of one operation share.
 */
export async function serve<Context extends object>(
  resolvers: object,
  createContext: () => Context,
): Promise<void> {
  const server = new ApolloServer<Context>({
    schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: true,
  });
  const { url } = await startStandaloneServer(server, {
    listen: { host: "127.0.0.1", port: 0 },
    context: () => Promise.resolve(createContext()),
  });
  process.stdout.write(`listening ${new URL("/graphql", url).href}\n`);
}
