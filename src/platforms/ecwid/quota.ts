import { PlatformError } from "../../domain/errors";
import type { Policy, UpstreamResponse } from "../../http/exchange";
import { countHeader } from "../../http/policies/observe-quota";
import { errorCodeOf } from "./wire";

/** How long nothing is sent after the token was refused. */
const refusedPauseMs = 60_000;
/** What the vendor's own client waits when `Retry-After` is missing. */
const defaultPauseMs = 10_000;
/** A longer `Retry-After` is not believed. */
const maxPauseMs = 60_000;

interface Pause {
  readonly reason: "refused" | "throttled";
  /** On the monotonic clock, in milliseconds. */
  readonly until: number;
}

/**
 * Stops calling at the first refusal: after a 429 until its cooldown ends, and
 * after a refused token for a minute. Whoever goes on with a dead token is cut
 * to 20 requests a minute (Ecwid docs, API reference).
 *
 * @param now the monotonic clock, in milliseconds.
 */
export function createPause(
  now: () => number = () => performance.now(),
): Policy {
  let pause: Pause | undefined;
  return (next) => async (request) => {
    const leftMs = pause ? Math.ceil(pause.until - now()) : 0;
    if (pause && leftMs > 0) {
      throw pause.reason === "refused"
        ? PlatformError.denied(
            request.call,
            `the access token was refused; nothing is sent for ${Math.ceil(leftMs / 1_000)} s; check credentials.accessToken`,
          )
        : PlatformError.throttled(
            request.call,
            "the quota is used up; nothing is sent until its cooldown ends",
            leftMs,
          );
    }
    const response = await next(request);
    if (response.status === 429) {
      pause = { reason: "throttled", until: now() + pauseMs(response) };
    } else if (isRefusedToken(response)) {
      pause = { reason: "refused", until: now() + refusedPauseMs };
    }
    return response;
  };
}

/** How long to wait after a 429, in milliseconds. */
export function pauseMs(response: UpstreamResponse): number {
  const seconds = countHeader(response, "retry-after");
  return seconds === null
    ? defaultPauseMs
    : Math.min(seconds * 1_000, maxPauseMs);
}

/** A missing or wrong token is answered 403, mostly without a body. */
export function isRefusedToken({ status, body }: UpstreamResponse): boolean {
  if (status !== 403) return false;
  const code = errorCodeOf(body);
  return code === null || code === "INVALID_API_TOKEN";
}
