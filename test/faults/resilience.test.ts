import { request } from "node:http";
import type { SandboxServer } from "../../src/sandbox/room";
import { type Clientele, startClientele } from "../support/clientele";
import { bigcommerceFixture } from "../platforms/bigcommerce/fixture";
import { commerceLayerFixture } from "../platforms/commerce-layer/fixture";
import { ecwidFixture } from "../platforms/ecwid/fixture";

jest.setTimeout(30_000);

type Fault = Parameters<SandboxServer["faults"]["add"]>[0];

/** How the way to a platform behaves when the platform does not, alike for all. */
describe.each([
  ["commerce-layer", commerceLayerFixture],
  ["bigcommerce", bigcommerceFixture],
  ["ecwid", ecwidFixture],
])("the way to %s", (_, fixture) => {
  let server: SandboxServer;
  let emails: readonly (string | null)[];
  const running: Clientele[] = [];

  beforeAll(async () => {
    const started = await fixture.start();
    server = started.server;
    emails = started.facts.customers.slice(0, 2).map(({ email }) => email);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.faults.clear();
    server.journal.clear();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((clientele) => clientele.stop()));
  });

  const start = async (
    settings: Readonly<Record<string, unknown>> = {},
    operationTimeoutMs = 10_000,
  ) => {
    const clientele = await startClientele([{ server, settings }], {
      operationTimeoutMs,
    });
    running.push(clientele);
    return clientele;
  };
  /** A read of one request. */
  const read = (clientele: Clientele, first = 2) =>
    clientele.send(
      `{ customers(first: ${first}) { nodes { email } } stores { key } }`,
      {},
      { "clientele-debug": "upstream" },
    );
  const break_ = (fault: Fault) =>
    server.faults.add({ ...fault, when: { kind: "api" } });
  const asked = () => server.journal.requests("api");
  const served = () => ({
    customers: { nodes: emails.map((email) => ({ email })) },
    stores: [{ key: server.storeKey }],
  });
  const missing = () => ({
    customers: { nodes: [null] },
    stores: [{ key: server.storeKey }],
  });

  it.each([500, 502, 503, 504])(
    "repeats a read once after one HTTP %i (X9)",
    async (status) => {
      const clientele = await start();
      break_({ status, times: 1 });
      const answer = await read(clientele);
      expect(answer.data).toEqual(served());
      expect(asked()).toHaveLength(2);
      expect(answer.extensions?.["upstream"]).toMatchObject({
        requests: 2,
        byStore: { [server.storeKey]: { requests: 2, retried: 1 } },
      });
    },
  );

  it.each<[string, Fault]>([
    ["a reset before the head (X2)", { reset: "before-headers", times: 1 }],
    ["a reset within the body (X3)", { reset: "mid-body", times: 1 }],
    ["half a body (X3)", { truncate: true, times: 1 }],
  ])("repeats a read after %s", async (_, fault) => {
    const clientele = await start();
    break_(fault);
    const answer = await read(clientele);
    expect(answer.data).toEqual(served());
    expect(asked()).toHaveLength(2);
  });

  it("repeats a read that took too long (X6)", async () => {
    const clientele = await start({ timeoutMs: 400 });
    break_({ hang: true, times: 1 });
    const answer = await read(clientele);
    expect(answer.data).toEqual(served());
    expect(asked()).toHaveLength(2);
  });

  it.each([400, 404, 422])("never repeats after %i (X11)", async (status) => {
    const clientele = await start();
    break_({ status });
    await read(clientele);
    expect(asked()).toHaveLength(1);
  });

  it("asks three times at the most (X10)", async () => {
    const clientele = await start();
    break_({ status: 500 });
    const answer = await read(clientele);
    expect(answer.data).toEqual(missing());
    expect(answer.errors).toMatchObject([
      {
        extensions: { code: "PLATFORM_UNAVAILABLE", store: server.storeKey },
      },
    ]);
    expect(asked()).toHaveLength(3);
  });

  it("costs a fallen platform next to nothing (X10)", async () => {
    const clientele = await start();
    break_({ status: 500 });
    for (let sent = 0; sent < 200; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => read(clientele)));
    }
    // Twenty, those under way beside them, and now and then a probe.
    expect(asked().length).toBeLessThan(60);
  }, 60_000);

  it("opens its circuit, and closes it again (X16)", async () => {
    const clientele = await start({
      retry: { attempts: 1 },
      circuitBreaker: { openMs: 1_000 },
    });
    const metric = async () => {
      const page = await fetch(new URL("/metrics", clientele.url));
      return /^clientele_upstream_circuit_state\{.*\} (\d)$/m.exec(
        await page.text(),
      )?.[1];
    };
    const handle = break_({ status: 503 });
    for (let sent = 0; sent < 25; sent += 1) await read(clientele);
    expect(asked()).toHaveLength(20);
    const refused = await read(clientele);
    expect(refused.data).toEqual(missing());
    expect(refused.errors).toMatchObject([
      {
        message: expect.stringContaining("the circuit is open") as string,
        extensions: { code: "PLATFORM_UNAVAILABLE", circuit: "open" },
      },
    ]);
    const retryAfterMs = refused.errors?.[0]?.extensions["retryAfterMs"];
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(1_000);
    expect(await metric()).toBe("2");
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await metric()).toBe("1");
    // The probe fails: it stays open.
    await read(clientele);
    await read(clientele);
    expect(asked()).toHaveLength(21);
    handle.remove();
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await read(clientele)).data).toEqual(served());
    expect(await metric()).toBe("0");
    expect(asked()).toHaveLength(22);
  }, 20_000);

  it("opens no circuit but its own (X17)", async () => {
    const settings = { retry: { attempts: 1 } };
    const clientele = await startClientele([
      { server, key: "down", settings: { ...settings, timeoutMs: 5_000 } },
      { server, key: "up", settings },
    ]);
    running.push(clientele);
    const ask = (key: string) =>
      clientele.send(
        `{ customers(first: 2, filter: { stores: ["${key}"] }) { nodes { email } } }`,
      );
    const handle = break_({ status: 500 });
    for (let sent = 0; sent < 20; sent += 1) await ask("down");
    handle.remove();
    const [down, up] = [await ask("down"), await ask("up")];
    expect(down.errors?.[0]?.extensions["circuit"]).toBe("open");
    expect(up.data.customers).toEqual(served().customers);
  }, 20_000);

  it("waits out a 429 that fits the deadline (X12)", async () => {
    const clientele = await start();
    break_({ status: 429, headers: { "retry-after": "1" }, times: 1 });
    const answer = await read(clientele);
    expect(answer.data).toEqual(served());
    const [first, second] = asked();
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(950);
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ["999999 seconds", { "retry-after": "999999" }],
    ["2099", { "retry-after": "Thu, 01 Jan 2099 00:00:00 GMT" }],
  ])("fails at once when told to wait until %s (X12)", async (_, headers) => {
    const clientele = await start();
    break_({ status: 429, headers, times: 1 });
    for (let sent = 0; sent < 5; sent += 1) {
      const answer = await read(clientele);
      expect(answer.data).toEqual(missing());
      const { code, retryAfterMs } = answer.errors![0]!.extensions;
      expect(code).toBe("PLATFORM_THROTTLED");
      expect(retryAfterMs).toBeGreaterThan(50_000);
      expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    }
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ["garbled", { "retry-after": "soon" }],
    ["absent", {}],
  ])("bears a 429 whose wait is %s (X12)", async (_, headers) => {
    // Shorter than any wait of our own.
    const clientele = await start({}, 450);
    break_({ status: 429, headers, times: 1 });
    const answer = await read(clientele);
    const { code, retryAfterMs } = answer.errors![0]!.extensions;
    expect(code).toBe("PLATFORM_THROTTLED");
    expect(retryAfterMs).toBeGreaterThanOrEqual(500);
    await read(clientele);
    expect(asked()).toHaveLength(1);
  });

  it("denies no store but its own", async () => {
    const clientele = await startClientele([
      {
        server,
        key: "revoked",
        settings: { credentials: { accessToken: "revoked-token" } },
      },
      { server, key: "valid" },
    ]);
    running.push(clientele);
    const ask = async (key: string) => {
      const answer = await clientele.send(
        `{ customers(first: 2, filter: { stores: ["${key}"] }) { nodes { email } } }`,
      );
      return answer.errors?.[0]?.extensions.code ?? answer.data.customers;
    };
    const denied = async (key: string) => {
      const page = await fetch(new URL("/metrics", clientele.url));
      const metric = `clientele_upstream_denied\\{store="${key}"\\} (.*)`;
      return RegExp(metric).exec(await page.text())?.[1];
    };
    expect(await ask("revoked")).toBe("PLATFORM_DENIED");
    const sent = asked().length;
    expect(await ask("valid")).toEqual(served().customers);
    expect(await ask("revoked")).toBe("PLATFORM_DENIED");
    expect(await ask("valid")).toEqual(served().customers);
    // One for each answer of the store that may ask, and no more for the other.
    expect(asked().length - sent).toBe(2);
    expect(await denied("revoked")).toBe("1");
    expect(await denied("valid")).toBe("0");
  });

  it("opens its circuit however short operations are", async () => {
    const clientele = await start({ timeoutMs: 30_000 }, 400);
    break_({ hang: true });
    for (let batch = 0; batch < 2; batch += 1) {
      // Each another read, so that none is shared.
      const sizes = Array.from({ length: 10 }, (_, index) => index + 1);
      await Promise.all(sizes.map((first) => read(clientele, first)));
    }
    expect(asked()).toHaveLength(20);
    const answer = await read(clientele);
    expect(answer.errors?.[0]?.extensions["circuit"]).toBe("open");
    expect(asked()).toHaveLength(20);
  });

  it("never repeats past the deadline (X18)", async () => {
    const clientele = await start({ timeoutMs: 5_000 }, 700);
    break_({ status: 503, headers: { "retry-after": "1" } });
    const startedAt = performance.now();
    const answer = await read(clientele);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(answer.errors?.[0]?.extensions.code).toBe("PLATFORM_UNAVAILABLE");
    expect(asked()).toHaveLength(1);
  });

  it("gives the last attempt the rest only (X18)", async () => {
    const clientele = await start({ timeoutMs: 600 }, 1_000);
    break_({ hang: true });
    const startedAt = performance.now();
    const answer = await read(clientele);
    // Two attempts of 600 ms would take longer than the operation may.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(answer.errors?.[0]?.message).toContain("deadline of 1000 ms");
    expect(asked()).toHaveLength(2);
  });

  it("ends with the client that hangs up", async () => {
    const clientele = await start({ maxConcurrency: 1 });
    await read(clientele);
    server.journal.clear();
    break_({ hang: true });
    const { hostname, port } = new URL(clientele.url);
    const leave = [2, 3, 4].map((first) => {
      const sent = request({
        ...{ hostname, port, path: "/graphql", method: "POST" },
        headers: { "content-type": "application/json" },
      });
      sent.on("error", () => undefined);
      const query = `{ customers(first: ${first}) { nodes { email } } }`;
      sent.end(JSON.stringify({ query }));
      return () => sent.destroy();
    });
    const until = async (isSo: () => boolean) => {
      while (!isSo()) await new Promise((next) => setTimeout(next, 2));
    };
    await until(() => asked().length === 1);
    const leftAt = Date.now();
    for (const go of leave) go();
    await until(() => asked()[0]?.socket.closedAt !== undefined);
    // A hundred milliseconds are promised; a busy machine takes its time.
    expect((asked()[0]?.socket.closedAt ?? 0) - leftAt).toBeLessThan(1_000);
    // Those who waited for their turn were never sent.
    server.faults.clear();
    expect((await read(clientele)).data).toEqual(served());
    expect(asked()).toHaveLength(2);
  });

  it("repeats no more than a fifth (X8)", async () => {
    const clientele = await start({ circuitBreaker: { failureRate: 1 } });
    // Three of ten fail.
    for (let round = 0; round < 20; round += 1) {
      for (let failed = 0; failed < 3; failed += 1) {
        server.faults.add({
          when: { kind: "api" },
          status: 500,
          times: 1,
          after: round * 10 + failed * 3,
        });
      }
    }
    let failures = 0;
    for (let sent = 0; sent < 100; sent += 1) {
      if ((await read(clientele)).errors) failures += 1;
    }
    const repeated = asked().length - 100;
    expect(repeated).toBeLessThanOrEqual(10 + 0.2 * 100);
    expect(repeated).toBeGreaterThan(0);
    expect(failures).toBeLessThan(30);
  }, 60_000);
});
