import { PlatformError } from "../../domain/errors";
import type { Policy, UpstreamRequest } from "../exchange";
import { TransportFailure } from "../transport-failure";

export interface ConcurrencyLimits {
  /** Requests under way at the most. */
  readonly concurrent: number;
  /** Requests that may wait; one more is refused at once. */
  readonly queued: number;
}

interface Waiter {
  readonly start: () => void;
}

/**
 * Bounds the work of one store: requests above the limit wait in the order
 * they came, and leave the queue when their operation ends.
 */
export function limitConcurrency(limits: ConcurrencyLimits): Policy {
  let running = 0;
  const queue = new Set<Waiter>();

  const acquire = (request: UpstreamRequest): Promise<void> | undefined => {
    if (request.signal.aborted) throw reasonOf(request);
    if (running < limits.concurrent) {
      running += 1;
      return undefined;
    }
    if (queue.size >= limits.queued) {
      throw PlatformError.throttled(
        request.call,
        `${limits.queued} requests are waiting already; ask again later`,
        1_000,
      );
    }
    const queuedAt = performance.now();
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.delete(waiter);
        reject(reasonOf(request));
      };
      const waiter: Waiter = {
        start: () => {
          request.signal.removeEventListener("abort", leave);
          const account = request.ledger?.account(request.call.store);
          if (account) account.waitedMs += performance.now() - queuedAt;
          resolve();
        },
      };
      queue.add(waiter);
      request.signal.addEventListener("abort", leave, { once: true });
    });
  };

  const release = () => {
    const [next] = queue;
    if (next) {
      queue.delete(next);
      next.start();
    } else {
      running -= 1;
    }
  };

  return (next) => async (request) => {
    const turn = acquire(request);
    if (turn) await turn;
    try {
      return await next(request);
    } finally {
      release();
    }
  };
}

function reasonOf({ signal }: UpstreamRequest): Error {
  return signal.reason instanceof TransportFailure
    ? signal.reason
    : new TransportFailure("cancelled", "the operation ended before its turn");
}
