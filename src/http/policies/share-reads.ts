import { Flights, type Seat, type Work } from "../../domain/flights";
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
  const flights = new Flights<SharedRead>(options);
  return (next) => async (request) => {
    const { method, url, headers, signal, call, ledger } = request;
    if (method !== "GET" || !ledger || signal.aborted) return next(request);
    const key = `${url.href} ${headers["accept"] ?? ""}`;
    const seat = flights.join(key, (cancelled) => {
      ledger.claim();
      const payers = new Payers(ledger, request.deadlineAt);
      const value = next({
        ...request,
        signal: cancelled,
        ledger: payers,
        // Whoever joins may have more time.
        get deadlineAt() {
          return payers.deadlineAt;
        },
      });
      return { value, payers };
    });
    const { payers } = seat.work;
    if (!seat.isFirst) {
      ledger.account(call.store).coalesced += 1;
      payers.join(ledger, request.deadlineAt);
    }
    try {
      return await unlessLeft(seat, request);
    } finally {
      payers.leave(ledger);
      seat.leave(() => signal.reason);
    }
  };
}

interface SharedRead extends Work<UpstreamResponse> {
  readonly payers: Payers;
}

/**
 * The operations that share a read. What the read costs is the first one's of
 * those that are still there.
 */
class Payers implements Accounts {
  readonly owner: object;
  readonly #there: Accounts[];
  #deadlineAt: number | undefined;

  constructor(first: Accounts, deadlineAt: number | undefined) {
    this.owner = first.owner;
    this.#there = [first];
    this.#deadlineAt = deadlineAt;
  }

  /** When the last of them gives up; undefined when nothing is known of it. */
  get deadlineAt(): number | undefined {
    return this.#deadlineAt;
  }

  join(accounts: Accounts, deadlineAt: number | undefined): void {
    this.#there.push(accounts);
    this.#deadlineAt =
      this.#deadlineAt === undefined || deadlineAt === undefined
        ? undefined
        : Math.max(this.#deadlineAt, deadlineAt);
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

function unlessLeft(
  seat: Seat<SharedRead>,
  { signal }: UpstreamRequest,
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      // What ends with its last operation tells why by itself.
      if (seat.leave(() => signal.reason)) return;
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
    seat.work.value.then(
      (settled) => {
        signal.removeEventListener("abort", leave);
        resolve(settled);
      },
      (error: Error) => {
        signal.removeEventListener("abort", leave);
        reject(error);
      },
    );
  });
}
