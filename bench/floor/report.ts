import type { Result } from "../lib/compare";
import type { Section, Target } from "../lib/section";
import { decimal, details, table, whole } from "../lib/table";

/** What was found of one shape. */
export interface ShapeResult {
  readonly shape: string;
  readonly summary: string;
  /** The floor's first, then Clientele's. */
  readonly results: readonly Result[];
}

/** All that was found. */
export interface Findings {
  readonly connections: number;
  readonly answersCompared: number;
  /** With many connections: floor, Clientele, Clientele asked the same. */
  readonly many: readonly ShapeResult[];
  /** With one connection: floor, Clientele. */
  readonly alone: readonly ShapeResult[];
  /** With one connection: upstream itself, floor, Clientele. */
  readonly ownPart: readonly Result[];
  /** Of Clientele, after the rounds with many connections. */
  readonly rssMb: number;
  readonly peakRssMb: number;
}

const leastOfFloor = 0.6;
const leastIdentical = 2;
const mostOwnP50Ms = 1.5;
const mostOwnP99Ms = 4;
const mostRssMb = 200;

/** Our own part of a latency: all but what upstream takes by itself. */
interface OwnPart {
  readonly p50Ms: number;
  /** The slowest hundredth against upstream's median: nothing is set off. */
  readonly p99Ms: number;
}

/** Makes the section of what was found. */
export function report(findings: Findings): Section {
  const { connections, answersCompared } = findings;
  const own = toOwnPart(findings.ownPart);
  return {
    title: "How near to the floor",
    data: findings,
    targets: toTargets(findings, own),
    markdown: [
      `The floor is a \`node:http\` handler written by hand for each shape: no GraphQL, no checks, the same upstream requests, nothing shared between operations. ${answersCompared} answers of both, value by value, and the requests and bytes that were read for them, were equal.`,
      `### ${connections} connections`,
      manyTable(findings.many),
      "Operations per second. _Identical_: every connection asks the same, again and again; the ratio is to the floor with distinct operations. Upstream requests are for each answer, processor time is the server's own process.",
      processorTable(findings.many),
      `Clientele's memory: ${whole(findings.rssMb)} MB after these rounds, ${whole(findings.peakRssMb)} MB at its peak.`,
      "### One connection",
      aloneTable(findings.alone),
      "### Our part of the latency",
      ownPartTable(findings.ownPart, own),
      "C3 on one connection. _Upstream_ is the same address asked for by the load itself. Our part is Clientele's latency less upstream's median.",
      details("Operations per second of each round", roundsTable(findings)),
    ].join("\n\n"),
  };
}

function toOwnPart(results: readonly Result[]): OwnPart {
  const [upstream, , clientele] = results;
  const base = upstream?.p50Ms ?? NaN;
  return {
    p50Ms: (clientele?.p50Ms ?? NaN) - base,
    p99Ms: (clientele?.p99Ms ?? NaN) - base,
  };
}

function toTargets(findings: Findings, own: OwnPart): readonly Target[] {
  const { connections, many, peakRssMb } = findings;
  const throughput = many.flatMap(({ shape, results }) => [
    atLeast(
      `${shape}: throughput, distinct operations, against the floor`,
      leastOfFloor,
      ratio(results, 1),
    ),
    atLeast(
      `${shape}: throughput, identical operations, against the floor`,
      leastIdentical,
      ratio(results, 2),
    ),
  ]);
  return [
    ...throughput,
    atMost(
      "C3: our part of the latency, median",
      mostOwnP50Ms,
      own.p50Ms,
      "ms",
    ),
    atMost("C3: our part of the latency, p99", mostOwnP99Ms, own.p99Ms, "ms"),
    atMost(
      `memory (RSS) at ${connections} connections, peak`,
      mostRssMb,
      peakRssMb,
      "MB",
    ),
  ];
}

function atLeast(name: string, least: number, measured: number): Target {
  return {
    name,
    target: `at least ${decimal(least, 2)}`,
    measured: decimal(measured, 2),
    isMet: measured >= least,
  };
}

function atMost(
  name: string,
  most: number,
  measured: number,
  unit: "ms" | "MB",
): Target {
  const places = unit === "ms" ? 2 : 0;
  return {
    name,
    target: `at most ${decimal(most, unit === "ms" ? 1 : 0)} ${unit}`,
    measured: `${decimal(measured, places)} ${unit}`,
    isMet: measured <= most,
  };
}

/** The throughput of one against the first's. */
function ratio(results: readonly Result[], at: number): number {
  return (results[at]?.perSecond ?? NaN) / (results[0]?.perSecond ?? NaN);
}

function manyTable(rows: readonly ShapeResult[]): string {
  return table(
    [
      { title: "shape" },
      { title: "what" },
      { title: "floor", isNumber: true },
      { title: "Clientele", isNumber: true },
      { title: "ratio", isNumber: true },
      { title: "identical", isNumber: true },
      { title: "ratio", isNumber: true },
    ],
    rows.map(({ shape, summary, results }) => [
      shape,
      summary,
      whole(results[0]?.perSecond ?? NaN),
      whole(results[1]?.perSecond ?? NaN),
      decimal(ratio(results, 1), 2),
      whole(results[2]?.perSecond ?? NaN),
      decimal(ratio(results, 2), 2),
    ]),
  );
}

function processorTable(rows: readonly ShapeResult[]): string {
  return table(
    [
      { title: "shape" },
      ...["floor", "Clientele", "identical"].flatMap((title) => [
        { title: `${title}: upstream requests`, isNumber: true },
        { title: `${title}: CPU ms`, isNumber: true },
      ]),
    ],
    rows.map(({ shape, results }) => [
      shape,
      ...results.flatMap(({ upstreamRequests, cpuMs }) => [
        decimal(upstreamRequests ?? NaN, 2),
        decimal(cpuMs ?? NaN, 2),
      ]),
    ]),
  );
}

function aloneTable(rows: readonly ShapeResult[]): string {
  const names = ["floor", "Clientele"];
  return table(
    [
      { title: "shape" },
      ...names.map((name) => ({ title: `${name}, per s`, isNumber: true })),
      { title: "ratio", isNumber: true },
      ...names.flatMap((name) => [
        { title: `${name} p50 ms`, isNumber: true },
        { title: `${name} p99 ms`, isNumber: true },
      ]),
    ],
    rows.map(({ shape, results }) => [
      shape,
      ...results.map(({ perSecond }) => whole(perSecond)),
      decimal(ratio(results, 1), 2),
      ...results.flatMap(({ p50Ms, p99Ms }) => [
        decimal(p50Ms, 2),
        decimal(p99Ms, 2),
      ]),
    ]),
  );
}

function ownPartTable(results: readonly Result[], own: OwnPart): string {
  return table(
    [
      { title: "asked" },
      { title: "p50 ms", isNumber: true },
      { title: "p99 ms", isNumber: true },
    ],
    [
      ...results.map(({ name, p50Ms, p99Ms }) => [
        name,
        decimal(p50Ms, 2),
        decimal(p99Ms, 2),
      ]),
      ["our part", decimal(own.p50Ms, 2), decimal(own.p99Ms, 2)],
    ],
  );
}

function roundsTable({ connections, many, alone }: Findings): string {
  const toRows = (rows: readonly ShapeResult[], count: number) =>
    rows.flatMap(({ shape, results }) =>
      results.map(({ name, rounds }) => [
        shape,
        String(count),
        name,
        rounds.map(({ perSecond }) => whole(perSecond)).join(" / "),
      ]),
    );
  return table(
    [
      { title: "shape" },
      { title: "connections", isNumber: true },
      { title: "server" },
      { title: "rounds", isNumber: true },
    ],
    [...toRows(many, connections), ...toRows(alone, 1)],
  );
}
