import { isRecord } from "./is-record";

/** One request that the server sent to a platform. */
export interface UpstreamCall {
  readonly store: string;
  readonly method: string;
  readonly path: string;
  /** Absent when no answer came. */
  readonly status: number | undefined;
  readonly ms: number;
  readonly bytes: number;
}

/** What a view has cost so far. */
export interface UpstreamCost {
  /** Whether an answer is still to come. */
  readonly isWaiting: boolean;
  /** How many answers came over the network, not from this page's memory. */
  readonly answers: number;
  /** How many of them told what they cost. */
  readonly told: number;
  /** How many times the server could not be reached. */
  readonly failures: number;
  readonly calls: readonly UpstreamCall[];
}

/** Adds up what the answers of the present view cost upstream. */
export interface UpstreamCostMeter {
  /** Begins a new view at zero; what is still awaited counts for it. */
  readonly reset: () => void;
  /** An operation goes over the network. */
  readonly asks: (operation: number) => void;
  /** Nobody waits for the operation any more. */
  readonly leaves: (operation: number) => void;
  /** Takes the extensions of the operation's answer. */
  readonly hears: (operation: number, extensions: unknown) => void;
  /** The operation did not reach the server. */
  readonly fails: (operation: number) => void;
  /** Calls the listener soon after a change, until what it returns is called. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  readonly read: () => UpstreamCost;
}

const nothing = { answers: 0, told: 0, failures: 0, calls: [] };

export function createUpstreamCostMeter(): UpstreamCostMeter {
  let cost: UpstreamCost = { ...nothing, isWaiting: false };
  const awaited = new Set<number>();
  const listeners = new Set<() => void>();
  let willTell = false;
  const change = (changes: Partial<UpstreamCost>) => {
    cost = { ...cost, ...changes, isWaiting: awaited.size > 0 };
    if (willTell) return;
    willTell = true;
    // urql sends operations while React renders, which is no time to be told.
    queueMicrotask(() => {
      willTell = false;
      for (const listener of listeners) listener();
    });
  };
  return {
    reset: () => {
      change(nothing);
    },
    asks: (operation) => {
      awaited.add(operation);
      change({});
    },
    leaves: (operation) => {
      awaited.delete(operation);
      change({});
    },
    hears: (operation, extensions) => {
      awaited.delete(operation);
      const calls = toCalls(extensions);
      change({
        answers: cost.answers + 1,
        told: cost.told + (calls ? 1 : 0),
        calls: [...cost.calls, ...(calls ?? [])],
      });
    },
    fails: (operation) => {
      awaited.delete(operation);
      change({ failures: cost.failures + 1 });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => cost,
  };
}

/** `undefined` when the server does not tell: it does where it is allowed. */
function toCalls(extensions: unknown): readonly UpstreamCall[] | undefined {
  const upstream = isRecord(extensions) ? extensions["upstream"] : undefined;
  const calls = isRecord(upstream) ? upstream["calls"] : undefined;
  if (!Array.isArray(calls)) return undefined;
  return calls.flatMap((call: unknown) => {
    if (!isRecord(call)) return [];
    const { store, method, path, status, ms, bytes } = call;
    return typeof store === "string" &&
      typeof method === "string" &&
      typeof path === "string" &&
      typeof ms === "number" &&
      typeof bytes === "number"
      ? [
          {
            store,
            method,
            path,
            status: typeof status === "number" ? status : undefined,
            ms,
            bytes,
          },
        ]
      : [];
  });
}
