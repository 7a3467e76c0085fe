import type { CancelSignal } from "../domain/cancellation";
import type { IncomingHttpHeaders } from "node:http";
import { Agent, type Dispatcher } from "undici";
import type { Send, UpstreamRequest, UpstreamResponse } from "./exchange";
import { type BodyLimits, decodeBody, defaultBodyLimits } from "./decode-body";
import { TransportFailure } from "./transport-failure";

export interface TransportOptions {
  /** Connections to an origin at the most; further requests wait. */
  readonly connections: number;
  /** How long opening a connection may take. Default 1,000. */
  readonly connectTimeoutMs?: number;
  readonly limits?: BodyLimits;
}

/** The wire itself: a connection pool of one store. */
export interface Transport {
  /** @throws {@link TransportFailure} when no whole answer came. */
  readonly send: Send;
  /** Ends the pool and what is still under way in it. */
  close(): Promise<void>;
}

export function createTransport(options: TransportOptions): Transport {
  const agent = new Agent({
    connections: options.connections,
    connect: { timeout: options.connectTimeoutMs ?? 1_000 },
    // Deadlines are ours: undici's restart with every byte that drips in.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const limits = options.limits ?? defaultBodyLimits;
  return {
    send: (request) => exchange(agent, request, limits),
    close: () => agent.destroy(),
  };
}

/**
 * It dispatches by itself: undici's `request` makes a stream of every body and
 * a promise for each of its chunks, to be put together again here.
 */
async function exchange(
  agent: Agent,
  request: UpstreamRequest,
  limits: BodyLimits,
): Promise<UpstreamResponse> {
  const { ledger, call, url, signal } = request;
  if (signal.aborted) throw toTransportFailure(undefined, signal);
  const path = url.pathname + url.search;
  const startedAt = performance.now();
  const answer = new Answer(limits);
  const leave = () => {
    answer.cancel();
  };
  signal.addEventListener("abort", leave, { once: true });
  try {
    agent.dispatch(
      {
        origin: url.origin,
        path,
        method: request.method,
        headers: { "accept-encoding": "gzip", ...request.headers },
        body: request.body ?? null,
      },
      answer,
    );
    const { status, headers, wire } = await answer.whole;
    const body = decodeBody(wire, headers["content-encoding"], limits);
    return {
      status,
      headers,
      body: body instanceof Buffer ? body : await body,
    };
  } catch (error) {
    throw toTransportFailure(error, signal);
  } finally {
    signal.removeEventListener("abort", leave);
    ledger?.record({
      store: call.store,
      method: request.method,
      path,
      ...(answer.status === undefined ? {} : { status: answer.status }),
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
      bytes: answer.bytes,
    });
  }
}

/** An answer as it comes over the wire. */
interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly wire: Buffer;
}

/** Takes in what undici reads of an answer, within bounds. */
class Answer implements Dispatcher.DispatchHandler {
  /** Absent until an answer came. */
  status: number | undefined;
  /** Of the body, as far as they were read. */
  bytes = 0;
  readonly whole: Promise<WireAnswer>;
  readonly #limits: BodyLimits;
  readonly #chunks: Buffer[] = [];
  #headers: Readonly<Record<string, string>> = {};
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #resolve!: (answer: WireAnswer) => void;
  #reject!: (error: Error) => void;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
    this.whole = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Ends it, whether or not the request has a connection yet. */
  cancel(): void {
    this.#end(new Error("The request was aborted."));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error("The request is over."));
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // Interim answers are no answer.
    if (status < 200) return;
    this.status = status;
    this.#headers = flatten(headers);
    if (status >= 300 && status < 400 && status !== 304) {
      this.#end(
        new TransportFailure(
          "redirect",
          `it answered with a redirect (HTTP ${status}), which is never followed`,
        ),
      );
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    this.bytes += chunk.length;
    if (this.bytes > this.#limits.maxWireBytes) {
      this.#end(
        new TransportFailure(
          "oversized",
          `the answer is larger than ${this.#limits.maxWireBytes} bytes`,
        ),
      );
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver || this.status === undefined) return;
    this.#isOver = true;
    const [only] = this.#chunks;
    this.#resolve({
      status: this.status,
      headers: this.#headers,
      wire:
        only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks),
    });
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reject(error);
  }

  #end(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reject(error);
    this.#controller?.abort(error);
  }
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) flat[name.toLowerCase()] = last;
  }
  return flat;
}

const refusedCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const closedCodes = new Set(["UND_ERR_CLOSED", "UND_ERR_DESTROYED"]);
const resetCodes = new Set([
  "ECONNRESET",
  "EPIPE",
  "UND_ERR_SOCKET",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
]);

function toTransportFailure(
  error: unknown,
  signal: CancelSignal,
): TransportFailure {
  if (error instanceof TransportFailure) return error;
  if (signal.aborted) {
    return signal.reason instanceof TransportFailure
      ? signal.reason
      : new TransportFailure(
          "cancelled",
          "the operation ended before it answered",
        );
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (refusedCodes.has(code)) {
    return new TransportFailure("refused", `it cannot be reached (${code})`);
  }
  if (closedCodes.has(code)) {
    return new TransportFailure("cancelled", "the server is stopping");
  }
  if (resetCodes.has(code)) {
    return new TransportFailure(
      "reset",
      "the connection broke before the answer was complete",
    );
  }
  if (/CERT|TLS|SSL|EPROTO|UNABLE_TO_VERIFY/.test(code)) {
    return new TransportFailure(
      "untrusted",
      `it could not be trusted over TLS (${code}); nothing was sent`,
    );
  }
  return new TransportFailure("undecodable", "the answer is no correct HTTP");
}
