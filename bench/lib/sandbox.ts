import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Fault } from "../../src/sandbox/faults/fault";
import { adopt, end } from "./children";
import type { UpstreamStore } from "./upstream";

/** The sandbox's platforms in a process of their own, which can be spoilt. */
export interface SandboxProcess {
  /** The three platforms, and an account with a small quota. */
  readonly stores: readonly UpstreamStore[];
  /** The stores that may be spoilt, by key. */
  readonly spoilable: readonly string[];
  /** Spoils a store, for as long as the fault says; nothing once it has stopped. */
  spoil(store: string, fault: Fault): void;
  /** Ends what it was spoilt by. */
  mend(store: string): void;
  stop(): Promise<void>;
}

/** What the process is told. */
export interface SandboxCommand {
  readonly store: string;
  /** Without patterns and functions: it travels as JSON. */
  /** Absent where the store is to be mended. */
  readonly fault?: Fault;
}

/** What the process tells once it is ready. */
export interface SandboxGreeting {
  readonly stores: readonly UpstreamStore[];
}

/** @throws when the process does not start. */
export async function startSandbox(): Promise<SandboxProcess> {
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
  const tell = (command: SandboxCommand) => {
    if (child.connected) child.send(command);
  };
  return {
    stores,
    spoilable: stores.slice(0, 3).map(({ key }) => key),
    spoil: (store, fault) => {
      tell({ store, fault });
    },
    mend: (store) => {
      tell({ store });
    },
    stop: () => end(child),
  };
}
