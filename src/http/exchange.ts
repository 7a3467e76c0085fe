import type { CancelSignal } from "../domain/cancellation";
import type { PlatformCall } from "../domain/errors";
import type { Accounts } from "./ledger";

/** One request to a platform, ready to be sent. */
export interface UpstreamRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Who asks for what, for errors, metrics and logs: holds no id or value. */
  readonly call: PlatformCall;
  /**
   * Whether the answer may hold data of customers, and so how long it may be
   * kept. Whoever leaves it out reads `customers`.
   */
  readonly holds?: ReadContent | undefined;
  /** Ends the request: the operation's deadline, or the client that hung up. */
  readonly signal: CancelSignal;
  /**
   * When `signal` fires at the latest, on the monotonic clock in milliseconds,
   * so that a wait can be planned; absent when nothing is known of it.
   */
  readonly deadlineAt?: number | undefined;
  /** Where the operation that caused the request keeps its accounts. */
  readonly ledger?: Accounts;
}

/**
 * What an answer tells of: `groups` stands for everything that holds no data of
 * any customer, not even how many there are.
 */
export type ReadContent = "groups" | "customers";

/** A whole answer: read to its end, within bounds, and decoded. */
export interface UpstreamResponse {
  readonly status: number;
  /** Names in lower case. Of a header that came twice, the last one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /**
   * What `readJson` made of the body: an answer that is shared is read once.
   * Nobody changes it.
   */
  json?: unknown;
  /**
   * When asking again makes sense, in milliseconds: of an answer that refuses
   * a request for its rate, once the store's turn is over.
   */
  retryAfterMs?: number;
}

/** Sends a request and resolves with the whole answer, whatever its status. */
export type Send = (request: UpstreamRequest) => Promise<UpstreamResponse>;

/**
 * Something that stands between the asker and the wire: it may change the
 * request, wait, send it again, or refuse. Each does one thing; their order is
 * set in one place, `upstream-client.ts`.
 */
export type Policy = (next: Send) => Send;
