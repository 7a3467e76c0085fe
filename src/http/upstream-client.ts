import type { Policy, Send } from "./exchange";
import { attemptDeadline } from "./policies/attempt-deadline";
import { type Credentials, authorize } from "./policies/authorize";
import { explainFailure } from "./policies/explain-failure";
import { limitConcurrency } from "./policies/limit-concurrency";
import { retry } from "./policies/retry";
import { traceAttempt } from "./policies/trace-attempt";
import { type Transport, createTransport } from "./transport";

/** How a store's platform is treated; every value has a default of the room. */
export interface UpstreamLimits {
  /** Deadline of one attempt, from its start to the last byte. */
  readonly timeoutMs: number;
  /** Requests under way at the same time, and connections held. */
  readonly maxConcurrency: number;
  /** How often a read is sent at the most, the first included. */
  readonly attempts: number;
}

export interface UpstreamClientOptions {
  readonly limits: UpstreamLimits;
  readonly credentials: Credentials;
  /** Sees every attempt's answer: the quota that it tells. */
  readonly observe?: Policy;
  /**
   * Waits for the platform's quota, or refuses: the room's governor. Without
   * one, only the concurrency is bounded.
   */
  readonly quota?: Policy;
  /** Refuses while the platform is known to be down. */
  readonly circuitBreaker?: Policy;
}

const pass: Policy = (next) => next;

/** One store's way to its platform. */
export interface UpstreamClient {
  /** @throws PlatformError when no whole answer came. */
  readonly send: Send;
  /**
   * The bare wire with the deadline of an attempt, for what must not wait for
   * itself: fetching the credential.
   */
  readonly sendUnsigned: Send;
  close(): Promise<void>;
}

/**
 * Builds a store's client. This is the one place that orders the policies;
 * from the asker to the wire:
 *
 * 1. `explainFailure`: whatever happens below becomes one of our errors.
 * 2. `circuitBreaker`: a platform known to be down costs nothing further.
 * 3. `retry`: each repetition passes everything below again.
 * 4. `limitConcurrency`, `quota`: a turn is waited for once per repetition.
 * 5. `authorize`: a renewed credential repeats the request within its turn.
 * 6. `observe`, `attemptDeadline`: every single attempt.
 */
export function createUpstreamClient(
  options: UpstreamClientOptions,
): UpstreamClient {
  const { limits } = options;
  const transport: Transport = createTransport({
    connections: limits.maxConcurrency,
  });
  const wire = compose(
    [traceAttempt, options.observe ?? pass, attemptDeadline(limits.timeoutMs)],
    transport.send,
  );
  return {
    send: compose(
      [
        explainFailure,
        options.circuitBreaker ?? pass,
        retry(limits.attempts),
        limitConcurrency({ concurrent: limits.maxConcurrency, queued: 1_000 }),
        options.quota ?? pass,
        authorize(options.credentials),
      ],
      wire,
    ),
    // Not observed: the endpoint of the credential has a quota of its own.
    sendUnsigned: compose(
      [explainFailure, attemptDeadline(limits.timeoutMs)],
      transport.send,
    ),
    close: () => transport.close(),
  };
}

/** The first policy is the outermost. */
export function compose(policies: readonly Policy[], send: Send): Send {
  return policies.reduceRight((next, policy) => policy(next), send);
}
