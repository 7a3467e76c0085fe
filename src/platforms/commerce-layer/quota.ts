import type { UpstreamResponse } from "../../http/exchange";
import {
  type UpstreamQuota,
  countHeader,
} from "../../http/policies/observe-quota";

/**
 * The quota that answers tell: the average over a sliding window, summed over
 * the endpoints of a class. The burst limit of each endpoint is invisible, and
 * there is no time of reset (Commerce Layer docs, rate limits).
 */
export function quotaOf(response: UpstreamResponse): UpstreamQuota | null {
  const limit = countHeader(response, "x-ratelimit-limit");
  const left = countHeader(response, "x-ratelimit-remaining");
  const seconds = countHeader(response, "x-ratelimit-interval");
  return limit === null || left === null
    ? null
    : {
        limit,
        left,
        windowMs: seconds === null ? null : seconds * 1_000,
        resetMs: null,
      };
}

/**
 * When a refused request may be sent again: after `Retry-After` where there is
 * one, else after a whole window.
 *
 * @returns milliseconds; `null` when the answer names neither.
 */
export function retryAfterMs(response: UpstreamResponse): number | null {
  const seconds =
    countHeader(response, "retry-after") ??
    countHeader(response, "x-ratelimit-interval");
  return seconds === null ? null : seconds * 1_000;
}
