import type { UpstreamRequest, UpstreamResponse } from "../exchange";
import type { Pause } from "./pause";

/*
 * What a platform allows, as the governor sees it. All times are on the
 * monotonic clock, in milliseconds: the machine's clock may jump.
 */

/** One limit on how often a platform may be asked. */
export interface QuotaLimit {
  /**
   * The earliest time for one more request when `ahead` others go before it;
   * in the past when it may be sent now. An estimate for later times: others
   * may use the same quota.
   */
  freeAt(ahead: number): number;
  /**
   * Counts a request that is sent now.
   *
   * @returns to be called once, when its answer is there or it has failed.
   */
  take(): () => void;
}

/** Requests that count against the same limits; one object for all of them. */
export interface Lane {
  readonly limits: readonly QuotaLimit[];
}

/**
 * What an answer means for the requests to come:
 *
 * - `served`: nothing.
 * - `throttled`: nothing is sent for `waitMs`; `null` when the platform does
 *   not tell how long.
 * - `refused`: our credential opens nothing any more; `problem` says what to
 *   do about it, in our words.
 */
export type Verdict =
  | { readonly kind: "served" }
  | { readonly kind: "throttled"; readonly waitMs: number | null }
  | { readonly kind: "refused"; readonly problem: string };

/** How one of a store's quotas stands. */
export interface UpstreamQuota {
  /**
   * Which of the platform's limits it is, in the platform's own words: one of a
   * few, since it is a label of metrics. `all` where there is only one.
   */
  readonly name: string;
  /** Requests in a window. */
  readonly limit: number;
  /** Requests that are left in the current one. */
  readonly left: number;
  /** Length of a window; `null` when the platform does not tell. */
  readonly windowMs: number | null;
  /** Time until the next window; `null` when the platform does not tell. */
  readonly resetMs: number | null;
}

/**
 * The quota of one account: the room's rules. Stores that are one account to
 * the platform share one object.
 */
export interface AccountQuota {
  /** While it lasts nothing is sent, whatever the limits say. */
  readonly pause: Pause;
  laneOf(request: UpstreamRequest): Lane;
  /**
   * Reads the answer of a request, whatever its status. What it tells of the
   * quota overrules what was counted here.
   */
  read(response: UpstreamResponse, request: UpstreamRequest): Verdict;
  /**
   * As the last answers told, or as it was counted here where none does; empty
   * when nothing is known.
   */
  current(): readonly UpstreamQuota[];
}

export const served: Verdict = { kind: "served" };
