import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

const children = new Set<ChildProcess>();
/** What is to be done when this process ends, besides ending others. */
const leavings = new Set<() => void>();
let isWatching = false;

/** How long a process may take to end before it is killed. */
const graceMs = 5_000;

/**
 * Sees to it that a process ends with this one, also when this one is
 * interrupted or throws.
 */
export function adopt(child: ChildProcess): void {
  watch();
  children.add(child);
  child.once("exit", () => children.delete(child));
}

/** Has something cleaned up, synchronously, when this process ends before `release`. */
export function cleanUpAtExit(clean: () => void): { release(): void } {
  watch();
  leavings.add(clean);
  return { release: () => leavings.delete(clean) };
}

/** Ends a process: politely first; resolves when it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(timer);
}

/** Ends whatever is left of those that were adopted. */
export async function endAll(): Promise<void> {
  await Promise.all([...children].map(end));
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.once("exit", () => {
    for (const child of children) child.kill("SIGKILL");
    for (const clean of leavings) clean();
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
