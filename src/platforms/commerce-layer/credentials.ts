import type { CancelSignal } from "../../domain/cancellation";
import { z } from "zod";
import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { Send, UpstreamResponse } from "../../http/exchange";
import type { Credentials } from "../../http/policies/authorize";
import type { QuotaLimit } from "../../http/quota/account-quota";
import { readRetryAfter } from "../../http/quota/retry-after";
import { SlidingWindow } from "../../http/quota/sliding-window";
import { readJson } from "../../http/read-json";
import { TransportFailure } from "../../http/transport-failure";
import type { Mode } from "../platform";
import { errorCodesOf } from "./wire";
import type { CommerceLayerSettings } from "./settings";

/** A credential that can also say which environment it opens. */
export interface CommerceLayerCredentials extends Credentials {
  /**
   * The access token, to read its claims. Fetched if need be.
   *
   * @throws PlatformError when it cannot be had.
   */
  accessToken(signal: CancelSignal): Promise<string>;
  /** Whether there is a token already, so that nobody has to wait for one. */
  readonly isReady: boolean;
  /** The environment that the token opens; `null` without one, or an opaque one. */
  readonly mode: Mode | null;
  /** Whether the token endpoint refused the client when it was last asked. */
  readonly isDenied: boolean;
}

type ClientCredentials = Extract<
  CommerceLayerSettings["credentials"],
  { clientId: string }
>;

export interface CredentialsSetup {
  readonly settings: CommerceLayerSettings;
  readonly store: string;
  readonly platform: string;
  /** Sends without a credential and without waiting for the store's turn. */
  readonly send: Send;
  /** The quota of the token endpoint; default: one of this credential's own. */
  readonly quota?: QuotaLimit;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** Requests for tokens from one address (docs, rate limits), for all modes. */
export function createTokenQuota(): QuotaLimit {
  return new SlidingWindow({ limit: 30, windowMs: 60_000 });
}

export function createCredentials(
  setup: CredentialsSetup,
): CommerceLayerCredentials {
  const { credentials } = setup.settings;
  return "accessToken" in credentials
    ? staticToken(credentials.accessToken.reveal())
    : clientCredentials(credentials, setup);
}

function staticToken(token: string): CommerceLayerCredentials {
  return {
    headers: () => bearer(token),
    hasExpired: () => false,
    accessToken: () => Promise.resolve(token),
    isReady: true,
    mode: modeOfToken(token),
    isDenied: false,
  };
}

const tokenAnswer = z.object({
  access_token: z
    .string()
    .min(1)
    .regex(/^[\x21-\x7e]+$/),
  expires_in: z.number().optional().catch(undefined),
});

/** A token this close to its end is renewed before it is used. */
const marginMs = 60_000;
/** Closer than this to its end, a token is used only if no new one can be had. */
const lastMs = 10_000;
/** How long the token endpoint is left alone after it refused the client. */
const deniedMs = 60_000;

interface Token {
  readonly text: string;
  readonly mode: Mode | null;
  /** On the monotonic clock, in milliseconds. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** Why the token endpoint is left alone, and until when. */
interface Rest {
  readonly until: number;
  readonly error: (leftMs: number) => PlatformError;
  readonly isDenied: boolean;
}

/**
 * Fetches a token with client credentials, holds it for its lifetime and
 * renews it. Requests that need one at the same time share one renewal, and an
 * endpoint that fails is left alone for a while that grows: it allows 30
 * requests a minute for each address. Meanwhile a token that has not run out
 * yet is used to its end.
 */
function clientCredentials(
  credentials: ClientCredentials,
  setup: CredentialsSetup,
): CommerceLayerCredentials {
  const now = setup.now ?? (() => performance.now());
  const quota = setup.quota ?? createTokenQuota();
  const call: PlatformCall = {
    store: setup.store,
    platform: setup.platform,
    operation: "POST /oauth/token",
  };
  let current: Token | undefined;
  /** Of the last token: the next one opens the same environment. */
  let mode: Mode | null = null;
  let renewal: Promise<Token> | undefined;
  let rest: Rest | undefined;
  let failures = 0;

  const ask = async (): Promise<Token> => {
    const leave = quota.take();
    const askedAt = now();
    try {
      const response = await setup.send({
        method: "POST",
        url: credentials.tokenUrl,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
        },
        body: JSON.stringify({
          grant_type: "client_credentials",
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret.reveal(),
          ...(credentials.scope === undefined
            ? {}
            : { scope: credentials.scope }),
        }),
        call,
        // Shared by many operations: the end of one must not end it.
        signal: new AbortController().signal,
      });
      const answer = tokenAnswer.safeParse(readToken(response, call));
      if (answer.success) return toToken(answer.data, askedAt);
      throw PlatformError.contract(call, "the answer holds no access token");
    } finally {
      leave();
    }
  };

  const fetchToken = async (): Promise<Token> => {
    checkRest();
    try {
      current = await ask();
      mode = current.mode;
      failures = 0;
      return current;
    } catch (error) {
      failures += 1;
      rest = restAfter(error, failures, call, now());
      throw error;
    }
  };

  const checkRest = () => {
    const leftMs = (rest?.until ?? 0) - now();
    if (rest && leftMs > 0) throw rest.error(leftMs);
    rest = undefined;
    const waitMs = quota.freeAt(0) - now();
    if (waitMs > 0) {
      throw PlatformError.throttled(call, tokenQuotaUsedUp, Math.ceil(waitMs));
    }
  };

  const renew = (): Promise<Token> => {
    renewal ??= fetchToken().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  const accessToken = async (signal: CancelSignal): Promise<string> => {
    const old = current;
    const leftMs = (old?.endsAt ?? 0) - now();
    if (old && leftMs > 0) {
      if (now() < old.renewAt) return old.text;
      if (leftMs > lastMs) {
        // Nobody has to wait for it; whether it fails is seen at the next try.
        renew().catch(() => undefined);
        return old.text;
      }
    }
    if (signal.aborted) throw endOf(signal, call);
    try {
      return (await unlessAborted(renew(), signal, call)).text;
    } catch (error) {
      const isUsable = old && old === current && now() < old.endsAt;
      if (isUsable && !signal.aborted) return old.text;
      throw error;
    }
  };

  return {
    accessToken,
    headers: async (request) => bearer(await accessToken(request.signal)),
    hasExpired: (response, headers) => {
      // Commerce Layer answers 401 for a missing permission too (code
      // UNAUTHORIZED): a new token would not help there.
      if (response.status !== 401) return false;
      if (!errorCodesOf(response.body).includes("INVALID_TOKEN")) return false;
      if (
        current &&
        headers["authorization"] === bearer(current.text).authorization
      ) {
        current = undefined;
      }
      return true;
    },
    get isReady() {
      return current !== undefined;
    },
    get mode() {
      return mode;
    },
    get isDenied() {
      return rest?.isDenied === true && now() < rest.until;
    },
  };
}

function toToken(
  { access_token, expires_in }: z.infer<typeof tokenAnswer>,
  askedAt: number,
): Token {
  const text = access_token;
  const mode = modeOfToken(text);
  // Without a usable lifetime the token serves until the API refuses it.
  if (expires_in === undefined || !(expires_in > 0)) {
    return { text, mode, renewAt: Infinity, endsAt: Infinity };
  }
  const lifetimeMs = expires_in * 1_000;
  const endsAt = askedAt + lifetimeMs;
  return {
    text,
    mode,
    renewAt: endsAt - Math.min(marginMs, lifetimeMs / 2),
    endsAt,
  };
}

/** @returns `undefined` after a first failure, which may well be a passing one. */
function restAfter(
  error: unknown,
  failures: number,
  call: PlatformCall,
  now: number,
): Rest | undefined {
  const code = error instanceof PlatformError ? error.code : undefined;
  if (error instanceof PlatformError && code === "PLATFORM_DENIED") {
    return { until: now + deniedMs, error: () => error, isDenied: true };
  }
  if (error instanceof PlatformError && code === "PLATFORM_THROTTLED") {
    const { retryAfterMs } = error.details;
    return {
      until: now + (typeof retryAfterMs === "number" ? retryAfterMs : deniedMs),
      error: (leftMs) =>
        PlatformError.throttled(call, tokenQuotaUsedUp, Math.ceil(leftMs)),
      isDenied: false,
    };
  }
  if (failures < 2) return undefined;
  return {
    until: now + Math.min(deniedMs, 1_000 * 2 ** (failures - 2)),
    error: (leftMs) =>
      new PlatformError(
        "PLATFORM_UNAVAILABLE",
        call,
        `the token endpoint failed ${failures} times in a row; it is asked again in ${Math.ceil(leftMs / 1_000)} s`,
        { retryAfterMs: Math.ceil(leftMs) },
      ),
    isDenied: false,
  };
}

const tokenQuotaUsedUp =
  "the token endpoint allows no more requests for now (30 a minute)";

function readToken(response: UpstreamResponse, call: PlatformCall): unknown {
  if (response.status === 200) return readJson(response, call);
  if (response.status === 429) {
    throw PlatformError.throttled(
      call,
      tokenQuotaUsedUp,
      readRetryAfter(response) ?? deniedMs,
    );
  }
  if (response.status >= 500) {
    throw PlatformError.unavailable(
      call,
      `the token endpoint answered HTTP ${response.status}`,
    );
  }
  throw PlatformError.denied(
    call,
    `the token endpoint refused the client (HTTP ${response.status}); check credentials.clientId, clientSecret, scope and tokenUrl`,
  );
}

function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** @param promise goes on for others when the signal ends this wait for it. */
function unlessAborted<T>(
  promise: Promise<T>,
  signal: CancelSignal,
  call: PlatformCall,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(endOf(signal, call));
    };
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", abort);
    });
  });
}

/** Why an operation ended, as an error that names the store. */
function endOf({ reason }: CancelSignal, call: PlatformCall): PlatformError {
  return PlatformError.unavailable(
    call,
    reason instanceof TransportFailure
      ? reason.message
      : "the operation ended before it answered",
  );
}

/**
 * The environment that a token opens, by its claim `test`.
 *
 * @returns `null` when the token is no JWT or says nothing of it.
 */
export function modeOfToken(token: string): Mode | null {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"),
    );
    const { test } = claims as { test?: unknown };
    return typeof test === "boolean" ? (test ? "TEST" : "LIVE") : null;
  } catch {
    return null;
  }
}
