import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Fault } from "../../src/sandbox/faults/fault";
import { adopt, end } from "../lib/children";
import type { UpstreamStore } from "../lib/upstream";

/** The sandbox's platforms in a process of their own, which can be spoilt. */
export interface SoakSandbox {
  /** The three platforms, and an account with a small quota. */
  readonly stores: readonly UpstreamStore[];
  /** The stores that may be spoilt, by key. */
  readonly spoilable: readonly string[];
  /** Spoils a store, for as long as the fault says; nothing once it has stopped. */
  spoil(store: string, fault: Fault): void;
  stop(): Promise<void>;
}

/** What the process is told. */
export interface SandboxCommand {
  readonly store: string;
  /** Without patterns and functions: it travels as JSON. */
  readonly fault: Fault;
}

/** What the process tells once it is ready. */
export interface SandboxGreeting {
  readonly stores: readonly UpstreamStore[];
}

/** @throws when the process does not start. */
export async function startSoakSandbox(): Promise<SoakSandbox> {
  const child = fork(join(__dirname, "sandbox-process.js"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  adopt(child);
  const failed = once(child, "exit").then(() => {
    throw new Error("The sandbox ended before its time.");
  });
  failed.catch(() => undefined);
  const [greeting] = (await Promise.race([once(child, "message"), failed])) as [
    SandboxGreeting,
  ];
  const { stores } = greeting;
  return {
    stores,
    spoilable: stores.slice(0, 3).map(({ key }) => key),
    spoil: (store, fault) => {
      const command: SandboxCommand = { store, fault };
      if (child.connected) child.send(command);
    },
    stop: () => end(child),
  };
}
