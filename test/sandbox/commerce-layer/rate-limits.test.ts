import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { RateLimits } from "../../../src/sandbox/commerce-layer/rate-limits";
import { ask, refusalOf } from "./ask";

describe("rate limits of the Commerce Layer sandbox", () => {
  let now: number;
  let limits: RateLimits;
  beforeEach(() => {
    now = 1_000_000;
    limits = new RateLimits(() => now);
  });
  const count = (times: number, endpoint = "customers", method = "GET") => {
    let rate = limits.countRequest("::1", method, endpoint);
    for (let n = 1; n < times; n++)
      rate = limits.countRequest("::1", method, endpoint);
    return rate;
  };

  it("tells of the average window alone", () => {
    expect(count(7).headers).toEqual({
      "x-ratelimit-limit": "100",
      "x-ratelimit-interval": "60",
      "x-ratelimit-remaining": "93",
    });
    expect(count(2, "customer_groups").headers).toMatchObject({
      "x-ratelimit-remaining": "91",
    });
  });

  it("refuses a burst at one endpoint", () => {
    expect(count(25).exceeded).toBe(false);
    expect(count(1).exceeded).toBe(true);
    expect(count(1, "customer_groups").exceeded).toBe(false);
  });

  it("forgets a burst after ten seconds", () => {
    count(25);
    now += 9_999;
    expect(count(1).exceeded).toBe(true);
    now += 10_001;
    expect(count(1).exceeded).toBe(false);
  });

  it("slides its window over each request", () => {
    for (let n = 0; n < 25; n++) {
      count(1);
      now += 400;
    }
    expect(count(1).exceeded).toBe(false);
    expect(count(1).exceeded).toBe(true);
  });

  it("refuses what exceeds the average", () => {
    const endpoints = ["customers", "orders", "returns", "attachments"];
    for (const endpoint of endpoints) count(25, endpoint);
    const rate = count(1, "tags");
    expect(rate.exceeded).toBe(true);
    expect(rate.headers["x-ratelimit-remaining"]).toBe("0");
    now += 60_001;
    expect(count(1).headers["x-ratelimit-remaining"]).toBe("99");
  });

  it("counts cacheable types apart and wider", () => {
    count(25);
    const rate = count(125, "markets");
    expect(rate.exceeded).toBe(false);
    expect(rate.headers).toMatchObject({
      "x-ratelimit-limit": "500",
      "x-ratelimit-remaining": "375",
    });
    expect(count(1, "markets").exceeded).toBe(true);
    expect(count(1, "free_gift_promotions").headers).toMatchObject({
      "x-ratelimit-limit": "500",
    });
  });

  it("counts writes and clients apart", () => {
    count(26);
    expect(count(1, "customers", "POST").exceeded).toBe(false);
    expect(limits.countRequest("::2", "GET", "customers").exceeded).toBe(false);
  });

  it("forgets everything when its clock goes back", () => {
    now += 60_000;
    count(26);
    now -= 60_000;
    expect(count(1).headers["x-ratelimit-remaining"]).toBe("99");
  });

  it("allows thirty token requests a minute", () => {
    for (let n = 0; n < 30; n++)
      expect(limits.countTokenRequest("::1").exceeded).toBe(false);
    expect(limits.countTokenRequest("::1").exceeded).toBe(true);
  });

  describe("over HTTP", () => {
    let server: CommerceLayerSandboxServer;
    beforeEach(async () => {
      server = await startCommerceLayerSandbox();
    });
    afterEach(() => server.close());
    const path = "/api/customer_groups?page[size]=1";

    it("only counts unless it is told", async () => {
      for (let n = 0; n < 30; n++)
        expect((await ask(server, path)).status).toBe(200);
      const { headers } = await ask(server, path);
      expect(headers.get("x-ratelimit-limit")).toBe("100");
      expect(headers.get("x-ratelimit-interval")).toBe("60");
      expect(headers.get("x-ratelimit-remaining")).toBe("69");
    });

    it("refuses with 429 and recovers in time", async () => {
      server.settings.rateLimited = true;
      for (let n = 0; n < 25; n++)
        expect((await ask(server, path)).status).toBe(200);
      const { status, headers, document } = await ask(server, path);
      expect(status).toBe(429);
      expect(headers.get("content-type")).toBe("application/vnd.api+json");
      expect(headers.get("x-ratelimit-remaining")).toBe("74");
      expect(headers.get("retry-after")).toBeNull();
      expect(document.errors).toMatchObject([{ status: "429" }]);
      // A link of a group falls into the same burst as the groups.
      expect(
        await refusalOf(server, "/api/customer_groups/xYZkjABcde/customers"),
      ).toMatch(/^429/);
      expect((await ask(server, "/api/markets")).status).toBe(200);
      server.settings.clockAheadMs += 10_001;
      expect((await ask(server, path)).status).toBe(200);
    });

    it("refuses too many token requests", async () => {
      server.settings.rateLimited = true;
      const request = () =>
        fetch(`${server.origin}/oauth/token`, { method: "POST", body: "{}" });
      for (let n = 0; n < 30; n++) expect((await request()).status).toBe(400);
      const answer = await request();
      expect(answer.status).toBe(429);
      expect(await answer.json()).toMatchObject({ errors: [{ status: 429 }] });
    });
  });
});
