import { createBigCommerceQuota } from "../../../src/platforms/bigcommerce/quota";
import {
  type BigCommerceSandboxServer,
  readyFaults,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import { answer, anyRequest } from "../../http/support";
import { type Clientele, startClientele } from "../../support/clientele";

let time = 0;

function headers(left: number, resetMs: number, quota = 150) {
  return {
    "x-rate-limit-requests-left": String(left),
    "x-rate-limit-requests-quota": String(quota),
    "x-rate-limit-time-reset-ms": String(resetMs),
    "x-rate-limit-time-window-ms": "30000",
  };
}

function createQuota(share = 1) {
  time = 0;
  const quota = createBigCommerceQuota({ share, now: () => time });
  const [limit] = quota.laneOf(anyRequest).limits;
  return { quota, limit: limit! };
}

describe("the quota of BigCommerce", () => {
  it("is the smallest plan's before it is told", () => {
    const { quota, limit } = createQuota();
    for (let sent = 0; sent < 150; sent += 1) {
      expect(limit.freeAt(0)).toBeLessThanOrEqual(time);
      limit.take()();
    }
    expect(limit.freeAt(0)).toBe(30_000);
    expect(quota.current()).toEqual([]);
  });

  it("is what every answer tells", () => {
    const { quota, limit } = createQuota();
    limit.take()();
    const verdict = quota.read(answer(200, "", headers(0, 12_345)), anyRequest);
    expect(verdict).toEqual({ kind: "served" });
    expect(limit.freeAt(0)).toBe(12_345);
    expect(quota.current()).toEqual([
      {
        name: "all",
        limit: 150,
        left: 0,
        windowMs: 30_000,
        resetMs: 12_345,
      },
    ]);
  });

  it("is kept through answers that tell nothing", () => {
    const { quota, limit } = createQuota();
    quota.read(answer(200, "", headers(0, 12_345)), anyRequest);
    quota.read(answer(500), anyRequest);
    quota.read(
      answer(200, "", { "x-rate-limit-requests-left": "many" }),
      anyRequest,
    );
    expect(limit.freeAt(0)).toBe(12_345);
    expect(quota.current()).toMatchObject([{ left: 0 }]);
  });

  it("is shared by what the share says", () => {
    const { quota, limit } = createQuota(0.5);
    quota.read(answer(200, "", headers(450, 30_000, 450)), anyRequest);
    let sent = 0;
    for (; limit.freeAt(0) <= time; sent += 1) limit.take()();
    expect(sent).toBe(225);
  });

  it.each([
    ["the end of the window", headers(0, 7_000), 7_000],
    ["the longer of two", { ...headers(0, 200), "x-retry-after": "1" }, 1_000],
    ["another longer", { ...headers(0, 5_000), "x-retry-after": "1" }, 5_000],
    ["the usual header", { "retry-after": "3" }, 3_000],
    ["no more than a minute", headers(0, 999_999_999), 60_000],
    // The platform's load is to blame, not the quota.
    ["nothing while units are left", headers(20, 7_000), null],
    ["nothing when it is silent", {}, null],
    ["nothing when it is garbled", { "x-retry-after": "soon" }, null],
  ])("waits after a 429 for %s (X13)", (_, told, waitMs) => {
    const { quota } = createQuota();
    expect(quota.read(answer(429, "", told), anyRequest)).toEqual({
      kind: "throttled",
      waitMs,
    });
  });

  it.each([400, 403, 404, 422, 500, 503])(
    "has no say in an answer of HTTP %i",
    (status) => {
      const { quota } = createQuota();
      expect(quota.read(answer(status), anyRequest)).toEqual({
        kind: "served",
      });
    },
  );

  it("ends with a token that is refused (A10)", () => {
    const { quota } = createQuota();
    expect(quota.read(answer(401), anyRequest)).toEqual({
      kind: "refused",
      problem: "check credentials.accessToken",
    });
  });
});

describe("a store of BigCommerce under its quota", () => {
  let sandbox: BigCommerceSandboxServer;
  const running: Clientele[] = [];

  beforeEach(async () => {
    sandbox = await startBigCommerceSandbox();
    sandbox.settings.rateLimited = true;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((clientele) => clientele.stop()));
    await sandbox.close();
  });

  const start = async (
    settings: Readonly<Record<string, unknown>> = {},
    server: Readonly<Record<string, unknown>> = {},
  ) => {
    const clientele = await startClientele(
      [
        {
          server: sandbox,
          settings: { quota: { enforce: "always" }, ...settings },
        },
      ],
      server,
    );
    running.push(clientele);
    return clientele;
  };
  const readOne = (clientele: Clientele, index: number) =>
    clientele.send(
      `{ customer(id: "gid://clientele/Customer/bigcommerce-demo/${sandbox.data.customers[index]!.id}") { email } }`,
    );
  const statuses = () =>
    sandbox.journal.requests("api").map(({ status }) => status);
  const metric = async (clientele: Clientele, name: string) => {
    const page = await fetch(new URL("/metrics", clientele.url));
    const found = new RegExp(`^${name}\\{.*\\} (\\S+)$`, "m").exec(
      await page.text(),
    );
    return found ? Number(found[1]) : undefined;
  };

  it("serves a crowd without a single refusal (X14)", async () => {
    sandbox.settings.quota = 20;
    sandbox.settings.windowMs = 1_000;
    const clientele = await start({}, { operationTimeoutMs: 60_000 });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => readOne(clientele, index)),
    );
    answers.forEach(({ data }, index) => {
      expect(data.customer.email).toBe(sandbox.data.customers[index]!.email);
    });
    expect(new Set(statuses())).toEqual(new Set([200]));
    const times = sandbox.journal.requests("api").map(({ at }) => at);
    // Five windows' worth, the first and the last of which may be cut short.
    expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(2_900);
    expect(await metric(clientele, "clientele_upstream_quota_limit")).toBe(20);
    const waited = "clientele_upstream_wait_seconds_total";
    expect(await metric(clientele, waited)).toBeGreaterThan(1);
  }, 60_000);

  it("fails at once what the window cannot serve", async () => {
    sandbox.drain(145);
    const clientele = await start({}, { operationTimeoutMs: 5_000 });
    await readOne(clientele, 0);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => readOne(clientele, index)),
    );
    const failed = answers.filter(({ errors }) => errors);
    expect(failed).toHaveLength(6);
    for (const { errors } of failed) {
      const { code, retryAfterMs, store } = errors![0]!.extensions;
      expect([code, store]).toEqual(["PLATFORM_THROTTLED", "bigcommerce-demo"]);
      expect(retryAfterMs).toBeGreaterThan(20_000);
      expect(retryAfterMs).toBeLessThanOrEqual(30_000);
    }
    expect(statuses()).toEqual([200, 200, 200, 200, 200]);
  });

  it("waits as long as a 429 tells, then goes on (X13)", async () => {
    const clientele = await start();
    sandbox.faults.add({
      ...readyFaults.quotaUsedUp,
      when: { kind: "api" },
      times: 1,
    });
    const { data } = await readOne(clientele, 0);
    expect(data.customer.email).toBe(sandbox.data.customers[0]!.email);
    const [first, second] = sandbox.journal.requests("api");
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(190);
    expect(statuses()).toEqual([429, 200]);
  });

  it("waits on its own when a 429 tells nothing (X13)", async () => {
    const clientele = await start();
    sandbox.faults.add({
      ...readyFaults.overloaded,
      when: { kind: "api" },
      times: 2,
    });
    const { data } = await readOne(clientele, 0);
    expect(data.customer.email).toBe(sandbox.data.customers[0]!.email);
    const times = sandbox.journal.requests("api").map(({ at }) => at);
    expect(times).toHaveLength(3);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(490);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(990);
  }, 20_000);

  it("sends nothing with a token that is refused (A10)", async () => {
    const clientele = await start({
      credentials: { accessToken: "canary-token" },
    });
    for (let asked = 0; asked < 5; asked += 1) {
      const answered = await readOne(clientele, asked);
      expect(answered.errors).toMatchObject([
        {
          message: expect.stringContaining("credentials.accessToken") as string,
          extensions: { code: "PLATFORM_DENIED", store: "bigcommerce-demo" },
        },
      ]);
      expect(JSON.stringify(answered)).not.toContain("canary");
    }
    expect(statuses()).toEqual([401]);
    expect(await metric(clientele, "clientele_upstream_denied")).toBe(1);
    const paused = "clientele_upstream_paused_seconds";
    expect(await metric(clientele, paused)).toBeGreaterThan(50);
  });

  it("is one for two stores of the same account", async () => {
    sandbox.settings.quota = 10;
    const settings = { quota: { enforce: "always" } };
    const clientele = await startClientele(
      [
        { key: "one", server: sandbox, settings },
        { key: "two", server: sandbox, settings },
      ],
      { operationTimeoutMs: 5_000, coalesce: false },
    );
    running.push(clientele);
    const ask = (key: string) =>
      clientele.send(
        `{ customers(first: 1, filter: { stores: ["${key}"] }) { nodes { email } } }`,
      );
    await ask("one");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ask(index % 2 === 0 ? "one" : "two"),
      ),
    );
    expect(answers.filter(({ errors }) => errors)).toHaveLength(11);
    expect(statuses()).toEqual(Array.from({ length: 10 }, () => 200));
  });
});
