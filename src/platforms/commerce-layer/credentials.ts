import { z } from "zod";
import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { Send, UpstreamResponse } from "../../http/exchange";
import type { Credentials } from "../../http/policies/authorize";
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
  accessToken(signal: AbortSignal): Promise<string>;
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
}

export function createCredentials(
  setup: CredentialsSetup,
): CommerceLayerCredentials {
  const { credentials } = setup.settings;
  return "accessToken" in credentials
    ? staticToken(credentials.accessToken)
    : clientCredentials(credentials, setup);
}

function staticToken(token: string): CommerceLayerCredentials {
  return {
    headers: () => bearer(token),
    hasExpired: () => false,
    accessToken: () => Promise.resolve(token),
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
const marginSeconds = 60;

/**
 * Fetches a token with client credentials, holds it for its lifetime and
 * renews it. Requests that need one at the same time share one renewal: the
 * token endpoint allows 30 requests a minute for each IP.
 */
function clientCredentials(
  credentials: ClientCredentials,
  setup: CredentialsSetup,
): CommerceLayerCredentials {
  const call: PlatformCall = {
    store: setup.store,
    platform: setup.platform,
    operation: "POST /oauth/token",
  };
  let current: { token: string; usableUntil: number } | undefined;
  let renewal: Promise<string> | undefined;

  const fetchToken = async (): Promise<string> => {
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
        client_secret: credentials.clientSecret,
        ...(credentials.scope === undefined
          ? {}
          : { scope: credentials.scope }),
      }),
      call,
      // Shared by many operations: the end of one must not end it.
      signal: new AbortController().signal,
    });
    const answer = tokenAnswer.safeParse(readToken(response, call));
    if (!answer.success) {
      throw PlatformError.contract(call, "the answer holds no access token");
    }
    current = {
      token: answer.data.access_token,
      usableUntil: usableUntil(answer.data.expires_in),
    };
    return current.token;
  };

  const renew = (): Promise<string> => {
    renewal ??= fetchToken().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  const accessToken = async (signal: AbortSignal): Promise<string> => {
    if (current && performance.now() < current.usableUntil) {
      return current.token;
    }
    if (signal.aborted) throw endOf(signal, call);
    return unlessAborted(renew(), signal, call);
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
        headers["authorization"] === bearer(current.token).authorization
      ) {
        current = undefined;
      }
      return true;
    },
  };
}

/** @returns a time on the monotonic clock, in milliseconds. */
function usableUntil(expiresIn: number | undefined): number {
  // Without a usable lifetime the token serves until the API refuses it.
  if (expiresIn === undefined || !(expiresIn > 0)) return Infinity;
  const margin = Math.min(marginSeconds, expiresIn / 2);
  return performance.now() + (expiresIn - margin) * 1_000;
}

function readToken(response: UpstreamResponse, call: PlatformCall): unknown {
  if (response.status === 200) return readJson(response, call);
  if (response.status === 429) {
    throw PlatformError.throttled(
      call,
      "the token endpoint allows no more requests for now (30 a minute)",
      60_000,
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
  signal: AbortSignal,
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
function endOf({ reason }: AbortSignal, call: PlatformCall): PlatformError {
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
