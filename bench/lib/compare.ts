import { type Measurement, measure } from "./load";
import type { ServerProcess } from "./servers";
import { median } from "./statistics";
import type { Upstream } from "./upstream";

/** Something that is compared with others under the same load. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  /** The n-th operation as JSON; without it, `url` itself is asked for. */
  readonly body?: (n: number) => string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Its process, to tell of its processor time. */
  readonly process?: Pick<ServerProcess, "cpuMs">;
}

export interface CompareOptions {
  readonly contenders: readonly Contender[];
  readonly connections: number;
  readonly rounds: number;
  /** Of each round for each contender. */
  readonly seconds: number;
  /** Before the first round, for each contender; 0 for those that are warm. */
  readonly warmUpSeconds: number;
  /** Whose requests are counted. */
  readonly upstream?: Pick<Upstream, "count" | "reset">;
}

/** One round of one contender. */
export interface Round extends Measurement {
  /** Processor time of its process for each answer; `null` when unknown. */
  readonly cpuMs: number | null;
  /**
   * Upstream requests for each answer; `null` when they are not counted. Those
   * of operations under way at the end are among them.
   */
  readonly upstreamRequests: number | null;
}

/** How a contender did: medians of its rounds. */
export interface Result {
  readonly name: string;
  readonly rounds: readonly Round[];
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMs: number | null;
  readonly upstreamRequests: number | null;
  /** In all rounds together. */
  readonly failures: number;
}

/**
 * Measures contenders in turn, each round in the reverse order of the one before:
 * what changes on the machine meanwhile falls on all of them.
 *
 * @returns results in the order of the contenders.
 */
export async function compareServers(
  options: CompareOptions,
): Promise<readonly Result[]> {
  const { contenders, connections, warmUpSeconds } = options;
  if (warmUpSeconds > 0)
    for (const contender of contenders)
      await measure({ ...contender, connections, seconds: warmUpSeconds });
  const measured = new Map<Contender, Round[]>(
    contenders.map((contender) => [contender, []]),
  );
  for (let round = 0; round < options.rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order)
      measured.get(contender)?.push(await runRound(contender, options));
  }
  return [...measured].map(([{ name }, rounds]) => summarize(name, rounds));
}

async function runRound(
  contender: Contender,
  { connections, seconds, upstream }: CompareOptions,
): Promise<Round> {
  await upstream?.reset();
  const before = (await contender.process?.cpuMs()) ?? null;
  const measurement = await measure({ ...contender, connections, seconds });
  const after = (await contender.process?.cpuMs()) ?? null;
  const count = await upstream?.count();
  const { answers } = measurement;
  return {
    ...measurement,
    cpuMs:
      before === null || after === null ? null : (after - before) / answers,
    upstreamRequests: count ? count.requests / answers : null,
  };
}

function summarize(name: string, rounds: readonly Round[]): Result {
  return {
    name,
    rounds,
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50Ms: median(rounds.map(({ latencyMs }) => latencyMs.p50)),
    p99Ms: median(rounds.map(({ latencyMs }) => latencyMs.p99)),
    cpuMs: medianOf(rounds.map(({ cpuMs }) => cpuMs)),
    upstreamRequests: medianOf(
      rounds.map(({ upstreamRequests }) => upstreamRequests),
    ),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  };
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
}
