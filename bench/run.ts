import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endAll } from "./lib/children";
import { describeMachine } from "./lib/machine";
import { repository } from "./lib/paths";
import { type BenchRun, toMarkdown } from "./lib/results";
import type { Bench } from "./lib/section";

const usage = `Runs the benchmarks and writes what they found to bench/RESULTS.md.

  npm run bench -- [options]

  --only <names>   some of them, such as floor,latency; bench/RESULTS.md stays as it is
  --smoke          every code path in seconds; the numbers mean nothing, and
                   bench/RESULTS.md stays as it is
  --output <file>  writes there in place of bench/RESULTS.md
  --help
`;

/** A folder each, in the order in which they run. */
const names = [
  "floor",
  "peers",
  "calls",
  "scale",
  "latency",
  "outage",
  "soak",
] as const;
type Name = (typeof names)[number];

/** The command line cannot be understood; the message says why. */
class UsageError extends Error {}

interface Options {
  readonly benches: readonly Name[];
  readonly smoke: boolean;
  /** Undefined where the results are to be kept nowhere. */
  readonly output: string | undefined;
}

async function main(): Promise<void> {
  const options = toOptions();
  if (!options) {
    process.stdout.write(usage);
    return;
  }
  const startedAt = performance.now();
  const runs: BenchRun[] = [];
  for (const name of options.benches) runs.push(await runOne(name, options));
  const markdown = await toMarkdown({
    machine: await describeMachine(),
    runs,
    smoke: options.smoke,
    minutes: (performance.now() - startedAt) / 60_000,
  });
  process.stdout.write(markdown);
  if (runs.some(({ section }) => section === null)) process.exitCode = 1;
  const path = options.output ?? (await temporaryFile());
  await writeFile(path, markdown);
  process.stderr.write(`written to ${path}\n`);
}

async function runOne(name: Name, { smoke }: Options): Promise<BenchRun> {
  process.stderr.write(`${name} …`);
  const startedAt = performance.now();
  const seconds = () =>
    `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
  try {
    const { run } = (await import(`./${name}/index.js`)) as { run: Bench };
    const section = await run({ smoke });
    process.stderr.write(` ${seconds()}\n`);
    return { name, section };
  } catch (error) {
    const told = error instanceof Error ? error.stack : String(error);
    process.stderr.write(` failed after ${seconds()}\n${told}\n`);
    return { name, section: null };
  } finally {
    // What one leaves behind must not slow the next.
    await endAll();
  }
}

/** @returns nothing where only help is wanted. */
function toOptions(): Options | undefined {
  const { values } = parse();
  if (values.help) return undefined;
  const { only, smoke } = values;
  const benches = only === undefined ? names.filter(exists) : toNames(only);
  const isWhole = only === undefined && !smoke;
  const results = join(repository, "bench/RESULTS.md");
  return {
    benches,
    smoke,
    output: values.output ?? (isWhole ? results : undefined),
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        only: { type: "string" },
        smoke: { type: "boolean", default: false },
        output: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function toNames(only: string): readonly Name[] {
  return only.split(",").map((text) => {
    const name = names.find((one) => one === text);
    if (!name || !exists(name))
      throw new UsageError(`no bench "${text}": one of ${names.join(", ")}`);
    return name;
  });
}

function exists(name: Name): boolean {
  return existsSync(join(__dirname, name, "index.js"));
}

async function temporaryFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "clientele-bench-")), "RESULTS.md");
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    const isUsage = error instanceof UsageError;
    process.stderr.write(
      isUsage ? `${error.message}\n\n${usage}` : `${String(error)}\n`,
    );
    process.exit(isUsage ? 64 : 1);
  },
);
