import {
  type KeyObject,
  createHash,
  createHmac,
  generateKeyPairSync,
} from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type JWTPayload, SignJWT, exportJWK } from "jose";
import type { AuthConfig } from "../../src/config/config";
import {
  type Authenticate,
  type KeyOptions,
  createAuthenticate,
} from "../../src/server/authenticate";
import {
  type KeyFetchOutcome,
  keyCooldownMs,
  keyPauseMs,
  maxKeyAgeMs,
} from "../../src/server/key-refresh";

const allScopes = new Set(["read:groups", "read:customers", "debug"]);

describe("without authentication", () => {
  const authenticate = createAuthenticate({
    mode: "none",
    allowAnonymous: false,
  });

  it.each([undefined, "", "Bearer anything", "Basic YTpi"])(
    "lets %j in with every right",
    async (authorization) => {
      expect(await authenticate(authorization)).toEqual({
        name: "anonymous",
        scopes: allScopes,
      });
    },
  );
});

describe("an API key", () => {
  const hashOf = (key: string) =>
    createHash("sha256").update(key).digest("hex");
  const authenticate = createAuthenticate({
    mode: "apiKeys",
    keys: [
      { name: "router", sha256: hashOf("key-1"), scopes: ["read:groups"] },
      {
        name: "crm",
        sha256: hashOf("key-2").toUpperCase(),
        scopes: ["read:customers", "debug"],
        stores: ["cl-eu"],
      },
      { name: "nobody", sha256: hashOf("key-3"), scopes: [], stores: [] },
    ],
  });

  it("gives its scopes and all stores", async () => {
    expect(await authenticate("Bearer key-1")).toEqual({
      name: "router",
      scopes: new Set(["read:groups"]),
    });
  });

  it("gives no store beyond its list", async () => {
    expect(await authenticate("Bearer key-2")).toEqual({
      name: "crm",
      scopes: new Set(["read:customers", "debug"]),
      stores: new Set(["cl-eu"]),
    });
  });

  it("with empty lists opens nothing at all", async () => {
    expect(await authenticate("Bearer key-3")).toEqual({
      name: "nobody",
      scopes: new Set(),
      stores: new Set(),
    });
  });

  it.each(["bearer key-1", "BEARER key-1", "Bearer   key-1"])(
    "is read from %j",
    async (authorization) => {
      expect(await authenticate(authorization)).toMatchObject({
        name: "router",
      });
    },
  );

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    "Bearer key-4",
    "Bearer KEY-1",
    "Bearer key-1 ",
    "Bearer key-1 key-2",
    "Bearer key-1\n",
    "Bearerkey-1",
    " Bearer key-1",
    "Basic key-1",
    "key-1",
    `Bearer ${hashOf("key-1")}`,
    `Bearer ${"k".repeat(200_000)}`,
    "Bearer 🦊",
    "Bearer \u0000",
  ])("is not in the header %j", async (authorization) => {
    expect(await authenticate(authorization)).toBeNull();
  });

  it("may be one of two of a caller", async () => {
    const rotating = createAuthenticate({
      mode: "apiKeys",
      keys: ["old", "new"].map((key) => ({
        name: "router",
        sha256: hashOf(key),
        scopes: [],
      })),
    });
    expect(await rotating("Bearer old")).toMatchObject({ name: "router" });
    expect(await rotating("Bearer new")).toMatchObject({ name: "router" });
  });
});

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const otherRsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });

const issuer = "https://issuer.test";
const audience = "clientele";

interface Signing {
  readonly alg?: string;
  readonly key?: KeyObject;
  readonly kid?: string;
}

const nowSeconds = () => Math.floor(Date.now() / 1_000);

/** Claims of any shape, as a careless issuer writes them. */
type Claims = Record<string, unknown>;

function claims(changes: Claims = {}): JWTPayload {
  return {
    iss: issuer,
    aud: audience,
    sub: "router",
    exp: nowSeconds() + 60,
    scope: "read:groups",
    ...changes,
  };
}

function sign(
  payload: JWTPayload,
  { alg = "RS256", key = rsa.privateKey, kid }: Signing = {},
): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader(kid === undefined ? { alg } : { alg, kid })
    .sign(key);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

const jwt = {
  mode: "jwt",
  issuer,
  audience,
  clockToleranceSeconds: 5,
} as const;

function withPublicKeys(...keys: KeyObject[]): Authenticate {
  return createAuthenticate({ ...jwt, publicKeys: keys.map(pemOf) });
}

describe("a token", () => {
  const authenticate = withPublicKeys(rsa.publicKey, ec.publicKey);

  async function callerOf(changes: Claims, signing?: Signing) {
    return authenticate(`Bearer ${await sign(claims(changes), signing)}`);
  }

  it.each<[string, Signing]>([
    ["RS256", { alg: "RS256", key: rsa.privateKey }],
    ["PS256", { alg: "PS256", key: rsa.privateKey }],
    ["ES256", { alg: "ES256", key: ec.privateKey }],
  ])("signed with %s opens the server", async (_, signing) => {
    expect(await callerOf({}, signing)).toEqual({
      name: "router",
      scopes: new Set(["read:groups"]),
    });
  });

  it.each<[string, Claims, string[]]>([
    [
      "scope",
      { scope: "read:groups read:customers" },
      ["read:groups", "read:customers"],
    ],
    [
      "scope as list",
      { scope: ["read:groups", "debug"] },
      ["read:groups", "debug"],
    ],
    ["scp", { scope: undefined, scp: ["read:customers"] }, ["read:customers"]],
    ["scp as text", { scope: undefined, scp: "debug" }, ["debug"]],
    [
      "both",
      { scope: "read:groups", scp: ["debug"] },
      ["read:groups", "debug"],
    ],
    ["unknown ones", { scope: "read:orders openid READ:GROUPS" }, []],
    ["blanks", { scope: "  read:groups   debug " }, ["read:groups", "debug"]],
    ["parts of names", { scope: "read read: groups" }, []],
    ["none", { scope: undefined }, []],
    ["an empty text", { scope: "" }, []],
    ["a number", { scope: 1 }, []],
    ["an object", { scope: { "read:groups": true } }, []],
    ["a list of others", { scope: [1, null, ["debug"]] }, []],
  ])("has scopes from %s", async (_, changes, scopes) => {
    expect((await callerOf(changes))?.scopes).toEqual(new Set(scopes));
  });

  it.each<[string, unknown, string[] | undefined]>([
    ["absent", undefined, undefined],
    ["a list", ["cl-eu", "bc-us"], ["cl-eu", "bc-us"]],
    ["an empty list", [], []],
    ["a text", "cl-eu", []],
    ["null", null, []],
    ["a list of others", [1, null, "cl-eu"], ["cl-eu"]],
  ])("has stores from a claim that is %s", async (_, claim, stores) => {
    const caller = await callerOf({ clientele_stores: claim });
    expect(caller?.stores).toEqual(stores && new Set(stores));
  });

  it("without a subject is called unnamed", async () => {
    expect(await callerOf({ sub: undefined })).toMatchObject({
      name: "unnamed",
    });
  });

  it.each([[1], [null], [{ name: "a" }], [["a"]]])(
    "with the subject %j has a name for logs",
    async (sub) => {
      const caller = await callerOf({ sub });
      expect(caller?.name).toBe("unnamed");
    },
  );

  it.each<[string, Claims]>([
    ["expired", { exp: nowSeconds() - 60 }],
    ["without expiry", { exp: undefined }],
    ["expiring at a text", { exp: "2999" }],
    ["not valid yet", { nbf: nowSeconds() + 60 }],
    ["of another issuer", { iss: "https://other.test" }],
    ["of an issuer alike", { iss: `${issuer}/` }],
    ["without issuer", { iss: undefined }],
    ["for another audience", { aud: "other" }],
    ["for other audiences", { aud: ["other", "another"] }],
    ["without audience", { aud: undefined }],
  ])("that is %s opens nothing", async (_, changes) => {
    expect(await callerOf({})).not.toBeNull();
    expect(await callerOf(changes)).toBeNull();
  });

  it("for several audiences opens the server", async () => {
    expect(await callerOf({ aud: ["other", audience] })).not.toBeNull();
  });

  it("may be late within the tolerance", async () => {
    expect(await callerOf({ exp: nowSeconds() - 2 })).not.toBeNull();
    expect(await callerOf({ nbf: nowSeconds() + 2 })).not.toBeNull();
    const strict = createAuthenticate({
      ...jwt,
      clockToleranceSeconds: 0,
      publicKeys: [pemOf(rsa.publicKey)],
    });
    const late = await sign(claims({ exp: nowSeconds() - 2 }));
    expect(await strict(`Bearer ${late}`)).toBeNull();
  });

  it("of another key opens nothing", async () => {
    expect(await callerOf({}, { key: otherRsa.privateKey })).toBeNull();
  });

  it("is accepted by either of two keys", async () => {
    const rotating = withPublicKeys(otherRsa.publicKey, rsa.publicKey);
    for (const key of [rsa.privateKey, otherRsa.privateKey]) {
      const token = await sign(claims(), { key });
      expect(await rotating(`Bearer ${token}`)).not.toBeNull();
    }
  });

  it.each(["none", "None", "NONE", ""])(
    "with the algorithm %j opens nothing",
    async (alg) => {
      const head = encoded({ alg, typ: "JWT" });
      const token = `${head}.${encoded(claims())}`;
      expect(await authenticate(`Bearer ${token}.`)).toBeNull();
      expect(await authenticate(`Bearer ${token}`)).toBeNull();
    },
  );

  it("signed with the public key's text opens nothing", async () => {
    const signed = `${encoded({ alg: "HS256" })}.${encoded(claims())}`;
    for (const secret of [
      pemOf(rsa.publicKey),
      pemOf(rsa.publicKey).trim(),
      rsa.publicKey.export({ type: "spki", format: "der" }),
    ]) {
      const mac = createHmac("sha256", secret).update(signed);
      expect(
        await authenticate(`Bearer ${signed}.${mac.digest("base64url")}`),
      ).toBeNull();
    }
  });

  it("changed after it was signed opens nothing", async () => {
    const [head, , signature] = (await sign(claims())).split(".");
    const payload = encoded(claims({ scope: "debug" }));
    expect(
      await authenticate(`Bearer ${head}.${payload}.${signature}`),
    ).toBeNull();
  });

  it("that brings its own key opens nothing", async () => {
    const token = await new SignJWT(claims())
      .setProtectedHeader({
        alg: "RS256",
        jwk: await exportJWK(otherRsa.publicKey),
      })
      .sign(otherRsa.privateKey);
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer a.b.c",
    "Bearer ..",
    "Bearer e30.e30.",
    `Bearer ${"a".repeat(100_000)}`,
    `Bearer ${".".repeat(10_000)}`,
  ])("is not in the header %j", async (authorization) => {
    expect(await authenticate(authorization)).toBeNull();
  });

  it("sent under another scheme opens nothing", async () => {
    const token = await sign(claims());
    expect(await authenticate(`Basic ${token}`)).toBeNull();
    expect(await authenticate(token)).toBeNull();
    expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
  });
});

describe("a token of a key set", () => {
  let requests = 0;
  let keys: Record<string, unknown>[] = [];
  let status = 200;
  let hangs = false;
  const server = createServer((_, response) => {
    requests += 1;
    if (hangs) return;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ keys }));
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  /** In milliseconds; goes on when a test says so. */
  let clock = 0;
  let outcomes: KeyFetchOutcome[] = [];

  beforeEach(async () => {
    requests = 0;
    status = 200;
    hangs = false;
    clock = 1_000_000;
    outcomes = [];
    keys = [
      { ...(await exportJWK(rsa.publicKey)), kid: "rsa", alg: "RS256" },
      { ...(await exportJWK(ec.publicKey)), kid: "ec", alg: "ES256" },
    ];
  });

  const jwkOf = async (key: KeyObject, kid: string) => ({
    ...(await exportJWK(key)),
    kid,
  });

  function withKeySet(options: Partial<KeyOptions> = {}): Authenticate {
    const { port } = server.address() as AddressInfo;
    const config: AuthConfig = {
      ...jwt,
      jwksUrl: `http://127.0.0.1:${port}/keys`,
    };
    return createAuthenticate(config, {
      maxWaiting: 10,
      now: () => clock,
      onFetch: (outcome) => outcomes.push(outcome),
      ...options,
    });
  }

  const unavailable = {
    name: "RefusedRequest",
    status: 503,
    message: expect.stringContaining("issuer's keys") as string,
  };

  it("opens the server, whichever key signed", async () => {
    const authenticate = withKeySet();
    const signings: Signing[] = [
      { kid: "rsa" },
      { kid: "ec", alg: "ES256", key: ec.privateKey },
    ];
    for (const signing of signings) {
      const token = await sign(claims(), signing);
      expect(await authenticate(`Bearer ${token}`)).toEqual({
        name: "router",
        scopes: new Set(["read:groups"]),
      });
    }
    expect(requests).toBe(1);
    expect(outcomes).toEqual(["ok"]);
  });

  it("asks for the keys once, when first needed", async () => {
    const authenticate = withKeySet();
    expect(await authenticate(undefined)).toBeNull();
    expect(await authenticate("Bearer no-token")).toBeNull();
    expect(requests).toBe(0);
    const token = await sign(claims(), { kid: "rsa" });
    await Promise.all(
      Array.from({ length: 10 }, () => authenticate(`Bearer ${token}`)),
    );
    expect(requests).toBe(1);
  });

  it("with another key's name opens nothing", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), {
      kid: "rsa",
      key: otherRsa.privateKey,
    });
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
    // Nor is the issuer asked for it.
    clock += keyCooldownMs;
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
    expect(requests).toBe(1);
  });

  it("that is expired opens nothing", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims({ exp: nowSeconds() - 60 }), {
      kid: "rsa",
    });
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
  });

  describe("whose keys change", () => {
    it("is taken by a new key once the cooldown is over", async () => {
      const authenticate = withKeySet();
      const old = await sign(claims(), { kid: "rsa" });
      expect(await authenticate(`Bearer ${old}`)).not.toBeNull();
      keys = [...keys, await jwkOf(otherRsa.publicKey, "new")];
      const token = await sign(claims(), {
        kid: "new",
        key: otherRsa.privateKey,
      });
      clock += keyCooldownMs - 1;
      expect(await authenticate(`Bearer ${token}`)).toBeNull();
      expect(requests).toBe(1);
      clock += 1;
      const callers = await Promise.all(
        Array.from({ length: 5 }, () => authenticate(`Bearer ${token}`)),
      );
      expect(callers).not.toContain(null);
      expect(requests).toBe(2);
      expect(await authenticate(`Bearer ${old}`)).not.toBeNull();
      expect(requests).toBe(2);
    });

    it("waits some seconds for a new key, minutes for an old one", () => {
      expect(maxKeyAgeMs).toBeLessThanOrEqual(600_000);
      expect(maxKeyAgeMs).toBeGreaterThanOrEqual(60_000);
      expect(keyCooldownMs).toBeGreaterThanOrEqual(1_000);
      expect(keyCooldownMs).toBeLessThanOrEqual(5_000);
    });

    it("is refused by an old key once what is known is too old", async () => {
      const authenticate = withKeySet();
      const token = await sign(claims(), { kid: "rsa" });
      expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
      keys = keys.slice(1);
      clock += maxKeyAgeMs - 1;
      expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
      expect(requests).toBe(1);
      clock += 1;
      expect(await authenticate(`Bearer ${token}`)).toBeNull();
      expect(requests).toBe(2);
    });

    it("is refused by an old key as soon as a new one was used", async () => {
      const authenticate = withKeySet();
      const old = await sign(claims(), { kid: "rsa" });
      expect(await authenticate(`Bearer ${old}`)).not.toBeNull();
      keys = [await jwkOf(otherRsa.publicKey, "new")];
      clock += keyCooldownMs;
      const token = await sign(claims(), {
        kid: "new",
        key: otherRsa.privateKey,
      });
      expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
      expect(await authenticate(`Bearer ${old}`)).toBeNull();
    });

    it("names no key, and is taken by a new one all the same", async () => {
      const authenticate = withKeySet();
      keys = [await jwkOf(rsa.publicKey, "old")];
      const old = await sign(claims());
      expect(await authenticate(`Bearer ${old}`)).not.toBeNull();
      keys = [await jwkOf(otherRsa.publicKey, "new")];
      const token = await sign(claims(), { key: otherRsa.privateKey });
      expect(await authenticate(`Bearer ${token}`)).toBeNull();
      expect(requests).toBe(1);
      clock += keyCooldownMs;
      expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
      expect(requests).toBe(2);
      expect(await authenticate(`Bearer ${old}`)).toBeNull();
    });
  });

  describe("that names no key", () => {
    beforeEach(async () => {
      keys = [
        await jwkOf(rsa.publicKey, "one"),
        await jwkOf(otherRsa.publicKey, "two"),
      ];
    });

    it("is taken by either of two keys of its kind", async () => {
      const authenticate = withKeySet();
      for (const key of [rsa.privateKey, otherRsa.privateKey]) {
        const token = await sign(claims(), { key });
        expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
      }
      expect(requests).toBe(1);
    });

    it("opens nothing when neither has signed it, nor floods", async () => {
      const authenticate = withKeySet();
      const forger = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const token = await sign(claims(), { key: forger.privateKey });
      for (let round = 0; round < 5; round += 1) {
        expect(await authenticate(`Bearer ${token}`)).toBeNull();
      }
      expect(requests).toBe(1);
    });

    it.each<[string, Claims]>([
      ["expired", { exp: nowSeconds() - 60 }],
      ["for others", { aud: "other" }],
    ])("opens nothing when it is %s", async (_, changes) => {
      const authenticate = withKeySet();
      for (const key of [rsa.privateKey, otherRsa.privateKey]) {
        const token = await sign(claims(changes), { key });
        expect(await authenticate(`Bearer ${token}`)).toBeNull();
      }
    });
  });

  it("of an unknown key opens nothing, nor floods", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), {
      kid: "other",
      key: otherRsa.privateKey,
    });
    // Ten times in each second of a minute.
    for (let round = 0; round < 600; round += 1) {
      expect(await authenticate(`Bearer ${token}`)).toBeNull();
      clock += 100;
    }
    expect(requests).toBe(60_000 / keyCooldownMs);
  });

  it("opens nothing while there is no key set", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), { kid: "rsa" });
    status = 500;
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(
      unavailable,
    );
    // Whoever has no token is told so all the same.
    expect(await authenticate(undefined)).toBeNull();
    status = 200;
    clock += keyPauseMs;
    expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
    expect(outcomes).toEqual(["unusable", "ok"]);
  });

  it("makes nobody hammer an issuer that fails", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), { kid: "rsa" });
    status = 500;
    for (let round = 0; round < 50; round += 1) {
      await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(
        unavailable,
      );
      clock += 100;
    }
    expect(requests).toBe(5_000 / keyPauseMs);
  });

  it.each<[KeyFetchOutcome, () => void]>([
    ["unusable", () => (status = 500)],
    ["unusable", () => (status = 302)],
    ["unusable", () => (keys = null as never)],
    ["timeout", () => (hangs = true)],
  ])("is told from an issuer's fault: %s", async (outcome, breaks) => {
    const authenticate = withKeySet({ timeoutMs: 100 });
    breaks();
    const token = await sign(claims(), { kid: "rsa" });
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(
      unavailable,
    );
    expect(outcomes).toEqual([outcome]);
  });

  it("is told from an issuer out of reach", async () => {
    const authenticate = createAuthenticate(
      { ...jwt, jwksUrl: "http://127.0.0.1:1/keys" },
      { maxWaiting: 1, onFetch: (outcome) => outcomes.push(outcome) },
    );
    const token = await sign(claims(), { kid: "rsa" });
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(
      unavailable,
    );
    expect(outcomes).toEqual(["unreachable"]);
  });

  it("of a known key waits for nobody, however many others do", async () => {
    const authenticate = withKeySet({ timeoutMs: 1_000 });
    const known = await sign(claims(), { kid: "rsa" });
    expect(await authenticate(`Bearer ${known}`)).not.toBeNull();
    hangs = true;
    clock += keyCooldownMs;
    const forged = await sign(claims(), { kid: "forged" });
    const ended: number[] = [];
    const crowd = Array.from({ length: 30 }, () =>
      expect(authenticate(`Bearer ${forged}`))
        .rejects.toMatchObject(unavailable)
        .then(() => ended.push(requests)),
    );
    expect(await authenticate(`Bearer ${known}`)).not.toBeNull();
    // Ten wait, as many as may; the others were refused at once.
    expect(ended).toHaveLength(20);
    await Promise.all(crowd);
    expect(requests).toBe(2);
  });
});

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
