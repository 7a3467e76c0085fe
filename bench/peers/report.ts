import type { Section, Target } from "../lib/section";
import { type ShapeName, shapes } from "../lib/shapes";
import { type Column, decimal, details, table, whole } from "../lib/table";
import type { PeerName } from "./servers";
import {
  type ShapeSpeeds,
  type SpeedExtent,
  type Speeds,
  busyConnections,
} from "./speed";
import type { Cost, SparseCost } from "./upstream-cost";
import { addComparisons } from "./values";
import type { Checked } from "./wrong-answers";

/** All that was found. */
export interface Findings extends SpeedExtent {
  readonly costs: readonly Cost[];
  readonly sparse: SparseCost;
  readonly speeds: readonly ShapeSpeeds[];
  readonly checked: readonly Checked[];
}

const leastOfMesh = 5;
const leastOfDataLoaders = 1.5;
const leastOfTailcall = 2;
const mostOfWhole = 1 / 3;

const compared: readonly PeerName[] = [
  "Clientele",
  "DataLoaders",
  "Mesh",
  "Tailcall",
  "naive",
];

const rivals: readonly PeerName[] = ["DataLoaders", "Mesh", "Tailcall"];
const all: readonly PeerName[] = ["floor", ...compared];

/** Makes the section of what was found. */
export function report(findings: Findings): Section {
  const { connections, sparse } = findings;
  return {
    title: "Beside its peers",
    data: toData(findings),
    targets: toTargets(findings),
    markdown: [
      introduction,
      `### ${connections} connections`,
      throughputTable(findings),
      `Operations per second; in brackets the part of the floor's. Where a server sends more than 20 upstream requests for an operation it has ${busyConnections} connections, which keep it and upstream busy.`,
      processorTable(findings),
      "Milliseconds of the server's processor time for each of these operations.",
      "### One connection",
      latencyTable(findings),
      "Milliseconds, median and slowest hundredth.",
      "### What one operation costs upstream",
      costTable(findings),
      `Requests, and bytes of bodies as they went over the wire. With two fields, C3 costs Clientele ${whole(sparse.sparse.bytes)} bytes; whole customers with whole groups are ${whole(sparse.whole.bytes)}.`,
      "### Whose value is it",
      checkedTable(findings),
      checkedNote,
      details("Operations per second of each round", roundsTable(findings)),
    ].join("\n\n"),
  };
}

const introduction = `All give the same answers from the same upstream, which was compared before anything was measured; where the schemas differ, the queries do.

- **DataLoaders** is Apollo Server with a hand-written schema and resolvers: a \`dataloader\` for each kind and operation, the global \`fetch\`, \`include\` and sparse fieldsets where they are natural.
- **Mesh** is GraphQL Mesh over the three APIs as JSON schemas, its links batched and matched by \`valueKeyField\`, behind Hive Gateway. It cannot do \`_entities\`: Hive Gateway answers them only for a single subgraph, as one batch of any size, where a page of Commerce Layer ends at 25 rows.
- **Tailcall** 1.0.0 is a compiled program with threads, the last one that is in npm for this C library. Its batches repeat a parameter for each id (\`?id=1&id=2\`), which none of the platforms reads, so every link is a request. It cannot do B5: a list of ids cannot be sent, and a rule without a product fails the whole answer.
- **naive** is the same Apollo Server with a request for every field that needs one.`;

const checkedNote =
  "Upstream sent the rows of each list in another order than it was asked for, which changes no answer that is matched by key. Every value was compared by the id of its row with what naive told before, which matches nothing. _Mesh by place_ is Mesh without `valueKeyField`, which it allows; the errors it makes show that the comparison sees them.";

function toTargets(findings: Findings): readonly Target[] {
  return [
    ...ratioTargets(findings, "Mesh", leastOfMesh),
    ...ratioTargets(findings, "DataLoaders", leastOfDataLoaders),
    ...ratioTargets(findings, "Tailcall", leastOfTailcall),
    wrongTarget(findings),
    bytesTarget(findings),
  ];
}

function ratioTargets(
  { speeds }: Findings,
  peer: PeerName,
  least: number,
): readonly Target[] {
  return speeds.map(({ shape, many }) => {
    const ratio = ratioOf(many, "Clientele", peer);
    return {
      name: `${shape}: throughput, against ${peer}`,
      target: `at least ${decimal(least, 1)} times`,
      measured: many.has(peer)
        ? `${decimal(ratio, 2)} times`
        : whyAbsent(peer, shape, speeds),
      isMet: many.has(peer) ? ratio >= least : null,
    };
  });
}

function whyAbsent(
  peer: PeerName,
  shape: ShapeName,
  speeds: readonly ShapeSpeeds[],
): string {
  return speeds.some(({ many }) => many.has(peer))
    ? `${peer} cannot do ${shape}`
    : `${peer} was not run: it is left out where it is not installed or cannot run, and of smoke runs`;
}

function wrongTarget({ checked }: Findings): Target {
  const { compared, wrong, missing } = addComparisons(
    checked
      .filter(({ peer }) => peer === "Clientele")
      .flatMap(({ inOrder, shuffled }) => [inOrder, shuffled]),
  );
  return {
    name: "wrong values while upstream shuffles its rows",
    target: "0",
    measured: `${whole(wrong + missing)} of ${whole(compared)}`,
    isMet: compared > 0 && wrong + missing === 0,
  };
}

function bytesTarget({ sparse }: Findings): Target {
  const part = sparse.sparse.bytes / sparse.whole.bytes;
  return {
    name: "C3 with two fields: bytes from upstream, against whole entities",
    target: `at most ${decimal(mostOfWhole, 2)}`,
    measured: decimal(part, 2),
    isMet: part <= mostOfWhole,
  };
}

function throughputTable({ speeds }: Findings): string {
  return table(
    [
      { title: "shape" },
      { title: "what" },
      { title: "floor", isNumber: true },
      ...compared.map(toColumn),
      ...rivals.map((peer) => toColumn(`to ${peer}`)),
    ],
    speeds.map(({ shape, summary, many }) => [
      shape,
      summary,
      whole(many.get("floor")?.perSecond ?? NaN),
      ...compared.map((peer) => {
        const result = many.get(peer);
        if (!result) return absent(peer, speeds);
        return `${whole(result.perSecond)} (${decimal(ratioOf(many, peer, "floor"), 2)})`;
      }),
      ...rivals.map((peer) => times(ratioOf(many, "Clientele", peer))),
    ]),
  );
}

function processorTable({ speeds }: Findings): string {
  return table(
    [{ title: "shape" }, ...all.map(toColumn)],
    speeds.map(({ shape, many }) => [
      shape,
      ...all.map((peer) => {
        const speed = many.get(peer);
        return speed ? decimal(speed.cpuMs ?? NaN, 2) : absent(peer, speeds);
      }),
    ]),
  );
}

function latencyTable({ speeds }: Findings): string {
  return table(
    [{ title: "shape" }, ...all.map(toColumn)],
    speeds.map(({ shape, alone }) => [
      shape,
      ...all.map((peer) => {
        const result = alone.get(peer);
        if (!result) return absent(peer, speeds);
        return `${decimal(result.p50Ms, 2)}, ${decimal(result.p99Ms, 2)}`;
      }),
    ]),
  );
}

function costTable({ costs, speeds }: Findings): string {
  return table(
    [{ title: "shape" }, ...compared.map(toColumn)],
    shapes.map(({ name }) => [
      name,
      ...compared.map((peer) => {
        const cost = costs.find(
          (one) => one.peer === peer && one.shape === name,
        );
        if (!cost) return absent(peer, speeds);
        return `${whole(cost.requests)}, ${whole(cost.bytes)}`;
      }),
    ]),
  );
}

function checkedTable({ checked }: Findings): string {
  const peers = [...new Set(checked.map(({ peer }) => peer))];
  return table(
    [
      { title: "server" },
      ...["compared", "wrong", "of these another row's", "missing"].map(
        toColumn,
      ),
      { title: "wrong by shape" },
    ],
    peers.map((peer) => {
      const its = checked.filter((one) => one.peer === peer);
      const sum = addComparisons(its.map(({ shuffled }) => shuffled));
      return [
        peer,
        whole(sum.compared),
        whole(sum.wrong),
        whole(sum.ofAnotherRow),
        whole(sum.missing),
        its
          .filter(({ shuffled }) => shuffled.wrong > 0)
          .map(({ shape, shuffled: { wrong } }) => `${shape} ${whole(wrong)}`)
          .join(", "),
      ];
    }),
  );
}

function roundsTable({ connections, speeds }: Findings): string {
  return table(
    [
      { title: "shape" },
      { title: "connections", isNumber: true },
      { title: "server" },
      { title: "rounds", isNumber: true },
    ],
    speeds.flatMap(({ shape, many, alone }) =>
      [
        { results: many, count: connections },
        { results: alone, count: 1 },
      ].flatMap(({ results, count }) =>
        [...results].map(([name, { rounds }]) => [
          shape,
          String(count),
          name,
          rounds.map(({ perSecond }) => whole(perSecond)).join(" / "),
        ]),
      ),
    ),
  );
}

/** What JSON can hold of it. */
function toData({ speeds, ...others }: Findings): unknown {
  return {
    ...others,
    speeds: speeds.map(({ many, alone, ...shape }) => ({
      ...shape,
      many: Object.fromEntries(many),
      alone: Object.fromEntries(alone),
    })),
  };
}

function ratioOf(results: Speeds, one: PeerName, other: PeerName): number {
  return (
    (results.get(one)?.perSecond ?? NaN) /
    (results.get(other)?.perSecond ?? NaN)
  );
}

function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${decimal(ratio, 2)} x` : "";
}

function absent(peer: PeerName, speeds: readonly ShapeSpeeds[]): string {
  return speeds.some(({ many }) => many.has(peer)) ? "cannot" : "not run";
}

function toColumn(title: string): Column {
  return { title, isNumber: true };
}
