import { Agent } from "undici";
import type { Send, UpstreamRequest, UpstreamResponse } from "./exchange";
import { type BodyLimits, defaultBodyLimits, readBody } from "./read-body";
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

async function exchange(
  agent: Agent,
  request: UpstreamRequest,
  limits: BodyLimits,
): Promise<UpstreamResponse> {
  const { ledger, call, url, signal } = request;
  if (signal.aborted) throw toTransportFailure(undefined, signal);
  const startedAt = performance.now();
  let status: number | undefined;
  let bytes = 0;
  try {
    const answer = await unlessAborted(
      agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: { "accept-encoding": "gzip", ...request.headers },
        body: request.body ?? null,
        signal,
      }),
      signal,
    );
    status = answer.statusCode;
    const headers = flatten(answer.headers);
    if (status >= 300 && status < 400 && status !== 304) {
      // Ending a body before its end is an error to undici, and not to us.
      answer.body.once("error", () => undefined).destroy();
      throw new TransportFailure(
        "redirect",
        `it answered with a redirect (HTTP ${status}), which is never followed`,
      );
    }
    const { body, wireBytes } = await readBody(
      answer.body,
      headers["content-encoding"],
      limits,
    );
    bytes = wireBytes;
    return { status, headers, body };
  } catch (error) {
    throw toTransportFailure(error, signal);
  } finally {
    ledger?.record({
      store: call.store,
      method: request.method,
      path: url.pathname + url.search,
      ...(status === undefined ? {} : { status }),
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
      bytes,
    });
  }
}

/** undici heeds the signal only once a request has its connection. */
async function unlessAborted<T>(
  answer: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let leave = () => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = () => {
      reject(new Error("The request was aborted."));
    };
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

function flatten(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
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
  signal: AbortSignal,
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
