import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { SignJWT, exportJWK } from "jose";
import { type EcwidSandboxServer, ecwidSandbox } from "../../src/sandbox/ecwid";
import { type HttpApp, createHttpApp } from "../../src/server/http-app";
import { createMetrics } from "../../src/server/metrics";
import { createOverload } from "../../src/server/overload";
import {
  type OperationLine,
  createReport,
} from "../../src/server/report-operations";
import { maxRefusalLines } from "../../src/server/refusal-lines";
import { type Clientele, startClientele } from "../support/clientele";
import { readMetrics } from "./metrics-page";

const sha256 = (key: string) => createHash("sha256").update(key).digest("hex");

async function waitUntil(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > 10_000)
      throw new Error("It never holds.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What is turned away before an operation is run, and what tells of it. */
describe("what is refused", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;

  beforeEach(async () => {
    sandbox = await ecwidSandbox.start({});
    clientele = await startClientele([{ server: sandbox }], {
      auth: {
        mode: "apiKeys",
        keys: [
          { name: "storefront", sha256: sha256("canary-key"), scopes: [] },
        ],
      },
    });
  });
  afterEach(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const known = { authorization: "Bearer canary-key" };
  const ask = async (
    init: RequestInit,
    path = "/graphql",
  ): Promise<{ status: number; body: any }> => {
    const response = await fetch(new URL(path, clientele.url), {
      method: "POST",
      ...init,
      headers: { "content-type": "application/json", ...init.headers },
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  };
  const lines = (): any[] =>
    clientele.log.map((line) => JSON.parse(line) as object);

  const refused = (status: number, code: string, caller?: string) => ({
    level: 30,
    time: expect.any(Number) as number,
    msg: "operation",
    operation: { name: null, type: null, hash: null },
    ...(caller ? { caller } : {}),
    ms: expect.any(Number) as number,
    errors: { [code]: 1 },
    upstream: { requests: 0, bytes: 0, byStore: {} },
    refused: status,
  });

  const query = (text: string) => JSON.stringify({ query: text });
  it.each<[string, RequestInit, number, string, string | undefined]>([
    ["nobody", { body: query("{ a }") }, 401, "UNAUTHENTICATED", undefined],
    [
      "a wrong key",
      {
        headers: { authorization: "Bearer canary-wrong" },
        body: query("{ a }"),
      },
      401,
      "UNAUTHENTICATED",
      undefined,
    ],
    [
      "no JSON",
      { headers: known, body: "{ canary" },
      400,
      "BAD_REQUEST",
      "storefront",
    ],
    [
      "too much",
      { headers: known, body: "canary".repeat(50_000) },
      413,
      "BAD_REQUEST",
      "storefront",
    ],
    [
      "an odd encoding",
      { headers: { ...known, "content-encoding": "zstd" }, body: "canary" },
      415,
      "BAD_REQUEST",
      "storefront",
    ],
    ["nothing", { headers: known, body: "" }, 400, "BAD_REQUEST", "storefront"],
    [
      "no query",
      { headers: known, body: "{}" },
      400,
      "BAD_REQUEST",
      "storefront",
    ],
    [
      "a batch",
      { headers: known, body: `[${query("{ canary }")}]` },
      400,
      "BAD_REQUEST",
      "storefront",
    ],
    [
      "another media type",
      {
        headers: { ...known, "content-type": "text/plain" },
        body: query("{ canary }"),
      },
      400,
      "BAD_REQUEST",
      "storefront",
    ],
    [
      "another method",
      { method: "PUT", headers: known, body: "canary" },
      405,
      "BAD_REQUEST",
      undefined,
    ],
  ])("is counted and logged: %s", async (_, init, status, code, caller) => {
    const answer = await ask(init);
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toMatchObject([{ extensions: { code } }]);
    expect(lines()).toEqual([refused(status, code, caller)]);
    expect(clientele.log.join("")).not.toContain("canary");
    const page = await readMetrics(clientele.url);
    const name = "clientele_requests_refused_total";
    expect(page.by("code", name)).toEqual({ [code]: 1 });
    expect(page.by("status", name)).toEqual({ [status]: 1 });
    expect(page.by("code", "clientele_errors_total")).toEqual({ [code]: 1 });
    expect(page.value("clientele_operation_duration_seconds_count")).toBe(0);
    expect(page.value("clientele_operations_running")).toBe(0);
    expect(sandbox.journal.requests()).toEqual([]);
  });

  it("is counted where a body breaks off", async () => {
    const socket = connect(Number(new URL(clientele.url).port));
    socket.write(
      "POST /graphql HTTP/1.1\r\nhost: a\r\nauthorization: Bearer canary-key\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    );
    const read = () => readMetrics(clientele.url);
    await waitUntil(
      async () => (await read()).value("clientele_operations_running") === 1,
    );
    socket.destroy();
    await waitUntil(
      async () => (await read()).value("clientele_operations_running") === 0,
    );
    await waitUntil(() => lines().length === 1);
    expect(lines()).toEqual([refused(400, "BAD_REQUEST", "storefront")]);
  });

  it("has no line where it asked for no operation", async () => {
    expect((await ask({ headers: known }, "/nowhere")).status).toBe(404);
    expect(lines()).toEqual([]);
    const page = await readMetrics(clientele.url);
    expect(page.by("status", "clientele_requests_refused_total")).toEqual({
      "404": 1,
    });
  });

  it("is seen from the start in metrics, so that rates see the first", async () => {
    const text = await (await fetch(new URL("/metrics", clientele.url))).text();
    for (const sample of [
      'clientele_requests_refused_total{code="UNAUTHENTICATED",status="401"} 0',
      'clientele_requests_refused_total{code="BAD_REQUEST",status="413"} 0',
      'clientele_requests_refused_total{code="SERVICE_UNAVAILABLE",status="503"} 0',
      'clientele_errors_total{code="BAD_REQUEST"} 0',
      'clientele_errors_total{code="SERVICE_UNAVAILABLE"} 0',
      'clientele_jwks_fetches_total{outcome="timeout"} 0',
    ]) {
      expect(text).toContain(`${sample}\n`);
    }
  });

  it("fills no log, however much it is", async () => {
    const count = 100;
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: count }, () => ask({ body: query("{ a }") })),
    );
    const seconds = Math.ceil((performance.now() - startedAt) / 1_000) + 1;
    const told = () =>
      lines().reduce(
        (total, { errors }) => total + (errors.UNAUTHENTICATED as number),
        0,
      );
    // The last of them are told when their second is over.
    await waitUntil(() => told() === count);
    const summaries = lines().filter(({ msg }) => msg === "operations refused");
    expect(summaries.length).toBeGreaterThan(0);
    expect(summaries[0]).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: "operations refused",
      errors: { UNAUTHENTICATED: expect.any(Number) },
    });
    expect(lines().length).toBeLessThanOrEqual(seconds * (maxRefusalLines + 1));
    const page = await readMetrics(clientele.url);
    expect(page.value("clientele_requests_refused_total")).toBe(count);
  });

  it("is told to the last when the server stops", async () => {
    const count = 3 * maxRefusalLines;
    await Promise.all(
      Array.from({ length: count }, () => ask({ body: query("{ a }") })),
    );
    await clientele.stop();
    const told = lines().map(({ errors }) => errors.UNAUTHENTICATED as number);
    expect(told.reduce((total, each) => total + each)).toBe(count);
  });

  it("can be left out of the log", async () => {
    const silent = await startClientele([{ server: sandbox }], {
      logOperations: false,
    });
    const response = await fetch(silent.url, { method: "PUT" });
    expect(response.status).toBe(405);
    expect(silent.log).toEqual([]);
    await silent.stop();
  });
});

/** Faults of our own outside of any operation. */
describe("an error that nobody foresaw", () => {
  let app: HttpApp;
  let url: string;
  const lines: OperationLine[] = [];
  const masked: unknown[] = [];
  const overload = createOverload({ maxOperations: 1 });
  const metrics = createMetrics({ stores: () => [], overload });

  beforeAll(async () => {
    app = createHttpApp({
      answer: () => Promise.reject(new TypeError("canary")),
      report: createReport({
        metrics,
        write: (line) => lines.push(line),
        namesCallers: true,
      }),
      reportMasked: (error) => {
        masked.push(error);
        return "the-id";
      },
      stores: [],
      authenticate: () =>
        Promise.resolve({ name: "router", scopes: new Set() }),
      metrics,
      operationTimeoutMs: 1_000,
      coalesces: false,
      overload,
    });
    await new Promise<void>((resolve) => {
      app.server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = app.server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/graphql`;
  });
  afterAll(() => {
    overload.stop();
    app.server.closeAllConnections();
    app.server.close();
  });

  it("is masked, with an id that is reported too", async () => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ a }" }),
    });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: expect.stringContaining("Give the id to its operator"),
          extensions: { code: "INTERNAL_SERVER_ERROR", id: "the-id" },
        },
      ],
    });
    expect(text).not.toContain("canary");
    expect(masked).toEqual([new TypeError("canary")]);
    expect(lines).toMatchObject([
      { caller: "router", refused: 500, errors: { INTERNAL_SERVER_ERROR: 1 } },
    ]);
    const page = await readMetrics(url);
    expect(
      page.value("clientele_errors_total", { code: "INTERNAL_SERVER_ERROR" }),
    ).toBe(1);
    expect(overload.running).toBe(0);
  });
});

describe("while the issuer's keys cannot be had", () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let behaviour: "ok" | "garbage" | "redirect" | "hang" = "ok";
  let jwk: object;
  const issuer = createServer((_, response) => {
    if (behaviour === "hang") return;
    if (behaviour === "redirect") {
      response.writeHead(302, { location: "/canary" }).end();
      return;
    }
    response.end(
      behaviour === "garbage" ? "<canary>" : JSON.stringify({ keys: [jwk] }),
    );
  });
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    jwk = await exportJWK(pair.publicKey);
    await new Promise<void>((resolve) => {
      issuer.listen(0, "127.0.0.1", resolve);
    });
    sandbox = await ecwidSandbox.start({});
  });
  beforeEach(async () => {
    const { port } = issuer.address() as AddressInfo;
    clientele = await startClientele([{ server: sandbox }], {
      maxOperations: 5,
      auth: {
        mode: "jwt",
        issuer: "https://issuer.test",
        audience: "clientele",
        jwksUrl: `http://127.0.0.1:${port}/keys`,
      },
    });
  });
  afterEach(() => clientele.stop());
  afterAll(async () => {
    await sandbox.close();
    issuer.closeAllConnections();
    issuer.close();
  });

  const ask = async () =>
    clientele.send("{ stores { key } }", undefined, {
      authorization: `Bearer ${await new SignJWT({ sub: "canary" })
        .setProtectedHeader({ alg: "ES256" })
        .setIssuer("https://issuer.test")
        .setAudience("clientele")
        .setExpirationTime("1h")
        .sign(pair.privateKey)}`,
    });
  const said = () =>
    clientele.log.map(
      (line) => JSON.parse(line) as { level: number; msg: string },
    );

  it.each(["garbage", "redirect"] as const)(
    "it is counted and logged, and again when they can: %s",
    async (fault) => {
      behaviour = fault;
      expect((await ask()).errors).toMatchObject([
        { extensions: { code: "SERVICE_UNAVAILABLE" } },
      ]);
      // Others are told so at once.
      expect((await ask()).status).toBe(503);
      const broken = await readMetrics(clientele.url);
      expect(broken.by("outcome", "clientele_jwks_fetches_total")).toEqual({
        unusable: 1,
      });
      expect(broken.by("code", "clientele_requests_refused_total")).toEqual({
        SERVICE_UNAVAILABLE: 2,
      });
      expect(said()).toMatchObject([
        {
          level: 40,
          msg: "the issuer's keys cannot be fetched",
          outcome: "unusable",
        },
        { level: 30, msg: "operation", refused: 503 },
        { level: 30, msg: "operation", refused: 503 },
      ]);
      behaviour = "ok";
      await waitUntil(async () => (await ask()).status === 200);
      expect(said().filter(({ msg }) => msg.includes("again"))).toHaveLength(1);
      expect(clientele.log.join("")).not.toMatch(/canary/);
      const page = await readMetrics(clientele.url);
      expect(
        page.value("clientele_jwks_fetches_total", { outcome: "ok" }),
      ).toBe(1);
    },
  );

  it("few wait, the rest are told so at once, and no place is taken", async () => {
    behaviour = "hang";
    let waiting = 40;
    const crowd = Array.from({ length: waiting }, async () => {
      const { status } = await ask();
      waiting -= 1;
      return status;
    });
    await waitUntil(() => waiting === 5);
    const page = await readMetrics(clientele.url);
    expect(page.value("clientele_operations_running")).toBe(0);
    expect(page.value("clientele_requests_refused_total")).toBe(35);
    expect(waiting).toBe(5);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([503]));
    expect(
      (await readMetrics(clientele.url)).by(
        "outcome",
        "clientele_jwks_fetches_total",
      ),
    ).toEqual({ timeout: 1 });
    behaviour = "ok";
  });
});
