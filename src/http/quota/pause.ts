import { clampWait } from "./retry-after";

/** Why nothing is sent for a while. */
export interface CurrentPause {
  readonly reason: "throttled" | "refused";
  /** On the monotonic clock, in milliseconds. */
  readonly until: number;
  /** What to do about it; empty for `throttled`. */
  readonly problem: string;
}

export interface PauseOptions {
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
  /** From 0 to 1; spreads waits of our own, so that replicas do not meet. */
  readonly random?: () => number;
  /** First wait of our own, where the platform names none. Default 1,000. */
  readonly ownWaitMs?: number;
}

/** How long nothing is sent after our credential was refused. */
const refusedMs = 60_000;
/** So that an answer that says "now" does not set off a storm. */
const leastMs = 100;

/**
 * The time during which a platform is left alone after it has refused an
 * account: for as long as it told, else for a time of our own that doubles
 * with every refusal, and never for more than a minute. Afterwards requests go
 * one at a time until one is answered: whoever was refused does not come back
 * with a crowd.
 */
export class Pause {
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #ownWaitMs: number;
  #current: CurrentPause | undefined;
  #refusals = 0;
  #isResuming = false;
  #hasThrottled = false;

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

  /** Whether requests go one at a time, to see whether they are served again. */
  get isResuming(): boolean {
    return this.#isResuming;
  }

  /** Whether the platform has ever refused a request for its rate. */
  get hasThrottled(): boolean {
    return this.#hasThrottled;
  }

  /** @param waitMs what the platform told; `null` for a time of our own. */
  throttle(waitMs: number | null): void {
    this.#hasThrottled = true;
    this.#isResuming = true;
    const current = this.current();
    if (!current) this.#refusals += 1;
    // Answers to what was under way together are one refusal.
    else if (waitMs === null || current.reason === "refused") return;
    const own =
      this.#ownWaitMs * 2 ** (this.#refusals - 1) * (0.5 + this.#random() / 2);
    const until = this.#after(Math.max(leastMs, waitMs ?? own));
    if (current && current.until >= until) return;
    this.#current = { reason: "throttled", until, problem: "" };
  }

  /** @param problem what to do about it, in our words. */
  refuse(problem: string): void {
    this.#isResuming = true;
    this.#current = {
      reason: "refused",
      until: this.#after(refusedMs),
      problem,
    };
  }

  /** A request has ended otherwise than by a refusal. */
  settle(): void {
    if (this.current()) return;
    this.#isResuming = false;
    this.#refusals = 0;
  }

  #after(waitMs: number): number {
    return this.#now() + clampWait(waitMs);
  }
}
