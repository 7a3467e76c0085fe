import type { QuotaLimit } from "./account-quota";
import { clampWait } from "./retry-after";
import { maxWindowMs } from "./sliding-window";

export interface SharedWindowOptions {
  /** Requests in a window, until the platform tells. */
  readonly limit: number;
  /** Length of a window, until the platform tells. */
  readonly windowMs: number;
  /** The part of the limit that this process may use: above 0, at most 1. */
  readonly share?: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** What an answer tells of a window; `null` where it does not. */
export interface ToldWindow {
  readonly limit: number;
  readonly left: number;
  readonly windowMs: number | null;
  /** Until all units are back. */
  readonly resetMs: number | null;
}

/**
 * So many requests in each window of a row, shared with others who use it
 * without telling us: what an answer tells replaces what was counted here.
 */
export class SharedWindow implements QuotaLimit {
  readonly #now: () => number;
  readonly #share: number;
  #limit: number;
  #windowMs: number;
  #left: number;
  /** What this process has used of the current window. */
  #own = 0;
  #underWay = 0;
  #resetsAt: number | undefined;

  constructor({ limit, windowMs, share, now }: SharedWindowOptions) {
    this.#limit = limit;
    this.#left = limit;
    this.#windowMs = windowMs;
    this.#share = share ?? 1;
    this.#now = now ?? (() => performance.now());
  }

  /** What an answer told. To be called after its request was counted as answered. */
  tell({ limit, left, windowMs, resetMs }: ToldWindow): void {
    this.#renew();
    const now = this.#now();
    this.#limit = Math.max(1, limit);
    if (windowMs !== null) {
      this.#windowMs = Math.min(Math.max(1, windowMs), maxWindowMs);
    }
    // What is under way may be counted already; better twice than not at all.
    this.#left = left - this.#underWay;
    this.#resetsAt =
      resetMs === null
        ? (this.#resetsAt ?? now + this.#windowMs)
        : now + clampWait(resetMs);
  }

  freeAt(ahead: number): number {
    this.#renew();
    const now = this.#now();
    const own = Math.max(1, Math.floor(this.#limit * this.#share));
    const room = Math.min(this.#left, own - this.#own);
    if (ahead < room) return now;
    const resetsAt = this.#resetsAt ?? now + this.#windowMs;
    return resetsAt + Math.floor((ahead - room) / own) * this.#windowMs;
  }

  take(): () => void {
    this.#renew();
    this.#left -= 1;
    this.#own += 1;
    this.#underWay += 1;
    // A window begins with its first use.
    this.#resetsAt ??= this.#now() + this.#windowMs;
    return () => {
      this.#underWay -= 1;
    };
  }

  #renew(): void {
    if (this.#resetsAt === undefined || this.#now() < this.#resetsAt) return;
    this.#resetsAt = undefined;
    // What is under way may arrive in the new window.
    this.#left = this.#limit - this.#underWay;
    this.#own = this.#underWay;
    if (this.#underWay > 0) this.#resetsAt = this.#now() + this.#windowMs;
  }
}
