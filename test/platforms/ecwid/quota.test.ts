import { createEcwidQuota } from "../../../src/platforms/ecwid/quota";
import {
  type EcwidSandboxServer,
  startEcwidSandbox,
} from "../../../src/sandbox/ecwid";
import { answer, anyRequest } from "../../http/support";
import { type Clientele, startClientele } from "../../support/clientele";

let time = 0;

function createQuota(share = 1) {
  time = 0;
  const quota = createEcwidQuota({ share, now: () => time });
  const [limit] = quota.laneOf(anyRequest).limits;
  return { quota, limit: limit! };
}

describe("the quota of Ecwid", () => {
  it("is six hundred in any minute", () => {
    const { limit } = createQuota();
    const sendAll = () => {
      let sent = 0;
      for (; limit.freeAt(0) <= time; sent += 1) limit.take()();
      return sent;
    };
    time = 30_000;
    expect(sendAll()).toBe(600);
    // The minute of the clock does not matter.
    time = 60_000;
    expect(sendAll()).toBe(0);
    time = 89_999;
    expect(sendAll()).toBe(0);
    time = 90_000;
    expect(sendAll()).toBe(600);
  });

  it("is shared by what the share says", () => {
    const { limit } = createQuota(0.25);
    let sent = 0;
    for (; limit.freeAt(0) <= time; sent += 1) limit.take()();
    expect(sent).toBe(150);
  });

  it("is told by no answer", () => {
    const { quota } = createQuota();
    expect(quota.read(answer(200), anyRequest)).toEqual({ kind: "served" });
    const own = { name: "all", limit: 600, windowMs: 60_000, resetMs: null };
    expect(quota.current()).toEqual([{ ...own, left: 600 }]);
    for (const limit of quota.laneOf(anyRequest).limits) limit.take();
    expect(quota.current()).toEqual([{ ...own, left: 599 }]);
  });

  it.each([
    ["what it tells", "7", 7_000],
    ["a minute at the most", "600", 60_000],
    ["ten seconds when it is silent", undefined, 10_000],
    ["ten seconds when it is garbled", "soon", 10_000],
  ])("waits after a 429 for %s (X12)", (_, text, waitMs) => {
    const { quota } = createQuota();
    const headers = text === undefined ? {} : { "retry-after": text };
    expect(quota.read(answer(429, "", headers), anyRequest)).toEqual({
      kind: "throttled",
      waitMs,
    });
  });

  it.each([
    ["an empty body", ""],
    ["its code", '{"errorCode":"INVALID_API_TOKEN"}'],
    ["no JSON", "<html>"],
  ])("ends with a 403 of %s (A10)", (_, body) => {
    const { quota } = createQuota();
    expect(quota.read(answer(403, body), anyRequest).kind).toBe("refused");
  });

  it("goes on with a scope that is missing", () => {
    const { quota } = createQuota();
    const body = '{"errorCode":"INSUFFICIENT_APP_SCOPE"}';
    expect(quota.read(answer(403, body), anyRequest).kind).toBe("served");
  });
});

describe("a store of Ecwid under its quota", () => {
  let sandbox: EcwidSandboxServer;
  const running: Clientele[] = [];

  beforeEach(async () => {
    sandbox = await startEcwidSandbox();
    sandbox.settings.rateLimited = true;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((clientele) => clientele.stop()));
    await sandbox.close();
  });

  const start = async (settings: Readonly<Record<string, unknown>> = {}) => {
    const clientele = await startClientele(
      [
        {
          server: sandbox,
          settings: { quota: { enforce: "always" }, ...settings },
        },
      ],
      { operationTimeoutMs: 5_000 },
    );
    running.push(clientele);
    return clientele;
  };
  const readOne = (clientele: Clientele, index: number) =>
    clientele.send(
      `{ customer(id: "gid://clientele/Customer/ecwid-demo/${sandbox.data.customers[index]!.id}") { email } }`,
    );
  const statuses = () =>
    sandbox.journal.requests("api").map(({ status }) => status);

  it("sends its share of a minute and no more", async () => {
    sandbox.settings.requestsPerMinute = 60;
    const clientele = await start({ quota: { share: 0.1 } });
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => readOne(clientele, index)),
    );
    const failed = answers.filter(({ errors }) => errors);
    expect(failed).toHaveLength(20);
    for (const { errors } of failed) {
      expect(errors![0]!.extensions.code).toBe("PLATFORM_THROTTLED");
      expect(errors![0]!.extensions["retryAfterMs"]).toBeGreaterThan(50_000);
    }
    expect(statuses()).toEqual(Array.from({ length: 60 }, () => 200));
  }, 20_000);

  it("stops at the first 429 until its cooldown ends", async () => {
    sandbox.settings.requestsPerMinute = 5;
    const clientele = await start({ maxConcurrency: 1 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => readOne(clientele, index)),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(5);
    expect(statuses()).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it("shows what it waits for in the metrics", async () => {
    sandbox.settings.requestsPerMinute = 1;
    const clientele = await start({ maxConcurrency: 1 });
    await readOne(clientele, 0);
    await readOne(clientele, 1);
    const page = await fetch(new URL("/metrics", clientele.url));
    const text = await page.text();
    expect(text).toMatch(
      /^clientele_upstream_paused_seconds\{store="ecwid-demo"\} [1-9]/m,
    );
    expect(text).toMatch(
      /^clientele_upstream_denied\{store="ecwid-demo"\} 0$/m,
    );
    expect(text).toMatch(
      /^clientele_upstream_waiting\{store="ecwid-demo"\} 0$/m,
    );
    expect(text).toMatch(
      /^clientele_upstream_quota_left\{store="ecwid-demo",quota="all"\} 59\d$/m,
    );
  });
});
