import {
  type BigCommerceSandboxServer,
  type ReadyFaultName,
  readyFaults,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import { BigCommerceGroupsDocument } from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid, groupView } from "./truth";

const unavailable = { code: "PLATFORM_UNAVAILABLE" };
const contract = { code: "PLATFORM_CONTRACT" };

/** Whatever the shape of an error, it becomes one of ours. */
const expectations: Readonly<
  Record<ReadyFaultName, Readonly<Record<string, unknown>>>
> = {
  quotaUsedUp: { code: "PLATFORM_THROTTLED", retryAfterMs: 200 },
  quotaUsedUpWithRetryAfter: {
    code: "PLATFORM_THROTTLED",
    retryAfterMs: 1_000,
  },
  // The room's own headers say when its window ends.
  overloaded: { code: "PLATFORM_THROTTLED" },
  v2Array: contract,
  v2ArrayWithDetails: contract,
  v3Object: contract,
  v3ObjectWithDetail: contract,
  v2Errors: contract,
  codeAndMessage: {
    code: "PLATFORM_DENIED",
    scope: "store_v2_customers_read_only",
  },
  degraded: unavailable,
  plainTextUnauthorized: { code: "PLATFORM_DENIED" },
  htmlServerError: unavailable,
  htmlBadGateway: unavailable,
  xmlServerError: unavailable,
  missingScope: {
    code: "PLATFORM_DENIED",
    scope: "store_v2_customers_read_only",
  },
  conflict: contract,
  maintenance: unavailable,
  gatewayTimeout: unavailable,
  planLimit: unavailable,
  partialSuccess: contract,
  emptyOk: contract,
  htmlOk: contract,
  unknownShape: contract,
};

describe("errors of BigCommerce", () => {
  let sandbox: BigCommerceSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startBigCommerceSandbox();
  });
  afterAll(async () => {
    await sandbox.close();
  });
  afterEach(() => clientele.stop());
  beforeEach(async () => {
    // A refusal stops a store for a while: each test has its own. What is
    // repeated is told in test/http and test/platforms/retries.test.ts.
    clientele = await startClientele([
      { server: sandbox, settings: { retry: { attempts: 1 } } },
    ]);
    sandbox.faults.clear();
    sandbox.journal.clear();
    sandbox.settings.rateLimited = false;
    sandbox.settings.quotaLeft = 150;
    sandbox.settings.scopes = [
      "store_v2_customers_read_only",
      "store_v2_products_read_only",
    ];
  });

  const names = Object.keys(readyFaults) as ReadyFaultName[];

  it.each(
    names.flatMap((name) => [
      [name, "{ x: customers(first: 2) { nodes { email } } }"] as const,
      [name, "{ x: customerGroups(first: 2) { nodes { name } } }"] as const,
      [
        name,
        `{ x: customerGroup(id: "${gid("CustomerGroup", 2)}") { name } }`,
      ] as const,
    ]),
  )("in the shape %s are told alike: %s", async (name, query) => {
    sandbox.faults.add({ ...readyFaults[name], when: { kind: "api" } });
    const answer = await clientele.send(query);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      store: "bigcommerce-demo",
      platform: "bigcommerce",
      ...expectations[name],
    });
    expect(answer.errors?.[0]?.extensions["operation"]).toMatch(
      /^GET \/v[23]\/(customers|customer_groups(\/\{id\})?)$/,
    );
    // Nothing of what came is repeated.
    expect(answer.errors?.[0]?.message).not.toMatch(
      /html|should have correct format|SERVICE_DEGRADED|unexpected|required scope to/i,
    );
  });

  it("leave groups standing without the catalog's scope", async () => {
    sandbox.settings.scopes = ["store_v2_customers_read_only"];
    const answer = await clientele.query(BigCommerceGroupsDocument, {
      first: 100,
    });
    const nodes = answer.data.customerGroups?.nodes ?? [];
    expect(nodes).toHaveLength(sandbox.data.customerGroups.length);
    nodes.forEach((node, index) => {
      const row = sandbox.data.customerGroups[index]!;
      const whole = groupView(sandbox, row);
      const hasCategories = whole.categoryAccess.categoryIds.length > 0;
      expect(node).toMatchObject({
        name: row.name,
        isDefault: row.is_default,
        categoryAccess: {
          type: whole.categoryAccess.type,
          categoryIds: whole.categoryAccess.categoryIds,
          categories: hasCategories ? null : [],
        },
      });
    });
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({
        code: "PLATFORM_DENIED",
        scope: "store_v2_products_read_only",
      });
    }
    // One refusal for each kind, however many rules there are.
    expect(sandbox.journal.requests("api")).toHaveLength(4);
  });

  it("name the scope that customers take", async () => {
    sandbox.settings.scopes = ["store_v2_products_read_only"];
    const answer = await clientele.send(
      "{ customers(first: 2) { nodes { email } } }",
    );
    expect(answer.errors).toMatchObject([
      {
        extensions: {
          code: "PLATFORM_DENIED",
          scope: "store_v2_customers_read_only",
        },
      },
    ]);
  });

  it("tell a wrong token from a missing scope", async () => {
    const other = await startClientele([
      {
        server: sandbox,
        settings: { credentials: { accessToken: "canary-token" } },
      },
    ]);
    const answer = await other.send(
      "{ customers(first: 2) { nodes { email } } }",
    );
    await other.stop();
    expect(answer.errors).toMatchObject([
      { extensions: { code: "PLATFORM_DENIED" } },
    ]);
    expect(answer.errors?.[0]?.message).toContain("credentials.accessToken");
    expect(answer.errors?.[0]?.extensions).not.toHaveProperty("scope");
    expect(JSON.stringify([answer, other.log])).not.toContain("canary");
  });

  it("keep a used-up quota to the store", async () => {
    sandbox.settings.rateLimited = true;
    sandbox.drain(149);
    dataOf(await clientele.send("{ customers(first: 2) { nodes { email } } }"));
    const answer = await clientele.send(
      "{ customers(first: 3) { nodes { email } } stores { key } }",
    );
    expect(answer.data).toEqual({
      customers: { nodes: [null] },
      stores: [{ key: "bigcommerce-demo" }],
    });
    const extensions = answer.errors?.[0]?.extensions;
    expect(extensions?.code).toBe("PLATFORM_THROTTLED");
    expect(extensions?.["retryAfterMs"]).toBeGreaterThan(0);
    expect(extensions?.["retryAfterMs"]).toBeLessThanOrEqual(30_000);
  });

  it("show the quota that is left in the metrics", async () => {
    sandbox.drain(40);
    dataOf(await clientele.send("{ customers(first: 2) { nodes { email } } }"));
    const page = await fetch(new URL("/metrics", clientele.url));
    expect(await page.text()).toContain(
      'clientele_upstream_quota_left{store="bigcommerce-demo",quota="all"} 109',
    );
  });

  it("lose one row that cannot be read alone", async () => {
    sandbox.faults.add({
      when: { path: /\/customer_groups$/ },
      transform: (body) => {
        (body as { name: unknown }[])[2]!.name = 42;
        return body;
      },
    });
    const answer = await clientele.send(
      "{ customerGroups(first: 5) { nodes { name } } }",
    );
    const rows = sandbox.data.customerGroups;
    expect(answer.data.customerGroups.nodes).toEqual(
      rows
        .slice(0, 5)
        .map(({ name }, index) => (index === 2 ? null : { name })),
    );
    expect(answer.errors).toMatchObject([
      {
        path: ["customerGroups", "nodes", 2],
        extensions: { code: "PLATFORM_CONTRACT" },
      },
    ]);
  });

  it("show no member that names another group", async () => {
    sandbox.faults.add({
      when: { path: /\/v3\/customers$/ },
      transform: (body) => {
        (
          body as { data: { customer_group_id: number }[] }
        ).data[0]!.customer_group_id = 1;
        return body;
      },
    });
    const group = sandbox.data.customerGroups.find(
      ({ id }) =>
        id > 1 &&
        sandbox.data.customers.filter((row) => row.customer_group_id === id)
          .length > 1,
    )!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { customers(first: 2) { nodes { email } } } }`,
    );
    const { nodes } = answer.data.customerGroup.customers;
    expect(nodes[0]).toBeNull();
    expect(nodes[1]).not.toBeNull();
    expect(answer.errors).toMatchObject([
      { extensions: { code: "PLATFORM_CONTRACT" } },
    ]);
  });

  it("end a list of assignments without an end", async () => {
    sandbox.faults.add({
      when: { path: /assignments$/ },
      transform: (body) => {
        const { meta } = body as {
          meta: { pagination: { total_pages: number } };
        };
        meta.pagination.total_pages = 1_000_000;
        return body;
      },
    });
    const answer = await clientele.send(
      "{ customerGroups(first: 2) { nodes { ... on BigCommerceCustomerGroup { priceListAssignments { id } } } } }",
    );
    expect(answer.data.customerGroups.nodes).toEqual([
      { priceListAssignments: null },
      { priceListAssignments: null },
    ]);
    expect(answer.errors?.[0]).toMatchObject({
      extensions: { code: "PLATFORM_CONTRACT" },
    });
    expect(sandbox.journal.requests("api")).toHaveLength(2);
  });

  it("lose no rule that is odd", async () => {
    const odd = [
      { type: "bogo", method: 7, amount: { buy: 2 } },
      { type: "category", category_id: 18, amount: "much" },
      { type: "product" },
    ];
    sandbox.faults.add({
      when: { path: /\/customer_groups\/2$/ },
      transform: (body) => ({ ...(body as object), discount_rules: odd }),
    });
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", 2)}") { ... on BigCommerceCustomerGroup { discountRules { __typename type method amount ... on BigCommerceOtherDiscountRule { raw } } } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customerGroup: {
        discountRules: odd.map((raw) => ({
          __typename: "BigCommerceOtherDiscountRule",
          type: raw.type,
          method: null,
          amount: null,
          raw,
        })),
      },
    });
  });
});
