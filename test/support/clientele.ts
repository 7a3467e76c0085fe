import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { pino } from "pino";
import { checkConfig } from "../../src/config/load-config";
import { buildSchema } from "../../src/graph/build-schema";
import type { Platform } from "../../src/platforms/platform";
import { platforms } from "../../src/platforms/registry";
import type { SandboxServer } from "../../src/sandbox/room";
import { startServer } from "../../src/server/start-server";
import { findLeaks } from "./find-leaks";

/** An answer over HTTP, as a client sees it. */
export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: readonly AnsweredError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & {
    readonly code: string;
  };
}

/** A server under test, with everything that it wrote. */
export interface Clientele {
  readonly url: string;
  query<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    ...[variables]: Variables extends Record<string, never> ? [] : [Variables]
  ): Promise<Answer<Data>>;
  /** For operations that no type can describe: wrong ones, and `_entities`. */
  send(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<any>>;
  /** What the server logged. */
  readonly log: readonly string[];
  /**
   * Stops the server, and fails when anything that it wrote beside data holds
   * a secret or personal data.
   */
  stop(): Promise<void>;
}

export interface TestStore {
  readonly key?: string;
  readonly server: SandboxServer;
  /** What the configuration says differently. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

// One schema in a process, as in production.
let schema: ReturnType<typeof buildSchema> | undefined;

/** Starts a server on a free port for stores of the sandbox. */
export async function startClientele(
  stores: readonly TestStore[],
  server: Readonly<Record<string, unknown>> = {},
  known: readonly Platform[] = platforms,
): Promise<Clientele> {
  const config = checkConfig(
    {
      server: { auth: { mode: "none" }, port: 0, ...server },
      stores: stores.map(({ key, server: sandbox, settings }) => ({
        key: key ?? sandbox.storeKey,
        platform: sandbox.platform,
        ...sandbox.storeSettings,
        // The sandbox refuses nobody for the rate of requests unless told to.
        quota: { enforce: "afterRefusal" },
        ...settings,
      })),
    },
    "test configuration",
    { environment: {}, platforms: known },
  );
  const log: string[] = [];
  const leaks: string[] = [];
  const running = await startServer({
    config,
    schema: (schema ??= buildSchema(known)),
    logger: pino({ base: null }, { write: (line) => log.push(line) }),
  });
  const send: Clientele["send"] = async (query, variables, headers) => {
    const response = await fetch(running.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Omit<Answer<unknown>, "status">;
    leaks.push(
      ...findLeaks(
        JSON.stringify(body.errors ?? []),
        query + JSON.stringify(variables),
      ),
    );
    return { status: response.status, ...body };
  };
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const metrics = await fetch(new URL("/metrics", running.url));
    leaks.push(...findLeaks(await metrics.text()), ...findLeaks(log.join("")));
    await running.stop();
    // Whatever a suite does, nothing of it shows outside of data.
    expect(leaks).toEqual([]);
  };
  return {
    url: running.url,
    query: (document, ...[variables]) =>
      send(print(document), variables as Record<string, unknown>) as never,
    send,
    log,
    stop: () => (stopping ??= stop()),
  };
}

/** The data of an answer that must hold no error. */
export function dataOf<Data>(answer: Answer<Data>): Data {
  expect(answer.errors).toBeUndefined();
  return answer.data;
}
