import { createHash, createPublicKey, timingSafeEqual } from "node:crypto";
import {
  type JWTPayload,
  type JWTVerifyGetKey,
  createRemoteJWKSet,
  errors,
  jwtVerify,
} from "jose";
import type { AuthConfig } from "../config/config";
import { type Caller, type Scope, allScopes } from "../graph/caller";
import { RefusedRequest } from "./read-request-body";

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

export function createAuthenticate(config: AuthConfig): Authenticate {
  switch (config.mode) {
    case "none":
      return () => Promise.resolve(anonymous);
    case "apiKeys":
      return authenticateByKey(config.keys);
    case "jwt":
      return authenticateByToken(config);
  }
}

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

function authenticateByToken(
  config: Extract<AuthConfig, { mode: "jwt" }>,
): Authenticate {
  const options = {
    issuer: config.issuer,
    audience: config.audience,
    clockTolerance: config.clockToleranceSeconds,
    requiredClaims: ["exp"],
  };
  const keySet = config.jwksUrl
    ? remoteKeys(new URL(config.jwksUrl))
    : undefined;
  const publicKeys = (config.publicKeys ?? []).map((pem) =>
    createPublicKey(pem),
  );
  const verify = async (token: string): Promise<JWTPayload> => {
    if (keySet) return (await jwtVerify(token, keySet, options)).payload;
    const getKeys: JWTVerifyGetKey[] = publicKeys.map((key) => () => key);
    return Promise.any(
      getKeys.map(
        async (getKey) => (await jwtVerify(token, getKey, options)).payload,
      ),
    );
  };
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

/** Tells the issuer's outage from a token that names no key of the issuer's. */
function remoteKeys(url: URL): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(url);
  return async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (error) {
      if (
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported
      ) {
        throw error;
      }
      throw new RefusedRequest(
        503,
        "Tokens cannot be checked: the issuer's keys cannot be fetched. Ask again later.",
      );
    }
  };
}

function policyOf({
  cacheMaxAgeSeconds,
}: {
  readonly cacheMaxAgeSeconds?: number | undefined;
}): Pick<Caller, "cacheMaxAgeSeconds"> {
  return cacheMaxAgeSeconds === undefined ? {} : { cacheMaxAgeSeconds };
}

function toCaller(claims: JWTPayload): Caller {
  const stores = claims["clientele_stores"];
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
