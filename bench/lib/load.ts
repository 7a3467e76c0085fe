import autocannon from "autocannon";
import { setTimeout as wait } from "node:timers/promises";
import { ascending, mean, quantile } from "./statistics";

export interface LoadOptions {
  readonly url: string;
  /** Each has one request in flight. */
  readonly connections: number;
  readonly seconds: number;
  /**
   * The n-th operation as JSON: 0, 1, 2, … in order over all connections.
   * Without it, `url` itself is asked for, and its answers are not looked into.
   */
  readonly body?: ((n: number) => string) | undefined;
  /** Besides those of a GraphQL operation. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface Measurement {
  /** Answers, failures among them. */
  readonly perSecond: number;
  /** From the last byte sent to the last byte read. */
  readonly latencyMs: {
    readonly mean: number;
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
  };
  readonly answers: number;
  /** Answers that are not 200 or have errors, and connections that broke. */
  readonly failures: number;
}

/** A GraphQL operation. */
export interface Operation {
  readonly query: string;
  readonly variables?: object;
}

const graphqlHeaders = {
  "content-type": "application/json",
  accept: "application/json",
};
/** For what a server still has in hand when its clients are gone. */
const settleMs = 50;

/**
 * Keeps a server busy: every connection sends its next request as soon as it has
 * read an answer.
 *
 * @throws when there was no answer at all, because nobody took a connection.
 */
export async function measure(options: LoadOptions): Promise<Measurement> {
  const { url, connections, seconds, body, headers } = options;
  let next = 0;
  let failures = 0;
  let startedAt = performance.now();
  let endedAt = startedAt;
  const latencies: number[] = [];
  const instance = autocannon({
    url,
    connections,
    duration: seconds,
    sampleInt: 20,
    timeout: 30,
    method: body ? "POST" : "GET",
    headers: { ...(body && graphqlHeaders), ...headers },
    requests: [
      {
        setupRequest: (request) =>
          body ? { ...request, body: body(next++) } : request,
        onResponse: (status, text) => {
          if (status !== 200 || (body && hasErrors(text))) failures += 1;
        },
      },
    ],
  });
  instance.on("start", () => {
    startedAt = performance.now();
    endedAt = startedAt;
  });
  instance.on("response", (_client, _status, _bytes, milliseconds) => {
    latencies.push(milliseconds);
    endedAt = performance.now();
  });
  const { errors } = await instance;
  await wait(settleMs);
  if (latencies.length === 0 && errors > 0)
    throw new Error(`${url} takes no connections.`);
  const sorted = ascending(latencies);
  return {
    perSecond: latencies.length / ((endedAt - startedAt) / 1_000),
    latencyMs: {
      mean: mean(latencies),
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      max: quantile(sorted, 1),
    },
    answers: latencies.length,
    failures: failures + errors,
  };
}

/** In JSON a quotation mark within a text is escaped: this can only be a name. */
function hasErrors(body: string): boolean {
  return !body.startsWith("{") || body.includes('"errors":');
}

/**
 * Asks once.
 *
 * @returns the whole answer, errors too.
 * @throws when it is no JSON.
 */
export async function ask(url: string, operation: Operation): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: graphqlHeaders,
    body: JSON.stringify(operation),
  });
  return answer.json();
}
