import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "./paths";

/** What figures depend on. Nothing in it names the machine. */
export interface Machine {
  readonly cpu: string;
  /** That this process may use. */
  readonly cores: number;
  /** In GB of 1,000,000,000 bytes. */
  readonly memoryGb: number;
  /** The kind of system, and the processor's family. */
  readonly system: string;
  readonly node: string;
  /** By package; as installed. */
  readonly versions: Readonly<Record<string, string>>;
  /** Abbreviated; with `+ changes` where files differ from it. */
  readonly commit: string;
}

const packages = [
  "@apollo/server",
  "@apollo/subgraph",
  "graphql",
  "type-graphql",
  "dataloader",
  "undici",
  "pino",
  "autocannon",
];

/** Tells what is measured on, and what. */
export async function describeMachine(): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e8) / 10,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    versions: Object.fromEntries(
      packages.map((name) => [name, versionOf(name)]),
    ),
    commit: await describeCommit(),
  };
}

function versionOf(name: string): string {
  const path = join(repository, "node_modules", name, "package.json");
  const { version } = JSON.parse(readFileSync(path, "utf8")) as {
    version: string;
  };
  return version;
}

async function describeCommit(): Promise<string> {
  try {
    const commit = await git("rev-parse", "--short", "HEAD");
    const changes = await git("status", "--porcelain", "--", "src", "bench");
    const others = changes
      .split("\n")
      .filter((line) => line !== "" && !line.endsWith("bench/RESULTS.md"));
    return others.length > 0 ? `${commit} + changes` : commit;
  } catch {
    return "unknown";
  }
}

async function git(...command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    "git",
    ["--no-optional-locks", ...command],
    { cwd: repository },
  );
  return stdout.trimEnd();
}
