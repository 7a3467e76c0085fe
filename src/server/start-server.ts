import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Config } from "../config/config";
import type { ConnectedStore } from "../graph/operation-context";
import { createApolloServer } from "./apollo";
import { createAuthenticate } from "./authenticate";
import { createHttpApp } from "./http-app";
import { createMetrics } from "./metrics";

/** A server that takes requests. */
export interface RunningServer {
  /** `http://host:port/graphql`. */
  readonly url: string;
  /**
   * Stops: says so at `/readyz`, takes no new connections, answers what is in
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
  const metrics = createMetrics(() => stores);
  const stores: readonly ConnectedStore[] = config.stores.map(
    ({ key, platform, settings, limits }) => ({
      key,
      platform,
      store: platform.connect({
        key,
        settings,
        limits,
        signals: {
          unreadableDate: () => {
            metrics.unreadableDate(key);
          },
        },
      }),
    }),
  );
  const apollo = createApolloServer({
    schema: options.schema,
    report: {
      metrics,
      ...(config.server.logOperations
        ? {
            write: (line) => {
              logger.info(line, "operation");
            },
          }
        : {}),
      namesCallers: config.server.auth.mode === "apiKeys",
    },
    reportMasked: (error) => {
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
    },
  });
  await apollo.start();
  let isReady = true;
  const http = createHttpApp({
    apollo,
    stores,
    authenticate: createAuthenticate(config.server.auth),
    metrics,
    operationTimeoutMs: config.server.operationTimeoutMs,
    isReady: () => isReady,
  });
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
    isReady = false;
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
    await apollo.stop();
    await Promise.all(stores.map(({ store }) => store.close()));
  };
  return {
    url: `http://${host}:${port}/graphql`,
    stop: () => (stopping ??= stop()),
  };
}

/** The innermost line of our own code that an error came from. */
function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .find((line) => !line.includes("node_modules") && !line.includes("node:"))
    ?.trim()
    .replace(/\(?\/.*\/((?:src|dist)\/)/, "($1");
}
