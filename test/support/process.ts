import {
  type ChildProcess,
  type ChildProcessByStdio,
  spawn,
} from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { findLeaks } from "./find-leaks";

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
  args: readonly string[] = [],
): RunningProgram {
  return follow(
    spawn(process.execPath, [resolve(root, "dist", script), ...args], {
      cwd: root,
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    }),
    script.startsWith("run-sandbox"),
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

/** Keeps what a child writes from now on. */
export function follow(
  child: ChildProcessByStdio<null, Readable, Readable>,
  mayShowSecrets = false,
): RunningProgram {
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((done, fail) => {
    child.once("close", (code) => {
      // The sandbox alone prints the credentials that open it.
      const leaks = mayShowSecrets ? [] : findLeaks(output);
      if (leaks.length === 0) done(code);
      else fail(new Error(`The process wrote ${leaks.join(", ")}`));
    });
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
