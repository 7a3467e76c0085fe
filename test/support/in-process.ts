import { HeaderMap } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import { checkConfig } from "../../src/config/load-config";
import { buildSchema } from "../../src/graph/build-schema";
import { allScopes } from "../../src/graph/caller";
import { createOperationContext } from "../../src/graph/operation-context";
import { platforms } from "../../src/platforms/registry";
import { createSharedState } from "../../src/platforms/shared-state";
import { formatError } from "../../src/graph/format-error";
import { KnownOperations } from "../../src/server/known-operations";
import { createReport } from "../../src/server/report-operations";
import { createApolloServer } from "../../src/server/apollo";
import { createMetrics } from "../../src/server/metrics";
import { createOverload } from "../../src/server/overload";

/** What became of an operation. */
export interface Outcome {
  readonly status: number;
  readonly codes: readonly string[];
  readonly ms: number;
}

/** All that stands between an operation and the platforms, without a socket. */
export interface InProcess {
  readonly schema: GraphQLSchema;
  readonly stores: readonly string[];
  /** Errors that a client is not shown: each is a fault of ours. */
  readonly masked: readonly unknown[];
  run(body: unknown): Promise<Outcome>;
  stop(): Promise<void>;
}

const nobody = "http://127.0.0.1:1";
const stores = [
  {
    key: "cl",
    platform: "commerce-layer",
    baseUrl: nobody,
    credentials: { accessToken: "token" },
  },
  {
    key: "bc",
    platform: "bigcommerce",
    baseUrl: nobody,
    storeHash: "abc123",
    credentials: { accessToken: "token" },
  },
  {
    key: "ec",
    platform: "ecwid",
    baseUrl: nobody,
    storeId: 1003,
    credentials: { accessToken: "secret_token" },
  },
];

/** Starts it with a store of each platform, all of them down. */
export async function startInProcess(): Promise<InProcess> {
  const { server, stores: configured } = checkConfig(
    {
      server: { auth: { mode: "none" } },
      stores: stores.map((store) => ({ ...store, retry: { attempts: 1 } })),
    },
    "test configuration",
    { environment: {}, platforms },
  );
  const schema = buildSchema(platforms);
  const shared = createSharedState();
  const overload = createOverload({ maxOperations: 10 });
  const connected = configured.map(({ key, platform, settings, limits }) => ({
    key,
    platform,
    store: platform.connect({
      key,
      settings,
      limits,
      shared,
      signals: { unreadableDate: () => undefined },
    }),
  }));
  const masked: unknown[] = [];
  const apollo = createApolloServer({
    schema,
    known: new KnownOperations(),
    limits: server.limits,
    introspection: true,
    report: createReport({
      metrics: createMetrics({ stores: () => connected, overload }),
      write: () => undefined,
      namesCallers: false,
    }),
    noteEnd: () => undefined,
    formatError: (formatted, error) =>
      formatError(formatted, error, (original) => {
        masked.push(original);
        return "id";
      }),
  });
  await apollo.start();
  return {
    schema,
    stores: stores.map(({ key }) => key),
    masked,
    run: async (body) => {
      const context = createOperationContext({
        caller: { name: "test", scopes: allScopes },
        stores: connected,
        signal: new AbortController().signal,
      });
      const startedAt = performance.now();
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: "POST",
          headers: new HeaderMap([["content-type", "application/json"]]),
          search: "",
          body,
        },
        context: () => Promise.resolve(context),
      });
      const ms = performance.now() - startedAt;
      if (answer.body.kind !== "complete") throw new Error("Not one answer.");
      const { errors = [] } = JSON.parse(answer.body.string) as {
        errors?: { extensions: { code: string } }[];
      };
      return {
        status: answer.status ?? 200,
        codes: errors.map(({ extensions }) => extensions.code),
        ms,
      };
    },
    stop: async () => {
      await apollo.stop();
      overload.stop();
      await Promise.all(connected.map(({ store }) => store.close()));
    },
  };
}
