import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const bench = resolve(__dirname, "../../bench");
export const built = join(bench, "dist/bench");
const results = join(bench, "RESULTS.md");
/** Others may use the machine. */
const longestMs = 180_000;

const benches = readdirSync(bench).filter((name) =>
  existsSync(join(bench, name, "index.ts")),
);

/** What a section says of answers that were compared, where it counts them. */
const proofs: Readonly<Record<string, RegExp>> = {
  floor: /\b12 answers of both, value by value/,
};

/** When the results of a whole run were written. */
function resultsWrittenAt(): number | undefined {
  return existsSync(results) ? statSync(results).mtimeMs : undefined;
}

/** Those that `npm test` tries; `npm run test:soak` tries the others. */
export const quickBenches: ReadonlySet<string> = new Set([
  "floor",
  "calls",
  "latency",
]);

/** Runs benchmarks as trials: each answers, and leaves nothing behind. */
export function tryBenches(isTried: (name: string) => boolean): void {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-smoke-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs one as a trial; wrong answers and failures end it with a code. */
  async function run(name: string): Promise<string> {
    const output = join(folder, "RESULTS.md");
    await promisify(execFile)(
      process.execPath,
      [join(built, "run.js"), "--smoke", "--only", name, "--output", output],
      { env: { ...process.env, TMPDIR: folder }, maxBuffer: 100_000_000 },
    );
    return readFileSync(output, "utf8");
  }

  it.each(benches.filter(isTried))(
    "%s answers its question, and leaves nothing behind",
    async (name) => {
      const before = resultsWrittenAt();
      const text = await run(name);
      expect(text).toMatch(new RegExp(`^\\| ${name} `, "m"));
      expect(sectionsOf(text)).toEqual([
        { title: "Targets", hasTable: true },
        { title: "Measured on", hasTable: true },
        { title: expect.any(String), hasTable: true },
      ]);
      expect(text).toMatch(proofs[name] ?? /^## /m);
      expect(readdirSync(folder)).toEqual(["RESULTS.md"]);
      expect(resultsWrittenAt()).toBe(before);
    },
    longestMs,
  );
}

function sectionsOf(text: string) {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      title: section.slice(0, section.indexOf("\n")),
      hasTable: /^\| :?-+:? \|.*\n\| *\S/m.test(section),
    }));
}
