import {
  startEcwidSandbox,
  type EcwidSandboxServer,
} from "../../../src/sandbox/ecwid";
import { RateLimits } from "../../../src/sandbox/ecwid/rate-limits";
import { ask } from "./ask";

describe("rate limits of the Ecwid sandbox", () => {
  let now: number;
  let limits: RateLimits;
  beforeEach(() => {
    now = 1_000_000;
    limits = new RateLimits(
      { requestsPerMinute: 600, blockSeconds: 600 },
      () => now,
    );
  });
  const serve = (times: number, address = "::1") => {
    let wait = limits.countServed(address);
    for (let n = 1; n < times; n++) wait = limits.countServed(address);
    return wait;
  };
  const refuse = (times: number, token = "wrong", address = "::1") => {
    let wait = limits.countRefused(token, address);
    for (let n = 1; n < times; n++) wait = limits.countRefused(token, address);
    return wait;
  };

  it("serves 600 requests in a minute", () => {
    expect(serve(600)).toBeUndefined();
    now += 10_001;
    expect(serve(1)).toBe(50);
    now += 49_500;
    expect(serve(1)).toBe(1);
    now += 499;
    expect(serve(1)).toBeUndefined();
  });

  it("blocks a refused token after 20 calls", () => {
    expect(refuse(20)).toBeUndefined();
    expect(refuse(1)).toBe(600);
    now += 599_001;
    expect(refuse(1)).toBe(1);
    now += 1000;
    expect(refuse(1)).toBeUndefined();
  });

  it("forgives refused calls after a minute", () => {
    refuse(20);
    now += 60_000;
    expect(refuse(20)).toBeUndefined();
  });

  it("blocks no other token beside it", () => {
    refuse(21);
    expect(refuse(1, "")).toBeUndefined();
    expect(serve(1)).toBeUndefined();
  });

  it("blocks an address after 600 refused calls", () => {
    for (let n = 0; n < 600; n++)
      expect(refuse(1, `wrong ${n}`)).toBeUndefined();
    expect(refuse(1, "one more")).toBe(600);
    expect(serve(1)).toBe(600);
    expect(serve(1, "::2")).toBeUndefined();
    now += 600_000;
    expect(serve(1)).toBeUndefined();
  });

  it("forgets everything when its clock goes back", () => {
    serve(600);
    refuse(21);
    now -= 1;
    expect(serve(1)).toBeUndefined();
    expect(refuse(1)).toBeUndefined();
  });

  describe("over HTTP", () => {
    let server: EcwidSandboxServer;
    beforeAll(async () => {
      server = await startEcwidSandbox();
    });
    beforeEach(() => {
      server.reset();
      server.settings.rateLimited = true;
    });
    afterAll(() => server.close());

    const PATH = "/customer_groups/0";
    const WRONG = { authorization: "Bearer secret_wrong" };

    it("only counts unless it is told", async () => {
      server.settings.rateLimited = false;
      server.settings.requestsPerMinute = 1;
      for (let n = 0; n < 3; n++)
        expect((await ask(server, PATH)).status).toBe(200);
      for (let n = 0; n < 22; n++)
        expect((await ask(server, PATH, WRONG)).status).toBe(403);
      server.settings.rateLimited = true;
      expect((await ask(server, PATH)).status).toBe(429);
      expect((await ask(server, PATH, WRONG)).status).toBe(429);
    });

    it("refuses for the rest of the minute", async () => {
      server.settings.requestsPerMinute = 2;
      await ask(server, PATH);
      await ask(server, PATH);
      const { status, headers, body } = await ask(server, PATH);
      expect([status, body]).toEqual([
        429,
        { errorCode: "RATE_LIMITED", errorMessage: "Too many requests" },
      ]);
      const wait = headers.get("retry-after");
      expect(wait).toMatch(/^\d+$/);
      expect(Number(wait)).toBeGreaterThan(50);
      expect(Number(wait)).toBeLessThanOrEqual(60);
      server.settings.clockAheadMs += 60_000;
      expect((await ask(server, PATH)).status).toBe(200);
    });

    it("blocks who goes on with a refused token", async () => {
      for (let n = 0; n < 20; n++)
        expect((await ask(server, PATH, WRONG)).status).toBe(403);
      const { status, headers } = await ask(server, PATH, WRONG);
      expect([status, headers.get("retry-after")]).toEqual([429, "600"]);
      expect((await ask(server, PATH)).status).toBe(200);
      expect(server.refusedCalls).toBe(21);
      server.reset();
      expect(server.refusedCalls).toBe(0);
    });

    it("tells of no limit in its headers", async () => {
      const { headers } = await ask(server, PATH);
      const names = [...headers.keys()];
      expect(names.filter((name) => /limit|retry/.test(name))).toEqual([]);
    });
  });
});
