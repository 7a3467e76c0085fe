import type { CancelSignal } from "../domain/cancellation";
import type { PlatformCall } from "../domain/errors";
import type { ReadContent, Send, UpstreamResponse } from "./exchange";
import type { Ledger } from "./ledger";

/** What the reads of one operation have in common. */
export interface ReadScope {
  /** Ends them all. */
  readonly signal: CancelSignal;
  /** When that is at the latest, on the monotonic clock in milliseconds. */
  readonly deadlineAt?: number | undefined;
  /** Where their accounts are kept. */
  readonly ledger: Ledger;
}

/**
 * Reads an address; a second read of the same one shares the answer.
 *
 * @param holds what the answer tells of; `customers` when it is left out.
 */
export type Read = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  call: PlatformCall,
  holds?: ReadContent,
) => Promise<UpstreamResponse>;

/** The reads of one operation in one store: an equal read is sent once. */
export function createOperationReads(send: Send, scope: ReadScope): Read {
  const sent = new Map<string, Promise<UpstreamResponse>>();
  return (url, headers, call, holds) => {
    const known = sent.get(url.href);
    if (known) {
      scope.ledger.account(call.store).coalesced += 1;
      return known;
    }
    const { signal, deadlineAt, ledger } = scope;
    const read = send({
      method: "GET",
      url,
      headers,
      call,
      holds,
      signal,
      deadlineAt,
      ledger,
    });
    sent.set(url.href, read);
    return read;
  };
}
