import type { Bench, Target } from "../lib/section";
import { median } from "../lib/statistics";
import { type Column, decimal, table, whole } from "../lib/table";
import { ways } from "./read-rows";
import { type RowCost, measureRows } from "./rows";
import { type StoreCost, measureStores } from "./stores";
import { startSyntheticStores } from "./synthetic-stores";

/** How much more a row may cost among many than among few. */
const maxGrowth = 1.1;

/**
 * Does a row cost more among many rows, and a store among many stores? Gets 10
 * to 10,000 rows and asks 1 to 12 stores, of an upstream that makes its rows
 * once and then sends them from memory.
 */
export const run: Bench = async ({ smoke }) => {
  const synthetic = await startSyntheticStores();
  try {
    const rows = await measureRows(synthetic, smoke);
    const stores = await measureStores(synthetic, smoke);
    return {
      title: "Scale",
      markdown: [
        ofRows(rows),
        growthTable(rows),
        ofStores(stores),
        storesAfterword(stores),
      ].join("\n\n"),
      data: { rows, stores },
      targets: [growthTarget(rows)],
    };
  } finally {
    await synthetic.stop();
  }
};

/** Between them the cost of a row must not grow. */
const few = 100;
const middle = 1_000;
const many = 10_000;

interface Growth {
  readonly platform: string;
  readonly way: string;
  /** Of a row, from few to many. */
  readonly growth: number;
  /** The same of the rows that came in addition, free of what an operation costs. */
  readonly additional: number;
}

function growthsOf(costs: readonly RowCost[]): readonly Growth[] {
  const atFew = costs.filter(({ rows }) => rows === few);
  return atFew.flatMap((from) => {
    const { platform, way } = from;
    const at = (count: number) =>
      costs.find(
        (cost) =>
          cost.platform === platform && cost.way === way && cost.rows === count,
      );
    const [between, to] = [at(middle), at(many)];
    if (!between || !to) return [];
    return {
      platform,
      way,
      growth: leastOf(to) / to.rows / (leastOf(from) / from.rows),
      additional: slope(between, to) / slope(from, between),
    };
  });
}

function slope(from: RowCost, to: RowCost): number {
  return (leastOf(to) - leastOf(from)) / (to.rows - from.rows);
}

/** Of all rounds: whatever else the machine does can only add to it. */
function leastOf({ rounds }: RowCost): number {
  return Math.min(...rounds.map(({ cpuMs }) => cpuMs));
}

function cpuOf({ rounds }: RowCost): number {
  return median(rounds.map(({ cpuMs }) => cpuMs));
}

function msOf({ rounds }: RowCost): number {
  return median(rounds.map(({ ms }) => ms));
}

function growthTarget(costs: readonly RowCost[]): Target {
  const growths = growthsOf(costs);
  const worst = growths.toSorted((a, b) => b.growth - a.growth)[0];
  return {
    name: "cost of a row, 10,000 against 100",
    target: `at most ${maxGrowth} times`,
    measured: worst
      ? `at most ${decimal(worst.growth, 2)} times (${worst.platform}, ${worst.way})`
      : "not measured: too few rows",
    isMet: worst ? worst.growth <= maxGrowth : null,
  };
}

const rowColumns: readonly Column[] = [
  { title: "platform" },
  { title: "way" },
  { title: "rows", isNumber: true },
  { title: "operations", isNumber: true },
  { title: "upstream requests", isNumber: true },
  { title: "ms", isNumber: true },
  { title: "µs a row", isNumber: true },
  { title: "CPU µs a row", isNumber: true },
  { title: "peak RSS, MB", isNumber: true },
];

function ofRows(costs: readonly RowCost[]): string {
  const meanings = ways.map(({ name, summary }) => `- ${name}: ${summary}`);
  const cells = costs.map((cost) => [
    cost.platform,
    cost.way,
    whole(cost.rows),
    whole(cost.operations),
    whole(cost.requests),
    decimal(msOf(cost), 1),
    decimal((msOf(cost) * 1_000) / cost.rows, 1),
    decimal((cpuOf(cost) * 1_000) / cost.rows, 1),
    whole(cost.peakRssMb),
  ]);
  return `### Rows

The upstream has 100 groups with 100 customers each, and sends compressed
answers from memory. One operation is under way at a time. \`ms\` is what the
client waited, the upstream's part in it; CPU is the server process alone, all
its threads; both are medians of rounds of alternating order. Memory is that of a
server which had answered nothing but so many rows and fewer until then.

${meanings.join("\n")}

${table(rowColumns, cells)}`;
}

function growthTable(costs: readonly RowCost[]): string {
  const cells = growthsOf(costs).map(
    ({ platform, way, growth, additional }) => [
      ...[platform, way],
      ...[growth, additional].map((times) => decimal(times, 2)),
    ],
  );
  return `What a row costs among ${whole(many)} as a multiple of what it costs among ${whole(few)};
and the same of additional rows, free of what an operation costs by itself: what
each of the 9,000 rows after the 1,000th cost as a multiple of the 900 before.
By the processor time of the rounds that used the least.

${table(
  [
    { title: "platform" },
    { title: "way" },
    { title: "a row", isNumber: true },
    { title: "an additional row", isNumber: true },
  ],
  cells,
)}`;
}

const storeColumns: readonly Column[] = [
  { title: "stores", isNumber: true },
  { title: "start, ms", isNumber: true },
  { title: "RSS at start, MB", isNumber: true },
  { title: "peak RSS, MB", isNumber: true },
  { title: "requests of all", isNumber: true },
  { title: "all, ms", isNumber: true },
  { title: "all, CPU ms a store", isNumber: true },
  { title: "one, ms", isNumber: true },
  { title: "one, CPU ms", isNumber: true },
];

function ofStores(costs: readonly StoreCost[]): string {
  const cells = costs.map(({ stores, startMs, rssMb, peakRssMb, all, one }) => [
    whole(stores),
    whole(startMs),
    whole(rssMb),
    whole(peakRssMb),
    whole(all.requests),
    decimal(all.ms, 1),
    decimal(all.cpuMs / stores, 2),
    decimal(one.ms, 1),
    decimal(one.cpuMs, 2),
  ]);
  return `### Stores

Servers with so many stores, of the three platforms in turn, the first at
Commerce Layer. All: \`stores { customers(first: 25) { nodes { email createdAt
customerGroup { name } } } }\`. One: the same of the first store alone.

${table(storeColumns, cells)}`;
}

function storesAfterword(costs: readonly StoreCost[]): string {
  const at = (count: number) => costs.find(({ stores }) => stores === count);
  const [three, twelve] = [at(3), at(12)];
  if (!three || !twelve) return "";
  const ofStore = ({ all, stores }: StoreCost) => all.cpuMs / stores;
  const alone = ({ one }: StoreCost) => one.cpuMs;
  return `From 3 to 12 stores, as many of each platform, a store costs ${decimal(ofStore(twelve) / ofStore(three), 2)} times as
much, and an operation on one store ${decimal(alone(twelve) / alone(three), 2)} times as much.`;
}
