import { readFileSync } from "node:fs";
import {
  ApolloGateway,
  type GraphQLDataSourceProcessOptions,
  RemoteGraphQLDataSource,
} from "@apollo/gateway";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { headersFor } from "./forwarded-headers";
import { listenAddress, runUntilStopped } from "./run-until-stopped";
import { type UpstreamCost, addCosts } from "./upstream-cost";
import { withoutSecurityFeatures } from "./without-security-features";

interface Context {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What each answer of Clientele says it cost; empty unless it was asked. */
  readonly costs: UpstreamCost[];
}

/** A subgraph as Apollo Gateway asks it. */
class Subgraph extends RemoteGraphQLDataSource<Context> {
  readonly name: string;

  constructor(name: string, url: string | undefined) {
    super(url === undefined ? {} : { url });
    this.name = name;
  }

  override willSendRequest(
    options: GraphQLDataSourceProcessOptions<Context>,
  ): void {
    // When it starts, the gateway asks on nobody's behalf.
    const { headers = {} } = options.context as Partial<Context>;
    const passedOn = headersFor(this.name, (name) => headers[name]?.toString());
    for (const [name, value] of Object.entries(passedOn)) {
      options.request.http?.headers.set(name, value);
    }
  }

  override didReceiveResponse({
    response,
    context,
  }: Parameters<
    NonNullable<RemoteGraphQLDataSource<Context>["didReceiveResponse"]>
  >[0]) {
    const cost = response.extensions?.["upstream"] as UpstreamCost | undefined;
    if (cost) context.costs.push(cost);
    return response;
  }
}

/** Apollo Gateway drops the extensions of subgraphs: the client gets these. */
const showUpstreamCost: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response, contextValue: { costs } }) => {
        if (costs.length > 0 && response.body.kind === "single") {
          response.body.singleResult.extensions = {
            ...response.body.singleResult.extensions,
            upstream: addCosts(costs),
          };
        }
        return Promise.resolve();
      },
    }),
};

runUntilStopped(async () => {
  const [, , supergraphFile = "supergraph.graphql"] = process.argv;
  const server = new ApolloServer<Context>({
    gateway: new ApolloGateway({
      supergraphSdl: withoutSecurityFeatures(
        readFileSync(supergraphFile, "utf8"),
      ),
      buildService: ({ name, url }) => new Subgraph(name, url),
    }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [showUpstreamCost],
  });
  const { url } = await startStandaloneServer(server, {
    listen: listenAddress(),
    context: ({ req }) => Promise.resolve({ headers: req.headers, costs: [] }),
  });
  return { url: new URL("/graphql", url).href, stop: () => server.stop() };
});
