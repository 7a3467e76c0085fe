import { Flights, type Seat } from "../../domain/flights";
import type { Policy, UpstreamRequest, UpstreamResponse } from "../exchange";
import type { Accounts, StoreAccount, UpstreamAttempt } from "../ledger";
import { TransportFailure } from "../transport-failure";

export interface SharedReadOptions {
  /** A read that began longer ago is not joined any more, in milliseconds. */
  readonly maxAgeMs: number;
}

/**
 * Sends a read once that several operations ask for at the same time: all get
 * the one answer. A store's reads are all signed with the store's own
 * credential and name all that they ask for in their address, so equal reads
 * have equal answers, whoever asks.
 *
 * An operation that ends early ends its own wait alone; the read goes on for
 * the others, on the account of one of them.
 */
export function shareReads(options: SharedReadOptions): Policy {
  const flights = new Flights<UpstreamResponse>(options);
  const payers = new WeakMap<Promise<UpstreamResponse>, Payers>();
  return (next) => async (request) => {
    const { method, url, headers, signal, call, ledger } = request;
    if (method !== "GET" || !ledger || signal.aborted) return next(request);
    let begun: Payers | undefined;
    const seat = flights.join(
      `${url.href} ${headers["accept"] ?? ""}`,
      (cancelled) => {
        ledger.claim();
        begun = new Payers(ledger);
        return next({ ...request, signal: cancelled, ledger: begun });
      },
    );
    if (begun) payers.set(seat.value, begun);
    else ledger.account(call.store).coalesced += 1;
    const paying = payers.get(seat.value);
    if (!begun) paying?.join(ledger);
    try {
      return await unlessLeft(seat, request);
    } finally {
      paying?.leave(ledger);
      seat.leave(() => signal.reason);
    }
  };
}

/**
 * The operations that share a read. What the read costs is the first one's of
 * those that are still there.
 */
class Payers implements Accounts {
  readonly owner: object;
  readonly #there: Accounts[];

  constructor(first: Accounts) {
    this.owner = first.owner;
    this.#there = [first];
  }

  join(accounts: Accounts): void {
    this.#there.push(accounts);
  }

  /** The last one stays: somebody has to pay. */
  leave(accounts: Accounts): void {
    const index = this.#there.indexOf(accounts);
    if (index >= 0 && this.#there.length > 1) this.#there.splice(index, 1);
  }

  account(store: string): StoreAccount {
    return this.#payer.account(store);
  }

  /** Whoever began the read has claimed it. */
  claim(): void {}

  record(attempt: UpstreamAttempt): void {
    this.#payer.record(attempt);
  }

  get #payer(): Accounts {
    return this.#there[0] as Accounts;
  }
}

async function unlessLeft<Value>(
  { value, leave: leaveSeat }: Seat<Value>,
  { signal }: UpstreamRequest,
): Promise<Value> {
  let leave = () => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = () => {
      // What ends with its last operation tells why by itself.
      if (leaveSeat(() => signal.reason)) return;
      reject(
        signal.reason instanceof TransportFailure
          ? signal.reason
          : new TransportFailure(
              "cancelled",
              "the operation ended before it answered",
            ),
      );
    };
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
