import type { Cancellation } from "../domain/cancellation";
import { Flights, type Seat, type Work } from "../domain/flights";
import type { Caller } from "../graph/caller";
import type { Answered } from "./answer-operations";

/**
 * An operation that has been under way for longer is not joined any more, nor
 * one that has used a tenth of its time: who joins gets its deadline too.
 */
const maxJoinedMs = 1_000;

export interface SharingOptions {
  /** Deadline of an operation, in milliseconds. */
  readonly operationTimeoutMs: number;
  /** Whether equal operations under way are run once. */
  readonly coalesces: boolean;
}

/** What an operation's answer depends on. */
export interface AskedOperation {
  readonly caller: Caller;
  readonly search: string;
  readonly accept: string;
  /** The body; undefined for one that is not shared. */
  readonly text: string | undefined;
}

/**
 * Joins an equal operation under way, or begins this one.
 *
 * @param start runs it until it is cancelled.
 */
export type JoinOperation = (
  asked: AskedOperation,
  start: (cancellation: Cancellation) => Promise<Answered>,
) => Seat<Work<Answered>>;

/** Equal are those of one body to the letter, of callers with equal rights. */
export function createJoinOperation({
  operationTimeoutMs,
  coalesces,
}: SharingOptions): JoinOperation {
  const flights = new Flights<Work<Answered>>({
    maxAgeMs: Math.min(maxJoinedMs, operationTimeoutMs / 10),
  });
  return ({ caller, search, accept, text }, start) => {
    const key =
      coalesces && text !== undefined
        ? [rightsOf(caller), search, accept, text].join("\n")
        : undefined;
    return flights.join(key, (cancellation) => ({
      value: start(cancellation),
    }));
  };
}

const rights = new WeakMap<Caller, string>();

/** What an answer depends on of the caller: equal texts, equal answers. */
function rightsOf(caller: Caller): string {
  let text = rights.get(caller);
  if (text === undefined) {
    const { scopes, stores, cacheMaxAgeSeconds } = caller;
    text = JSON.stringify([
      [...scopes].sort(),
      stores ? [...stores].sort() : null,
      cacheMaxAgeSeconds ?? null,
    ]);
    rights.set(caller, text);
  }
  return text;
}
