import type { UpstreamResponse } from "../../http/exchange";
import {
  type AccountQuota,
  type Lane,
  served,
} from "../../http/quota/account-quota";
import { Pause } from "../../http/quota/pause";
import { readRetryAfter } from "../../http/quota/retry-after";
import { SlidingWindow } from "../../http/quota/sliding-window";
import { errorCodeOf } from "./wire";

/** Of a token (Ecwid docs, API reference). The shape of the window is not told. */
const quota = { limit: 600, windowMs: 60_000 };
/** What the vendor's own client waits when `Retry-After` is missing. */
const defaultWaitMs = 10_000;

export interface EcwidQuotaOptions {
  /** The part of the token's quota that this process may use. */
  readonly share: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * The quota of a token. No answer tells of it but a refusal. Whoever goes on
 * after a refusal is refused everything, and whoever goes on with a dead token
 * is cut to 20 requests a minute (Ecwid docs, API reference).
 */
export function createEcwidQuota({
  share,
  now = () => performance.now(),
}: EcwidQuotaOptions): AccountQuota {
  const window = new SlidingWindow({ ...quota, share, now });
  const lane: Lane = { limits: [window] };
  return {
    pause: new Pause({ now }),
    laneOf: () => lane,
    read: (response) => {
      if (response.status === 429) {
        return { kind: "throttled", waitMs: retryAfterMs(response) };
      }
      return isRefusedToken(response)
        ? { kind: "refused", problem: "check credentials.accessToken" }
        : served;
    },
    // Nobody tells: what others have used is not known.
    current: () => [
      { name: "all", ...quota, left: window.left, resetMs: null },
    ],
  };
}

/** How long to wait after a 429: at most a minute. */
function retryAfterMs(response: UpstreamResponse): number {
  return readRetryAfter(response) ?? defaultWaitMs;
}

/**
 * A missing or wrong token is answered 403, mostly without a body. 401 is
 * documented nowhere, and can mean nothing else.
 */
export function isRefusedToken({ status, body }: UpstreamResponse): boolean {
  if (status === 401) return true;
  if (status !== 403) return false;
  const code = errorCodeOf(body);
  return code === null || code === "INVALID_API_TOKEN";
}
