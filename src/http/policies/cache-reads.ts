import { LRUCache } from "lru-cache";
import { Cancellation } from "../../domain/cancellation";
import { ClienteleError } from "../../domain/errors";
import type {
  Policy,
  Send,
  UpstreamRequest,
  UpstreamResponse,
} from "../exchange";
import { Ledger } from "../ledger";
import { readJson } from "../read-json";
import { TransportFailure } from "../transport-failure";

/** What of a store's answers is kept, and for how long. */
export interface CacheLimits {
  /**
   * How long an answer that holds no data of customers is fresh, in
   * milliseconds; 0: it is not kept. Default 0.
   */
  readonly groupsTtlMs: number;
  /** The same for every other answer. Default 0. */
  readonly customersTtlMs: number;
  /** How much memory the answers of the store take at the most. Default 16 MiB. */
  readonly maxBytes: number;
}

/** Nothing is kept unless somebody asks for it. */
export const defaultCache: CacheLimits = {
  groupsTtlMs: 0,
  customersTtlMs: 0,
  maxBytes: 16 * 1024 * 1024,
};

export interface ReadCacheOptions extends CacheLimits {
  /** When a read in the background is given up, in milliseconds. */
  readonly refreshTimeoutMs: number;
  /** Hears what each read in the background cost, once it has ended. */
  readonly onBackgroundRead?: ((ledger: Ledger) => void) | undefined;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** Keeps the answers of one store. */
export interface ReadCache {
  /**
   * Answers a read from what is kept, by its age, counted from when it was
   * asked for:
   *
   * - less than the time to live: at once;
   * - less than twice that: at once, and one read in the background renews it;
   * - otherwise it is read. Where the platform then is down, slow or refuses for
   *   its rate, an answer of at most ten times the time to live, or five
   *   minutes, stands in, and the operation's account says how old it is.
   *
   * Kept are answers of 200 that can be read as JSON. Any other answer that is
   * none of these failures ends what was kept of its address.
   *
   * What is kept was read with the store's own credential and is the same for
   * whoever asks: what a caller may see is decided above, in the graph.
   */
  readonly cacheReads: Policy;
  /** Forgets everything and ends what is read in the background. */
  close(): void;
}

interface Entry {
  readonly response: UpstreamResponse;
  /** On the monotonic clock: no younger than what the answer tells of. */
  readonly askedAt: number;
  readonly ttlMs: number;
  isRenewing: boolean;
}

/** An answer may stand in for so many times its time to live, or so long. */
const staleTtls = 10;
const leastStaleMs = 5 * 60_000;
/** What is too old to be served is forgotten about so often. */
const sweepMs = 60_000;
/** What an entry takes beside its texts, rather more than less. */
const entryBytes = 512;

/** @returns `undefined` where nothing is to be kept. */
export function createReadCache(
  options: ReadCacheOptions,
): ReadCache | undefined {
  const { groupsTtlMs, customersTtlMs, maxBytes, refreshTimeoutMs } = options;
  if (groupsTtlMs === 0 && customersTtlMs === 0) return undefined;
  const now = options.now ?? (() => performance.now());
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: sizeOf,
  });
  const refreshes = new Set<Cancellation>();
  // Reads under way are shared: whoever asked first keeps the answer.
  const kept = new WeakSet<UpstreamResponse>();

  const sweep = setInterval(() => {
    for (const [key, entry] of entries.entries()) {
      if (now() - entry.askedAt > staleMsOf(entry)) entries.delete(key);
    }
  }, sweepMs);
  sweep.unref();

  /** Takes in an answer that is no failure of the platform. */
  const keep = (key: string, response: UpstreamResponse, asked: Asked) => {
    if (kept.has(response)) return;
    const known = entries.peek(key);
    if (known && known.askedAt > asked.at) return;
    if (response.status !== 200 || !isReadable(response, asked.request)) {
      entries.delete(key);
      return;
    }
    kept.add(response);
    entries.set(key, {
      response: onItsOwn(response),
      askedAt: asked.at,
      ttlMs: asked.ttlMs,
      isRenewing: false,
    });
  };

  const refresh = async (
    key: string,
    entry: Entry,
    request: UpstreamRequest,
    next: Send,
  ): Promise<void> => {
    if (entry.isRenewing) return;
    entry.isRenewing = true;
    const ledger = new Ledger();
    const signal = new Cancellation();
    refreshes.add(signal);
    const timer = setTimeout(() => {
      signal.cancel(
        new TransportFailure("timeout", `no answer in ${refreshTimeoutMs} ms`),
      );
    }, refreshTimeoutMs);
    timer.unref();
    const at = now();
    try {
      const deadlineAt = at + refreshTimeoutMs;
      const response = await next({ ...request, signal, deadlineAt, ledger });
      if (!signal.aborted && !isFailure(response)) {
        keep(key, response, { request, at, ttlMs: entry.ttlMs });
      }
    } catch {
      // Whoever asks next tries again.
    } finally {
      clearTimeout(timer);
      refreshes.delete(signal);
      entry.isRenewing = false;
      options.onBackgroundRead?.(ledger);
    }
  };

  /** What stands in for an answer that could not be had. */
  const standIn = (
    key: string,
    request: UpstreamRequest,
  ): UpstreamResponse | undefined => {
    const entry = entries.get(key);
    if (!entry || hasLeft(request)) return undefined;
    const ageMs = now() - entry.askedAt;
    if (ageMs > staleMsOf(entry)) return undefined;
    const account = request.ledger?.account(request.call.store);
    if (account) {
      account.cached += 1;
      account.staleMs = Math.max(account.staleMs ?? 0, Math.ceil(ageMs));
    }
    return unread(entry.response);
  };

  const read = async (
    key: string,
    ttlMs: number,
    request: UpstreamRequest,
    next: Send,
  ): Promise<UpstreamResponse> => {
    const at = now();
    try {
      const response = await next(request);
      if (isFailure(response)) return standIn(key, request) ?? response;
      keep(key, response, { request, at, ttlMs });
      return response;
    } catch (error) {
      const response = isOutage(error) ? standIn(key, request) : undefined;
      if (response) return response;
      throw error;
    }
  };

  return {
    cacheReads: (next) => (request) => {
      const { method, holds = "customers", call, ledger } = request;
      const ttlMs = holds === "groups" ? groupsTtlMs : customersTtlMs;
      if (method !== "GET" || ttlMs === 0) return next(request);
      const key = keyOf(request);
      const entry = entries.get(key);
      const ageMs = entry ? now() - entry.askedAt : Infinity;
      if (!entry || ageMs >= 2 * ttlMs) return read(key, ttlMs, request, next);
      if (ledger) ledger.account(call.store).cached += 1;
      if (ageMs >= ttlMs) void refresh(key, entry, request, next);
      return Promise.resolve(unread(entry.response));
    },
    close: () => {
      clearInterval(sweep);
      const end = new TransportFailure("cancelled", "the server is stopping");
      for (const signal of refreshes) signal.cancel(end);
      entries.clear();
    },
  };
}

/**
 * An answer that nobody has read as JSON yet: what is made of it goes with the
 * operation, and would take several times the memory that is accounted for.
 */
function unread({ status, headers, body }: UpstreamResponse): UpstreamResponse {
  return { status, headers, body };
}

/** What was asked, and when. */
interface Asked {
  readonly request: UpstreamRequest;
  readonly at: number;
  readonly ttlMs: number;
}

/** All that an answer depends on: the credential is the store's own. */
function keyOf({ url, headers, holds = "customers" }: UpstreamRequest): string {
  return `${holds} ${headers["accept"] ?? ""} ${url.href}`;
}

function staleMsOf({ ttlMs }: Entry): number {
  return Math.max(staleTtls * ttlMs, leastStaleMs);
}

/** Bytes that an entry takes; texts count two for each character. */
function sizeOf({ response: { body, headers } }: Entry, key: string): number {
  let characters = key.length;
  for (const name in headers) {
    characters += name.length + (headers[name]?.length ?? 0);
  }
  return entryBytes + body.length + 2 * characters;
}

/** A small body is often a piece of a buffer many times its size. */
function onItsOwn(response: UpstreamResponse): UpstreamResponse {
  const { body } = response;
  if (body.buffer.byteLength === body.length) return unread(response);
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return { ...unread(response), body: copy };
}

/** A page for people with status 200 must not be kept as an answer. */
function isReadable(
  response: UpstreamResponse,
  { call }: UpstreamRequest,
): boolean {
  try {
    readJson(response, call);
    return true;
  } catch {
    return false;
  }
}

/** Whether an answer says no more than that there is none for now. */
function isFailure({ status }: UpstreamResponse): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** Whether the platform is out of reach, or we are to leave it alone. */
function isOutage(error: unknown): boolean {
  if (error instanceof ClienteleError) {
    return (
      error.code === "PLATFORM_UNAVAILABLE" ||
      error.code === "PLATFORM_THROTTLED"
    );
  }
  if (!(error instanceof TransportFailure)) return false;
  switch (error.kind) {
    case "refused":
    case "untrusted":
    case "reset":
    case "timeout":
      return true;
    default:
      return false;
  }
}

/** Whether nobody waits any more; past its deadline an operation is answered. */
function hasLeft({ signal }: UpstreamRequest): boolean {
  if (!signal.aborted) return false;
  const { reason } = signal;
  return !(reason instanceof TransportFailure && reason.kind === "timeout");
}
