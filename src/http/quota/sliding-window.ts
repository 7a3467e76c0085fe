import type { QuotaLimit } from "./account-quota";

/** A longer window that a platform names is not believed. */
export const maxWindowMs = 3_600_000;

export interface SlidingWindowOptions {
  /** Requests in any stretch of `windowMs`. */
  readonly limit: number;
  readonly windowMs: number;
  /** The part of the limit that this process may use: above 0, at most 1. */
  readonly share?: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * So many requests in any stretch of a length. A request counts from when it
 * is sent until a window's length after its answer: the platform has counted
 * it at some moment between, so it never counts more than is counted here.
 *
 * Where the platform tells what is left, what others have used counts too; of
 * them it is only known that they leave the window within its length, so they
 * are taken to leave it evenly.
 */
export class SlidingWindow implements QuotaLimit {
  readonly #now: () => number;
  readonly #share: number;
  #limit: number;
  #windowMs: number;
  #underWay = 0;
  /** When answered requests leave the window, earliest first. */
  readonly #leaves = new Times();
  #others = 0;
  #othersToldAt = 0;

  constructor({ limit, windowMs, share, now }: SlidingWindowOptions) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#share = share ?? 1;
    this.#now = now ?? (() => performance.now());
  }

  /** Another limit than was assumed. */
  resize(limit: number, windowMs: number): void {
    this.#limit = Math.max(1, limit);
    this.#windowMs = Math.min(Math.max(1, windowMs), maxWindowMs);
  }

  /**
   * What the platform told with an answer: how many requests are left to all
   * who share the limit. To be called after the request was counted as answered.
   */
  tell(left: number): void {
    this.#prune();
    // What is under way may be among them; it is better counted twice than not.
    this.#others = Math.max(0, this.#limit - left - this.#leaves.length);
    this.#othersToldAt = this.#now();
  }

  /** How many more may be sent now, as far as was told and counted. */
  get left(): number {
    this.#prune();
    return Math.max(0, Math.min(this.#ownRoom(), this.#room()));
  }

  freeAt(ahead: number): number {
    this.#prune();
    const now = this.#now();
    return Math.max(
      this.#whenOwnLeave(ahead + 1 - this.#ownRoom(), now),
      this.#whenAnyLeave(ahead + 1 - this.#room(), now),
    );
  }

  take(): () => void {
    this.#underWay += 1;
    return () => {
      this.#underWay -= 1;
      this.#prune();
      this.#leaves.push(this.#now() + this.#windowMs);
    };
  }

  #ownRoom(): number {
    const own = Math.max(1, Math.floor(this.#limit * this.#share));
    return own - this.#underWay - this.#leaves.length;
  }

  #room(): number {
    const { length } = this.#leaves;
    return this.#limit - this.#underWay - length - this.#othersNow();
  }

  #othersNow(): number {
    if (this.#others === 0) return 0;
    const age = (this.#now() - this.#othersToldAt) / this.#windowMs;
    return Math.max(0, Math.ceil(this.#others * (1 - age) - 1e-9));
  }

  /** When so many of our requests have left the window. */
  #whenOwnLeave(count: number, now: number): number {
    if (count <= 0) return now;
    const known = this.#leaves.at(count - 1);
    return known ?? this.#laterThan(count - this.#leaves.length, now);
  }

  /** When so many requests, of ours or others, have left the window. */
  #whenAnyLeave(count: number, now: number): number {
    if (count <= 0) return now;
    if (this.#others === 0) return this.#whenOwnLeave(count, now);
    const everyMs = this.#windowMs / this.#others;
    let own = 0;
    let others = 0;
    const othersNow = this.#othersNow();
    for (let left = 1; ; left += 1) {
      const nextOwn = this.#leaves.at(own) ?? Infinity;
      const nextOther =
        others < othersNow
          ? this.#othersToldAt +
            this.#windowMs -
            (othersNow - others - 1) * everyMs
          : Infinity;
      const next = Math.min(nextOwn, nextOther);
      if (next === Infinity) return this.#laterThan(count - left + 1, now);
      if (left === count) return Math.max(next, now);
      if (nextOwn <= nextOther) own += 1;
      else others += 1;
    }
  }

  /** For requests that wait for such as are not answered or not even sent. */
  #laterThan(count: number, now: number): number {
    return now + this.#windowMs * Math.ceil(count / this.#limit);
  }

  #prune(): void {
    const now = this.#now();
    while ((this.#leaves.at(0) ?? Infinity) <= now) this.#leaves.shift();
  }
}

/** A queue of moments: taking its first away does not move all the others. */
class Times {
  #times: number[] = [];
  #gone = 0;

  get length(): number {
    return this.#times.length - this.#gone;
  }

  at(index: number): number | undefined {
    return this.#times[this.#gone + index];
  }

  push(time: number): void {
    this.#times.push(time);
  }

  shift(): void {
    this.#gone += 1;
    if (this.#gone * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#gone);
    this.#gone = 0;
  }
}
