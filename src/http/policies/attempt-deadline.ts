import { Cancellation } from "../../domain/cancellation";
import type { Policy } from "../exchange";
import { TransportFailure } from "../transport-failure";

/**
 * Ends an attempt after `timeoutMs`, counted from its start to the last byte
 * of its answer: a peer that drips bytes cannot hold it open.
 */
export function attemptDeadline(timeoutMs: number): Policy {
  return (next) => async (request) => {
    const attempt = new Cancellation();
    const cancel = () => {
      attempt.cancel(request.signal.reason);
    };
    if (request.signal.aborted) cancel();
    request.signal.addEventListener("abort", cancel, { once: true });
    const timer = setTimeout(() => {
      attempt.cancel(
        new TransportFailure("timeout", `no answer within ${timeoutMs} ms`),
      );
    }, timeoutMs);
    try {
      return await next({ ...request, signal: attempt });
    } finally {
      clearTimeout(timer);
      request.signal.removeEventListener("abort", cancel);
    }
  };
}
