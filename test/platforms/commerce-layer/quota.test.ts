import { CommerceLayerQuota } from "../../../src/platforms/commerce-layer/quota";
import type { Mode } from "../../../src/platforms/platform";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
  sandboxCredentials,
} from "../../../src/sandbox/commerce-layer";
import { answer, requestTo } from "../../http/support";
import { type Clientele, startClientele } from "../../support/clientele";
import { gid } from "./truth";

let time = 0;

function createQuota(mode: Mode | null = null, share = 1) {
  time = 0;
  return new CommerceLayerQuota({ mode, share, now: () => time });
}

function to(path: string) {
  return requestTo(`https://acme.commercelayer.io/api/${path}?page[size]=1`);
}

/** Sends as many requests as the quota allows now. */
function sendAll(quota: CommerceLayerQuota, path: string): number {
  const { limits } = quota.laneOf(to(path));
  let sent = 0;
  while (limits.every((limit) => limit.freeAt(0) <= time)) {
    for (const limit of limits) limit.take()();
    sent += 1;
  }
  return sent;
}

function told(limit: number, left: number) {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-interval": "60",
    "x-ratelimit-remaining": String(left),
  };
}

describe("the quota of Commerce Layer", () => {
  it.each([
    ["TEST", "customers", 25],
    ["TEST", "markets", 125],
    ["LIVE", "customers", 50],
    ["LIVE", "price_lists/x", 250],
    [null, "customers", 25],
  ] as const)("in mode %s lets %s burst by %i", (mode, path, count) => {
    const quota = createQuota(mode);
    expect(sendAll(quota, path)).toBe(count);
    time = 9_999;
    expect(sendAll(quota, path)).toBe(0);
    time = 10_000;
    expect(sendAll(quota, path)).toBe(count);
  });

  it("keeps the average over all endpoints of a class", () => {
    const quota = createQuota("TEST");
    const paths = ["customers", "customer_groups", "orders", "returns"];
    for (const path of paths) expect(sendAll(quota, path)).toBe(25);
    time = 10_000;
    expect(sendAll(quota, "customers")).toBe(0);
    // The other class has its own.
    expect(sendAll(quota, "markets")).toBe(125);
    time = 60_000;
    expect(sendAll(quota, "customers")).toBe(25);
  });

  it("counts a related list for both its types", () => {
    const quota = createQuota("TEST");
    expect(sendAll(quota, "customer_groups/x/customers")).toBe(25);
    expect(sendAll(quota, "customer_groups")).toBe(0);
    expect(sendAll(quota, "customers/y")).toBe(0);
    expect(sendAll(quota, "orders")).toBe(25);
  });

  it("counts a related list in the narrower class", () => {
    const quota = createQuota("TEST");
    expect(sendAll(quota, "customer_groups/x/markets")).toBe(25);
  });

  it("takes the limit that answers tell", () => {
    const quota = createQuota("TEST");
    expect(sendAll(quota, "customers")).toBe(25);
    quota.read(answer(200, "", told(200, 175)), to("customers"));
    expect(sendAll(quota, "customers")).toBe(25);
    expect(sendAll(quota, "orders")).toBe(50);
  });

  it("heeds what others of the address have used", () => {
    const quota = createQuota("TEST");
    const { limits } = quota.laneOf(to("customers"));
    for (const limit of limits) limit.take()();
    quota.read(answer(200, "", told(100, 3)), to("customers"));
    expect(sendAll(quota, "orders")).toBe(3);
    const minute = { windowMs: 60_000, resetMs: null };
    expect(quota.current()[0]).toEqual({
      ...minute,
      name: "uncacheable",
      limit: 100,
      left: 3,
    });
    // Each class has its own, whichever was told last.
    quota.read(answer(200, "", told(500, 499)), to("markets"));
    expect(quota.current().slice(0, 2)).toEqual([
      { ...minute, name: "uncacheable", limit: 100, left: 3 },
      { ...minute, name: "cacheable", limit: 500, left: 499 },
    ]);
  });

  it("shows its own count of the bursts, of which nobody tells", () => {
    const quota = createQuota("TEST");
    expect(quota.current()).toEqual([]);
    expect(sendAll(quota, "orders")).toBe(25);
    for (const limit of quota.laneOf(to("customers")).limits) limit.take()();
    const burst = { limit: 25, windowMs: 10_000, resetMs: null };
    expect(quota.current()).toEqual([
      { ...burst, name: "burst of orders", left: 0 },
      { ...burst, name: "burst of customers", left: 24 },
    ]);
  });

  it("is shared by what the share says", () => {
    const quota = createQuota("LIVE", 0.5);
    expect(sendAll(quota, "customers")).toBe(25);
    expect(sendAll(quota, "orders")).toBe(25);
    expect(sendAll(quota, "returns")).toBe(25);
    expect(sendAll(quota, "customer_groups")).toBe(25);
    expect(sendAll(quota, "addresses")).toBe(0);
  });

  it.each([
    ["what it tells", { ...told(100, 0), "retry-after": "2" }, 2_000],
    ["a minute at the most", { "retry-after": "999999" }, 60_000],
    ["half a minute after the average", told(100, 0), 30_000],
    ["ten seconds after a burst", told(100, 50), 10_000],
    ["ten seconds when it is silent", {}, 10_000],
    ["ten seconds when garbled", { "retry-after": "soon" }, 10_000],
  ])("waits after a 429 for %s (X12)", (_, headers, waitMs) => {
    expect(
      createQuota().read(answer(429, "", headers), to("customers")),
    ).toEqual({ kind: "throttled", waitMs });
  });

  it.each([
    ["INVALID_TOKEN", "refused"],
    ["UNAUTHORIZED", "served"],
  ])("takes a 401 %s for %s (A9)", (code, kind) => {
    const body = JSON.stringify({ errors: [{ code }] });
    expect(createQuota().read(answer(401, body), to("customers")).kind).toBe(
      kind,
    );
  });
});

describe("a store of Commerce Layer under its quota", () => {
  let sandbox: CommerceLayerSandboxServer;
  const running: Clientele[] = [];

  beforeEach(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    sandbox.settings.rateLimited = true;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((clientele) => clientele.stop()));
    await sandbox.close();
  });

  const enforced = { quota: { enforce: "always" } };
  const start = async (
    keys: readonly string[],
    settings: Readonly<Record<string, unknown>> = {},
    operationTimeoutMs = 5_000,
  ) => {
    const clientele = await startClientele(
      keys.map((key) => ({
        key,
        server: sandbox,
        settings: { ...enforced, ...settings },
      })),
      { operationTimeoutMs },
    );
    running.push(clientele);
    return clientele;
  };
  const readOne = (clientele: Clientele, index: number, store: string) =>
    clientele.send(
      `{ customer(id: "${gid("Customer", sandbox.data.customers[index]!.id).replace("commerce-layer-demo", store)}") { email } }`,
    );
  const statuses = () =>
    sandbox.journal.requests("api").map(({ status }) => status);

  it("bursts by no more than the platform allows", async () => {
    const clientele = await start(["acme"]);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        readOne(clientele, index, "acme"),
      ),
    );
    const failed = answers.filter(({ errors }) => errors);
    expect(failed).toHaveLength(15);
    for (const { errors } of failed) {
      expect(errors![0]!.extensions.code).toBe("PLATFORM_THROTTLED");
      expect(errors![0]!.extensions["retryAfterMs"]).toBeLessThanOrEqual(
        10_000,
      );
    }
    expect(statuses()).toEqual(Array.from({ length: 25 }, () => 200));
  });

  it("is one for all stores behind one address", async () => {
    const clientele = await start(["acme-eu", "acme-us"]);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        readOne(clientele, index, index % 2 === 0 ? "acme-eu" : "acme-us"),
      ),
    );
    expect(answers.filter(({ errors }) => errors)).toHaveLength(15);
    expect(statuses()).toEqual(Array.from({ length: 25 }, () => 200));
  });

  it("goes easy on what others have used", async () => {
    for (const type of ["orders", "returns", "addresses", "customer_groups"]) {
      for (let sent = 0; sent < 24; sent += 1) {
        await fetch(`${sandbox.origin}/api/${type}?page[size]=1`, {
          headers: {
            authorization: `Bearer ${sandboxCredentials.accessToken}`,
            accept: "application/vnd.api+json",
          },
        }).then((response) => response.text());
      }
    }
    sandbox.journal.clear();
    // Of a hundred, 96 are used.
    const clientele = await start(["acme"]);
    await readOne(clientele, 0, "acme");
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        readOne(clientele, index, "acme"),
      ),
    );
    expect(statuses().filter((status) => status === 200).length).toBe(4);
    expect(statuses().length).toBeLessThanOrEqual(6);
  }, 20_000);
});
