import type { UpstreamRequest, UpstreamResponse } from "../../http/exchange";
import {
  type AccountQuota,
  type Lane,
  type UpstreamQuota,
  served,
} from "../../http/quota/account-quota";
import { Pause } from "../../http/quota/pause";
import { countHeader, readRetryAfter } from "../../http/quota/retry-after";
import { SlidingWindow } from "../../http/quota/sliding-window";
import type { Mode } from "../platform";
import { errorCodesOf } from "./wire";

/** Types whose reads are in the class of cacheable ones (docs, rate limits). */
const cacheableTypes = new Set(["markets", "price_lists"]);

type QuotaClass = "cacheable" | "uncacheable";

/**
 * Requests of a class in a minute, in test mode; in live mode they are twice
 * as many (docs, rate limits).
 */
const averages: Readonly<Record<QuotaClass, number>> = {
  uncacheable: 100,
  cacheable: 500,
};
const averageMs = 60_000;
/** The burst of an endpoint, in every cell of the table. */
const burst = { part: 4, windowMs: 10_000 };

export interface CommerceLayerQuotaOptions {
  readonly mode: Mode | null;
  /** The part of the quota that this process may use. */
  readonly share: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

interface ClassLimits {
  readonly average: SlidingWindow;
  readonly bursts: Map<string, SlidingWindow>;
  readonly lanes: Map<string, Lane>;
  limit: number;
}

/**
 * The quota of all requests from one address in one mode. Two sliding windows:
 * an average over all endpoints of a class, of which every answer tells, and
 * for each endpoint a burst that nobody tells of (Commerce Layer docs, rate
 * limits).
 *
 * It is not known whether a related list (`/customer_groups/{id}/customers`)
 * bursts with the first type of its path or the last: it counts as both.
 */
export class CommerceLayerQuota implements AccountQuota {
  readonly pause: Pause;
  readonly #share: number;
  readonly #now: () => number;
  readonly #classes: Readonly<Record<QuotaClass, ClassLimits>>;
  readonly #told = new Map<QuotaClass, UpstreamQuota>();

  constructor(options: CommerceLayerQuotaOptions) {
    this.#share = options.share;
    this.#now = options.now ?? (() => performance.now());
    this.pause = new Pause({ now: this.#now });
    const factor = options.mode === "LIVE" ? 2 : 1;
    this.#classes = {
      cacheable: this.#limitsOf(averages.cacheable * factor),
      uncacheable: this.#limitsOf(averages.uncacheable * factor),
    };
  }

  laneOf(request: UpstreamRequest): Lane {
    const [types, limits] = this.#placeOf(request);
    const key = types.join(" ");
    let lane = limits.lanes.get(key);
    if (!lane) {
      const bursts = types.map((type) => this.#burstOf(type, limits));
      lane = { limits: [limits.average, ...bursts] };
      limits.lanes.set(key, lane);
    }
    return lane;
  }

  read(response: UpstreamResponse, request: UpstreamRequest) {
    const quota = quotaOf(response);
    if (quota) {
      const [, limits, name] = this.#placeOf(request);
      this.#resize(limits, quota);
      limits.average.tell(quota.left);
      this.#told.set(name, { ...quota, name });
    }
    if (response.status === 429) {
      return { kind: "throttled", waitMs: retryAfterMs(response) } as const;
    }
    return response.status === 401 &&
      errorCodesOf(response.body).includes("INVALID_TOKEN")
      ? ({
          kind: "refused",
          problem: "check the store's credentials",
        } as const)
      : served;
  }

  /** The averages, of which answers tell, and our own count of the bursts. */
  current(): readonly UpstreamQuota[] {
    const bursts = Object.values(this.#classes).flatMap(
      ({ bursts: windows, limit }) =>
        [...windows].map(([type, window]) => ({
          name: `burst of ${type}`,
          limit: Math.ceil(limit / burst.part),
          left: window.left,
          windowMs: burst.windowMs,
          resetMs: null,
        })),
    );
    return [...this.#told.values(), ...bursts];
  }

  #placeOf({
    url,
  }: UpstreamRequest): readonly [string[], ClassLimits, QuotaClass] {
    const [, path = ""] = url.pathname.split("/api/");
    const [first = "", , last] = path.split("/");
    const types =
      last === undefined || last === first ? [first] : [first, last];
    const isCacheable = types.every((type) => cacheableTypes.has(type));
    const name = isCacheable ? "cacheable" : "uncacheable";
    return [types, this.#classes[name], name];
  }

  #limitsOf(limit: number): ClassLimits {
    return {
      average: this.#window(limit, averageMs),
      bursts: new Map(),
      lanes: new Map(),
      limit,
    };
  }

  #burstOf(type: string, { bursts, limit }: ClassLimits): SlidingWindow {
    let window = bursts.get(type);
    if (!window) {
      window = this.#window(Math.ceil(limit / burst.part), burst.windowMs);
      bursts.set(type, window);
    }
    return window;
  }

  #window(limit: number, windowMs: number): SlidingWindow {
    return new SlidingWindow({
      limit,
      windowMs,
      share: this.#share,
      now: this.#now,
    });
  }

  /** An account may have other limits than the documented ones. */
  #resize(
    limits: ClassLimits,
    { limit, windowMs }: Omit<UpstreamQuota, "name">,
  ): void {
    if (limit === limits.limit) return;
    limits.limit = limit;
    limits.average.resize(limit, windowMs ?? averageMs);
    for (const window of limits.bursts.values()) {
      window.resize(Math.ceil(limit / burst.part), burst.windowMs);
    }
  }
}

function quotaOf(
  response: UpstreamResponse,
): Omit<UpstreamQuota, "name"> | null {
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
 * one. Else the burst has been exceeded, which takes its window to pass, or
 * the average, which takes longer: half of its window, as the vendor's own
 * tests wait.
 *
 * @returns milliseconds, at most a minute.
 */
function retryAfterMs(response: UpstreamResponse): number {
  const left = countHeader(response, "x-ratelimit-remaining");
  return (
    readRetryAfter(response) ?? (left === 0 ? averageMs / 2 : burst.windowMs)
  );
}
