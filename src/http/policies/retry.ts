import type { CancelSignal } from "../../domain/cancellation";
import { ClienteleError } from "../../domain/errors";
import type { Policy, UpstreamRequest, UpstreamResponse } from "../exchange";
import { readRetryAfter } from "../quota/retry-after";
import { TransportFailure } from "../transport-failure";
import { RetryBudget } from "./retry-budget";

export interface RetryOptions {
  /** How often a read is sent at the most, the first included. */
  readonly attempts: number;
  /**
   * How long a request would wait for the platform's quota now, in
   * milliseconds: a wait that whoever sends it keeps by itself. Default 0.
   */
  readonly quotaWaitMs?: (request: UpstreamRequest) => number;
  readonly budget?: RetryBudget;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

const firstDelayMs = 100;
const maxDelayMs = 2_000;
const passing = new Set([500, 502, 503, 504]);

/**
 * Sends a read again when its connection could not be opened or broke, when it
 * took too long, and after 429, 500, 502, 503 and 504. Before each repetition
 * it waits for a random time, up to 100 ms the first time and twice as much
 * each further time, at most 2 s; after a refusal for its rate it waits for the
 * platform's quota instead. It repeats nothing whose wait would outlast the
 * operation, and no more than the store's budget allows.
 *
 * What cannot be repeated is handed on as it came.
 */
export function retry(options: RetryOptions): Policy {
  const { attempts, quotaWaitMs = () => 0 } = options;
  const budget = options.budget ?? new RetryBudget();
  const random = options.random ?? Math.random;
  const now = options.now ?? (() => performance.now());

  /** @returns `null` when the outcome is final. */
  const delayAfter = (
    outcome: Outcome,
    request: UpstreamRequest,
    attempt: number,
  ): { readonly ownMs: number; readonly wholeMs: number } | null => {
    if (attempt >= attempts || !mayRepeat(request, outcome)) return null;
    if (outcome.response?.status === 429) {
      return { ownMs: 0, wholeMs: quotaWaitMs(request) };
    }
    const ceilingMs = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
    const toldMs =
      outcome.response?.status === 503
        ? readRetryAfter(outcome.response)
        : null;
    const ownMs = Math.max(random() * ceilingMs, toldMs ?? 0);
    return { ownMs, wholeMs: Math.max(ownMs, quotaWaitMs(request)) };
  };

  return (next) => async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      let outcome: Outcome;
      try {
        outcome = { response: await next(request) };
      } catch (error) {
        outcome = { error };
      }
      if (attempt > 1 && !(outcome.error instanceof ClienteleError)) {
        // Refusals of our own were not sent.
        const account = request.ledger?.account(request.call.store);
        if (account) account.retried += 1;
      }
      if (outcome.response && isSuccess(outcome.response)) {
        budget.pay();
        return outcome.response;
      }
      const delay = delayAfter(outcome, request, attempt);
      const endsAt = request.deadlineAt ?? Infinity;
      if (!delay || now() + delay.wholeMs >= endsAt || !budget.spend()) {
        return settle(outcome);
      }
      if (delay.ownMs > 0) await sleep(delay.ownMs, request.signal);
      if (request.signal.aborted) return settle(outcome);
    }
  };
}

/** How a request ended: one of the two is there. */
interface Outcome {
  readonly response?: UpstreamResponse;
  readonly error?: unknown;
}

function settle({ response, error }: Outcome): UpstreamResponse {
  if (response) return response;
  throw error;
}

function isSuccess({ status }: UpstreamResponse): boolean {
  return status < 500 && status !== 429;
}

function mayRepeat(
  request: UpstreamRequest,
  { response, error }: Outcome,
): boolean {
  if (request.method !== "GET" || request.signal.aborted) return false;
  if (response) return response.status === 429 || passing.has(response.status);
  if (!(error instanceof TransportFailure)) return false;
  switch (error.kind) {
    case "refused":
    case "reset":
    case "timeout":
    case "undecodable":
      return true;
    default:
      return false;
  }
}

/** Ends early when the signal fires. */
function sleep(ms: number, signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
