import { format } from "prettier";
import type { Machine } from "./machine";
import type { Section, Target } from "./section";
import { decimal, details, table } from "./table";

/** One bench that has run. */
export interface BenchRun {
  readonly name: string;
  /** `null` when it failed. */
  readonly section: Section | null;
}

/** All that is written down of a run. */
export interface Results {
  readonly machine: Machine;
  readonly runs: readonly BenchRun[];
  readonly smoke: boolean;
  /** How long it took. */
  readonly minutes: number;
}

/** @returns the results as a document in Markdown, as Prettier formats it. */
export function toMarkdown(results: Results): Promise<string> {
  const { machine, runs, smoke, minutes } = results;
  const parts = [
    "# What the benchmarks found",
    smoke
      ? "**Only a trial of the benchmarks themselves: the numbers mean nothing.**"
      : "Written by `npm run bench`; [README.md](README.md) says how to read it.",
    "## Targets",
    targetsTable(runs),
    "## Measured on",
    machineTable(machine, minutes),
    ...runs.map(toPart),
  ];
  return format(`${parts.join("\n\n")}\n`, { parser: "markdown" });
}

function targetsTable(runs: readonly BenchRun[]): string {
  return table(
    [
      { title: "bench" },
      { title: "what" },
      { title: "target", isNumber: true },
      { title: "measured", isNumber: true },
      { title: "" },
    ],
    runs.flatMap(({ name, section }) =>
      section
        ? section.targets.map((target) => [
            name,
            target.name,
            target.target,
            target.measured,
            verdict(target),
          ])
        : [[name, "the bench itself", "runs", "failed", "**missed**"]],
    ),
  );
}

function verdict({ isMet }: Target): string {
  if (isMet === null) return "not measured";
  return isMet ? "met" : "**missed**";
}

function machineTable(machine: Machine, minutes: number): string {
  return table(
    [{ title: "what" }, { title: "which" }],
    [
      ["processor", `${machine.cpu}, ${machine.cores} cores used`],
      ["memory", `${decimal(machine.memoryGb, 1)} GB`],
      ["system", machine.system],
      ["Node", machine.node],
      ...Object.entries(machine.versions),
      ["commit", machine.commit],
      ["took", `${decimal(minutes, 1)} minutes`],
    ],
  );
}

function toPart({ name, section }: BenchRun): string {
  if (!section) return `## ${name}\n\nIt failed.`;
  return [
    `## ${section.title}`,
    section.markdown,
    details("Raw values", `\`\`\`text\n${toText(section.data)}\n\`\`\``),
  ].join("\n\n");
}

/** JSON of four significant digits, a line for each member of the whole. */
function toText(data: unknown): string {
  const short = (value: unknown) => JSON.stringify(value, shortened) ?? "null";
  if (typeof data !== "object" || data === null) return short(data);
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${short(value)}`)
    .join("\n");
}

function shortened(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}
