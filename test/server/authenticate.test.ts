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
  createAuthenticate,
} from "../../src/server/authenticate";

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
  const server = createServer((_, response) => {
    requests += 1;
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

  beforeEach(async () => {
    requests = 0;
    status = 200;
    keys = [
      { ...(await exportJWK(rsa.publicKey)), kid: "rsa", alg: "RS256" },
      { ...(await exportJWK(ec.publicKey)), kid: "ec", alg: "ES256" },
    ];
  });

  function withKeySet(): Authenticate {
    const { port } = server.address() as AddressInfo;
    const config: AuthConfig = {
      ...jwt,
      jwksUrl: `http://127.0.0.1:${port}/keys`,
    };
    return createAuthenticate(config);
  }

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
  });

  it("asks for the keys once, when first needed", async () => {
    const authenticate = withKeySet();
    expect(await authenticate(undefined)).toBeNull();
    expect(requests).toBe(0);
    const token = await sign(claims(), { kid: "rsa" });
    await Promise.all(
      Array.from({ length: 10 }, () => authenticate(`Bearer ${token}`)),
    );
    expect(requests).toBe(1);
  });

  it("of an unknown key opens nothing, nor floods", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), {
      kid: "other",
      key: otherRsa.privateKey,
    });
    for (let round = 0; round < 5; round += 1) {
      expect(await authenticate(`Bearer ${token}`)).toBeNull();
    }
    expect(requests).toBe(1);
  });

  it("with another key's name opens nothing", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), {
      kid: "rsa",
      key: otherRsa.privateKey,
    });
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
  });

  it("that is expired opens nothing", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims({ exp: nowSeconds() - 60 }), {
      kid: "rsa",
    });
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
  });

  it("opens nothing while there is no key set", async () => {
    const authenticate = withKeySet();
    const token = await sign(claims(), { kid: "rsa" });
    status = 500;
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining("issuer's keys"),
    });
    // Whoever has no token is told so all the same.
    expect(await authenticate(undefined)).toBeNull();
    status = 200;
    expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
  });
});

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
