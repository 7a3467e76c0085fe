import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A program to run beside others. */
export interface Program {
  readonly name: string;
  /** The script, with its arguments. */
  readonly command: readonly [script: string, ...rest: string[]];
  /** Added to this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a program ended that nobody had told to. */
export interface Failure {
  readonly name: string;
  /** E.g. `code 1` or `SIGKILL`. */
  readonly reason: string;
}

/** Programs that live and end together. */
export interface Supervisor {
  /**
   * Starts a program.
   *
   * @param onLine gets every line that it writes to standard output.
   * @returns the address in its line `listening on <address>`.
   * @throws Error when it ends before it has written one.
   */
  start(program: Program, onLine?: (line: string) => void): Promise<string>;
  /** Resolves when a program ends that was ready; perhaps never. */
  readonly failed: Promise<Failure>;
  /**
   * Ends all programs, the last one first, so that each can still ask those it
   * depends on while it answers what is in flight. May be called twice.
   *
   * @returns whether each of them ended in peace: with code 0, or before it was
   *   ready.
   */
  stop(): Promise<boolean>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
  isReady: boolean;
}

/**
 * @param log gets every line that a program writes, with the program's name.
 * @param graceMs how long a program may take to end before it is killed.
 */
export function createSupervisor(
  log: (name: string, line: string) => void,
  graceMs = 12_000,
): Supervisor {
  const running: Running[] = [];
  let stopping: Promise<boolean> | undefined;
  let reportFailure: (failure: Failure) => void = () => undefined;
  const failed = new Promise<Failure>((resolve) => {
    reportFailure = resolve;
  });

  const start: Supervisor["start"] = async (program, onLine) => {
    const { name } = program;
    if (stopping) throw new Error(`${name} is not started: all are stopping`);
    const child = spawn(process.execPath, program.command, {
      env: { ...process.env, ...program.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<string>((resolve) => {
      child.once("error", ({ message }) => {
        resolve(message);
      });
      child.once("close", (code, signal) => {
        resolve(signal ?? `code ${code}`);
      });
    });
    const entry: Running = { child, ended, isReady: false };
    running.push(entry);
    log(name, `process ${child.pid}`);
    const listening = new Promise<string>((resolve) => {
      eachLine(child.stdout, (line) => {
        log(name, line);
        onLine?.(line);
        const [, url] = /listening on (http:[^\s"]+)/.exec(line) ?? [];
        if (url === undefined) return;
        entry.isReady = true;
        resolve(url);
      });
      eachLine(child.stderr, (line) => {
        log(name, line);
      });
    });
    void ended.then((reason) => {
      if (entry.isReady && !stopping) reportFailure({ name, reason });
    });
    return Promise.race([
      listening,
      ended.then((reason): never => {
        throw new Error(`${name} ended before it was ready: ${reason}`);
      }),
    ]);
  };

  const stopAll = async () => {
    let isPeaceful = true;
    for (const { child, ended, isReady } of running.toReversed()) {
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), graceMs);
      const reason = await ended;
      clearTimeout(kill);
      // One that is only starting does not listen to signals yet.
      isPeaceful &&= reason === "code 0" || (!isReady && reason === "SIGTERM");
    }
    return isPeaceful;
  };

  return {
    start,
    failed,
    stop: () => (stopping ??= stopAll()),
  };
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine);
}
