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
  /** Reads that shared the answer of an equal read. */
  coalesced: number;
  /** Requests that were sent again. */
  retried: number;
  /** Time spent waiting for a free connection or for quota. */
  waitedMs: number;
}

/** The accounts of one operation: what it cost upstream, store by store. */
export class Ledger {
  readonly attempts: UpstreamAttempt[] = [];
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

  record(attempt: UpstreamAttempt): void {
    const account = this.account(attempt.store);
    account.requests += 1;
    account.bytes += attempt.bytes;
    this.attempts.push(attempt);
  }

  /** What `extensions.upstream` of an answer shows. */
  summary(): UpstreamSummary {
    const byStore = Object.fromEntries(this.#stores);
    const accounts = [...this.#stores.values()];
    return {
      requests: sum(accounts.map(({ requests }) => requests)),
      bytes: sum(accounts.map(({ bytes }) => bytes)),
      byStore,
      calls: this.attempts,
    };
  }
}

/** The shape of `extensions.upstream`. */
export interface UpstreamSummary {
  readonly requests: number;
  readonly bytes: number;
  readonly byStore: Readonly<Record<string, StoreAccount>>;
  readonly calls: readonly UpstreamAttempt[];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
