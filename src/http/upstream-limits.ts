import {
  type CircuitBreakerLimits,
  defaultCircuitBreaker,
} from "./policies/circuit-breaker";
import { type CacheLimits, defaultCache } from "./policies/cache-reads";
import type { WaitingPlaces } from "./quota/waiting-places";

/** How a store's platform is treated; every value has a default of the room. */
export interface UpstreamLimits {
  /** Deadline of one attempt, from its start to the last byte. */
  readonly timeoutMs: number;
  /** Requests under way at the same time, and connections held. */
  readonly maxConcurrency: number;
  /** How often a read is sent at the most, the first included. */
  readonly attempts: number;
  /** How much of the platform's quota is used, and from when it is kept. */
  readonly quota?: Partial<QuotaUse>;
  /** When the platform is taken to be down. */
  readonly circuitBreaker?: Partial<CircuitBreakerLimits>;
  /**
   * Whether a read that several operations ask for at the same time is sent
   * once. Default true.
   */
  readonly coalesce?: boolean;
  /**
   * What an operation may last with all its reads. One that is cut by it has
   * not told less of the platform than one that is cut by `timeoutMs`.
   * Default: no bound.
   */
  readonly operationTimeoutMs?: number;
  /** Where operations wait for all stores of the process. Default: for each. */
  readonly places?: WaitingPlaces | undefined;
  /** Which answers are kept, and for how long. Default: none. */
  readonly cache?: Partial<CacheLimits>;
}

/** How a process uses the quota of an account. */
export interface QuotaUse {
  /**
   * The part that this process may use, above 0 and at most 1: the rest is left
   * to its replicas and to others. Default 1.
   */
  readonly share: number;
  /**
   * `always`: no request is sent that the platform would refuse for its rate.
   * `afterRefusal`: only from its first refusal on. Default `always`.
   */
  readonly enforce: "always" | "afterRefusal";
}

type Figures = Omit<UpstreamLimits, "places">;
/** Limits of which only `places` may be left out. */
type WholeLimits = Pick<UpstreamLimits, "places"> &
  Required<{ [Name in keyof Figures]: Required<Figures[Name]> }>;

/** @returns the limits with what they leave out. */
export function withDefaults(limits: UpstreamLimits): WholeLimits {
  return {
    coalesce: true,
    operationTimeoutMs: Infinity,
    ...limits,
    quota: { share: 1, enforce: "always", ...limits.quota },
    circuitBreaker: {
      ...defaultCircuitBreaker,
      minimumCalls: minimumCallsFor(limits.maxConcurrency),
      ...limits.circuitBreaker,
    },
    cache: { ...defaultCache, ...limits.cache },
  };
}

/** Of fewer calls at a time fewer fail before the first of them is forgotten. */
function minimumCallsFor(maxConcurrency: number): number {
  const { minimumCalls } = defaultCircuitBreaker;
  return Math.min(minimumCalls, Math.max(5, 2 * maxConcurrency));
}
