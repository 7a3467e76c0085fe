import { createHash } from "node:crypto";
import {
  type IncomingHttpHeaders,
  type Server,
  createServer,
  request,
} from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { createExplorer } from "../../src/server/explorer";
import { RefusedRequest } from "../../src/server/read-request-body";
import { type Clientele, startClientele } from "../support/clientele";

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As `fetch`, but with no header and no change of the path of its own. */
function ask(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        });
    })
      .on("error", reject)
      .end();
  });
}

const browser =
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

describe("explorer", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(clientele.url, path, headers);
  const page = () => get("/graphql", { accept: browser });
  const filesOf = ({ body }: Raw) =>
    [...body.toString().matchAll(/(?:href|src)="([^"]+)"/g)].map(
      ([, path = ""]) => new URL(path, clientele.url).pathname,
    );

  describe("at /graphql", () => {
    it.each([
      [browser, "text/html"],
      ["text/html", "text/html"],
      ["text/*", "text/html"],
      ["text/html, application/json", "text/html"],
      ["text/html, */*;q=0.1", "text/html"],
      ["application/json;q=0.9, text/html", "text/html"],
      ["text/html;q=0.8, application/json;q=0.7", "text/html"],
      ["application/json, text/html", "application/json"],
      [
        "application/graphql-response+json, text/html",
        "application/graphql-response+json",
      ],
      ["text/html;q=0.5, application/json", "application/json"],
      [
        "text/html;q=0.5, application/graphql-response+json",
        "application/graphql-response+json",
      ],
      ["text/html;q=0, */*", "application/json"],
      ["*/*", "application/json"],
      ["application/json", "application/json"],
      ["image/png", "application/json"],
      ["", "application/json"],
    ])("answers Accept %j with %s", async (accept, type) => {
      const { status, headers } = await get("/graphql", {
        accept,
        // So that Apollo Server takes it for no form of another site.
        "apollo-require-preflight": "true",
      });
      expect(headers["content-type"]?.split(";")[0]).toBe(type);
      // Without an operation there is nothing to answer but the page.
      expect(status < 400).toBe(type === "text/html");
      expect(headers.vary).toBe("accept");
    });

    it("answers no Accept at all as before", async () => {
      const { status, headers } = await get("/graphql");
      expect([status, headers.vary]).toEqual([400, "accept"]);
    });

    it("answers an operation in the address with data", async () => {
      const { headers, body } = await get(
        "/graphql?query=%7Bstores%7Bkey%7D%7D",
        {
          accept: browser,
          "apollo-require-preflight": "true",
        },
      );
      expect(headers["content-type"]).toMatch(/^application\/json/);
      expect(JSON.parse(body.toString())).toEqual({
        data: { stores: [{ key: sandbox.storeKey }] },
      });
    });

    it("shows the page whatever else the address says", async () => {
      const { status, headers } = await get("/graphql?from=bookmark", {
        accept: browser,
      });
      expect([status, headers["content-type"]]).toEqual([
        200,
        "text/html; charset=utf-8",
      ]);
    });

    it("leaves POST to GraphQL", async () => {
      const answer = await clientele.send(
        "{ stores { key } }",
        {},
        { accept: browser },
      );
      expect(answer.data).toEqual({ stores: [{ key: sandbox.storeKey }] });
    });

    it("answers HEAD with the page's headers alone", async () => {
      const { status, headers, body } = await ask(
        clientele.url,
        "/graphql",
        { accept: browser },
        "HEAD",
      );
      expect([status, body.length]).toEqual([200, 0]);
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(Number(headers["content-length"])).toBe(
        (await page()).body.length,
      );
    });

    it("is on no other path", async () => {
      for (const path of ["/", "/graphql/", "/explorer", "/graphqlx"]) {
        expect((await get(path, { accept: browser })).status).toBe(404);
      }
    });
  });

  describe("page", () => {
    it("lets nothing in from elsewhere", async () => {
      const { headers } = await page();
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      const policy = String(headers["content-security-policy"]);
      expect(policy.replace(/'nonce-[\w+/]{22}=='/, "NONCE")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' NONCE; " +
          "img-src 'self' data:; connect-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'",
      );
    });

    it("has a new nonce in every answer", async () => {
      const nonces = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const { headers, body } = await page();
          const [, nonce] =
            /nonce-([^']+)'/.exec(String(headers["content-security-policy"])) ??
            [];
          expect(body.toString()).toContain(`nonce="${nonce}"`);
          return nonce;
        }),
      );
      expect(new Set(nonces).size).toBe(5);
    });

    it("has neither script nor style inside", async () => {
      const text = (await page()).body.toString();
      expect(text).not.toMatch(/<style|style=|<script(?![^>]* src=)| on\w+=/);
      expect(text).toContain("<title>Clientele</title>");
    });

    it("names files that are all there", async () => {
      const files = filesOf(await page());
      expect(files.map((file) => file.replace(/-\w{8}\./, "."))).toEqual([
        "/graphql/explorer/icon.svg",
        "/graphql/explorer/explorer.css",
        "/graphql/explorer/main.js",
      ]);
      for (const file of files) {
        expect((await get(file)).status).toBe(200);
      }
    });
  });

  describe("file", () => {
    const script = async () =>
      filesOf(await page()).find((file) => file.endsWith(".js")) ?? "";

    it("may be kept for ever", async () => {
      for (const file of filesOf(await page())) {
        const { headers } = await get(file);
        expect(headers).toMatchObject({
          "cache-control": "public, max-age=31536000, immutable",
          "x-content-type-options": "nosniff",
          vary: "accept-encoding",
        });
      }
    });

    it("has the type of its name", async () => {
      const types = await Promise.all(
        filesOf(await page()).map(
          async (file) => (await get(file)).headers["content-type"],
        ),
      );
      expect(types).toEqual([
        "image/svg+xml",
        "text/css; charset=utf-8",
        "text/javascript; charset=utf-8",
      ]);
    });

    it.each([
      ["gzip, deflate, br, zstd", "br"],
      ["gzip", "gzip"],
      ["br;q=0.5, gzip", "gzip"],
      ["*", "br"],
      ["br;q=0, *", "gzip"],
      ["identity, br;q=0.1", undefined],
      ["identity", undefined],
      ["zstd", undefined],
      ["", undefined],
    ])("is packed for %j as %j", async (accepted, expected) => {
      const file = await script();
      const plain = (await get(file)).body;
      const { headers, body } = await get(file, {
        "accept-encoding": accepted,
      });
      expect(headers["content-encoding"]).toBe(expected);
      expect(Number(headers["content-length"])).toBe(body.length);
      const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
      const unpacked = expected
        ? unpack[expected as keyof typeof unpack](body)
        : body;
      expect(unpacked.equals(plain)).toBe(true);
      if (expected) expect(body.length).toBeLessThan(plain.length / 2);
    });

    it("answers HEAD without a body", async () => {
      const file = await script();
      const { status, headers, body } = await ask(
        clientele.url,
        file,
        {},
        "HEAD",
      );
      expect([status, body.length]).toEqual([200, 0]);
      expect(Number(headers["content-length"])).toBe(
        (await get(file)).body.length,
      );
    });

    it("can only be read", async () => {
      const { status, headers } = await ask(
        clientele.url,
        await script(),
        {},
        "POST",
      );
      expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
    });

    it.each([
      "",
      "page.html",
      ".built-from",
      "nothing.js",
      "main.js",
      "../main.js",
      "../../package.json",
      "../../../../../etc/passwd",
      "..%2f..%2fpackage.json",
      "%2e%2e/%2e%2e/package.json",
      "..\\..\\package.json",
      "/etc/passwd",
      "__proto__",
      "constructor",
      "%00",
      "%",
    ])("is not found under the name %j", async (name) => {
      const { status, headers, body } = await get(`/graphql/explorer/${name}`);
      expect([status, headers["cache-control"]]).toEqual([404, "no-store"]);
      expect(JSON.parse(body.toString())).toMatchObject({
        errors: [{ extensions: { code: "BAD_REQUEST" } }],
      });
    });

    it("is not found by its packed name", async () => {
      const file = await script();
      for (const suffix of [".br", ".gz"]) {
        expect((await get(file + suffix)).status).toBe(404);
      }
    });
  });

  describe("with keys", () => {
    let guarded: Clientele;

    beforeAll(async () => {
      const sha256 = createHash("sha256").update("a key").digest("hex");
      guarded = await startClientele([{ server: sandbox }], {
        auth: {
          mode: "apiKeys",
          keys: [{ name: "somebody", sha256, scopes: [] }],
        },
      });
    });
    afterAll(() => guarded.stop());

    it("is open, with its files, to everybody", async () => {
      const shown = await ask(guarded.url, "/graphql", { accept: browser });
      expect(shown.status).toBe(200);
      for (const file of filesOf(shown)) {
        expect((await ask(guarded.url, file)).status).toBe(200);
      }
    });

    it("opens nothing else", async () => {
      const answer = await guarded.send("{ stores { key } }");
      expect(answer.status).toBe(401);
      expect(
        (
          await ask(guarded.url, "/graphql?query={stores{key}}", {
            accept: browser,
          })
        ).status,
      ).toBe(401);
    });
  });

  describe("switched off", () => {
    const sentence =
      "The explorer is switched off on this server; programs send their operations here by POST.\n";
    let without: Clientele;
    let guarded: Clientele;

    beforeAll(async () => {
      without = await startClientele([{ server: sandbox }], {
        explorer: false,
      });
      guarded = await startClientele([{ server: sandbox }], {
        explorer: false,
        auth: {
          mode: "apiKeys",
          keys: [{ name: "nobody", sha256: "0".repeat(64), scopes: [] }],
        },
      });
    });
    afterAll(async () => {
      await without.stop();
      await guarded.stop();
    });

    it.each([browser, "text/html", "text/html, */*;q=0.1"])(
      "tells people so, and nothing else, for Accept %j",
      async (accept) => {
        for (const { url } of [without, guarded]) {
          for (const path of ["/graphql", "/graphql?from=bookmark"]) {
            const shown = await ask(url, path, { accept });
            expect([shown.status, shown.body.toString()]).toEqual([
              404,
              sentence,
            ]);
            expect(shown.headers).toMatchObject({
              "content-type": "text/plain; charset=utf-8",
              "content-length": String(sentence.length),
              "cache-control": "no-store",
              "x-content-type-options": "nosniff",
              vary: "accept",
            });
            expect(shown.headers["www-authenticate"]).toBeUndefined();
          }
        }
      },
    );

    it("answers HEAD with the headers alone", async () => {
      const { status, headers, body } = await ask(
        without.url,
        "/graphql",
        { accept: browser },
        "HEAD",
      );
      expect([status, body.length]).toEqual([404, 0]);
      expect(headers["content-length"]).toBe(String(sentence.length));
    });

    it.each(["", "*/*", "application/json", "application/json, text/html"])(
      "answers Accept %j as ever",
      async (accept) => {
        const headers = { accept, "apollo-require-preflight": "true" };
        const shown = await ask(without.url, "/graphql", headers);
        expect(shown.status).toBe(400);
        expect(shown.headers["content-type"]).toMatch(/^application\/json/);
        expect((await ask(guarded.url, "/graphql", headers)).status).toBe(401);
      },
    );

    it("answers operations as ever, whoever sends them", async () => {
      const { headers, body } = await ask(
        without.url,
        "/graphql?query=%7Bstores%7Bkey%7D%7D",
        { accept: browser, "apollo-require-preflight": "true" },
      );
      expect(headers["content-type"]).toMatch(/^application\/json/);
      expect(JSON.parse(body.toString())).toEqual({
        data: { stores: [{ key: sandbox.storeKey }] },
      });
      const posted = await without.send(
        "{ stores { key } }",
        {},
        { accept: browser },
      );
      expect(posted.data).toEqual({ stores: [{ key: sandbox.storeKey }] });
    });

    it("has no files", async () => {
      for (const file of filesOf(await page())) {
        expect((await ask(without.url, file)).status).toBe(404);
      }
    });
  });

  it("says how to build what is not built", async () => {
    const explorer = createExplorer("nowhere");
    let thrown: unknown;
    const server: Server = createServer((incoming, outgoing) => {
      try {
        explorer.answer(incoming, outgoing, "/graphql", "");
      } catch (error) {
        thrown = error;
      }
      outgoing.end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    await ask(`http://127.0.0.1:${port}`, "/graphql", { accept: browser });
    await new Promise((resolve) => server.close(resolve));
    expect(thrown).toBeInstanceOf(RefusedRequest);
    expect(thrown).toMatchObject({
      status: 503,
      message: "The explorer is not built: npm run build makes it.",
    });
  });
});
