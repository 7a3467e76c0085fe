import { RefusedRequest } from "./read-request-body";

/**
 * How asking the issuer for its keys ended: `unusable` is an answer that holds
 * no key set (another status than 200, a redirect, no JSON, no keys).
 */
export const keyFetchOutcomes = [
  "ok",
  "timeout",
  "unreachable",
  "unusable",
] as const;

export type KeyFetchOutcome = (typeof keyFetchOutcomes)[number];

export interface KeyRefreshOptions {
  /** Asks the issuer, and puts its keys into the place of those before. */
  readonly fetch: () => Promise<KeyFetchOutcome>;
  /** Requests that may wait for the issuer; one more is refused at once. */
  readonly maxWaiting: number;
  /** Hears how each fetch ended. */
  readonly onFetch?: ((outcome: KeyFetchOutcome) => void) | undefined;
  /** The monotonic clock, in milliseconds. */
  readonly now?: (() => number) | undefined;
}

/** Keys are used for so long before the issuer is asked again. */
export const maxKeyAgeMs = 10 * 60_000;
/**
 * A token that no key fits has them fetched anew, but not sooner after the last
 * fetch: tokens with forged key ids are not to make us hammer the issuer.
 */
export const keyCooldownMs = 5_000;
/** After a fetch that failed, nobody waits for another one for so long. */
export const keyPauseMs = 1_000;

/**
 * Decides when an issuer is asked for its keys. There is one fetch at a time,
 * and whoever needs no newer keys than there are never waits for it.
 */
export class KeyRefresh {
  readonly #options: KeyRefreshOptions;
  readonly #now: () => number;
  #fetchedAt = -Infinity;
  #failedAt = -Infinity;
  #fetching: Promise<boolean> | undefined;
  #waiting = 0;
  #version = 0;

  constructor(options: KeyRefreshOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Counts the fetches that brought keys. */
  get version(): number {
    return this.#version;
  }

  /**
   * Sees to it that there are keys, and none too old.
   *
   * @throws RefusedRequest 503 when they cannot be fetched.
   */
  async ensure(): Promise<void> {
    if (this.#now() - this.#fetchedAt >= maxKeyAgeMs) await this.#fetch();
  }

  /**
   * Sees to it that there are newer keys than those of a version.
   *
   * @returns false when it is too early to ask for them.
   * @throws RefusedRequest 503 when they cannot be fetched.
   */
  async renew(seen: number): Promise<boolean> {
    if (this.#version > seen) return true;
    if (this.#now() - this.#fetchedAt < keyCooldownMs) return false;
    await this.#fetch();
    return true;
  }

  async #fetch(): Promise<void> {
    const isPaused = this.#now() - this.#failedAt < keyPauseMs;
    if (isPaused || this.#waiting >= this.#options.maxWaiting) {
      throw keysUnavailable();
    }
    this.#waiting += 1;
    try {
      if (!(await (this.#fetching ??= this.#load()))) throw keysUnavailable();
    } finally {
      this.#waiting -= 1;
    }
  }

  async #load(): Promise<boolean> {
    const outcome = await this.#options.fetch();
    this.#fetching = undefined;
    const isFetched = outcome === "ok";
    if (isFetched) {
      this.#fetchedAt = this.#now();
      this.#version += 1;
    } else {
      this.#failedAt = this.#now();
    }
    this.#options.onFetch?.(outcome);
    return isFetched;
  }
}

function keysUnavailable(): RefusedRequest {
  return new RefusedRequest(
    503,
    "Tokens cannot be checked: the issuer's keys cannot be fetched. Ask again later.",
  );
}
