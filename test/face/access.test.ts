import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync } from "node:crypto";
import { type IncomingHttpHeaders, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SignJWT } from "jose";
import { checkConfig } from "../../src/config/load-config";
import { platforms } from "../../src/platforms/registry";
import { type EcwidSandboxServer, ecwidSandbox } from "../../src/sandbox/ecwid";
import { type Clientele, startClientele } from "../support/clientele";
import { whenCalm } from "../support/when-calm";

const sha256 = (key: string) => createHash("sha256").update(key).digest("hex");

/** Who is let in, and what of a caller goes further. */
describe("access", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;
  const auth = {
    mode: "apiKeys",
    keys: ["old-key", "new-key"].map((key) => ({
      name: `router, ${key}`,
      sha256: sha256(key),
      scopes: ["read:groups", "read:customers"],
    })),
  };

  beforeAll(async () => {
    sandbox = await ecwidSandbox.start({});
    clientele = await startClientele([{ server: sandbox }], { auth });
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(clientele.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  const customers = JSON.stringify({
    query: "{ customers(first: 1) { nodes { email } } }",
  });

  it.each([
    ["a query", customers],
    ["`_service`", JSON.stringify({ query: "{ _service { sdl } }" })],
    [
      "`_entities`",
      JSON.stringify({
        query: "{ _entities(representations: []) { __typename } }",
      }),
    ],
    [
      "introspection",
      JSON.stringify({ query: "{ __schema { types { name } } }" }),
    ],
    // Whoever has no key is not told whether a document is right.
    ["a wrong document", JSON.stringify({ query: "{" })],
    ["no JSON at all", "{{{{"],
  ])("A1 answers %s without a key by 401 alone", async (_title, body) => {
    for (const headers of [{}, { authorization: "Bearer wrong-key" }]) {
      const response = await post(body, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.json()).toEqual({
        errors: [
          {
            message: expect.any(String),
            extensions: { code: "UNAUTHENTICATED" },
          },
        ],
      });
    }
    expect(sandbox.journal.requests()).toEqual([]);
  });

  it("A1 asks no key for health, readiness and metrics", async () => {
    await whenCalm(clientele.url);
    for (const path of ["/healthz", "/readyz", "/metrics"]) {
      const response = await fetch(new URL(path, clientele.url));
      expect(response.status).toBe(200);
      await response.text();
    }
  });

  it("A2 takes either of two keys during rotation", async () => {
    for (const key of ["old-key", "new-key"]) {
      const response = await post(customers, {
        authorization: `Bearer ${key}`,
      });
      expect(await response.json()).not.toHaveProperty("errors");
    }
  });

  describe("Q1 hints at no name of a hidden schema", () => {
    let closed: Clientele;
    beforeAll(async () => {
      closed = await startClientele([{ server: sandbox }], {
        introspection: false,
        auth: {
          mode: "apiKeys",
          keys: [
            { name: "nobody", sha256: sha256("no-scope-key"), scopes: [] },
          ],
        },
      });
    });
    afterAll(() => closed.stop());

    const listed = "{ nodes { __typename } }";
    it.each<[string, string, Readonly<Record<string, unknown>>?]>([
      ["a field", "{ stors { key } }"],
      ["a field without its own", "{ stores }"],
      ["a field of another type", '{ node(id: "x") { email } }'],
      ["an argument", '{ store(kei: "a") { key } }'],
      ["a type", "{ stores { ... on Stor { key } } }"],
      ["a directive's argument", "{ stores @skip(iff: true) { key } }"],
      [
        "a field of an input in the document",
        `{ customers(filter: { emial: "a" }) ${listed} }`,
      ],
      [
        "an enum value in the document",
        `{ customers(filter: { platforms: [ECWIDD] }) ${listed} }`,
      ],
      [
        "a text for an enum value",
        `{ customers(filter: { platforms: ["ECWIDD"] }) ${listed} }`,
      ],
      [
        "a type of a variable",
        `query ($v: CustomerFilte) { customers(filter: $v) ${listed} }`,
      ],
      [
        "a variable",
        `query ($v: CustomerFilter) { customers(filter: $v) ${listed} }`,
        { v: { emial: 1 } },
      ],
      [
        "a variable that several names are near to",
        `query ($v: CustomerGroupFilter) { customerGroups(filter: $v) ${listed} }`,
        { v: { names: 1, dAt: 1, isGroupForGuest: 1 } },
      ],
      [
        "a deep variable",
        `query ($v: CustomerFilter) { customers(filter: $v) ${listed} }`,
        { v: { createdAt: { mon: "2024-01-01T00:00:00Z" } } },
      ],
      [
        "an enum value in a variable",
        `query ($v: [Platform!]) { customers(filter: { platforms: $v }) ${listed} }`,
        { v: ["ECWIDD", "BIG_COMMERCE", 1, { a: 1 }] },
      ],
      [
        "a variable whose message is cut within the hint",
        `query ($v: CustomerFilter) { customers(filter: $v) ${listed} }`,
        { v: { emial: "a".repeat(384) } },
      ],
    ])("near %s", async (_title, query, variables = {}) => {
      const ask = async (server: Clientele, key: string) => {
        const { errors = [] } = await server.send(query, variables, {
          authorization: `Bearer ${key}`,
        });
        return errors.map(({ message }) => message);
      };
      const messages = await ask(closed, "no-scope-key");
      expect(messages.length).toBeGreaterThan(0);
      expect(messages.join("\n")).not.toMatch(/did you mean/i);
      // The same words else, with the hint where the schema is shown.
      const open = await ask(clientele, "new-key");
      expect(
        open.map((message) => message.replace(/ Did you mean .*$/, "")),
      ).toEqual(messages);
    });

    it("where an open one hints", async () => {
      const { errors } = await clientele.send(
        `query ($v: CustomerFilter) { customers(filter: $v) ${listed} }`,
        { v: { emial: 1 } },
        { authorization: "Bearer new-key" },
      );
      expect(errors![0]!.message).toMatch(/Did you mean "email"\?$/);
    });
  });

  describe("by tokens that name no stores", () => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const storesOf = async (
      claims: Readonly<Record<string, unknown>>,
      settings: Readonly<Record<string, unknown>>,
    ) => {
      const other = await startClientele([{ server: sandbox }], {
        auth: {
          mode: "jwt",
          issuer: "https://issuer.test",
          audience: "clientele",
          publicKeys: [pair.publicKey.export({ type: "spki", format: "pem" })],
          ...settings,
        },
      });
      const token = await new SignJWT({ scope: "read:groups", ...claims })
        .setProtectedHeader({ alg: "ES256" })
        .setIssuer("https://issuer.test")
        .setAudience("clientele")
        .setExpirationTime("1h")
        .sign(pair.privateKey);
      const { status, data } = await other.send(
        "{ stores { key } }",
        {},
        { authorization: `Bearer ${token}` },
      );
      await other.stop();
      return status === 200 ? (data.stores as { key: string }[]) : status;
    };
    const all = [{ key: "ecwid-demo" }];

    it.each([
      ["no claim", {}, {}, all],
      ["no claim", {}, { requireStoresClaim: false }, all],
      ["no claim", {}, { requireStoresClaim: true }, 401],
      [
        "a store's key",
        { clientele_stores: ["ecwid-demo"] },
        { requireStoresClaim: true },
        all,
      ],
      [
        "another's key",
        { clientele_stores: ["elsewhere"] },
        { requireStoresClaim: true },
        [],
      ],
      [
        "no list",
        { clientele_stores: "ecwid-demo" },
        { requireStoresClaim: true },
        [],
      ],
    ])("with %s in %j, under %j", async (_title, claims, settings, stores) => {
      expect(await storesOf(claims, settings)).toEqual(stores);
    });
  });

  it("S11 lets only a caller with a policy keep answers", async () => {
    const other = await startClientele([{ server: sandbox }], {
      auth: {
        ...auth,
        keys: [
          ...auth.keys,
          {
            name: "storefront",
            sha256: sha256("caching-key"),
            scopes: ["read:groups"],
            cacheMaxAgeSeconds: 60,
          },
        ],
      },
    });
    const ask = async (key: string, query: string) => {
      const { headers } = await fetch(other.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${key}`,
        },
        body: JSON.stringify({ query }),
      });
      return [headers.get("cache-control"), headers.get("vary")];
    };
    const groups = "{ customerGroups(first: 1) { nodes { name } } }";
    expect(await ask("caching-key", groups)).toEqual([
      "private, max-age=60",
      "authorization",
    ]);
    expect(await ask("new-key", groups)).toEqual(["no-store", null]);
    // An answer with an error is not kept.
    for (const query of ["{ customers { totalCount } }", "{", "{ nothing }"]) {
      expect((await ask("caching-key", query))[0]).toBe("no-store");
    }
    await other.stop();
  });

  it("A7 sends no header of the caller to a platform", async () => {
    const received: IncomingHttpHeaders[] = [];
    const recorder = createServer((request, response) => {
      received.push(request.headers);
      response.setHeader("content-type", "application/json");
      response.setHeader("set-cookie", "session=upstream; Path=/");
      response.end('{"total":0,"count":0,"offset":0,"limit":1,"items":[]}');
    });
    await new Promise<void>((resolve) =>
      recorder.listen(0, "127.0.0.1", resolve),
    );
    const { port } = recorder.address() as AddressInfo;
    const other = await startClientele(
      [
        {
          server: sandbox,
          settings: { baseUrl: `http://127.0.0.1:${port}` },
        },
      ],
      { auth },
    );
    for (let round = 0; round < 2; round += 1) {
      const response = await fetch(other.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: "Bearer new-key",
          cookie: "session=canary",
          "x-forwarded-for": "203.0.113.7",
          "x-forwarded-host": "canary.test",
          forwarded: "for=canary",
          traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01`,
          baggage: "user=canary",
          "x-custom": "canary",
          "user-agent": "canary",
        },
        body: customers,
      });
      expect(await response.json()).toEqual({
        data: { customers: { nodes: [] } },
      });
    }
    expect(received).toHaveLength(2);
    for (const headers of received) {
      expect(Object.keys(headers).sort()).toEqual([
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "host",
      ]);
      expect(headers.host).toBe(`127.0.0.1:${port}`);
      expect(JSON.stringify(headers)).not.toMatch(/canary|new-key|203\.0/);
    }
    await other.stop();
    recorder.closeAllConnections();
    recorder.close();
  });

  it.each([
    [
      "the client's credential",
      {},
      { clientele: { authorization: "Bearer client" } },
    ],
    [
      "the gateway's own key, where it has one",
      { CLIENTELE_KEY: "own" },
      { clientele: { authorization: "Bearer own" } },
    ],
  ])("A7 is sent %s by the gateway alone", (_title, environment, expected) => {
    const file = resolve(__dirname, "../../deploy/gateway/gateway.config.mjs");
    const code = `
      const { gatewayConfig } = await import(${JSON.stringify(pathToFileURL(file).href)});
      const { fromClientToSubgraphs } = gatewayConfig.propagateHeaders;
      const request = new Request("http://gateway.test/", { headers: { authorization: "Bearer client" } });
      const sent = ["clientele", "loyalty"].map((subgraphName) => [subgraphName, fromClientToSubgraphs({ request, subgraphName })]);
      console.log(JSON.stringify(Object.fromEntries(sent)));`;
    const output = execFileSync(
      process.execPath,
      ["--input-type=module", "--eval", code],
      { env: { PATH: process.env["PATH"], ...environment }, encoding: "utf8" },
    );
    expect(JSON.parse(output)).toEqual(expected);
  });

  it.each([
    ["0.0.0.0", {}],
    ["::", {}],
    ["192.0.2.1", {}],
    ["clientele.example", {}],
    ["127.0.0.1", { HOST: "0.0.0.0" }],
  ])("refuses to start open on %s with %j", (host, environment) => {
    const config = (more = {}) =>
      checkConfig(
        {
          server: { host, auth: { mode: "none", ...more } },
          stores: [
            {
              key: "acme",
              platform: sandbox.platform,
              ...sandbox.storeSettings,
            },
          ],
        },
        "test",
        { environment, platforms },
      );
    expect(() => config()).toThrow(/server\.auth\.mode: none would show/);
    expect(() => config({ allowAnonymous: true })).not.toThrow();
  });
});
