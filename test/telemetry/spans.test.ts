import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { createUpstreamClient } from "../../src/http/upstream-client";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { inSpan } from "../../src/telemetry/spans";
import { type Clientele, dataOf, startClientele } from "../support/clientele";

/** W3C Trace Context, as far as it is needed here. */
const traceContext = {
  inject: (): void => undefined,
  fields: () => ["traceparent"],
  extract: (
    parent: ReturnType<typeof context.active>,
    headers: unknown,
    getter: { get(carrier: unknown, key: string): unknown },
  ) => {
    const header = getter.get(headers, "traceparent");
    const [, traceId, spanId] =
      /^00-(\w{32})-(\w{16})-01$/.exec(String(header)) ?? [];
    return traceId && spanId
      ? trace.setSpanContext(parent, {
          traceId,
          spanId,
          traceFlags: 1,
          isRemote: true,
        })
      : parent;
  },
};

describe("traces", () => {
  const exporter = new InMemorySpanExporter();
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    context.setGlobalContextManager(
      new AsyncLocalStorageContextManager().enable(),
    );
    propagation.setGlobalPropagator(traceContext);
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({
        spanProcessors: [new SimpleSpanProcessor(exporter)],
      }),
    );
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
    trace.disable();
    context.disable();
    propagation.disable();
  });
  beforeEach(() => {
    exporter.reset();
    sandbox.faults.clear();
    sandbox.journal.clear();
  });

  const id = "gid://clientele/Customer/commerce-layer-demo/xYZkjABcde";
  const query = `query Two($email: String) {
    a: customer(id: "${id}") { email }
    b: customer(id: "${id.slice(0, -1)}f") { email }
    customers(first: 1, filter: { email: $email }) { nodes { email } }
  }`;
  const ask = (headers = {}) =>
    clientele.send(query, { email: "canary@example.com" }, headers);
  const named = (name: string): ReadableSpan[] =>
    exporter.getFinishedSpans().filter((span) => span.name === name);
  const childrenOf = (parent: ReadableSpan): number =>
    exporter
      .getFinishedSpans()
      .filter(
        ({ parentSpanContext }) =>
          parentSpanContext?.spanId === parent.spanContext().spanId,
      ).length;

  it("hang requests below batches below operations", async () => {
    dataOf(
      await ask({
        traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01`,
      }),
    );
    const [operation] = named("query");
    expect(operation?.spanContext().traceId).toBe("a".repeat(32));
    expect(operation?.parentSpanContext?.spanId).toBe("b".repeat(16));
    expect(operation?.attributes).toMatchObject({
      "graphql.operation.type": "query",
      "graphql.operation.name": "Two",
      "clientele.operation.hash": expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    const [batch] = named("batch");
    expect(batch?.parentSpanContext?.spanId).toBe(
      operation?.spanContext().spanId,
    );
    expect(batch?.attributes).toEqual({
      "clientele.store": "commerce-layer-demo",
      "clientele.batch.size": 2,
    });
    const requests = named("GET /api/customers");
    expect(requests).toHaveLength(sandbox.journal.requests("api").length);
    for (const request of requests) {
      expect(request.attributes).toEqual({
        "http.request.method": "GET",
        "url.template": "/api/customers",
        "clientele.store": "commerce-layer-demo",
        "clientele.platform": "commerce-layer",
        "http.response.status_code": 200,
      });
    }
    const parents = requests.map((span) => span.parentSpanContext?.spanId);
    expect(parents).toContain(batch?.spanContext().spanId);
    expect(parents).toContain(operation?.spanContext().spanId);
  });

  it("name an operation that got the answer of another one", async () => {
    sandbox.faults.add({ when: { kind: "api" }, delayMs: 500 });
    const first = ask();
    while (sandbox.journal.requests("api").length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all([first, ask()]);
    expect(named("graphql")).toEqual([]);
    const [joined, own, ...others] = named("query").sort(
      (one, other) => childrenOf(one) - childrenOf(other),
    );
    expect(others).toEqual([]);
    expect(childrenOf(own!)).toBeGreaterThan(0);
    expect(joined!.attributes).toEqual({
      ...own!.attributes,
      "clientele.operation.coalesced": true,
    });
    expect(own!.attributes["graphql.operation.name"]).toBe("Two");
  });

  it("tell of what was refused before it was run", async () => {
    const response = await fetch(clientele.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    const [refused] = named("graphql");
    expect(refused?.attributes).toEqual({ "error.type": "BAD_REQUEST" });
    expect(refused?.status).toEqual({ code: 2 });
  });

  it("fail with a code and no message", async () => {
    sandbox.faults.add({
      when: { kind: "api" },
      status: 400,
      body: { errors: [{ detail: "canary-body" }] },
    });
    const answer = await ask();
    expect(answer.errors?.length).toBeGreaterThan(0);
    const [operation] = named("query");
    expect(operation?.attributes["error.type"]).toBe("PLATFORM_CONTRACT");
    expect(operation?.status).toEqual({ code: 2 });
    const [request] = named("GET /api/customers");
    expect(request?.attributes["error.type"]).toBe("400");
  });

  it("hold no value, variable, token or address", async () => {
    await ask();
    sandbox.faults.add({
      when: { kind: "api" },
      status: 500,
      body: "canary-body",
    });
    await ask();
    const said = JSON.stringify(
      exporter
        .getFinishedSpans()
        .map(({ name, attributes, status, events, links, resource }) => ({
          name,
          attributes,
          status,
          events,
          links,
          resource: resource.attributes,
        })),
    );
    expect(said).not.toMatch(/canary|example\.com|xYZkj|sandbox-|127\.0\.0\.1/);
  });

  it("end at the platform's door", async () => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      received.push(...Object.keys(request.headers));
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const client = createUpstreamClient({
      limits: { timeoutMs: 1_000, maxConcurrency: 1, attempts: 1 },
      credentials: { headers: () => ({}), hasExpired: () => false },
    });
    const { port } = server.address() as AddressInfo;
    await inSpan({ name: "test" }, () =>
      client.send({
        method: "GET",
        url: new URL(`http://127.0.0.1:${port}/`),
        headers: {},
        call: { store: "acme", platform: "test", operation: "GET /" },
        signal: new AbortController().signal,
      }),
    );
    expect(named("GET /")).toHaveLength(1);
    expect(received).toContain("host");
    expect(received.join()).not.toMatch(/trace|baggage|b3/);
    await client.close();
    server.close();
  });
});
