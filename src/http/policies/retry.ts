import type { Policy, UpstreamRequest } from "../exchange";
import { TransportFailure } from "../transport-failure";

/**
 * Sends a read again when its connection broke. A kept-alive connection that
 * the peer closes at the very moment of use breaks like this in healthy times
 * too. Nothing else is repeated, and nothing once the operation has ended.
 *
 * @param attempts how often a read is sent at the most, the first included.
 */
export function retry(attempts: number): Policy {
  return (next) => async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await next(request);
      } catch (error) {
        if (attempt >= attempts || !mayRepeat(request, error)) throw error;
        const account = request.ledger?.account(request.call.store);
        if (account) account.retried += 1;
      }
    }
  };
}

function mayRepeat(request: UpstreamRequest, error: unknown): boolean {
  return (
    request.method === "GET" &&
    !request.signal.aborted &&
    error instanceof TransportFailure &&
    error.kind === "reset"
  );
}
