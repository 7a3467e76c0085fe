import { createHash } from "node:crypto";
import { type IncomingHttpHeaders, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { checkConfig } from "../../src/config/load-config";
import { platforms } from "../../src/platforms/registry";
import { type EcwidSandboxServer, ecwidSandbox } from "../../src/sandbox/ecwid";
import { type Clientele, startClientele } from "../support/clientele";

const sha256 = (key: string) => createHash("sha256").update(key).digest("hex");

/** Who is let in, and what of a caller goes further. */
describe("access", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;
  const auth = {
    mode: "apiKeys",
    keys: ["old-key", "new-key"].map((key) => ({
      name: "router",
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
