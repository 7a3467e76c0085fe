import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { stringify } from "yaml";
import { type Config, shutdownGraceMs } from "../../src/config/config";
import {
  checkConfig,
  loadConfig,
  parseConfig,
} from "../../src/config/load-config";
import { ConfigurationError } from "../../src/config/problems";
import { Secret } from "../../src/domain/secret";
import { platforms } from "../../src/platforms/registry";

/** Stands for every secret: no message may hold it, nor a part of it. */
const canary = "CANARY0secret0value";

type Environment = Record<string, string | undefined>;

const environment: Environment = {
  CL_CLIENT_ID: "id",
  CL_CLIENT_SECRET: `${canary}-from-environment`,
};

function parse(text: string, extra: Environment = {}): Config {
  return parseConfig(text, "clientele.yaml", {
    environment: { ...environment, ...extra },
    platforms,
  });
}

function check(value: unknown, extra: Environment = {}): Config {
  return checkConfig(value, "clientele.yaml", {
    environment: { ...environment, ...extra },
    platforms,
  });
}

/** The error of a configuration, after a search for secrets in all of it. */
function errorOf(read: () => unknown): ConfigurationError {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(inspect(error, { depth: 10 })).not.toContain("CANARY");
    return error;
  }
  throw new Error("The configuration was accepted.");
}

/** As the message lists them. */
function problemsOf(read: () => unknown): string[] {
  return errorOf(read).problems.map(({ path, message }) =>
    path === "" ? message : `${path}: ${message}`,
  );
}

const store = {
  key: "cl-eu",
  platform: "commerce-layer",
  baseUrl: "https://yourdomain.commercelayer.io",
  credentials: { accessToken: canary },
};
const loopbackServer = { auth: { mode: "none" } };

function withStore(changes: Record<string, unknown>) {
  return { server: loopbackServer, stores: [{ ...store, ...changes }] };
}

function withServer(server: Record<string, unknown>) {
  return { server: { ...loopbackServer, ...server }, stores: [store] };
}

function withAuth(auth: unknown, host = "127.0.0.1") {
  return { server: { host, auth }, stores: [store] };
}

const sha256 = createHash("sha256").update("key").digest("hex");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" });
const privatePem = rsa.privateKey.export({ type: "pkcs8", format: "pem" });

/** Of contract/server.md, as far as platforms are there. */
const example = `
server:
  host: 127.0.0.1
  port: 4000
  auth:                      # required as soon as a store is configured
    mode: none               # none | apiKeys | jwt
stores:
  - key: cl-eu               # [a-z0-9-]{1,40}, unique
    platform: commerce-layer
    baseUrl: https://yourdomain.commercelayer.io    # API under /api
    timeoutMs: 2500
    maxConcurrency: 4
    retry: { attempts: 3 }
    credentials:
      tokenUrl: https://auth.commercelayer.io/oauth/token
      clientId: \${CL_CLIENT_ID}
      clientSecret: \${CL_CLIENT_SECRET}
      scope: market:all      # optional
  - key: cl-us
    platform: commerce-layer
    baseUrl: \${CL_BASE_URL:-https://other.commercelayer.io}
    credentials: { accessToken: "${canary}" }
`;

const exampleAsJson = JSON.stringify({
  server: { host: "127.0.0.1", port: 4000, auth: { mode: "none" } },
  stores: [
    {
      key: "cl-eu",
      platform: "commerce-layer",
      baseUrl: "https://yourdomain.commercelayer.io",
      timeoutMs: 2500,
      maxConcurrency: 4,
      retry: { attempts: 3 },
      credentials: {
        tokenUrl: "https://auth.commercelayer.io/oauth/token",
        clientId: "${CL_CLIENT_ID}",
        clientSecret: "${CL_CLIENT_SECRET}",
        scope: "market:all",
      },
    },
    {
      key: "cl-us",
      platform: "commerce-layer",
      baseUrl: "${CL_BASE_URL:-https://other.commercelayer.io}",
      credentials: { accessToken: canary },
    },
  ],
});

/** A secret of this value; two secrets look alike to Jest. */
function secretly(value: string): unknown {
  return {
    asymmetricMatch: (actual: unknown) =>
      actual instanceof Secret && actual.reveal() === value,
    toString: () => "Secret",
  };
}

describe("a configuration file", () => {
  it.each([
    ["YAML", example],
    ["JSON", exampleAsJson],
    ["YAML with a byte order mark", `\uFEFF${example.trimStart()}`],
    ["YAML with CRLF", example.replaceAll("\n", "\r\n")],
  ])("is read in every field as %s", (_, text) => {
    const { server, stores } = parse(text);
    expect(server).toEqual({
      host: "127.0.0.1",
      port: 4000,
      auth: { mode: "none", allowAnonymous: false },
      operationTimeoutMs: 10_000,
      shutdownDelayMs: 0,
      maxOperations: 200,
      coalesce: true,
      explorer: true,
      logOperations: true,
      introspection: true,
      limits: {
        maxTokens: 10_000,
        maxDepth: 10,
        maxSelections: 2_000,
        maxRepetitions: 100,
        maxAliases: 100,
        maxRootFields: 100,
        maxDirectives: 100,
        maxUpstreamRequests: 600,
        maxIds: 1_000,
        maxAnswerFields: 500_000,
      },
    });
    expect(
      stores.map(({ platform, ...rest }) => [platform.name, rest]),
    ).toEqual([
      [
        "commerce-layer",
        {
          key: "cl-eu",
          settings: {
            baseUrl: new URL("https://yourdomain.commercelayer.io"),
            credentials: {
              tokenUrl: new URL("https://auth.commercelayer.io/oauth/token"),
              clientId: "id",
              clientSecret: secretly(`${canary}-from-environment`),
              scope: "market:all",
            },
          },
          limits: { timeoutMs: 2_500, maxConcurrency: 4, attempts: 3 },
        },
      ],
      [
        "commerce-layer",
        {
          key: "cl-us",
          settings: {
            baseUrl: new URL("https://other.commercelayer.io"),
            credentials: { accessToken: secretly(canary) },
          },
          limits: platforms.find(({ name }) => name === "commerce-layer")
            ?.limits,
        },
      ],
    ]);
  });

  it("may leave everything to its defaults", () => {
    const { server, stores } = check(withStore({}));
    expect(server).toMatchObject({ host: "127.0.0.1", port: 4_000 });
    expect(stores[0]?.limits).toEqual({
      timeoutMs: 5_000,
      maxConcurrency: 10,
      attempts: 3,
    });
  });

  it("may share parts by anchors", () => {
    const { stores } = parse(`
server: { auth: { mode: none } }
stores:
  - key: a
    platform: commerce-layer
    baseUrl: https://a.test
    credentials: &credentials { accessToken: "${canary}" }
  - { key: b, platform: commerce-layer, baseUrl: https://b.test, credentials: *credentials }
`);
    expect(inspect(stores, { depth: 10 })).not.toContain(canary);
    expect(stores.map(({ settings }) => settings)).toMatchObject([
      { credentials: { accessToken: secretly(canary) } },
      { credentials: { accessToken: secretly(canary) } },
    ]);
  });

  it("reports all its problems, each with path", () => {
    const problems = problemsOf(() =>
      parse(
        `
server:
  port: 70000
  operationTimeoutMs: 5
  auth: { mode: basic, password: ${canary} }
  cors: true
stores:
  - key: UPPER
    platform: commerce-layer
    baseUrl: http://shop.test
    credentials: { accessToken: "\${NOT_SET}" }
  - key: cl-eu
    platform: shopify
    token: ${canary}
  - key: cl-eu
    platform: commerce-layer
    timeoutMs: soon
    credentials: { clientId: ${canary} }
  - ${canary}
metrics: { token: ${canary} }
`,
      ),
    );
    expect(problems.sort()).toEqual(
      [
        "stores[0].credentials.accessToken: environment variable NOT_SET is not set",
        "metrics: is unknown; expected server and stores",
        "server.port: expected a port from 0 to 65535",
        "server.operationTimeoutMs: expected a whole number from 100 to 120000",
        "server.auth.mode: expected mode none, apiKeys or jwt",
        'server: Unrecognized key: "cors"',
        "stores[0].key: expected 1 to 40 lower-case letters, digits and hyphens",
        "stores[0].baseUrl: expected https: http sends credentials in the clear",
        "stores[1].platform: expected one of " +
          platforms.map(({ name }) => name).join(", "),
        "stores[2].key: is the key of stores[1] already; keys are unique",
        "stores[2].timeoutMs: expected a whole number from 100 to 120000",
        "stores[2].baseUrl: expected a URL such as https://yourdomain.commercelayer.io",
        "stores[2].credentials.clientSecret: expected the application's client secret",
        "stores[3]: expected a store",
      ].sort(),
    );
  });

  it("heads its problems with file and count", () => {
    const { message, file } = errorOf(() => check({ stores: [], more: 1 }));
    expect(file).toBe("clientele.yaml");
    expect(message.split("\n")[0]).toBe("clientele.yaml has 2 problems:");
  });
});

describe("a file that is no YAML", () => {
  it.each<[string, string, number, string]>([
    ["an open quote", `a: 1\nb: "${canary}\n`, 3, "MISSING_CHAR"],
    ["a tab as indent", `a:\n\tb: ${canary}\n`, 2, "TAB_AS_INDENT"],
    ["a key twice", `server: ${canary}\nserver: {}\n`, 2, "DUPLICATE_KEY"],
    ["two documents", `a: ${canary}\n---\nb: 1\n`, 2, "MULTIPLE_DOCS"],
    ["an at sign", `a: @${canary}\n`, 1, "BAD_SCALAR_START"],
    ["a bad escape", `a: "\\${canary}"\n`, 1, "BAD_DQ_ESCAPE"],
  ])("with %s reports the line, quoting nothing", (_, text, line, code) => {
    expect(problemsOf(() => parse(text))).toContain(
      `is no correct YAML or JSON at line ${line} (${code})`,
    );
  });

  it.each<[string, string]>([
    ["an open brace", `{"server": {"a": "${canary}"`],
    ["an open list", `{"stores": ["${canary}"`],
    ["half a text", `{"a": "${canary}`],
  ])("nor JSON, with %s, quotes nothing", (_, text) => {
    expect(problemsOf(() => parse(text))[0]).toMatch(
      /^is no correct YAML or JSON at line 1 \([A-Z_]+\)$/,
    );
  });

  it("reports a thousand equal faults once", () => {
    const problems = problemsOf(() => parse("[".repeat(20_000)));
    expect(problems.length).toBeLessThan(5);
  });

  it.each<[string, string]>([
    ["is unknown", `a: *${canary}\n`],
    ["is merged and unknown", `a:\n  <<: *${canary}\n`],
    ["holds itself", `a: &${canary}\n  b: *${canary}\n`],
    [
      "repeats without measure",
      `a: &a [${canary}, 1]\n` +
        ["b", "c", "d", "e"]
          .map((name, index) => {
            const before = "abcd"[index] ?? "";
            return `${name}: &${name} [${Array(9).fill(`*${before}`).join()}]\n`;
          })
          .join(""),
    ],
  ])("with an alias that %s quotes nothing", (_, text) => {
    expect(problemsOf(() => parse(text))).toEqual([
      "has an alias (*name) that is unknown, holds itself or repeats too much; a text that begins with * needs quotes",
    ]);
  });

  it.each([
    `a: {{ ${canary} }}\n`,
    `? [${canary}]\n: 1\n`,
    `a: !${canary} x\n`,
  ])("lets no warning quote %j", async (text) => {
    const warned = jest.spyOn(process, "emitWarning").mockReturnValue();
    try {
      expect(() => parse(text)).toThrow(ConfigurationError);
      await new Promise(setImmediate);
      expect(warned).not.toHaveBeenCalled();
    } finally {
      warned.mockRestore();
    }
  });

  it.each<[string, string]>([
    ["empty", ""],
    ["a comment", "# nothing\n"],
    ["null", "null"],
    ["a text", canary],
    ["a number", "42"],
    ["a list", `[${canary}]`],
  ])("and is %s is told what is expected", (_, text) => {
    expect(problemsOf(() => parse(text))).toEqual([
      "expected server and stores",
    ]);
  });
});

describe("loadConfig", () => {
  const folder = mkdtempSync(join(tmpdir(), "clientele-config-"));

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("reads the file that it is given", () => {
    const file = join(folder, "clientele.yaml");
    writeFileSync(file, example);
    const config = loadConfig(file, { environment, platforms });
    expect(config.stores.map(({ key }) => key)).toEqual(["cl-eu", "cl-us"]);
  });

  it.each([
    ["that is missing", "missing.yaml", "ENOENT"],
    ["that is a folder", ".", "EISDIR"],
  ])("reports a file %s", (_, name, code) => {
    const file = join(folder, name);
    expect(
      errorOf(() => loadConfig(file, { environment, platforms })).message,
    ).toBe(`${file}: cannot be read (${code})`);
  });
});

describe("stores", () => {
  it.each<[string, unknown]>([
    ["absent", undefined],
    ["null", null],
    ["empty", []],
    ["an object", { [canary]: store }],
    ["a text", canary],
  ])("that are %s are asked for", (_, stores) => {
    expect(problemsOf(() => check({ server: loopbackServer, stores }))).toEqual(
      ["stores: expected a list of at least one store"],
    );
  });

  it.each<unknown>([canary, null, [], 42])("refuse the entry %j", (entry) => {
    expect(
      problemsOf(() =>
        check({ server: loopbackServer, stores: [store, entry] }),
      ),
    ).toEqual(["stores[1]: expected a store"]);
  });

  it.each(["a", "0", "-", "cl-eu-2", "a".repeat(40)])(
    "accept the key %j",
    (key) => {
      expect(check(withStore({ key })).stores[0]?.key).toBe(key);
    },
  );

  it.each([
    "",
    "A",
    "a_b",
    "a.b",
    "a/b",
    "../a",
    "a b",
    "é",
    "a\n",
    "a".repeat(41),
  ])("refuse the key %j", (key) => {
    expect(problemsOf(() => check(withStore({ key })))).toEqual([
      "stores[0].key: expected 1 to 40 lower-case letters, digits and hyphens",
    ]);
  });

  it.each<[string, unknown]>([
    ["absent", undefined],
    ["a number", 1],
  ])("refuse a key that is %s", (_, key) => {
    expect(problemsOf(() => check(withStore({ key })))[0]).toMatch(
      /^stores\[0\]\.key: Invalid input: expected string/,
    );
  });

  it("refuse a key for the second time", () => {
    const stores = [store, { ...store, key: "b" }, store, store];
    expect(problemsOf(() => check({ server: loopbackServer, stores }))).toEqual(
      [
        "stores[2].key: is the key of stores[0] already; keys are unique",
        "stores[3].key: is the key of stores[0] already; keys are unique",
      ],
    );
  });

  it.each(["Commerce-Layer", "commercelayer", "", canary, "__proto__"])(
    "refuse the platform %j, naming those known",
    (platform) => {
      expect(problemsOf(() => check(withStore({ platform })))).toEqual([
        `stores[0].platform: expected one of ${platforms.map(({ name }) => name).join(", ")}`,
      ]);
    },
  );

  it("refuse a store without a platform", () => {
    expect(
      problemsOf(() => check(withStore({ platform: undefined }))),
    ).toHaveLength(1);
  });

  it("refuse keys that the platform lacks", () => {
    expect(problemsOf(() => check(withStore({ storeHash: canary })))).toEqual([
      'stores[0]: Unrecognized key: "storeHash"',
    ]);
  });

  it("take a __proto__ member for an unknown key", () => {
    const text = JSON.stringify(withStore({})).replace(
      '"key":',
      '"__proto__":{"timeoutMs":1},"key":',
    );
    expect(problemsOf(() => parse(text))).toEqual([
      'stores[0]: Unrecognized key: "__proto__"',
    ]);
  });
});

describe("baseUrl", () => {
  it.each([
    "https://shop.test",
    "https://shop.test:8443/base",
    "http://127.0.0.1:4001",
    "http://localhost:4001",
    "http://[::1]:4001",
  ])("may be %s", (baseUrl) => {
    expect(check(withStore({ baseUrl })).stores[0]?.settings).toMatchObject({
      baseUrl: new URL(baseUrl),
    });
  });

  it.each([
    ["http://shop.test", "expected https: http sends credentials in the clear"],
    [
      "http://127.0.0.1.shop.test",
      "expected https: http sends credentials in the clear",
    ],
    [
      "http://localhost.shop.test",
      "expected https: http sends credentials in the clear",
    ],
    [
      "ftp://shop.test",
      "expected an https URL such as https://yourdomain.commercelayer.io",
    ],
    [
      "file:///etc/passwd",
      "expected an https URL such as https://yourdomain.commercelayer.io",
    ],
    [
      "javascript:alert(1)",
      "expected an https URL such as https://yourdomain.commercelayer.io",
    ],
    ["shop.test", "expected a URL such as https://yourdomain.commercelayer.io"],
    ["", "expected a URL such as https://yourdomain.commercelayer.io"],
    [
      `https://user:${canary}@shop.test`,
      "expected a URL without user, query or fragment",
    ],
    [
      `https://shop.test?token=${canary}`,
      "expected a URL without user, query or fragment",
    ],
    [
      `https://shop.test#${canary}`,
      "expected a URL without user, query or fragment",
    ],
  ])("must not be %s", (baseUrl, message) => {
    expect(problemsOf(() => check(withStore({ baseUrl })))).toEqual([
      `stores[0].baseUrl: ${message}`,
    ]);
  });
});

describe("credentials", () => {
  const either =
    "stores[0].credentials: expected clientId and clientSecret (tokenUrl and scope if needed), or accessToken";
  const secret =
    "stores[0].credentials.clientSecret: expected the application's client secret";

  it("need no token URL and no scope", () => {
    const credentials = { clientId: "id", clientSecret: canary };
    expect(check(withStore({ credentials })).stores[0]?.settings).toEqual({
      baseUrl: new URL(store.baseUrl),
      credentials: {
        clientId: "id",
        clientSecret: secretly(canary),
        tokenUrl: new URL("https://auth.commercelayer.io/oauth/token"),
      },
    });
  });

  it.each<[string, unknown, readonly string[]]>([
    ["absent", undefined, [either]],
    ["a text", canary, [either]],
    [
      "empty",
      {},
      [
        "stores[0].credentials.clientId: expected the application's client id",
        secret,
      ],
    ],
    [
      "a token of digits",
      { accessToken: 12345 },
      ["stores[0].credentials.accessToken: expected an access token"],
    ],
    ["a client without secret", { clientId: canary }, [secret]],
    [
      "with a token URL in the clear",
      { clientId: "a", clientSecret: canary, tokenUrl: "http://auth.test" },
      [
        "stores[0].credentials.tokenUrl: expected https: http sends credentials in the clear",
      ],
    ],
  ])("that are %s are refused, quoting nothing", (_, credentials, expected) => {
    expect(problemsOf(() => check(withStore({ credentials })))).toEqual(
      expected,
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      "with an empty token",
      { accessToken: "" },
      ".accessToken: expected an access token",
    ],
    [
      "with an empty secret",
      { clientId: canary, clientSecret: "" },
      ".clientSecret: expected the application's client secret",
    ],
    [
      "of both kinds",
      { accessToken: canary, clientId: canary },
      ': Unrecognized key: "clientId"',
    ],
    [
      "with a key too much",
      { accessToken: canary, token: canary },
      ': Unrecognized key: "token"',
    ],
  ])("that are %s are refused at the place", (_, credentials, problem) => {
    expect(problemsOf(() => check(withStore({ credentials })))).toEqual([
      `stores[0].credentials${problem}`,
    ]);
  });

  it("name the variable that is not set", () => {
    expect(
      problemsOf(() =>
        check(withStore({ credentials: { accessToken: "${NOT_SET}" } })),
      ),
    ).toEqual([
      "stores[0].credentials.accessToken: environment variable NOT_SET is not set",
    ]);
  });

  it.each([`\${${canary}-x}`, `\${${canary}`, `\${A:-\${${canary}}}`])(
    "quote nothing of a malformed %j",
    (accessToken) => {
      expect(
        problemsOf(() => check(withStore({ credentials: { accessToken } }))),
      ).toEqual([
        "stores[0].credentials.accessToken: expected ${NAME} or ${NAME:-default}",
      ]);
    },
  );

  it("keep dollars that were doubled", () => {
    const credentials = { accessToken: "a$$b" };
    expect(check(withStore({ credentials })).stores[0]?.settings).toMatchObject(
      { credentials: { accessToken: secretly("a$b") } },
    );
  });
});

describe("limits of a store", () => {
  it.each<[string, unknown]>([
    ["timeoutMs", 99],
    ["timeoutMs", 120_001],
    ["timeoutMs", 1_000.5],
    ["timeoutMs", "5s"],
    ["timeoutMs", null],
    ["timeoutMs", true],
    ["timeoutMs", ""],
    ["timeoutMs", Number.NaN],
    ["timeoutMs", canary],
    ["maxConcurrency", 0],
    ["maxConcurrency", 101],
    ["maxConcurrency", -1],
    ["maxConcurrency", "1e1"],
  ])("refuse %s: %j", (name, value) => {
    expect(problemsOf(() => check(withStore({ [name]: value })))).toEqual([
      `stores[0].${name}: expected a whole number from ${name === "timeoutMs" ? "100 to 120000" : "1 to 100"}`,
    ]);
  });

  it.each([0, 6, 1.5, canary])("refuse %j attempts", (attempts) => {
    expect(problemsOf(() => check(withStore({ retry: { attempts } })))).toEqual(
      ["stores[0].retry.attempts: expected a whole number from 1 to 5"],
    );
  });

  it("refuse an unknown key of retry", () => {
    expect(
      problemsOf(() => check(withStore({ retry: { delayMs: 1 } }))),
    ).toEqual(['stores[0].retry: Unrecognized key: "delayMs"']);
  });

  it.each([0, -0.1, 1.1, "0", ".", "", "half", null, canary])(
    "refuse a share of %j",
    (share) => {
      expect(problemsOf(() => check(withStore({ quota: { share } })))).toEqual([
        "stores[0].quota.share: expected a number above 0 and at most 1, such as 0.5",
      ]);
    },
  );

  it.each([
    [0.01, 0.01],
    [1, 1],
    ["0.5", 0.5],
    [".5", 0.5],
    ["1", 1],
    ["${SHARE:-0.25}", 0.25],
  ])("take a share of %j", (share, number) => {
    const { stores } = check(withStore({ quota: { share } }));
    expect(stores[0]?.limits.quota).toEqual({ share: number });
  });

  it("take when quotas are kept", () => {
    const quota = { enforce: "afterRefusal", share: 0.5 };
    expect(check(withStore({ quota })).stores[0]?.limits.quota).toEqual(quota);
    const never = { quota: { enforce: "never" } };
    expect(problemsOf(() => check(withStore(never)))).toEqual([
      "stores[0].quota.enforce: expected always or afterRefusal",
    ]);
  });

  it("take when a platform counts as down", () => {
    const circuitBreaker = {
      failureRate: "0.8",
      minimumCalls: 5,
      windowMs: "20000",
      openMs: 30_000,
    };
    const { stores } = check(withStore({ circuitBreaker }));
    expect(stores[0]?.limits.circuitBreaker).toEqual({
      failureRate: 0.8,
      minimumCalls: 5,
      windowMs: 20_000,
      openMs: 30_000,
    });
  });

  it("name every problem of a circuit breaker", () => {
    const circuitBreaker = {
      failureRate: 2,
      minimumCalls: 0,
      windowMs: 999,
      openMs: canary,
    };
    expect(problemsOf(() => check(withStore({ circuitBreaker })))).toEqual([
      "stores[0].circuitBreaker.failureRate: expected a number above 0 and at most 1, such as 0.5",
      "stores[0].circuitBreaker.minimumCalls: expected a whole number from 1 to 1000",
      "stores[0].circuitBreaker.windowMs: expected a whole number from 1000 to 600000",
      "stores[0].circuitBreaker.openMs: expected a whole number from 100 to 600000",
    ]);
  });

  it.each([
    ["quota", { requests: 1 }, "requests"],
    ["circuitBreaker", { enabled: true }, "enabled"],
    ["cache", { ttlMs: 1_000 }, "ttlMs"],
  ])("refuse an unknown key of %s", (name, value, key) => {
    expect(problemsOf(() => check(withStore({ [name]: value })))).toEqual([
      `stores[0].${name}: Unrecognized key: "${key}"`,
    ]);
  });

  it.each(["quota", "circuitBreaker", "retry", "cache"])(
    "may leave %s empty",
    (name) => {
      const { stores } = check(withStore({ [name]: {} }));
      expect(stores[0]?.limits).toMatchObject({ attempts: 3 });
    },
  );

  it("keep no answers unless they are told to", () => {
    expect(check(withStore({})).stores[0]?.limits).not.toHaveProperty("cache");
  });

  it("take which answers are kept, and for how long", () => {
    const cache = {
      groupsTtlMs: "${TTL}",
      customersTtlMs: 0,
      maxBytes: "1073741824",
    };
    const { stores } = check(withStore({ cache }), { TTL: "86400000" });
    expect(stores[0]?.limits.cache).toEqual({
      groupsTtlMs: 86_400_000,
      customersTtlMs: 0,
      maxBytes: 1_073_741_824,
    });
    const least = { maxBytes: 1_048_576 };
    expect(check(withStore({ cache: least })).stores[0]?.limits.cache).toEqual(
      least,
    );
  });

  it("name every problem of a cache", () => {
    const cache = {
      groupsTtlMs: -1,
      customersTtlMs: 86_400_001,
      maxBytes: canary,
    };
    expect(problemsOf(() => check(withStore({ cache })))).toEqual([
      "stores[0].cache.groupsTtlMs: expected a whole number from 0 to 86400000",
      "stores[0].cache.customersTtlMs: expected a whole number from 0 to 86400000",
      "stores[0].cache.maxBytes: expected a whole number from 1048576 to 1073741824",
    ]);
    for (const maxBytes of [1_048_575, 1_073_741_825, 2_000_000.5]) {
      expect(
        problemsOf(() => check(withStore({ cache: { maxBytes } }))),
      ).toEqual([
        "stores[0].cache.maxBytes: expected a whole number from 1048576 to 1073741824",
      ]);
    }
  });

  it("may come from the environment", () => {
    const changes = {
      timeoutMs: "${TIMEOUT}",
      maxConcurrency: "${MAX:-7}",
      retry: { attempts: "${ATTEMPTS:-1}" },
    };
    const { stores } = check(withStore(changes), { TIMEOUT: "2500" });
    expect(stores[0]?.limits).toEqual({
      timeoutMs: 2_500,
      maxConcurrency: 7,
      attempts: 1,
    });
  });
});

describe("server", () => {
  it.each<[unknown, number]>([
    [0, 0],
    [1, 1],
    [65_535, 65_535],
    ["8080", 8_080],
    ["${NOT_SET:-8081}", 8_081],
  ])("may listen on port %j", (port, number) => {
    expect(check(withServer({ port })).server.port).toBe(number);
  });

  it.each<unknown>([
    -1,
    65_536,
    80.5,
    "",
    " ",
    "http",
    "0x50",
    "1e3",
    "-1",
    null,
    true,
    [],
    [4_000],
    canary,
  ])("refuses the port %j", (port) => {
    expect(problemsOf(() => check(withServer({ port })))).toEqual([
      "server.port: expected a port from 0 to 65535",
    ]);
  });

  it("lets PORT and HOST override the file", () => {
    const settings = withServer({ port: 1, host: "localhost" });
    expect(
      check(settings, { PORT: "0", HOST: "127.0.0.2" }).server,
    ).toMatchObject({ port: 0, host: "127.0.0.2" });
  });

  it("lets empty PORT and HOST change nothing", () => {
    const settings = withServer({ port: 1, host: "localhost" });
    expect(check(settings, { PORT: "", HOST: "" }).server).toMatchObject({
      port: 1,
      host: "localhost",
    });
  });

  it("lets PORT mend a port that is wrong", () => {
    expect(check(withServer({ port: "x" }), { PORT: "8080" }).server.port).toBe(
      8_080,
    );
  });

  it.each(["abc", "70000", " ", "80 "])("refuses PORT=%j", (PORT) => {
    expect(problemsOf(() => check(withServer({}), { PORT }))).toEqual([
      "server.port: expected a port from 0 to 65535",
    ]);
  });

  it.each<[string, unknown]>([
    ["a text", canary],
    ["a list", [canary]],
    ["a number", 4000],
  ])("that is %s is refused", (_, server) => {
    const problems = problemsOf(() => check({ server, stores: [store] }));
    expect(problems[0]).toMatch(/^server: Invalid input: expected object/);
  });

  it("refuses unknown keys, several at once", () => {
    expect(
      problemsOf(() => check(withServer({ cors: canary, tls: canary }))),
    ).toEqual(['server: Unrecognized keys: "cors", "tls"']);
  });

  it("takes a __proto__ member for an unknown key", () => {
    const text = JSON.stringify(withStore({})).replace(
      '"server":{',
      '"server":{"__proto__":{"host":"0.0.0.0"},',
    );
    expect(problemsOf(() => parse(text))).toEqual([
      'server: Unrecognized key: "__proto__"',
    ]);
  });

  it.each([0, 99, 120_001, "fast"])(
    "refuses an operation timeout of %j",
    (operationTimeoutMs) => {
      expect(
        problemsOf(() => check(withServer({ operationTimeoutMs }))),
      ).toEqual([
        "server.operationTimeoutMs: expected a whole number from 100 to 120000",
      ]);
    },
  );

  it.each([-1, 7_001, "soon"])(
    "refuses a delay of the shutdown of %j, which leaves no time to answer",
    (shutdownDelayMs) => {
      expect(problemsOf(() => check(withServer({ shutdownDelayMs })))).toEqual([
        "server.shutdownDelayMs: expected a whole number from 0 to 7000",
      ]);
    },
  );

  it.each([
    [0, 8_000],
    [1_000, 8_000],
    [5_000, 4_000],
    [7_000, 2_000],
  ])("counts a delay of %i ms in the ten seconds", (delayMs, graceMs) => {
    expect(shutdownGraceMs(delayMs)).toBe(graceMs);
  });

  it("limits operations as it says, one by one", () => {
    const { server } = check(
      withServer({ limits: { maxDepth: 12, maxUpstreamRequests: "50" } }),
    );
    expect(server.limits).toEqual({
      maxTokens: 10_000,
      maxDepth: 12,
      maxSelections: 2_000,
      maxRepetitions: 100,
      maxAliases: 100,
      maxRootFields: 100,
      maxDirectives: 100,
      maxUpstreamRequests: 50,
      maxIds: 1_000,
      maxAnswerFields: 500_000,
    });
  });

  it("reports every limit that cannot be one", () => {
    expect(
      problemsOf(() =>
        check(
          withServer({
            limits: {
              maxTokens: 99,
              maxDepth: 0,
              maxSelections: "many",
              maxAliases: -1,
              maxUpstreamRequests: 0.5,
              maxColour: 1,
            },
            introspection: "no",
          }),
        ),
      ),
    ).toEqual([
      "server.introspection: expected true or false",
      "server.limits.maxTokens: expected a whole number from 100 to 100000",
      "server.limits.maxDepth: expected a whole number from 1 to 100",
      "server.limits.maxSelections: expected a whole number from 10 to 100000",
      "server.limits.maxAliases: expected a whole number from 0 to 10000",
      "server.limits.maxUpstreamRequests: expected a whole number from 1 to 100000",
      'server.limits: Unrecognized key: "maxColour"',
    ]);
  });

  it("switches the explorer off when it says so", () => {
    const { server } = check(withServer({ explorer: false }));
    expect(server.explorer).toBe(false);
    expect(problemsOf(() => check(withServer({ explorer: "false" })))).toEqual([
      "server.explorer: expected true or false",
    ]);
  });
});

describe("access", () => {
  const anonymous =
    "server.auth.mode: none would show the stores' customers to whoever reaches server.host; use apiKeys or jwt, listen on 127.0.0.1, or say allowAnonymous: true";

  it.each<[string, unknown]>([
    ["no server", { stores: [store] }],
    ["an empty server", { server: {}, stores: [store] }],
    ["a null server", { server: null, stores: [store] }],
  ])("has to be settled with %s", (_, value) => {
    expect(problemsOf(() => check(value))).toEqual([
      "server.auth: is required as soon as a store is configured; mode: none serves only this machine",
    ]);
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "none"],
    ["empty", {}],
    ["a list", []],
  ])("that is %s is refused", (_, auth) => {
    expect(problemsOf(() => check(withAuth(auth)))[0]).toMatch(
      /^server\.auth(\.mode)?: expected mode none, apiKeys or jwt$/,
    );
  });

  it.each(["127.0.0.1", "127.9.9.9", "localhost", "::1"])(
    "may be open to this machine at %s",
    (host) => {
      expect(check(withAuth({ mode: "none" }, host)).server.auth).toEqual({
        mode: "none",
        allowAnonymous: false,
      });
    },
  );

  it.each([
    "0.0.0.0",
    "::",
    "10.0.0.1",
    "shop.test",
    "localhost.shop.test",
    "127.0.0.1.shop.test",
    "127.0.0.1\n0.0.0.0",
  ])("must not be open to others at %j", (host) => {
    expect(problemsOf(() => check(withAuth({ mode: "none" }, host)))).toEqual([
      anonymous,
    ]);
  });

  it("sees the host that HOST sets", () => {
    expect(
      problemsOf(() => check(withAuth({ mode: "none" }), { HOST: "0.0.0.0" })),
    ).toEqual([anonymous]);
  });

  it("may be open where the file says so", () => {
    const auth = { mode: "none", allowAnonymous: true };
    expect(check(withAuth(auth, "0.0.0.0")).server.auth).toEqual(auth);
  });

  it.each(["true", 1, "yes"])(
    "refuses allowAnonymous: %j",
    (allowAnonymous) => {
      const auth = { mode: "none", allowAnonymous };
      expect(problemsOf(() => check(withAuth(auth, "0.0.0.0")))[0]).toMatch(
        /^server\.auth\.allowAnonymous: Invalid input: expected boolean/,
      );
    },
  );

  it("refuses keys of another mode", () => {
    const auth = { mode: "none", issuer: canary };
    expect(problemsOf(() => check(withAuth(auth)))).toEqual([
      'server.auth: Unrecognized key: "issuer"',
    ]);
  });
});

describe("access by API keys", () => {
  const key = { name: "router", sha256, scopes: ["read:groups"] };

  function withKeys(keys: unknown) {
    return withAuth({ mode: "apiKeys", keys }, "0.0.0.0");
  }

  it("takes keys with scopes and stores", () => {
    const keys = [
      { ...key, stores: ["cl-eu"] },
      {
        name: "all",
        sha256: "AB".repeat(32),
        scopes: ["read:groups", "read:customers", "debug"],
      },
      {
        name: "nobody",
        sha256: sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
        scopes: [],
        stores: [],
      },
    ];
    expect(check(withKeys(keys)).server.auth).toEqual({
      mode: "apiKeys",
      keys,
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      "a key in clear",
      { sha256: canary },
      "server.auth.keys[0].sha256: expected the SHA-256 of the key in 64 hexadecimal digits",
    ],
    [
      "half a hash",
      { sha256: sha256.slice(1) },
      "server.auth.keys[0].sha256: expected the SHA-256 of the key in 64 hexadecimal digits",
    ],
    [
      "a hash and a line break",
      { sha256: `${sha256}\n` },
      "server.auth.keys[0].sha256: expected the SHA-256 of the key in 64 hexadecimal digits",
    ],
    [
      "an unknown scope",
      { scopes: ["read:groups", canary] },
      "server.auth.keys[0].scopes[1]: expected read:groups, read:customers or debug",
    ],
    [
      "an unknown store",
      { stores: ["cl-eu", canary] },
      "server.auth.keys[0].stores[1]: expected the key of a store in stores",
    ],
    [
      "a key too much",
      { key: canary },
      'server.auth.keys[0]: Unrecognized key: "key"',
    ],
  ])("refuses %s, quoting nothing", (_, changes, problem) => {
    expect(problemsOf(() => check(withKeys([{ ...key, ...changes }])))).toEqual(
      [problem],
    );
  });

  it("refuses two keys with one hash or one name, quoting nothing", () => {
    const other = (digit: string) => digit.repeat(64);
    const { message, problems } = errorOf(() =>
      check(
        withKeys([
          key,
          { ...key, name: "again", sha256: sha256.toUpperCase() },
          { ...key, name: canary, sha256: other("1") },
          { ...key, name: canary, sha256: other("2") },
          { ...key, name: "once", sha256 },
        ]),
      ),
    );
    expect(problems).toEqual([
      {
        path: "server.auth.keys[3].name",
        message: "is the name of server.auth.keys[2] already; names are unique",
      },
      {
        path: "server.auth.keys[1].sha256",
        message:
          "is the hash of server.auth.keys[0] already; hashes are unique",
      },
      {
        path: "server.auth.keys[4].sha256",
        message:
          "is the hash of server.auth.keys[0] already; hashes are unique",
      },
    ]);
    expect(message.toLowerCase()).not.toContain(sha256);
    expect(message).not.toContain(canary);
  });

  it("refuses to have no key", () => {
    expect(problemsOf(() => check(withKeys([])))).toEqual([
      "server.auth.keys: expected at least one key",
    ]);
  });

  it.each(["name", "sha256", "scopes"])("refuses a key without %s", (name) => {
    expect(
      problemsOf(() => check(withKeys([{ ...key, [name]: undefined }])))[0],
    ).toMatch(`server.auth.keys[0].${name}: `);
  });
});

describe("access by tokens", () => {
  const jwt = {
    mode: "jwt",
    issuer: "https://issuer.test",
    audience: "clientele",
  };

  function withJwt(changes: Record<string, unknown>) {
    return withAuth({ ...jwt, ...changes }, "0.0.0.0");
  }

  it("takes a key set and a tolerance", () => {
    const jwksUrl = "https://issuer.test/keys?policy=1";
    const changes = { jwksUrl, clockToleranceSeconds: "${NOT_SET:-30}" };
    expect(check(withJwt(changes)).server.auth).toEqual({
      ...jwt,
      jwksUrl,
      clockToleranceSeconds: 30,
    });
  });

  it("takes public keys, and five seconds' tolerance", () => {
    expect(check(withJwt({ publicKeys: [publicPem] })).server.auth).toEqual({
      ...jwt,
      publicKeys: [publicPem],
      clockToleranceSeconds: 5,
    });
  });

  it("takes only tokens that name stores, where it says so", () => {
    const withClaim = (requireStoresClaim: unknown) =>
      check(withJwt({ publicKeys: [publicPem], requireStoresClaim }));
    expect(withClaim(true).server.auth).toMatchObject({
      requireStoresClaim: true,
    });
    expect(problemsOf(() => withClaim("yes"))).toEqual([
      "server.auth.requireStoresClaim: expected true or false",
    ]);
  });

  it("takes a public key in a YAML block", () => {
    const { server } = parse(stringify(withJwt({ publicKeys: [publicPem] })));
    expect(server.auth).toMatchObject({ publicKeys: [publicPem] });
  });

  it.each<[string, Record<string, unknown>]>([
    ["neither", {}],
    ["both", { jwksUrl: "https://issuer.test", publicKeys: [publicPem] }],
  ])("refuses to have %s key set nor keys", (_, changes) => {
    expect(problemsOf(() => check(withJwt(changes)))).toEqual([
      "server.auth: expected either jwksUrl or publicKeys",
    ]);
  });

  it.each<[string, unknown]>([
    ["a text", canary],
    ["a private key", privatePem],
    [
      "a broken key",
      `-----BEGIN PUBLIC KEY-----\n${canary}\n-----END PUBLIC KEY-----`,
    ],
    ["a label alone", "PUBLIC KEY"],
  ])("refuses %s as a public key", (_, pem) => {
    const { message } = errorOf(() => check(withJwt({ publicKeys: [pem] })));
    expect(message).toBe(
      "clientele.yaml: server.auth.publicKeys[0]: expected a public key in PEM form",
    );
  });

  it.each([
    "keys",
    "http://issuer.test/keys",
    "ftp://issuer.test/keys",
    "file:///keys",
    `javascript:${canary}`,
  ])("refuses the key set %s", (jwksUrl) => {
    expect(problemsOf(() => check(withJwt({ jwksUrl })))).toEqual([
      "server.auth.jwksUrl: expected an https URL",
    ]);
  });

  it.each(["http://127.0.0.1:1/keys", "http://[::1]:1/keys"])(
    "takes a local key set at %s",
    (jwksUrl) => {
      expect(check(withJwt({ jwksUrl })).server.auth).toMatchObject({
        jwksUrl,
      });
    },
  );

  it.each(["issuer", "audience"])("refuses to have no %s", (name) => {
    const changes = { publicKeys: [publicPem], [name]: undefined };
    expect(problemsOf(() => check(withJwt(changes)))[0]).toMatch(
      `server.auth.${name}: `,
    );
  });
});
