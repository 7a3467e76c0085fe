import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { adopt, end } from "./children";

/** A store as a server under test is told of it. */
export interface UpstreamStore {
  readonly key: string;
  readonly platform: string;
  /** What a configuration says of it besides: `baseUrl`, credentials, ids. */
  readonly settings: Record<string, unknown>;
}

/** What was asked of the platforms. */
export interface UpstreamCount {
  /** Without those for tokens. */
  readonly requests: number;
  /** Of bodies, as they went over the wire. */
  readonly bytes: number;
}

export interface UpstreamChange {
  /** How long every answer is held back; 0 at first. Tokens are not. */
  readonly delayMs?: number;
  /**
   * Whether the rows of every list, of what is included too, come in another
   * order than was asked for: the same one for the same address. At first they
   * do not.
   */
  readonly shuffle?: boolean;
}

/**
 * The sandbox's three platforms behind a recorder, in a process of their own.
 * An address that is asked for the first time is asked of the sandbox; from then
 * on the answer comes from memory, so that it costs next to nothing. Failures
 * are not kept.
 */
export interface Upstream {
  readonly stores: readonly UpstreamStore[];
  /** Since the start or the last `reset`. */
  count(): Promise<UpstreamCount>;
  /** Sets the counts to zero; answers are kept. */
  reset(): Promise<void>;
  /** Holds from the next request on; what is left out stays as it is. */
  set(change: UpstreamChange): Promise<void>;
  stop(): Promise<void>;
}

/** What the process is told. */
export type UpstreamCommand =
  | { readonly name: "count" | "reset" }
  | { readonly name: "set"; readonly change: UpstreamChange };

/** What the process tells: once that it is ready, then one for each command. */
export type UpstreamReply =
  | { readonly stores: readonly UpstreamStore[] }
  | { readonly id: number; readonly count: UpstreamCount };

/** @throws when the process does not start. */
export async function startUpstream(
  change: UpstreamChange = {},
): Promise<Upstream> {
  const child = fork(join(__dirname, "upstream-process.js"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  adopt(child);
  const failed = once(child, "exit").then(() => {
    throw new Error("The upstream process ended before its time.");
  });
  failed.catch(() => undefined);
  const waiting = new Map<number, (count: UpstreamCount) => void>();
  const ready = new Promise<readonly UpstreamStore[]>((resolve) => {
    child.on("message", (message) => {
      const reply = message as UpstreamReply;
      if ("stores" in reply) {
        resolve(reply.stores);
        return;
      }
      waiting.get(reply.id)?.(reply.count);
      waiting.delete(reply.id);
    });
  });
  let last = 0;
  const tell = (command: UpstreamCommand): Promise<UpstreamCount> => {
    const id = ++last;
    const reply = new Promise<UpstreamCount>((resolve) => {
      waiting.set(id, resolve);
    });
    child.send({ id, ...command });
    return Promise.race([reply, failed]);
  };
  const stores = await Promise.race([ready, failed]);
  await tell({ name: "set", change });
  return {
    stores,
    count: () => tell({ name: "count" }),
    reset: async () => {
      await tell({ name: "reset" });
    },
    set: async (next) => {
      await tell({ name: "set", change: next });
    },
    stop: () => end(child),
  };
}
