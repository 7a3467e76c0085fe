import { createHash } from "node:crypto";
import { platforms } from "../../src/platforms/registry";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, dataOf, startClientele } from "../support/clientele";

const ttlMs = 10_000;
const groupsOnly = { groupsTtlMs: ttlMs };
const debug = { "clientele-debug": "upstream" };

/** What of a store's answers is kept, for whom, and for how long. */
describe("a store's cache", () => {
  let sandbox: Sandbox;
  let clientele: Clientele | undefined;
  let ahead: number;

  beforeAll(async () => {
    const rooms = await Promise.all(
      platforms.flatMap((platform) => platform.sandbox?.() ?? []),
    );
    sandbox = await startSandbox({ rooms });
  });
  afterAll(async () => {
    await sandbox.close();
  });

  beforeEach(() => {
    ahead = 0;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, "now").mockImplementation(() => now() + ahead);
  });
  afterEach(async () => {
    for (const server of sandbox.servers) server.faults.clear();
    await clientele?.stop();
    clientele = undefined;
    jest.restoreAllMocks();
    for (const server of sandbox.servers) server.journal.clear();
  });

  const keys = ["commerce-layer-demo", "bigcommerce-demo", "ecwid-demo"];
  const open = async (
    cache: object | undefined,
    server: Record<string, unknown> = {},
    store: Record<string, unknown> = {},
  ) => {
    clientele = await startClientele(
      sandbox.servers.map((room) => ({
        server: room,
        settings: { ...(cache ? { cache } : {}), ...store },
      })),
      server,
    );
    return clientele;
  };
  const requests = (key: string) =>
    sandbox.server(key).journal.requests("api").length;
  const ask = async (query: string, headers = {}) => {
    if (!clientele) throw new Error("There is no server.");
    return clientele.send(query, {}, headers);
  };
  /** How many requests an operation cost, beside what it answered. */
  const costOf = async (key: string, query: string) => {
    const before = requests(key);
    const { upstream } = (await ask(query, debug)).extensions as any;
    expect(upstream.requests).toBe(requests(key) - before);
    return {
      requests: upstream.requests as number,
      cached: upstream.byStore[key].cached as number,
    };
  };
  const groupsOf = (key: string) =>
    `{ store(key: "${key}") { customerGroups(first: 3) { totalCount nodes { name } } } }`;
  const customersOf = (key: string) =>
    `{ store(key: "${key}") { customers(first: 2) { nodes { email } } } }`;

  it.each([undefined, {}, { maxBytes: 2_000_000 }, { groupsTtlMs: 0 }])(
    "holds nothing with %j",
    async (cache) => {
      await open(cache);
      for (const key of keys) {
        const first = await costOf(key, groupsOf(key));
        expect(first.requests).toBeGreaterThan(0);
        expect(await costOf(key, groupsOf(key))).toEqual(first);
        expect(first.cached).toBe(0);
      }
    },
  );

  it.each(keys)("of %s holds groups and no customers", async (key) => {
    await open(groupsOnly);
    const { requests: sent } = await costOf(key, groupsOf(key));
    expect(await costOf(key, groupsOf(key))).toEqual({
      requests: 0,
      cached: sent,
    });
    const { data } = await ask(groupsOf(key));
    expect(data.store.customerGroups.nodes).toHaveLength(3);
    const group = (
      await ask(
        `{ store(key: "${key}") { customerGroups(first: 1) { nodes { id } } } }`,
      )
    ).data.store.customerGroups.nodes[0].id as string;
    const one = (
      await ask(
        `{ customers(first: 1, filter: { stores: ["${key}"] }) { nodes { id } } }`,
      )
    ).data.customers.nodes[0].id as string;
    const ofCustomers = [
      customersOf(key),
      `{ store(key: "${key}") { customers(first: 0) { totalCount } } }`,
      `{ customer(id: "${one}") { email addresses { city } } }`,
      `{ customersByEmail(email: "john@example.com") { id } }`,
      `{ customerGroup(id: "${group}") { customers(first: 2) { totalCount nodes { id } } } }`,
    ];
    // Groups that customers lead to may come from what is kept.
    const sentBy = async (query: string) => {
      const { journal } = sandbox.server(key);
      const before = journal.requests("api").length;
      dataOf(await ask(query));
      return journal
        .requests("api")
        .slice(before)
        .filter(({ path }) => path.includes("/customers"))
        .map(({ path, query: asked }) => `${path} ${JSON.stringify(asked)}`)
        .sort();
    };
    for (const query of ofCustomers) {
      const sent = await sentBy(query);
      expect(sent.length).toBeGreaterThan(0);
      expect(await sentBy(query)).toEqual(sent);
    }
  });

  it("holds what groups lead to, as far as it is none of customers'", async () => {
    await open(groupsOnly);
    const costs = async (key: string, fields: string) => {
      const query = `{ store(key: "${key}") { customerGroups(first: 5) { nodes { id ${fields} } } } }`;
      const first = await costOf(key, query);
      expect(first.requests).toBeGreaterThan(0);
      return (await costOf(key, query)).requests;
    };
    expect(
      await costs(
        "commerce-layer-demo",
        "... on CommerceLayerCustomerGroup { markets { nodes { name priceList { name } } } }",
      ),
    ).toBe(0);
    expect(
      await costs(
        "bigcommerce-demo",
        `... on BigCommerceCustomerGroup { categoryAccess { categories { name } }
         discountRules { type ... on BigCommerceProductDiscountRule { product { name } }
           ... on BigCommercePriceListDiscountRule { priceList { name } } } }`,
      ),
    ).toBe(0);
    // An attachment may be a customer's.
    expect(
      await costs(
        "commerce-layer-demo",
        "... on CommerceLayerCustomerGroup { attachments(first: 1) { nodes { name } } }",
      ),
    ).toBeGreaterThan(0);
  });

  it.each(keys)("of %s holds customers where it is told to", async (key) => {
    await open({ customersTtlMs: ttlMs });
    const { requests: sent } = await costOf(key, customersOf(key));
    expect(await costOf(key, customersOf(key))).toEqual({
      requests: 0,
      cached: sent,
    });
    await ask(groupsOf(key));
    expect((await costOf(key, groupsOf(key))).cached).toBe(0);
  });

  it("renews in the background, once, and counts it", async () => {
    const key = "ecwid-demo";
    await open(groupsOnly);
    await ask(groupsOf(key));
    expect(requests(key)).toBe(1);
    ahead += ttlMs;
    const fault = sandbox.server(key).faults.add({ delayMs: 50 });
    for (let times = 0; times < 5; times += 1) {
      const { extensions } = await ask(groupsOf(key), debug);
      expect(extensions).toMatchObject({
        upstream: { requests: 0, byStore: { [key]: { cached: 1 } } },
      });
      expect(extensions).not.toHaveProperty("stale");
    }
    const counted = async () => {
      const { origin } = new URL(clientele?.url ?? "");
      const text = await (await fetch(`${origin}/metrics`)).text();
      return (name: string) =>
        Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
    };
    const sent = `clientele_upstream_requests_total{store="${key}",status="200"}`;
    while ((await counted())(escaped(sent)) < 2) await pause();
    expect(requests(key)).toBe(2);
    expect(
      (await counted())(
        escaped(`clientele_upstream_cached_total{store="${key}"}`),
      ),
    ).toBe(5);
    fault.remove();
    // It is fresh again.
    ahead += ttlMs - 5_000;
    expect(await costOf(key, groupsOf(key))).toEqual({
      requests: 0,
      cached: 1,
    });
    // And too old for that once nobody has asked for long.
    ahead += 2 * ttlMs;
    expect(await costOf(key, groupsOf(key))).toEqual({
      requests: 1,
      cached: 0,
    });
  });

  it("stops at once while it renews", async () => {
    const key = "ecwid-demo";
    const running = await open(groupsOnly);
    await ask(groupsOf(key));
    ahead += ttlMs;
    sandbox.server(key).faults.add({ hang: true });
    await ask(groupsOf(key));
    while (requests(key) < 2) await pause();
    const startedAt = performance.now();
    await running.stop();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  const store = { retry: { attempts: 1 } };

  it.each(keys)(
    "of %s stands in during an outage, and says so",
    async (key) => {
      await open(groupsOnly, {}, store);
      const honest = dataOf(await ask(groupsOf(key)));
      ahead += 60_000;
      sandbox.server(key).faults.add({ status: 503 });
      const again = `query Again ${groupsOf(key)}`;
      // By Apollo Server the first time, and at once the second.
      for (const query of [again, again]) {
        const { data, errors, extensions } = await ask(query);
        expect(errors).toBeUndefined();
        expect(data).toEqual(honest);
        expect(extensions).toEqual({
          stale: [{ store: key, ageMs: expect.any(Number) }],
        });
        const [{ ageMs }] = extensions?.["stale"] as [{ ageMs: number }];
        expect(ageMs).toBeGreaterThanOrEqual(60_000);
        expect(ageMs).toBeLessThan(70_000);
      }
      const line = JSON.parse(clientele?.log.at(-1) ?? "");
      expect(line.upstream.byStore[key].staleMs).toBeGreaterThanOrEqual(60_000);
      // What is not kept fails as ever.
      expect((await ask(customersOf(key))).errors).toMatchObject([
        { extensions: { code: "PLATFORM_UNAVAILABLE", store: key } },
      ]);
      // Nor is an answer served for ever.
      ahead += 300_000;
      expect((await ask(again)).errors).toHaveLength(1);
      // Once it is over, it is over.
      sandbox.server(key).faults.clear();
      ahead += 10_000;
      expect(await ask(again)).toEqual({ status: 200, data: honest });
    },
  );

  it("stands in for a store that hangs, at the operation's deadline", async () => {
    const key = "bigcommerce-demo";
    await open(groupsOnly, { operationTimeoutMs: 300 });
    const honest = dataOf(await ask(groupsOf(key)));
    ahead += 3 * ttlMs;
    sandbox.server(key).faults.add({ hang: true });
    const { data, errors, extensions } = await ask(groupsOf(key));
    expect(errors).toBeUndefined();
    expect(data).toEqual(honest);
    expect(extensions).toMatchObject({ stale: [{ store: key }] });
  });

  it("names each store that something stands in for", async () => {
    const query =
      "{ stores { customerGroups(first: 2) { totalCount nodes { name } } } }";
    await open(groupsOnly, {}, store);
    const honest = dataOf(await ask(query));
    ahead += 3 * ttlMs;
    for (const key of ["commerce-layer-demo", "ecwid-demo"])
      sandbox.server(key).faults.add({ status: 500 });
    const { data, extensions } = await ask(query, debug);
    expect(data).toEqual(honest);
    const { stale, upstream } = extensions as any;
    expect(stale).toHaveLength(2);
    expect(stale).toEqual(
      expect.arrayContaining(
        ["commerce-layer-demo", "ecwid-demo"].map((key) => ({
          store: key,
          ageMs: expect.any(Number) as number,
        })),
      ),
    );
    expect(upstream.byStore["bigcommerce-demo"]).not.toHaveProperty("staleMs");
  });

  it("is none of another store's of the same account", async () => {
    const [server] = sandbox.servers;
    if (!server) throw new Error("There is no sandbox.");
    const settings = { cache: groupsOnly };
    clientele = await startClientele([
      { key: "first", server, settings },
      { key: "second", server, settings },
    ]);
    const both = async () => {
      const before = requests(server.storeKey);
      for (const key of ["first", "second"]) await ask(groupsOf(key));
      return requests(server.storeKey) - before;
    };
    expect(await both()).toBe(2);
    expect(await both()).toBe(0);
  });

  it("shows nothing to whoever may not see it", async () => {
    const key = "ecwid-demo";
    const keyOf = (name: string, scopes: string[], stores?: string[]) => ({
      name,
      sha256: createHash("sha256").update(name).digest("hex"),
      scopes,
      ...(stores ? { stores } : {}),
    });
    await open(
      { groupsTtlMs: ttlMs, customersTtlMs: ttlMs },
      {
        auth: {
          mode: "apiKeys",
          keys: [
            keyOf("all", ["read:groups", "read:customers"]),
            keyOf("groups", ["read:groups"]),
            keyOf(
              "elsewhere",
              ["read:groups", "read:customers"],
              ["bigcommerce-demo"],
            ),
          ],
        },
      },
    );
    const as = (name: string, query: string) =>
      ask(query, { authorization: `Bearer ${name}` });
    const emails = dataOf(await as("all", customersOf(key)));
    dataOf(await as("all", groupsOf(key)));
    const before = requests(key);
    expect(dataOf(await as("all", customersOf(key)))).toEqual(emails);
    expect(requests(key)).toBe(before);

    const refused = await as("groups", customersOf(key));
    expect(refused.errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
    expect(JSON.stringify(refused)).not.toContain("@");
    expect((await as("groups", groupsOf(key))).errors).toBeUndefined();
    for (const query of [customersOf(key), groupsOf(key)]) {
      const { data } = await as("elsewhere", query);
      expect(data).toEqual({ store: null });
    }
    expect(requests(key)).toBe(before);
  });

  it("changes nothing of how long a caller may keep an answer", async () => {
    const running = await open(groupsOnly);
    for (let times = 0; times < 2; times += 1) {
      const { headers } = await fetch(running.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: groupsOf("ecwid-demo") }),
      });
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

/** As a regular expression that finds the text itself. */
function escaped(text: string): string {
  return text.replace(/[{}",=]/g, "\\$&");
}
