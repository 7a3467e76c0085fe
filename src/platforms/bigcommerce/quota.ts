import type { UpstreamResponse } from "../../http/exchange";
import {
  type UpstreamQuota,
  countHeader,
} from "../../http/policies/observe-quota";

/**
 * The quota that every answer tells. All apps of a store share it, so it moves
 * without us (BigCommerce docs, API rate limits).
 */
export function quotaOf(response: UpstreamResponse): UpstreamQuota | null {
  const limit = countHeader(response, "x-rate-limit-requests-quota");
  const left = countHeader(response, "x-rate-limit-requests-left");
  return limit === null || left === null
    ? null
    : {
        limit,
        left,
        windowMs: countHeader(response, "x-rate-limit-time-window-ms"),
        resetMs: countHeader(response, "x-rate-limit-time-reset-ms"),
      };
}

/**
 * When a refused request may be sent again: the longer of the two waits that
 * an answer can name.
 *
 * @returns milliseconds; `null` when the answer names none, as under load.
 */
export function retryAfterMs(response: UpstreamResponse): number | null {
  const seconds = countHeader(response, "x-retry-after");
  const waits = [
    countHeader(response, "x-rate-limit-time-reset-ms"),
    seconds === null ? null : seconds * 1_000,
  ].filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}
