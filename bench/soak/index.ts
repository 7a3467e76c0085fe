import { setTimeout as wait } from "node:timers/promises";
import { readWorld } from "../calls/world";
import { timeOperations } from "../lib/timed-operations";
import type { Bench, Target } from "../lib/section";
import { type Column, decimal, table, whole } from "../lib/table";
import { faultNames, startWeather } from "./faults";
import { type InspectedServer, type Insight, startInspected } from "./inspect";
import { createOperations, documentAt } from "./operations";
import { OutcomeCounter, type Outcomes } from "./outcomes";
import { type SandboxProcess, startSandbox } from "../lib/sandbox";

/** What is run unless SOAK_OPERATIONS names another number. */
const mostOperations = 100_000;
/** As many of them as fit into that. */
const mostSeconds = 60;
/** The server is looked into after each. */
const fullParts = 10;
const smokeParts = 2;
/** Before the first look: code is warm, and what is kept of documents is full. */
const warmUpOperations = 2_000;
const warmUpDocuments = 600;
const smokeOperations = 20;

const connections = 50;
const maxRssMb = 200;
/** Of anything after the first part. */
const maxGrowth = 1.1;

/** Short, so that faults come to their end within a run. */
const server = { operationTimeoutMs: 1_000 };
const limits = {
  maxConcurrency: 10,
  timeoutMs: 300,
  retry: { attempts: 2 },
  circuitBreaker: { windowMs: 1_000, openMs: 150 },
};
/** Until retries, probes and connections that were given up are gone. */
const quietMs = 500;

/** What the server held after so many operations, with nothing under way. */
interface Point extends Insight {
  readonly operations: number;
  readonly perSecond: number;
  readonly peakRssMb: number;
}

interface Soak {
  /** Of the server itself, before it has been asked anything. */
  readonly ownSockets: number | null;
  /** What the connections to the platforms may be at the most. */
  readonly mostConnections: number;
  /** The first is before all operations. */
  readonly points: readonly Point[];
  readonly outcomes: Outcomes;
  readonly spells: number;
  readonly seconds: number;
}

/**
 * Does anything pile up? Runs many operations of many kinds while the platforms
 * fail in every way, one after the other, and looks into the server in between.
 */
export const run: Bench = async ({ smoke }) => {
  const sandbox = await startSandbox();
  try {
    const inspected = await startInspected(sandbox.stores, server, limits);
    try {
      const soak = await runSoak(sandbox, inspected, smoke);
      return {
        title: "Soak",
        markdown: toMarkdown(soak),
        data: soak,
        targets: toTargets(soak),
      };
    } finally {
      await inspected.stop();
    }
  } finally {
    await sandbox.stop();
  }
};

async function runSoak(
  sandbox: SandboxProcess,
  inspected: InspectedServer,
  smoke: boolean,
): Promise<Soak> {
  const { url } = inspected;
  const { sockets: ownSockets } = await inspected.inspect();
  const operationAt = createOperations(await readWorld(url, sandbox.stores));
  const counter = new OutcomeCounter();
  const load = async (from: number, count: number, isCounted: boolean) => {
    const weather = startWeather(sandbox, spells);
    const timing = await timeOperations({
      ...{ url, connections, count },
      operation: (n) => operationAt(from + n),
      onAnswer: (answer) => {
        if (isCounted) counter.add(answer);
      },
    });
    await weather.stop();
    spells = weather.spells;
    await wait(smoke ? 0 : quietMs);
    return count / (timing.elapsedMs / 1_000);
  };
  let spells = 0;
  await fillCaches(url, smoke ? 1 : warmUpDocuments);
  const warmUp = smoke ? smokeOperations : warmUpOperations;
  const perSecond = await load(0, warmUp, false);
  const operations = smoke ? smokeOperations : operationsFor(perSecond);
  const parts = smoke ? smokeParts : fullParts;
  const size = operations / parts;
  const points = [await lookAt(inspected, 0, NaN)];
  const startedAt = performance.now();
  for (let part = 0; part < parts; part++) {
    const speed = await load(warmUp + part * size, size, true);
    points.push(await lookAt(inspected, (part + 1) * size, speed));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    ...{ ownSockets, points, spells, seconds },
    mostConnections: limits.maxConcurrency * sandbox.stores.length,
    outcomes: counter.current(),
  };
}

/** Documents that were never seen before are kept, up to a bound. */
async function fillCaches(url: string, documents: number): Promise<void> {
  await timeOperations({
    ...{ url, connections: 10, count: documents },
    operation: (n) => documentAt(`First${n}`),
  });
}

/**
 * How many operations to run: what was asked for, or as many as fit.
 *
 * @throws RangeError when SOAK_OPERATIONS is no number of operations.
 */
function operationsFor(perSecond: number): number {
  const wanted = process.env["SOAK_OPERATIONS"];
  if (wanted === undefined) {
    const fitting = Math.floor((perSecond * mostSeconds) / 1_000) * 1_000;
    return Math.min(mostOperations, Math.max(1_000, fitting));
  }
  if (!/^[1-9]\d{0,8}0$/.test(wanted))
    throw new RangeError("SOAK_OPERATIONS must be a multiple of ten");
  return Number(wanted);
}

async function lookAt(
  inspected: InspectedServer,
  operations: number,
  perSecond: number,
): Promise<Point> {
  const peakRssMb = await inspected.peakRssMb();
  return { operations, perSecond, peakRssMb, ...(await inspected.inspect()) };
}

/** What may not grow, as it stands at a point. */
const measures: readonly (readonly [
  name: string,
  of: (point: Point) => number | null,
])[] = [
  ["heap", ({ heapMb }) => heapMb],
  ["RSS", ({ rssMb }) => rssMb],
  [
    "descriptors but sockets",
    ({ descriptors, sockets }) =>
      descriptors === null || sockets === null ? null : descriptors - sockets,
  ],
];

function toTargets(soak: Soak): readonly Target[] {
  const { points, outcomes } = soak;
  const [, first, ...later] = points;
  const peak = Math.max(...points.map(({ peakRssMb }) => peakRssMb));
  const atRest = Math.max(...points.map(({ rssMb }) => rssMb));
  const growths = measures.flatMap(([name, of]) => {
    const before = first && of(first);
    const most = Math.max(...later.map((point) => of(point) ?? NaN));
    return before ? [{ name, growth: most / before }] : [];
  });
  const masked = outcomes.codes["INTERNAL_SERVER_ERROR"] ?? 0;
  return [
    {
      name: "memory under faults",
      target: `RSS at most ${maxRssMb} MB`,
      measured: `${whole(peak)} MB at the peak of the load, ${whole(atRest)} MB at rest`,
      isMet: peak <= maxRssMb,
    },
    {
      name: "growth under faults",
      target: `nothing more than ${maxGrowth} times what it was after the first tenth`,
      measured: growths
        .map(({ name, growth }) => `${name} ${decimal(growth, 2)}`)
        .join(", "),
      isMet: growths.every(({ growth }) => growth <= maxGrowth),
    },
    socketsTarget(soak),
    {
      name: "answers under faults",
      target: "every operation answered, none by a fault of ours",
      measured: `${whole(outcomes.answers)} answered, ${whole(masked)} by INTERNAL_SERVER_ERROR`,
      isMet: masked === 0,
    },
  ];
}

function socketsTarget({ ownSockets, mostConnections, points }: Soak): Target {
  const counts = points.flatMap(({ sockets }) => sockets ?? []);
  const isKnown = ownSockets !== null && counts.length > 0;
  const most = Math.max(...counts) - (ownSockets ?? NaN);
  return {
    name: "connections under faults",
    target: `at most ${mostConnections} kept to the platforms`,
    measured: isKnown ? `${most}` : "not measured: only Linux tells",
    isMet: isKnown ? most <= mostConnections : null,
  };
}

const columns: readonly Column[] = [
  { title: "operations", isNumber: true },
  { title: "a second", isNumber: true },
  { title: "heap, MB", isNumber: true },
  { title: "RSS, MB", isNumber: true },
  { title: "peak RSS until then, MB", isNumber: true },
  { title: "descriptors", isNumber: true },
  { title: "sockets of them", isNumber: true },
];

function toMarkdown({ points, outcomes, spells, seconds }: Soak): string {
  const rows = points.map((point) => [
    whole(point.operations),
    whole(point.perSecond),
    decimal(point.heapMb, 1),
    whole(point.rssMb),
    whole(point.peakRssMb),
    whole(point.descriptors ?? NaN),
    whole(point.sockets ?? NaN),
  ]);
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${whole(count)}`)
      .join(", ");
  return `${whole(outcomes.answers)} operations of 15 kinds in ${whole(seconds)} s at ${connections} connections, over the sandbox
of the three platforms and one more account that is refused for its rate, as many
as fit (\`SOAK_OPERATIONS=100000 npm run bench -- --only soak\` runs so many). Meanwhile ${whole(spells)} spells of faults came and went, one store after the other:
${faultNames.join(", ")}. After each tenth the server was looked into,
with nothing under way and all garbage collected; the peak is that of the load,
garbage and all.

${table(columns, rows)}

${whole(outcomes.whole)} answers had no error. By HTTP status: ${list(outcomes.statuses)}.
Errors by code: ${list(outcomes.codes)}.`;
}
