import { clampWait } from "./retry-after";

/** How long nothing is sent. */
export interface CurrentPause {
  /** On the monotonic clock, in milliseconds. */
  readonly until: number;
}

export interface PauseOptions {
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
  /** From 0 to 1; spreads waits of our own, so that replicas do not meet. */
  readonly random?: () => number;
  /** First wait of our own, where the platform names none. Default 1,000. */
  readonly ownWaitMs?: number;
}

/** So that an answer that says "now" does not set off a storm. */
const leastMs = 100;

/**
 * The time during which a platform is left alone after it has refused an
 * account for its rate: for as long as it told, else for a time of our own that
 * doubles with every refusal, and never for more than a minute. Afterwards
 * requests go one at a time until one is answered, then half as many at a time
 * as were under way when it refused, and slowly more: whoever was refused does
 * not come back with a crowd.
 */
export class Pause {
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #ownWaitMs: number;
  #current: CurrentPause | undefined;
  #refusals = 0;
  #isResuming = false;
  #hasThrottled = false;
  /** So many at a time were not too many; without a bound before a refusal. */
  #atATime = Infinity;

  constructor({ now, random, ownWaitMs }: PauseOptions = {}) {
    this.#now = now ?? (() => performance.now());
    this.#random = random ?? Math.random;
    this.#ownWaitMs = ownWaitMs ?? 1_000;
  }

  /** @returns `undefined` when requests may be sent. */
  current(): CurrentPause | undefined {
    const pause = this.#current;
    return pause && this.#now() < pause.until ? pause : undefined;
  }

  /** How many requests may be under way; without a bound before a refusal. */
  get mostAtATime(): number {
    return this.#isResuming ? 1 : Math.floor(this.#atATime);
  }

  /** Whether the platform has ever refused a request for its rate. */
  get hasThrottled(): boolean {
    return this.#hasThrottled;
  }

  /**
   * @param waitMs what the platform told; `null` for a time of our own.
   * @param underWay requests at the time, the refused one among them.
   */
  throttle(waitMs: number | null, underWay: number): void {
    this.#hasThrottled = true;
    this.#isResuming = true;
    const current = this.current();
    if (!current) {
      this.#refusals += 1;
      const fewer = Math.min(this.#atATime, underWay) / 2;
      this.#atATime = Math.max(1, fewer);
    }
    // Answers to what was under way together are one refusal.
    else if (waitMs === null) return;
    const own =
      this.#ownWaitMs * 2 ** (this.#refusals - 1) * (0.5 + this.#random() / 2);
    const until = this.#after(Math.max(leastMs, waitMs ?? own));
    if (current && current.until >= until) return;
    this.#current = { until };
  }

  /** A request has ended otherwise than by a refusal. */
  settle(): void {
    if (this.current()) return;
    if (!this.#isResuming) this.#atATime += 1 / this.#atATime;
    this.#isResuming = false;
    this.#refusals = 0;
  }

  #after(waitMs: number): number {
    return this.#now() + clampWait(waitMs);
  }
}
