import { Agent, request } from "node:http";
import type { Operation } from "./load";

/** One answer, read to its end and not parsed. */
export interface TimedAnswer {
  /** Which operation it answers, from 0. */
  readonly n: number;
  readonly status: number;
  readonly body: Buffer;
  /** From the first byte sent to the last one read. */
  readonly ms: number;
}

export interface TimingOptions {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Operations under way at the same time, each on a connection of its own. */
  readonly connections: number;
  /** Operations in all. */
  readonly count: number;
  readonly operation: (n: number) => Operation;
  /**
   * Called with each answer, outside of the time that is measured for it.
   * Default: every answer has to be whole.
   */
  readonly onAnswer?: (answer: TimedAnswer) => void;
}

export interface Timing {
  /** Of each operation, ascending, with fractions. */
  readonly latenciesMs: readonly number[];
  readonly elapsedMs: number;
}

/** Connections to one server that are kept open. */
export interface Client {
  post(body: string): Promise<Omit<TimedAnswer, "n">>;
  close(): void;
}

/**
 * Runs a number of operations, each connection one after the other, and times
 * each in fractions of a millisecond.
 *
 * @throws when an operation gets no answer at all, and what `onAnswer` throws.
 */
export async function timeOperations({
  url,
  connections,
  count,
  operation,
  onAnswer = expectOk,
}: TimingOptions): Promise<Timing> {
  const client = connect(url, connections);
  const latenciesMs: number[] = [];
  let next = 0;
  const work = async () => {
    for (let n = next++; n < count; n = next++) {
      const answer = await client.post(JSON.stringify(operation(n)));
      latenciesMs.push(answer.ms);
      onAnswer({ n, ...answer });
    }
  };
  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    client.close();
  }
  const elapsedMs = performance.now() - startedAt;
  return { latenciesMs: latenciesMs.sort((a, b) => a - b), elapsedMs };
}

/** Opens connections to a GraphQL endpoint as they are needed. */
export function connect(url: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
  };
  const post = (body: string) =>
    new Promise<Omit<TimedAnswer, "n">>((resolve, reject) => {
      const startedAt = performance.now();
      const sent = request(
        url,
        { method: "POST", agent, headers },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on("data", (piece: Buffer) => pieces.push(piece));
          answer.on("error", reject);
          answer.on("end", () => {
            const ms = performance.now() - startedAt;
            const status = answer.statusCode ?? 0;
            resolve({ status, body: Buffer.concat(pieces), ms });
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  return { post, close: () => agent.destroy() };
}

/** Whether an answer is whole: HTTP 200, and no error in it. */
export function isWhole({ status, body }: Omit<TimedAnswer, "n">): boolean {
  return status === 200 && !body.includes('"errors":[');
}

function expectOk(answer: TimedAnswer): void {
  if (isWhole(answer)) return;
  throw new Error(
    `an operation was answered with HTTP ${answer.status}: ${answer.body.toString("utf8", 0, 500)}`,
  );
}
