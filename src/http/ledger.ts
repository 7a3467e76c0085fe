import { QueryTooComplexError } from "../domain/errors";

/** One request that went to a platform. */
export interface UpstreamAttempt {
  /** The store's key. */
  readonly store: string;
  readonly method: string;
  /** Path and query. No token: those travel in headers only. */
  readonly path: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly ms: number;
  /** Of the body, as they came over the wire. */
  readonly bytes: number;
}

/** What one store did for an operation. */
export interface StoreAccount {
  requests: number;
  bytes: number;
  /** Answers taken from the store's cache. */
  cached: number;
  /**
   * The greatest age of an answer that stood in for one that could not be had,
   * in milliseconds; absent when none did.
   */
  staleMs?: number;
  /** Reads that shared the answer of an equal read. */
  coalesced: number;
  /** Requests that were sent again. */
  retried: number;
  /** Time spent waiting for a free connection or for quota. */
  waitedMs: number;
}

/** Where a request to a platform is accounted for. */
export interface Accounts {
  /** Whose turn it is when requests wait: those of one owner wait for one another. */
  readonly owner: object;
  /** The store's account, opened when it is first asked for. */
  account(store: string): StoreAccount;
  /** @throws QueryTooComplexError when it is more than may be sent. */
  claim(): void;
  record(attempt: UpstreamAttempt): void;
}

/** The accounts of one operation: what it cost upstream, store by store. */
export class Ledger implements Accounts {
  readonly owner = this;
  readonly attempts: UpstreamAttempt[] = [];
  #predicted = 0;
  #limit = Infinity;
  #claimed = 0;
  readonly #stores = new Map<string, StoreAccount>();

  /** The store's account, opened when it is first asked for. */
  account(store: string): StoreAccount {
    let account = this.#stores.get(store);
    if (!account) {
      account = {
        requests: 0,
        bytes: 0,
        cached: 0,
        coalesced: 0,
        retried: 0,
        waitedMs: 0,
      };
      this.#stores.set(store, account);
    }
    return account;
  }

  /** All accounts that were opened, by the store's key. */
  get accounts(): ReadonlyMap<string, Readonly<StoreAccount>> {
    return this.#stores;
  }

  /**
   * Lets the operation send no more than the limit.
   *
   * @param predicted how many requests it can send at the most, as far as is
   *   known before the first.
   */
  allow(predicted: number, limit: number): void {
    this.#predicted = predicted;
    this.#limit = limit;
  }

  /**
   * Counts a request that is about to be sent; one that is sent again was
   * counted already.
   *
   * @throws QueryTooComplexError when it is more than the operation may send.
   */
  claim(): void {
    if (this.#claimed >= this.#limit) {
      throw new QueryTooComplexError(
        "upstreamRequests",
        this.#limit,
        this.#claimed + 1,
        `The operation has sent the ${this.#limit} upstream requests that it may: a store holds more than could be foreseen. Ask for smaller pages or fewer ids.`,
      );
    }
    this.#claimed += 1;
  }

  record(attempt: UpstreamAttempt): void {
    const account = this.account(attempt.store);
    account.requests += 1;
    account.bytes += attempt.bytes;
    this.attempts.push(attempt);
  }

  /** The stores of which the answer is older than it should be. */
  get stale(): readonly StaleStore[] {
    return [...this.#stores].flatMap(([store, { staleMs }]) =>
      staleMs === undefined ? [] : [{ store, ageMs: staleMs }],
    );
  }

  /** What `extensions.upstream` of an answer shows. */
  summary(): UpstreamSummary {
    const byStore = Object.fromEntries(this.#stores);
    const accounts = [...this.#stores.values()];
    return {
      predicted: this.#predicted,
      requests: sum(accounts.map(({ requests }) => requests)),
      bytes: sum(accounts.map(({ bytes }) => bytes)),
      byStore,
      calls: this.attempts,
    };
  }
}

/** An entry of `extensions.stale`. */
export interface StaleStore {
  /** The store's key. */
  readonly store: string;
  /** How old the oldest part that came from it is, in milliseconds. */
  readonly ageMs: number;
}

/** The shape of `extensions.upstream`. */
export interface UpstreamSummary {
  /**
   * The most requests that were to be expected, repetitions aside; 0 for what
   * was never run.
   */
  readonly predicted: number;
  readonly requests: number;
  readonly bytes: number;
  readonly byStore: Readonly<Record<string, StoreAccount>>;
  readonly calls: readonly UpstreamAttempt[];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
