import {
  type ChildProcess,
  type ChildProcessByStdio,
  spawn,
} from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";

const root = resolve(__dirname, "../..");

/** A program of ours in a process of its own, with everything that it wrote. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the first match in what it writes. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

/** @param script below `dist`: the build is made before the tests. */
export function run(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): RunningProgram {
  return follow(
    spawn(process.execPath, [resolve(root, "dist", script)], {
      cwd: root,
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

/** Runs `npm start` without building first: the build is made before the tests. */
export function runNpmStart(
  environment: Readonly<Record<string, string>>,
): RunningProgram {
  return follow(
    spawn("npm", ["start", "--ignore-scripts"], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

function follow(
  child: ChildProcessByStdio<null, Readable, Readable>,
): RunningProgram {
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((done) => {
    child.once("close", done);
  });
  return {
    child,
    output: () => output,
    ended,
    waitFor: (pattern) =>
      new Promise((done, fail) => {
        const look = () => {
          const match = pattern.exec(output);
          if (!match) return;
          listeners.delete(look);
          done(match);
        };
        listeners.add(look);
        look();
        void ended.then((code) => {
          fail(new Error(`ended with ${code}: ${output}`));
        });
      }),
  };
}
