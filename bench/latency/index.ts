import type { Operation } from "../lib/load";
import type { Bench, Target } from "../lib/section";
import { startClientele } from "../lib/servers";
import { type ShapeName, shape } from "../lib/shapes";
import { quantile } from "../lib/statistics";
import { type Column, decimal, table, whole } from "../lib/table";
import { type Upstream, startUpstream } from "../lib/upstream";
import { measureRoundTrip } from "./round-trip";
import { timeOperations } from "../lib/timed-operations";

/** Which shapes, and how many round trips in a row each may take. */
const chains: readonly (readonly [ShapeName, number])[] = [
  ["C3", 1],
  ["C6", 2],
  ["B5", 2],
  ["S2", 1],
];

/** How long the platforms hold an answer back, and how often that is measured. */
interface Plan {
  readonly delayMs: number;
  /** Operations on each connection, by the number of connections. */
  readonly operations: ReadonlyMap<number, number>;
  readonly roundTrips: number;
}

const plans: readonly Plan[] = [
  { delayMs: 20, operations: of(40, 16), roundTrips: 20 },
  { delayMs: 50, operations: of(20, 8), roundTrips: 10 },
  { delayMs: 200, operations: of(7, 3), roundTrips: 5 },
];

function of(alone: number, atTen: number): ReadonlyMap<number, number> {
  return new Map([
    [1, alone],
    [10, atTen],
  ]);
}

const smokePlans: readonly Plan[] = [
  { delayMs: 100, operations: of(1, 1), roundTrips: 1 },
];

/** So that a store's limit on simultaneous requests is not what is measured. */
const maxConcurrency = 100;

/** How long one operation takes, and how much of that is ours. */
interface Measured {
  readonly shape: ShapeName;
  readonly delayMs: number;
  /** What a bare request takes that is held back so long. */
  readonly roundTripMs: number;
  readonly connections: number;
  readonly operations: number;
  readonly leastMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * How much of an operation's time is ours? Measures operations while the
 * platforms hold every answer back, and takes away the round trips that no
 * client could do without.
 */
export const run: Bench = async ({ smoke }) => {
  const upstream = await startUpstream();
  try {
    const server = await startClientele(upstream, {
      store: { maxConcurrency },
    });
    try {
      await warmUp(server.url, smoke);
      const measured: Measured[] = [];
      for (const plan of smoke ? smokePlans : plans)
        measured.push(...(await measurePlan(server.url, upstream, plan)));
      return {
        title: "Latency",
        markdown: toMarkdown(measured),
        data: measured,
        targets: [toTarget(measured)],
      };
    } finally {
      await server.stop();
    }
  } finally {
    await upstream.stop();
  }
};

async function warmUp(url: string, smoke: boolean): Promise<void> {
  for (const [name] of chains) {
    await timeOperations({
      url,
      connections: 10,
      count: smoke ? 10 : shape(name).variants,
      operation: operationsOf(name),
    });
  }
}

async function measurePlan(
  url: string,
  upstream: Upstream,
  { delayMs, operations, roundTrips }: Plan,
): Promise<Measured[]> {
  await upstream.set({ delayMs });
  const roundTripMs = await measureRoundTrip(upstream.stores, roundTrips);
  const measured: Measured[] = [];
  for (const [connections, each] of operations)
    for (const [name] of chains) {
      const count = connections * each;
      const { latenciesMs } = await timeOperations({
        ...{ url, connections, count },
        operation: operationsOf(name),
      });
      measured.push({
        ...{ shape: name, delayMs, roundTripMs, connections },
        operations: count,
        leastMs: latenciesMs[0] ?? NaN,
        p50Ms: quantile(latenciesMs, 0.5),
        p99Ms: quantile(latenciesMs, 0.99),
      });
    }
  return measured;
}

function operationsOf(name: ShapeName): (n: number) => Operation {
  const one = shape(name);
  return (n) => ({ query: one.query, variables: one.variables(n) });
}

/**
 * How many round trips follow one another: so many fit into the least latency.
 * The longest delay tells, which our own part is small against.
 */
function chainOf(measured: readonly Measured[], name: ShapeName): number {
  const ofShape = measured.filter((one) => one.shape === name);
  const longest = Math.max(...ofShape.map(({ delayMs }) => delayMs));
  const least = Math.min(
    ...ofShape
      .filter(({ delayMs }) => delayMs === longest)
      .map(({ leastMs }) => leastMs),
  );
  return Math.floor(least / longest);
}

function toTarget(measured: readonly Measured[]): Target {
  const found = chains.map(
    ([name, most]) => [name, chainOf(measured, name), most] as const,
  );
  return {
    name: "round trips that follow one another",
    target: `at most ${found.map(([name, , most]) => `${name} ${most}`).join(", ")}`,
    measured: found.map(([name, chain]) => `${name} ${chain}`).join(", "),
    isMet: found.every(([, chain, most]) => chain <= most),
  };
}

const columns: readonly Column[] = [
  { title: "shape" },
  { title: "round trips", isNumber: true },
  { title: "delay, ms", isNumber: true },
  { title: "connections", isNumber: true },
  { title: "operations", isNumber: true },
  { title: "p50, ms", isNumber: true },
  { title: "of it ours", isNumber: true },
  { title: "p99, ms", isNumber: true },
  { title: "of it ours", isNumber: true },
];

function toMarkdown(measured: readonly Measured[]): string {
  const delays = [
    ...new Map(measured.map((one) => [one.delayMs, one.roundTripMs])),
  ].map(
    ([delayMs, roundTripMs]) =>
      `${decimal(roundTripMs, 1)} ms for ${delayMs} ms`,
  );
  const rows = measured.map((one) => {
    const chain = chainOf(measured, one.shape);
    const roundTrips = chain * one.delayMs;
    return [
      one.shape,
      ...[chain, one.delayMs, one.connections, one.operations].map(whole),
      decimal(one.p50Ms, 1),
      decimal(one.p50Ms - roundTrips, 1),
      decimal(one.p99Ms, 1),
      decimal(one.p99Ms - roundTrips, 1),
    ];
  });
  return `The platforms hold each answer back for so long; a bare request to them then
takes ${delays.join(", ")}.
Round trips are those that follow one another. Ours is what is left of an
operation's latency without their delays: Clientele's work, timers and sockets,
and at ten connections the wait for one another, since all ten come at once.
With few operations the p99 is the slowest of them. Each store was given
\`maxConcurrency: ${maxConcurrency}\`, so that no request waits for a free connection.

${table(columns, rows)}`;
}
