import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
} from "../../../src/sandbox/bigcommerce";
import { Quota } from "../../../src/sandbox/bigcommerce/quota";
import { startControlOf } from "../control-of";
import { ask, STATUS_CODES, type Answer } from "./ask";

describe("quota of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeEach(async () => {
    server = await startBigCommerceSandbox();
  });
  afterEach(() => server.close());

  const PATH = "/v2/customer_groups/1";
  const leftOf = ({ headers }: Answer) =>
    Number(headers.get("x-rate-limit-requests-left"));

  it("tells how it stands every time", async () => {
    const { headers } = await ask(server, PATH);
    expect(headers.get("x-rate-limit-requests-quota")).toBe("150");
    expect(headers.get("x-rate-limit-requests-left")).toBe("149");
    expect(headers.get("x-rate-limit-time-window-ms")).toBe("30000");
    const resetMs = Number(headers.get("x-rate-limit-time-reset-ms"));
    expect(resetMs).toBeGreaterThan(20_000);
    expect(resetMs).toBeLessThanOrEqual(30_000);
  });

  it("stands in refusals and empty answers", async () => {
    for (const path of [
      "/v2/customer_groups?page=9",
      "/v3/customers?x=1",
      "/x",
    ])
      expect(leftOf(await ask(server, path))).toBeGreaterThan(140);
    const refused = await ask(server, PATH, { "x-auth-token": "" });
    expect(leftOf(refused)).toBe(148);
  });

  it("refuses nobody unless told to", async () => {
    server.drain(150);
    const answer = await ask(server, PATH);
    expect([answer.status, leftOf(answer)]).toEqual([200, 0]);
  });

  it("refuses with headers when used up", async () => {
    server.settings.rateLimited = true;
    server.settings.quota = 2;
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await ask(server, PATH));
    expect(answers.map((one) => [one.status, leftOf(one)])).toEqual([
      [200, 1],
      [200, 0],
      [429, 0],
      [429, 0],
    ]);
    expect(answers[3]?.body).toEqual([
      { status: 429, message: "Too many requests" },
    ]);
    const v3 = await ask(server, "/v3/pricelists");
    expect([v3.status, v3.body]).toEqual([
      429,
      {
        status: 429,
        title: "Too many requests",
        type: STATUS_CODES,
        errors: {},
      },
    ]);
    expect(v3.headers.get("x-rate-limit-time-reset-ms")).toMatch(/^\d+$/);
  });

  it("is shared with the store's other apps", async () => {
    server.settings.rateLimited = true;
    server.drain(148);
    expect(leftOf(await ask(server, PATH))).toBe(1);
    server.drain(1000);
    expect((await ask(server, PATH)).status).toBe(429);
    expect(server.settings.quotaLeft).toBe(0);
  });

  it("comes back with the next window", async () => {
    server.settings.rateLimited = true;
    server.drain(150);
    expect((await ask(server, PATH)).status).toBe(429);
    server.settings.clockAheadMs = 30_000;
    const answer = await ask(server, PATH);
    expect([answer.status, leftOf(answer)]).toEqual([200, 149]);
  });

  it("can be drained over the control API", async () => {
    const control = await startControlOf(server);
    const change = (body: object) => control.ask("PUT", "/settings", body);
    const answer = await change({ rateLimited: true, quotaLeft: 0 });
    expect(answer.body).toEqual({
      shuffled: false,
      scopes: ["store_v2_customers_read_only", "store_v2_products_read_only"],
      rateLimited: true,
      quota: 150,
      windowMs: 30_000,
      quotaLeft: 0,
      clockAheadMs: 0,
      v2LimitAboveMaximum: "clamp",
      v3LimitAboveMaximum: "reject",
    });
    expect((await ask(server, PATH)).status).toBe(429);
    expect((await change({ scopes: ["everything"] })).status).toBe(400);
    expect((await change({ quota: 0 })).status).toBe(400);
    await control.close();
  });
});

describe("Quota", () => {
  it("renews all units when windows end", () => {
    let now = 1000;
    const quota = new Quota(() => now);
    quota.size = 2;
    expect([quota.take(), quota.take(), quota.take()]).toEqual([
      ...[true, true, false],
    ]);
    now += 29_999;
    expect(quota.headers()["x-rate-limit-time-reset-ms"]).toBe("1");
    expect(quota.take()).toBe(false);
    now += 1;
    expect(quota.left).toBe(2);
    expect(quota.headers()["x-rate-limit-time-reset-ms"]).toBe("30000");
  });

  it("begins anew when clocks go back", () => {
    let now = 100_000;
    const quota = new Quota(() => now);
    quota.drain(150);
    now = 0;
    expect(quota.left).toBe(150);
  });

  it("is never below zero nor above", () => {
    const quota = new Quota(() => 0);
    quota.drain(999);
    expect(quota.left).toBe(0);
    quota.size = 10;
    expect(quota.left).toBe(0);
    quota.left = 4;
    expect(quota.left).toBe(4);
    quota.left = 99;
    expect(quota.left).toBe(10);
  });
});
