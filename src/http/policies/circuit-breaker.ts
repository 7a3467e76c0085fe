import { PlatformError } from "../../domain/errors";
import type { Policy, UpstreamRequest, UpstreamResponse } from "../exchange";
import { TransportFailure } from "../transport-failure";

/** When a store's platform is taken to be down, and for how long. */
export interface CircuitBreakerLimits {
  /** The part of the calls that has to fail; above 0, at most 1. */
  readonly failureRate: number;
  /** Fewer calls than this prove nothing. */
  readonly minimumCalls: number;
  /**
   * How far back calls are counted; twice as far as an attempt may last, if that
   * is longer: what hangs is counted when it ends.
   */
  readonly windowMs: number;
  /** How long nothing is sent before a single call tries again. */
  readonly openMs: number;
}

export const defaultCircuitBreaker: CircuitBreakerLimits = {
  failureRate: 0.5,
  minimumCalls: 20,
  windowMs: 10_000,
  openMs: 5_000,
};

/**
 * - `closed`: calls are sent.
 * - `open`: nothing is sent.
 * - `half-open`: a single call is sent to see whether the platform is back.
 */
export type CircuitState = "closed" | "half-open" | "open";

export interface CircuitBreakerOptions extends CircuitBreakerLimits {
  /**
   * What an attempt may last. One that its operation's deadline has cut much
   * shorter than that says nothing of the platform.
   */
  readonly timeoutMs: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** Leaves a platform alone that is down. */
export interface CircuitBreaker {
  /**
   * Refuses at once while nothing is sent: stands before the queue.
   *
   * @throws PlatformError `PLATFORM_UNAVAILABLE` with `circuit` and
   *   `retryAfterMs`.
   */
  readonly refuse: Policy;
  /**
   * Lets a call pass or refuses it, and counts how it ends: stands behind the
   * queue, so that those who waited while it opened are not sent.
   */
  readonly guard: Policy;
  state(): CircuitState;
}

/** When to ask again while a probe is under way, whose end nobody knows. */
const probeMs = 1_000;
/** Old counts go by a tenth of the window at a time. */
const parts = 10;

interface Part {
  /** Which stretch of the clock it counts. */
  number: number;
  calls: number;
  failures: number;
}

type Outcome = "success" | "failure" | "unknown";

/**
 * Opens when enough of the calls in the window have failed: answers 5xx and
 * 429, timeouts, broken connections. Answers 4xx are the caller's own, and
 * clients that hang up say nothing of the platform. A probe whose client
 * hangs up frees the place for the next one.
 */
export function createCircuitBreaker(
  options: CircuitBreakerOptions,
): CircuitBreaker {
  const { failureRate, minimumCalls, windowMs, openMs, timeoutMs } = options;
  const now = options.now ?? (() => performance.now());
  const partMs = Math.max(windowMs, 2 * timeoutMs) / parts;
  const counts: Part[] = Array.from({ length: parts }, emptyPart);
  let openedAt: number | undefined;
  let isProbing = false;
  /** Calls that began before the last change of state do not count any more. */
  let era = 0;

  const state = (): CircuitState => {
    if (openedAt === undefined) return "closed";
    return now() < openedAt + openMs ? "open" : "half-open";
  };

  const refusal = ({ call }: UpstreamRequest): PlatformError => {
    const since = openedAt ?? now();
    const leftMs = isProbing ? probeMs : since + openMs - now();
    const seconds = Math.ceil((now() - since) / 1_000);
    return new PlatformError(
      "PLATFORM_UNAVAILABLE",
      call,
      isProbing
        ? `the circuit is open since ${seconds} s: too many requests failed, and a single one is finding out whether the platform is back`
        : `the circuit is open since ${seconds} s: too many requests failed, and nothing is sent for another ${Math.ceil(leftMs / 1_000)} s`,
      { circuit: "open", retryAfterMs: Math.max(1, Math.ceil(leftMs)) },
    );
  };

  const isShut = () => state() === "open" || isProbing;

  const open = () => {
    openedAt = now();
    era += 1;
  };

  const close = () => {
    openedAt = undefined;
    era += 1;
    for (const part of counts) Object.assign(part, emptyPart());
  };

  const count = (failed: boolean) => {
    const number = Math.floor(now() / partMs);
    const part = counts[number % parts] as Part;
    if (part.number !== number) Object.assign(part, emptyPart(), { number });
    part.calls += 1;
    if (!failed) return;
    part.failures += 1;
    let calls = 0;
    let failures = 0;
    for (const part of counts) {
      if (part.number <= number - parts) continue;
      calls += part.calls;
      failures += part.failures;
    }
    if (calls >= minimumCalls && failures >= calls * failureRate) open();
  };

  const probe = async (send: () => Promise<UpstreamResponse>, cut: Cut) => {
    isProbing = true;
    try {
      const response = await send();
      if (isFailure(response)) open();
      else close();
      return response;
    } catch (error) {
      if (outcomeOf(error, cut) === "failure") open();
      throw error;
    } finally {
      isProbing = false;
    }
  };

  const outcomeOf = (error: unknown, { request, startedAt }: Cut): Outcome => {
    if (!(error instanceof TransportFailure)) return "unknown";
    switch (error.kind) {
      case "timeout":
        // The operation's deadline may have left the attempt too little time.
        return request.signal.aborted && now() - startedAt < timeoutMs / 2
          ? "unknown"
          : "failure";
      case "refused":
      case "untrusted":
      case "reset":
      case "undecodable":
        return "failure";
      case "redirect":
      case "oversized":
        return "success";
      case "cancelled":
        return "unknown";
    }
  };

  return {
    state,
    refuse: (next) => (request) =>
      isShut() ? Promise.reject(refusal(request)) : next(request),
    guard: (next) => async (request) => {
      if (isShut()) throw refusal(request);
      const cut: Cut = { request, startedAt: now() };
      if (openedAt !== undefined) return probe(() => next(request), cut);
      const begun = era;
      try {
        const response = await next(request);
        if (begun === era) count(isFailure(response));
        return response;
      } catch (error) {
        const outcome = outcomeOf(error, cut);
        if (begun === era && outcome !== "unknown") {
          count(outcome === "failure");
        }
        throw error;
      }
    },
  };
}

interface Cut {
  readonly request: UpstreamRequest;
  readonly startedAt: number;
}

function emptyPart(): Part {
  return { number: -parts, calls: 0, failures: 0 };
}

function isFailure({ status }: UpstreamResponse): boolean {
  return status >= 500 || status === 429;
}
