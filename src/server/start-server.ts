import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Config } from "../config/config";
import type { ConnectedStore } from "../graph/operation-context";
import { createSharedState } from "../platforms/shared-state";
import { formatError } from "../graph/format-error";
import type { Ledger } from "../http/ledger";
import { createAnswerOperation } from "./answer-operations";
import { createApolloServer } from "./apollo";
import { createAuthenticate } from "./authenticate";
import { createClosedExplorer, createExplorer } from "./explorer";
import { createHttpApp } from "./http-app";
import { createWaitingPlaces } from "../http/quota/waiting-places";
import { createMetrics } from "./metrics";
import { KnownOperations } from "./known-operations";
import { createOverload } from "./overload";
import { type EndedOperation, createReport } from "./report-operations";
import { placeOf } from "./place-of";
import { watchKeys } from "./watch-keys";

/** A server that takes requests. */
export interface RunningServer {
  /** `http://host:port/graphql`. */
  readonly url: string;
  /**
   * Stops: says so at `/readyz`, waits `shutdownDelayMs` for load balancers to
   * notice, takes no new connections, answers what is in
   * flight, and cuts what is left after the grace. May be called twice.
   */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** How long requests in flight may take to end, once told to stop. Default 8,000. */
  readonly graceMs?: number;
}

/**
 * Connects the stores and listens. Nothing is sent to a platform.
 *
 * @throws when the port is taken or may not be used.
 */
export async function startServer(
  options: ServerOptions,
): Promise<RunningServer> {
  const { config, logger } = options;
  const overload = createOverload({
    maxOperations: config.server.maxOperations,
  });
  const metrics = createMetrics({ stores: () => stores, overload });
  const shared = createSharedState();
  // The other half is for whom no store keeps waiting.
  const places = createWaitingPlaces(config.server.maxOperations / 2);
  const stores: readonly ConnectedStore[] = config.stores.map(
    ({ key, platform, settings, limits }) => ({
      key,
      platform,
      store: platform.connect({
        key,
        settings,
        limits: {
          ...limits,
          coalesce: config.server.coalesce,
          operationTimeoutMs: config.server.operationTimeoutMs,
          places,
        },
        shared,
        signals: {
          unreadableDate: () => {
            metrics.unreadableDate(key);
          },
          backgroundRead: (ledger) => {
            metrics.upstreamSettled(ledger);
          },
        },
      }),
    }),
  );
  const report = createReport({
    metrics,
    ...(config.server.logOperations
      ? {
          write: (line) => {
            logger.info(line, "operation");
          },
          summarize: (errors) => {
            logger.info({ errors }, "operations refused");
          },
        }
      : {}),
    namesCallers: config.server.auth.mode === "apiKeys",
  });
  const reportMasked = (error: unknown) => {
    const id = randomUUID();
    // Only what cannot hold data: messages of unknown errors may quote some.
    logger.error(
      {
        id,
        error: error instanceof Error ? error.name : typeof error,
        at: placeOf(error),
      },
      "an error was masked",
    );
    return id;
  };
  const shown = (formatted: GraphQLFormattedError, error: unknown) =>
    formatError(formatted, error, reportMasked);
  const { schema } = options;
  const { limits } = config.server;
  const known = new KnownOperations();
  const endings = new WeakMap<Ledger, EndedOperation>();
  const apollo = createApolloServer({
    schema,
    known,
    limits,
    introspection: config.server.introspection,
    report,
    noteEnd: ({ ledger }, ended) => endings.set(ledger, ended),
    formatError: shown,
  });
  await apollo.start();
  const app = createHttpApp({
    answer: createAnswerOperation({
      apollo,
      schema,
      limits,
      known,
      report,
      formatError: shown,
      endings,
    }),
    report,
    stores,
    reportMasked,
    authenticate: createAuthenticate(config.server.auth, {
      maxWaiting: config.server.maxOperations,
      onFetch: watchKeys(metrics, logger),
    }),
    metrics,
    operationTimeoutMs: config.server.operationTimeoutMs,
    coalesces: config.server.coalesce,
    explorer: config.server.explorer
      ? createExplorer()
      : createClosedExplorer(),
    overload,
  });
  const http = app.server;
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(config.server.port, config.server.host, () => {
      http.off("error", reject);
      resolve();
    });
  });
  const { port } = http.address() as AddressInfo;
  const host = config.server.host.includes(":")
    ? `[${config.server.host}]`
    : config.server.host;

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    app.drain();
    const { shutdownDelayMs } = config.server;
    if (shutdownDelayMs > 0) await delay(shutdownDelayMs);
    const closed = new Promise<void>((resolve) => {
      http.close(() => {
        resolve();
      });
    });
    http.closeIdleConnections();
    const cut = setTimeout(() => {
      http.closeAllConnections();
    }, options.graceMs ?? 8_000);
    await closed;
    clearTimeout(cut);
    overload.stop();
    report.close();
    await apollo.stop();
    await Promise.all(stores.map(({ store }) => store.close()));
  };
  return {
    url: `http://${host}:${port}/graphql`,
    stop: () => (stopping ??= stop()),
  };
}
