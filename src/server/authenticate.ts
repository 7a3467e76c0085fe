import { createHash, createPublicKey, timingSafeEqual } from "node:crypto";
import {
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
} from "jose";
import type { AuthConfig } from "../config/config";
import { type Caller, type Scope, allScopes } from "../graph/caller";
import { RefusedRequest } from "./read-request-body";
import {
  type KeyFetchOutcome,
  KeyRefresh,
  type KeyRefreshOptions,
} from "./key-refresh";

/**
 * Finds out who sends a request by its `Authorization` header.
 *
 * @returns `null` when the header does not open the server.
 * @throws RefusedRequest 503 when nobody can tell: the issuer's keys cannot be
 *   fetched.
 */
export type Authenticate = (
  authorization: string | undefined,
) => Promise<Caller | null>;

/** How the keys of a token's issuer are fetched. */
export interface KeyOptions extends Omit<KeyRefreshOptions, "fetch"> {
  /** How long a fetch may take, in milliseconds. Default 3,000. */
  readonly timeoutMs?: number | undefined;
}

export function createAuthenticate(
  config: AuthConfig,
  keys: KeyOptions = { maxWaiting: 100 },
): Authenticate {
  switch (config.mode) {
    case "none":
      return () => Promise.resolve(anonymous);
    case "apiKeys":
      return authenticateByKey(config.keys);
    case "jwt":
      return authenticateByToken(config, keys);
  }
}

/** Absent from a token, all stores are the caller's. */
const storesClaim = "clientele_stores";

const anonymous: Caller = { name: "anonymous", scopes: allScopes };

function authenticateByKey(
  keys: Extract<AuthConfig, { mode: "apiKeys" }>["keys"],
): Authenticate {
  const known = keys.map(({ name, sha256, scopes, stores, ...policy }) => ({
    digest: Buffer.from(sha256, "hex"),
    caller: {
      name,
      scopes: new Set<Scope>(scopes),
      ...(stores ? { stores: new Set(stores) } : {}),
      ...policyOf(policy),
    },
  }));
  return (authorization) => {
    const token = bearerOf(authorization);
    if (token === null) return Promise.resolve(null);
    const digest = createHash("sha256").update(token).digest();
    let found: Caller | null = null;
    // Every key is compared, found or not: the time tells nothing.
    for (const key of known) {
      if (timingSafeEqual(key.digest, digest)) found = key.caller;
    }
    return Promise.resolve(found);
  };
}

/** @throws when a token is not what it has to be. */
type Verify = (token: string) => Promise<JWTPayload>;

function authenticateByToken(
  config: Extract<AuthConfig, { mode: "jwt" }>,
  keys: KeyOptions,
): Authenticate {
  const options = {
    issuer: config.issuer,
    audience: config.audience,
    clockTolerance: config.clockToleranceSeconds,
    requiredClaims: [
      "exp",
      ...(config.requireStoresClaim ? [storesClaim] : []),
    ],
  };
  const verify = config.jwksUrl
    ? verifyByKeySet(new URL(config.jwksUrl), options, keys)
    : verifyByKeys(config.publicKeys ?? [], options);
  return async (authorization) => {
    const token = bearerOf(authorization);
    if (token === null) return null;
    try {
      return { ...toCaller(await verify(token)), ...policyOf(config) };
    } catch (error) {
      if (error instanceof RefusedRequest) throw error;
      return null;
    }
  };
}

function verifyByKeys(
  pems: readonly string[],
  options: JWTVerifyOptions,
): Verify {
  const keys = pems.map((pem) => createPublicKey(pem));
  return (token) =>
    Promise.any(
      keys.map(async (key) => (await jwtVerify(token, key, options)).payload),
    );
}

function verifyByKeySet(
  url: URL,
  options: JWTVerifyOptions,
  { timeoutMs = 3_000, ...keyOptions }: KeyOptions,
): Verify {
  const keySet = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    // When to fetch is decided here, by a clock that nobody sets.
    cooldownDuration: Infinity,
    cacheMaxAge: Infinity,
  });
  const keys = new KeyRefresh({
    ...keyOptions,
    fetch: () => keySet.reload().then(() => "ok" as const, outcomeOf),
  });
  const find: JWTVerifyGetKey = async (header, token) => {
    await keys.ensure();
    const seen = keys.version;
    try {
      return await keySet(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || !(await keys.renew(seen))) throw error;
      return keySet(header, token);
    }
  };
  const verify = async (token: string): Promise<JWTPayload> => {
    try {
      return (await jwtVerify(token, find, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      return verifyByEach(error, token, options);
    }
  };
  return async (token) => {
    const seen = keys.version;
    try {
      return await verify(token);
    } catch (error) {
      // One that names no key may be signed with one that we do not know yet.
      const mayBeNew =
        error instanceof errors.JWSSignatureVerificationFailed &&
        decodeProtectedHeader(token).kid === undefined;
      if (!mayBeNew || !(await keys.renew(seen))) throw error;
      return verify(token);
    }
  };
}

function outcomeOf(error: unknown): KeyFetchOutcome {
  if (!(error instanceof errors.JOSEError)) return "unreachable";
  const { cause } = error;
  const isLate =
    error instanceof errors.JWKSTimeout ||
    (cause instanceof Error && cause.name === "TimeoutError");
  return isLate ? "timeout" : "unusable";
}

/** For a token that names no key where the issuer has several of its kind. */
async function verifyByEach(
  keys: errors.JWKSMultipleMatchingKeys,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) {
        throw error;
      }
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

function policyOf({
  cacheMaxAgeSeconds,
}: {
  readonly cacheMaxAgeSeconds?: number | undefined;
}): Pick<Caller, "cacheMaxAgeSeconds"> {
  return cacheMaxAgeSeconds === undefined ? {} : { cacheMaxAgeSeconds };
}

function toCaller(claims: JWTPayload): Caller {
  const stores = claims[storesClaim];
  const scopes = [claims["scope"], claims["scp"]].flatMap((claim) =>
    typeof claim === "string" ? claim.split(" ") : textsOf(claim),
  );
  return {
    name: typeof claims.sub === "string" ? claims.sub : "unnamed",
    scopes: new Set([...allScopes].filter((scope) => scopes.includes(scope))),
    // A claim that is there and no list opens nothing.
    ...(stores === undefined ? {} : { stores: new Set(textsOf(stores)) }),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}

function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;
}
