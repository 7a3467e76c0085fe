/** How many requests may come within a time. */
interface Window {
  readonly most: number;
  readonly seconds: number;
}

/** The two windows of a class of requests; the burst is for each endpoint. */
interface Limits {
  readonly average: Window;
  readonly burst: Window | undefined;
}

// The numbers of Commerce Layer's test mode.
const limits = {
  uncacheable: {
    average: { most: 100, seconds: 60 },
    burst: { most: 25, seconds: 10 },
  },
  cacheable: {
    average: { most: 500, seconds: 60 },
    burst: { most: 125, seconds: 10 },
  },
  write: {
    average: { most: 100, seconds: 60 },
    burst: { most: 25, seconds: 10 },
  },
  token: { average: { most: 30, seconds: 60 }, burst: undefined },
} as const satisfies Readonly<Record<string, Limits>>;

type LimitClass = keyof typeof limits;

const CACHEABLE = new Set([
  ...["bundles", "imports", "markets", "prices", "price_lists", "promotions"],
  ...["skus", "sku_options", "stock_items", "stock_locations"],
]);

/** How a request stands with the rate limits. */
export interface Rate {
  /** Whether the average or the burst is exceeded. */
  readonly exceeded: boolean;
  /** They tell of the average alone: the burst cannot be seen. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Counts requests by client in sliding windows. A refused request counts too,
 * so a client that goes on asking stays refused.
 */
export class RateLimits {
  readonly #seen = new Map<string, number[]>();

  /** @param now the time in milliseconds; put back, it makes all forgotten. */
  constructor(private readonly now: () => number) {}

  /**
   * Counts a request to the API.
   *
   * @param endpoint the first part of the path behind `/api`; all requests
   *   below it share one burst.
   */
  countRequest(ip: string, method: string, endpoint: string): Rate {
    const group: LimitClass =
      method !== "GET" && method !== "HEAD"
        ? "write"
        : CACHEABLE.has(endpoint) || endpoint.endsWith("_promotions")
          ? "cacheable"
          : "uncacheable";
    return this.#count(ip, group, endpoint);
  }

  /** Counts a request for a token. */
  countTokenRequest(ip: string): Rate {
    return this.#count(ip, "token", "");
  }

  #count(ip: string, group: LimitClass, endpoint: string): Rate {
    const { average, burst }: Limits = limits[group];
    const used = this.#add(`${ip} ${group}`, average);
    const usedOfBurst = burst
      ? this.#add(`${ip} ${group} ${endpoint}`, burst)
      : 0;
    return {
      exceeded: used > average.most || (!!burst && usedOfBurst > burst.most),
      headers: {
        "x-ratelimit-limit": String(average.most),
        "x-ratelimit-interval": String(average.seconds),
        "x-ratelimit-remaining": String(Math.max(0, average.most - used)),
      },
    };
  }

  #add(key: string, { seconds }: Window): number {
    const now = this.now();
    let times = this.#seen.get(key);
    if (!times) this.#seen.set(key, (times = []));
    if ((times.at(-1) ?? now) > now) times.length = 0;
    const start = now - seconds * 1000;
    const kept = times.findIndex((time) => time > start);
    times.splice(0, kept < 0 ? times.length : kept);
    times.push(now);
    return times.length;
  }
}
