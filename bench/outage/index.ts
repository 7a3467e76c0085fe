import type { Fault } from "../../src/sandbox/faults/fault";
import { type SandboxProcess, startSandbox } from "../lib/sandbox";
import type { Bench, Target } from "../lib/section";
import { startClientele } from "../lib/servers";
import { ascending, quantile } from "../lib/statistics";
import { type Column, decimal, table, whole } from "../lib/table";
import { keepAsking, readAllWithout, readInTurn } from "./reads";

const api = { kind: "api" } as const;
/** What one store does while the others are read; the first is the quiet case. */
const cases: readonly (readonly [name: string, fault: Fault | null])[] = [
  ["answers", null],
  ["hangs", { hang: true, when: api }],
  ["is slow", { delayMs: 2_000, when: api }],
];

const roundMs = 1_000;
const rounds = 4;
const deadlineMs = 800;
/** What an answer takes on its own way once the deadline has passed. */
const answerMs = 50;
const mostRatio = 1.2;

/**
 * The circuit stays closed, so that reads wait for the store that fails as long
 * as they may: an open one would spare them that.
 */
const store = {
  timeoutMs: 500,
  circuitBreaker: { failureRate: 1, minimumCalls: 1_000 },
};

/** How the others fare beside one store. */
interface Measured {
  readonly storeKey: string;
  readonly does: string;
  readonly reads: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The slowest operation over all stores; `null` where it was not asked. */
  readonly allStoresMs: number | null;
}

/** What was seen in one of the cases, all rounds together. */
interface Sample {
  readonly storeKey: string;
  readonly does: string;
  readonly fault: Fault | null;
  readonly times: number[];
  readonly allStores: number[];
}

/**
 * Does an outage stay where it is? Reads two stores, one operation after the
 * other, while many read the third, which answers, hangs, or is slow.
 */
export const run: Bench = async ({ smoke }) => {
  const sandbox = await startSandbox();
  try {
    const spoilable = new Set(sandbox.spoilable);
    const server = await startClientele(
      { stores: sandbox.stores.filter(({ key }) => spoilable.has(key)) },
      { store, server: { operationTimeoutMs: deadlineMs } },
    );
    try {
      const measured = await measure(sandbox, server.url, smoke);
      return {
        title: "Outage",
        markdown: toMarkdown(measured),
        data: measured,
        targets: toTargets(measured),
      };
    } finally {
      await server.stop();
    }
  } finally {
    await sandbox.stop();
  }
};

async function measure(
  sandbox: SandboxProcess,
  url: string,
  smoke: boolean,
): Promise<readonly Measured[]> {
  const lengthMs = smoke ? 100 : roundMs;
  const samples: readonly Sample[] = sandbox.spoilable.flatMap((storeKey) =>
    cases.map(([does, fault]) => ({
      ...{ storeKey, does, fault },
      times: [],
      allStores: [],
    })),
  );
  // Whoever comes first would pay for compilation.
  await readInTurn(url, sandbox.spoilable, lengthMs);
  for (let round = 0; round < (smoke ? 1 : rounds); round++)
    for (const sample of round % 2 === 0 ? samples : samples.toReversed())
      await takeTurn(sandbox, url, sample, lengthMs);
  return samples.map(({ storeKey, does, times, allStores }) => {
    const sorted = ascending(times);
    return {
      ...{ storeKey, does, reads: times.length },
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
      allStoresMs: allStores.length > 0 ? Math.max(...allStores) : null,
    };
  });
}

async function takeTurn(
  sandbox: SandboxProcess,
  url: string,
  { storeKey, fault, times, allStores }: Sample,
  lengthMs: number,
): Promise<void> {
  if (fault) sandbox.spoil(storeKey, fault);
  const others = sandbox.spoilable.filter((key) => key !== storeKey);
  const asking = keepAsking(url, storeKey, lengthMs);
  const all = fault ? readAllWithout(url, storeKey) : undefined;
  times.push(...(await readInTurn(url, others, lengthMs)));
  await asking;
  if (all) allStores.push(await all);
  sandbox.mend(storeKey);
}

function toTargets(measured: readonly Measured[]): Target[] {
  const ratios = measured
    .filter(({ allStoresMs }) => allStoresMs !== null)
    .map((one) => one.p99Ms / quietOf(measured, one).p99Ms);
  const slowest = Math.max(
    ...measured.map(({ allStoresMs }) => allStoresMs ?? 0),
  );
  return [
    {
      name: "p99 of the other stores beside one that hangs or is slow, of the quiet case",
      target: `at most ${decimal(mostRatio, 2)}`,
      measured: ratios.map((ratio) => decimal(ratio, 2)).join(", "),
      isMet: ratios.every((ratio) => ratio <= mostRatio),
    },
    {
      name: "an operation over all stores beside one that hangs or is slow",
      target: `the others' rows within the deadline of ${deadlineMs} ms, and ${answerMs} ms for the answer`,
      measured: `${whole(slowest)} ms`,
      isMet: slowest <= deadlineMs + answerMs,
    },
  ];
}

/** The same stores' reads while nothing is wrong. */
function quietOf(
  measured: readonly Measured[],
  { storeKey }: Measured,
): Measured {
  const quiet = measured.find(
    (one) => one.storeKey === storeKey && one.allStoresMs === null,
  );
  if (!quiet) throw new RangeError(`no quiet case beside ${storeKey}`);
  return quiet;
}

const columns: readonly Column[] = [
  { title: "one store" },
  { title: "does" },
  { title: "reads of the others", isNumber: true },
  { title: "p50, ms", isNumber: true },
  { title: "p99, ms", isNumber: true },
  { title: "p50 of the quiet case", isNumber: true },
  { title: "p99 of the quiet case", isNumber: true },
  { title: "all stores at once, ms", isNumber: true },
];

function toMarkdown(measured: readonly Measured[]): string {
  const rows = measured.map((one) => {
    const quiet = quietOf(measured, one);
    return [
      ...[one.storeKey, one.does, whole(one.reads)],
      ...[decimal(one.p50Ms, 2), decimal(one.p99Ms, 2)],
      ...[
        decimal(one.p50Ms / quiet.p50Ms, 2),
        decimal(one.p99Ms / quiet.p99Ms, 2),
      ],
      one.allStoresMs === null ? "" : whole(one.allStoresMs),
    ];
  });
  return `While one store answers, hangs, or takes 2 s, it is asked 25 times a second, and
the two others are read one operation after the other. An operation's deadline is
${deadlineMs} ms, an attempt's ${store.timeoutMs} ms. The circuit breaker is set never to open: it would spare
the others even the little that waiting costs. In the last column one operation
reads all three stores: it holds the others' rows, and an error for the one.

${table(columns, rows)}`;
}
