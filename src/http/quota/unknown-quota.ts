import type { UpstreamResponse } from "../exchange";
import { type AccountQuota, type Lane, served } from "./account-quota";
import { Pause } from "./pause";
import { readRetryAfter } from "./retry-after";

/**
 * The quota of a platform that tells nothing of it: its refusals alone are
 * heeded.
 */
export function createUnknownQuota(): AccountQuota {
  const lane: Lane = { limits: [] };
  return {
    pause: new Pause(),
    laneOf: () => lane,
    read: (response: UpstreamResponse) =>
      response.status === 429
        ? { kind: "throttled", waitMs: readRetryAfter(response) }
        : served,
    current: () => [],
  };
}
