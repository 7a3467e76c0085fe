import type { UpstreamResponse } from "../../http/exchange";
import {
  type AccountQuota,
  type Lane,
  type UpstreamQuota,
  served,
} from "../../http/quota/account-quota";
import { Pause } from "../../http/quota/pause";
import {
  clampWait,
  countHeader,
  readRetryAfter,
} from "../../http/quota/retry-after";
import { SharedWindow } from "../../http/quota/shared-window";

/** The smallest plan's (BigCommerce docs, API rate limits); answers tell more. */
const assumed = { limit: 150, windowMs: 30_000 };

export interface BigCommerceQuotaOptions {
  /** The part of the store's quota that this process may use. */
  readonly share: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * The quota of a store: so many requests in each window, told with every
 * answer. All apps of the store share it, so it moves without us (BigCommerce
 * docs, API rate limits).
 */
export function createBigCommerceQuota({
  share,
  now = () => performance.now(),
}: BigCommerceQuotaOptions): AccountQuota {
  const window = new SharedWindow({ ...assumed, share, now });
  const lane: Lane = { limits: [window] };
  let told: UpstreamQuota | null = null;
  return {
    pause: new Pause({ now }),
    laneOf: () => lane,
    read: (response) => {
      const quota = quotaOf(response);
      if (quota) {
        told = quota;
        window.tell(quota);
      }
      if (response.status === 429) {
        return { kind: "throttled", waitMs: retryAfterMs(response) };
      }
      return response.status === 401
        ? { kind: "refused", problem: "check credentials.accessToken" }
        : served;
    },
    current: () => (told ? [told] : []),
  };
}

function quotaOf(response: UpstreamResponse): UpstreamQuota | null {
  const limit = countHeader(response, "x-rate-limit-requests-quota");
  const left = countHeader(response, "x-rate-limit-requests-left");
  return limit === null || left === null
    ? null
    : {
        name: "all",
        limit,
        left,
        windowMs: countHeader(response, "x-rate-limit-time-window-ms"),
        resetMs: countHeader(response, "x-rate-limit-time-reset-ms"),
      };
}

/**
 * When a refused request may be sent again: the longer of the two waits that
 * an answer can name. One that is refused though the quota is not used up was
 * refused for the platform's load: the end of the window has nothing to do
 * with that.
 *
 * @returns milliseconds, at most a minute; `null` when the answer names none.
 */
function retryAfterMs(response: UpstreamResponse): number | null {
  const quota = quotaOf(response);
  const hasUnits = quota !== null && quota.left > 0;
  const resetMs = countHeader(response, "x-rate-limit-time-reset-ms");
  const waits = [
    resetMs === null || hasUnits ? null : clampWait(resetMs),
    readRetryAfter(response, "x-retry-after"),
    readRetryAfter(response),
  ].filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}
