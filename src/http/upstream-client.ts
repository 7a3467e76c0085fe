import type { Policy, Send } from "./exchange";
import type { Ledger } from "./ledger";
import { attemptDeadline } from "./policies/attempt-deadline";
import { type Credentials, authorize } from "./policies/authorize";
import { createReadCache } from "./policies/cache-reads";
import {
  type CircuitState,
  createCircuitBreaker,
} from "./policies/circuit-breaker";
import { explainFailure } from "./policies/explain-failure";
import { createGovernor } from "./policies/governor";
import { shareReads } from "./policies/share-reads";
import { retry } from "./policies/retry";
import { traceAttempt } from "./policies/trace-attempt";
import { withinAllowance } from "./policies/within-allowance";
import type { AccountQuota } from "./quota/account-quota";
import { createUnknownQuota } from "./quota/unknown-quota";
import { type Transport, createTransport } from "./transport";
import { type UpstreamLimits, withDefaults } from "./upstream-limits";

export interface UpstreamClientOptions {
  readonly limits: UpstreamLimits;
  readonly credentials: Credentials;
  /** What the platform allows the account; default: what it refuses is heeded. */
  readonly quota?: AccountQuota;
  /**
   * Hears what a read cost that no operation waits for: one that renews what
   * the cache holds.
   */
  readonly onBackgroundRead?: ((ledger: Ledger) => void) | undefined;
}

/** How a store's way stands at a moment. */
export interface UpstreamState {
  readonly circuit: CircuitState;
  /** How much longer nothing is sent after a refusal; 0 when there is no pause. */
  readonly pausedMs: number;
  /** Whether the platform refused our credential, and is left alone for that. */
  readonly isDenied: boolean;
  /** Requests under way. */
  readonly running: number;
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

/** A read that has been under way for longer is not joined any more. */
const maxJoinedMs = 1_000;
/** Requests that may wait for their turn. */
const maxWaiting = 1_000;

/** One store's way to its platform. */
export interface UpstreamClient {
  /** @throws PlatformError when no whole answer came. */
  readonly send: Send;
  /**
   * The bare wire with the deadline of an attempt, for what must not wait for
   * itself: fetching the credential.
   */
  readonly sendUnsigned: Send;
  readonly state: () => UpstreamState;
  close(): Promise<void>;
}

/**
 * Builds a store's client. This is the one place that orders the policies;
 * from the asker to the wire:
 *
 * 0. `explainFailure`: whatever happens below becomes one of our errors.
 * 1. `cacheReads`: what is kept needs no request, and stands in for what cannot
 *    be had; what it judges as such comes from below, errors and statuses alike.
 *    `shareReads`: a read that is under way is not sent again, and what the
 *    operation may not send goes no further; `withinAllowance`: the latter alone.
 * 2. `retry`: each repetition passes everything below again.
 * 3. `breaker.refuse`: a platform known to be down is not waited for.
 * 4. `governor`: the turn, by concurrency and quota.
 * 5. `breaker.guard`: counts, and stops those who waited while it opened.
 * 6. `authorize`: a renewed credential repeats the request within its turn.
 * 7. `traceAttempt`, `attemptDeadline`: every single attempt.
 */
export function createUpstreamClient(
  options: UpstreamClientOptions,
): UpstreamClient {
  const limits = withDefaults(options.limits);
  const transport: Transport = createTransport({
    connections: limits.maxConcurrency,
  });
  const quota = options.quota ?? createUnknownQuota();
  const governor = createGovernor({
    quota,
    concurrent: limits.maxConcurrency,
    queued: maxWaiting,
    enforce: limits.quota.enforce,
    ...(limits.places ? { places: limits.places } : {}),
  });
  const breaker = createCircuitBreaker({
    ...limits.circuitBreaker,
    // No attempt outlasts its operation.
    timeoutMs: Math.min(limits.timeoutMs, limits.operationTimeoutMs),
  });
  const cache = createReadCache({
    ...limits.cache,
    refreshTimeoutMs: limits.timeoutMs * limits.attempts,
    onBackgroundRead: options.onBackgroundRead,
  });
  return {
    send: compose(
      [
        explainFailure,
        ...(cache ? [cache.cacheReads] : []),
        limits.coalesce
          ? shareReads({ maxAgeMs: maxJoinedMs })
          : withinAllowance,
        retry({
          attempts: limits.attempts,
          quotaWaitMs: (request) => governor.quotaWaitMs(request),
        }),
        breaker.refuse,
        governor.policy,
        breaker.guard,
        authorize(options.credentials, (request) => {
          governor.countRepeat(request);
        }),
        traceAttempt,
        attemptDeadline(limits.timeoutMs),
      ],
      transport.send,
    ),
    sendUnsigned: compose(
      [explainFailure, attemptDeadline(limits.timeoutMs)],
      transport.send,
    ),
    state: () => ({
      circuit: breaker.state(),
      pausedMs: governor.pausedMs,
      isDenied: governor.isDenied,
      running: governor.running,
      waiting: governor.waiting,
    }),
    close: () => {
      cache?.close();
      return transport.close();
    },
  };
}

/** The first policy is the outermost. */
export function compose(policies: readonly Policy[], send: Send): Send {
  return policies.reduceRight((next, policy) => policy(next), send);
}
