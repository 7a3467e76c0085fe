import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid } from "./truth";

interface Resource {
  id: unknown;
  type: unknown;
  attributes?: Record<string, unknown>;
  relationships: Record<string, { links: { related: unknown } }>;
}
interface Document {
  data: Resource & Resource[];
  included?: Resource[];
  meta?: Record<string, unknown>;
}

/** Documents that break the API's promises: never a wrong value, never more lost than the item. */
describe("breaches of contract by Commerce Layer", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.journal.clear();
  });

  const change = (edit: (document: Document) => void, path?: RegExp) => {
    sandbox.faults.add({
      when: { kind: "api", ...(path ? { path } : {}) },
      transform: (body) => {
        edit(body as Document);
        return body;
      },
    });
  };
  const breach = { extensions: { code: "PLATFORM_CONTRACT" } };
  const readOne = () =>
    clientele.send(
      `{ customer(id: "${gid("Customer", sandbox.data.customers[5]!.id)}") { email createdAt } stores { key } }`,
    );
  const readList = () =>
    clientele.send(
      "{ customers(first: 5) { totalCount nodes { nativeId email ... on CommerceLayerCustomer { metadata } } edges { cursor node { nativeId } } } }",
    );

  it.each<[string, (document: Document) => void]>([
    [
      "lacks attributes",
      (document) => delete (document.data as Resource).attributes,
    ],
    ["has no data", (document) => (document.data = null as never)],
    ["has another entity's id", ({ data }) => (data.id = "aaaaaaaaaa")],
    ["has no id", ({ data }) => delete (data as { id?: unknown }).id],
    ["has a numeric id", ({ data }) => (data.id = 42)],
    ["has another type", ({ data }) => (data.type = "orders")],
    ["is a list", (document) => (document.data = [document.data] as never)],
    [
      "has an e-mail that is a list",
      ({ data }) => (data.attributes!["email"] = ["a@example.com"]),
    ],
    [
      "has a date that is a number",
      ({ data }) => (data.attributes!["created_at"] = 1_500_000_000),
    ],
  ])("gives no value of a document that %s", async (_, edit) => {
    change(edit);
    const answer = await readOne();
    expect(answer.data).toEqual({
      customer: null,
      stores: [{ key: "commerce-layer-demo" }],
    });
    expect(answer.errors).toMatchObject([
      {
        path: ["customer"],
        extensions: {
          code: "PLATFORM_CONTRACT",
          store: "commerce-layer-demo",
          platform: "commerce-layer",
        },
      },
    ]);
  });

  it.each<[string, (row: Resource) => void]>([
    ["lacks attributes", (row) => delete row.attributes],
    ["has a wrong type", (row) => (row.attributes!["email"] = 7)],
    [
      "has metadata that is a text",
      (row) => (row.attributes!["metadata"] = "x"),
    ],
  ])("loses one row that %s alone", async (_, edit) => {
    change(({ data }) => {
      edit(data[2]!);
    });
    const answer = await readList();
    const rows = sandbox.data.customers.slice(0, 5);
    const expected = rows.map(({ id, email, metadata }, index) =>
      index === 2 ? null : { nativeId: id, email, metadata },
    );
    expect(answer.data.customers.nodes).toEqual(expected);
    expect(answer.data.customers.totalCount).toBe(
      sandbox.data.customers.length,
    );
    expect(answer.data.customers.edges[2]).toBeNull();
    expect(answer.errors).toHaveLength(2);
    expect(answer.errors).toMatchObject([breach, breach]);
    expect(answer.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        ["customers", "nodes", 2],
        ["customers", "edges", 2],
      ]),
    );
  });

  it("takes a missing asked id for a breach", async () => {
    // Of two asked, one is answered, and a third instead of the other.
    change(({ data }) => {
      data[0]!.id = "aaaaaaaaaa";
    });
    const ids = sandbox.data.customers.slice(0, 3).map(({ id }) => id);
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { nativeId email } } }",
      { ids: ids.map((id) => gid("Customer", id)) },
    );
    const nodes = answer.data.nodes as ({ nativeId: string } | null)[];
    expect(nodes.filter((node) => node === null)).toHaveLength(1);
    nodes.forEach((node, index) => {
      if (node) expect(node.nativeId).toBe(ids[index]);
    });
    expect(answer.errors).toMatchObject([breach]);
  });

  it("shows no member that names another group", async () => {
    const group = sandbox.data.customerGroups[0]!;
    const other = sandbox.data.customerGroups[1]!;
    change((document) => {
      const [row] = document.data;
      (
        row!.relationships["customer_group"] as unknown as {
          data: { id: string };
        }
      ).data.id = other.id;
    }, /\/customers$/);
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { customers(first: 2) { nodes { email customerGroup { name } } } } }`,
    );
    expect(answer.data.customerGroup.customers.nodes[0]).toBeNull();
    expect(answer.data.customerGroup.customers.nodes[1]).toMatchObject({
      customerGroup: { name: group.name },
    });
    expect(answer.errors).toMatchObject([breach]);
  });

  describe("what was to be included", () => {
    const owner = () => {
      const { customer_id } = sandbox.data.customerAddresses[0]!;
      return sandbox.data.customers.find(({ id }) => id === customer_id)!;
    };
    const read = (fields: string) =>
      clientele.send(
        `{ customer(id: "${gid("Customer", owner().id)}") { email ${fields} } }`,
      );
    /** Leaves out what a document says of a relationship. */
    const untell = (type: string, name: string, rest: object | undefined) => {
      change(({ data, included = [] }) => {
        for (const resource of [data, ...included].flat()) {
          if (resource.type !== type) continue;
          if (rest) resource.relationships[name] = rest as never;
          else delete resource.relationships[name];
        }
      });
    };
    const links = (name: string) => ({
      links: { related: `${sandbox.origin}/api/customers/x/${name}` },
    });

    it.each<[string, string, string, string]>([
      ["customers", "customer_group", "customerGroup", "{ name }"],
      ["customers", "customer_addresses", "addresses", "{ city }"],
      ["customer_addresses", "address", "addresses", "{ city }"],
      ["customers", "attachments", "attachments", "{ nodes { name } }"],
    ])("is no nothing when %s do not name their %s", async (...row) => {
      const [type, name, field, selection] = row;
      const fields = `... on CommerceLayerCustomer { ${field} ${selection} }`;
      const honest = dataOf(await read(fields));
      expect(honest.customer.email).toBe(owner().email);
      for (const rest of [undefined, {}, links(name), { data: 42 }]) {
        untell(type, name, rest);
        sandbox.journal.clear();
        const answer = await read(fields);
        sandbox.faults.clear();
        expect(answer.data.customer).toEqual({
          email: owner().email,
          [field]: null,
        });
        expect(answer.errors?.length).toBeGreaterThan(0);
        for (const error of answer.errors ?? []) {
          expect(error).toMatchObject(breach);
          expect(error.path?.slice(0, 2)).toEqual(["customer", field]);
        }
        expect(sandbox.journal.requests("api")).toHaveLength(1);
      }
    });

    it("is nothing when they name nothing", async () => {
      untell("customers", "customer_group", { data: null });
      untell("customers", "customer_addresses", { data: [] });
      const answer = await read("customerGroup { name } addresses { city }");
      expect(dataOf(answer)).toEqual({
        customer: { email: owner().email, customerGroup: null, addresses: [] },
      });
    });
  });

  it("keeps the row beside a number too large", async () => {
    change((document) => {
      document.data[0]!.attributes!["total_orders_count"] = 3_000_000_000;
    });
    const answer = await clientele.send(
      "{ customers(first: 2) { nodes { email ... on CommerceLayerCustomer { totalOrdersCount } } } }",
    );
    const rows = sandbox.data.customers;
    expect(answer.data.customers.nodes).toEqual([
      { email: rows[0]!.email, totalOrdersCount: null },
      { email: rows[1]!.email, totalOrdersCount: rows[1]!.total_orders_count },
    ]);
    expect(answer.errors).toMatchObject([
      {
        path: ["customers", "nodes", 0, "totalOrdersCount"],
        ...breach,
      },
    ]);
  });

  it("takes an unreadable date as absent and counts it", async () => {
    change(({ data }) => {
      data.attributes!["created_at"] = "sometime in May";
    });
    const answer = await readOne();
    expect(dataOf(answer)).toMatchObject({
      customer: { email: sandbox.data.customers[5]!.email, createdAt: null },
    });
    const metrics = await fetch(new URL("/metrics", clientele.url));
    expect(await metrics.text()).toContain(
      'clientele_unreadable_dates_total{store="commerce-layer-demo"} 1',
    );
  });

  it.each([
    {},
    { record_count: -1 },
    { record_count: "12" },
    { record_count: 1.5 },
  ])("pages no list whose length is unknown", async (meta) => {
    change((document) => {
      document.meta = meta;
    });
    const answer = await readList();
    expect(answer.data.customers.nodes).toEqual([null]);
    expect(answer.errors?.[0]).toMatchObject(breach);
  });

  it.each([
    "//evil.test/api/customer_groups/x/customers",
    "https://evil.test/api/customer_groups/x/customers",
    "http://127.0.0.1:1/api/customer_groups/x/customers",
    "ORIGIN/api/../admin/customers",
    "ORIGIN/api/%2e%2e/admin/customers",
    "ORIGIN/elsewhere/customers",
    "ORIGIN@evil.test/api/customer_groups/x/customers",
    // U2: other hosts, in every disguise.
    "/\\evil.test/api/customer_groups/x/customers",
    "https:///evil.test/api/customer_groups/x/customers",
    "http://127.0.0.1.evil.test/api/customer_groups/x/customers",
    "evil.test\\@HOST/api/customer_groups/x/customers",
    "ht\ttps://evil.test/api/customer_groups/x/customers",
    "data:application/json,{}",
    "ftp://HOST/api/customer_groups/x/customers",
    // U3: nearly our own.
    "https://HOST/api/customer_groups/SELF/customers",
    "http://localhost./api/customer_groups/SELF/customers",
    "http://127.0.0.1:8443/api/customer_groups/SELF/customers",
    "http://user@HOST/api/customer_groups/SELF/customers",
    // U4: relative, and so on our own host.
    "/api/customer_groups/SELF/customers",
    "https:evil.test/x",
    "http:/api/customer_groups/SELF/customers",
    // U5: outside the path of this very relationship.
    "ORIGIN/api/customer_groups/SELF/markets",
    "ORIGIN/api/customer_groups/SELF/customers/",
    "ORIGIN/api/customer_groups/SELF/relationships/customers",
    "ORIGIN/api/customer_groups/OTHER/customers",
    "ORIGIN/api/customer_groups/SELF/../OTHER/customers",
    "ORIGIN/api/customer_groups/SELF/%2e%2e/OTHER/customers",
    "ORIGIN/api/customers",
    "ORIGIN//api/customer_groups/SELF/customers",
    // U7: addresses of machines.
    "http://2130706433:1/api/customer_groups/SELF/customers",
    "http://[::ffff:7f00:1]/api/customer_groups/SELF/customers",
    "http://169.254.169.254/api/customer_groups/SELF/customers",
    "http://user:pw@HOST/api/customer_groups/x/customers",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "\\\\evil.test\\api",
    "",
    "#",
    null,
    42,
    {},
    ["ORIGIN/api/customers"],
  ])("follows no link to %j", async (link) => {
    const host = sandbox.origin.replace("http://", "");
    const related =
      typeof link === "string"
        ? link
            .replace("ORIGIN", sandbox.origin)
            .replace("HOST", host)
            .replace("SELF", sandbox.data.customerGroups[0]!.id)
            .replace("OTHER", sandbox.data.customerGroups[1]!.id)
        : link;
    change((document) => {
      document.data.relationships["customers"]!.links.related = related;
    }, /\/customer_groups\/\w+$/);
    const group = sandbox.data.customerGroups[0]!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { name customers(first: 2) { nodes { email } } } }`,
    );
    expect(answer.data).toEqual({
      customerGroup: { name: group.name, customers: null },
    });
    expect(answer.errors).toMatchObject([
      { path: ["customerGroup", "customers"], ...breach },
    ]);
    expect(sandbox.journal.requests("api")).toHaveLength(1);
  });

  it("follows a link that is its own once parsed (U6)", async () => {
    change((document) => {
      const { links } = document.data.relationships["customers"]!;
      links.related = String(links.related)
        .replace("http://127.0.0.1", "HTTP://127\uff0e0.0\u30021")
        .concat("#fragment");
    }, /\/customer_groups\/\w+$/);
    const group = sandbox.data.customerGroups[0]!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { customers(first: 2) { nodes { email } } } }`,
    );
    expect(dataOf(answer).customerGroup.customers.nodes).toHaveLength(2);
    expect(sandbox.journal.requests("api")).toHaveLength(2);
  });

  it("writes no value that is too deep to write", async () => {
    let metadata: unknown = "canary";
    for (let level = 0; level < 2_000; level += 1) metadata = { a: metadata };
    change((document) => {
      document.data[1]!.attributes!["metadata"] = metadata;
    });
    const answer = await readList();
    const rows = sandbox.data.customers.slice(0, 5);
    expect(answer.data.customers.nodes).toEqual(
      rows.map(({ id, email, metadata: own }, index) =>
        index === 1 ? null : { nativeId: id, email, metadata: own },
      ),
    );
    expect(answer.errors?.[0]).toMatchObject(breach);
    expect(JSON.stringify(answer)).not.toContain("canary");
  });

  it.each([Number.MAX_SAFE_INTEGER, 1e300])(
    "asks for no pages without end (U10): %d",
    async (count) => {
      change((document) => {
        document.meta = { record_count: count, page_count: count };
      });
      await clientele.send(
        "{ customers(first: 100) { nodes { email } pageInfo { hasNextPage } } }",
      );
      expect(sandbox.journal.requests("api").length).toBeLessThanOrEqual(4);
    },
  );

  it("drops the query of a link it follows", async () => {
    change((document) => {
      const { links } = document.data.relationships["customers"]!;
      links.related = `${String(links.related)}?access_token=canary&page[size]=99`;
    }, /\/customer_groups\/\w+$/);
    const group = sandbox.data.customerGroups[0]!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { customers(first: 2) { nodes { email } } } }`,
    );
    dataOf(answer);
    const [, followed] = sandbox.journal.requests("api");
    expect(followed?.query.map(([name]) => name)).not.toContain("access_token");
    expect(followed?.query).toContainEqual(["page[size]", "2"]);
  });

  it("pollutes no prototype and keeps unknown members out", async () => {
    sandbox.faults.add({
      when: { kind: "api" },
      transform: (body) => {
        const text = JSON.stringify(body).replace(
          '"attributes":{',
          '"attributes":{"__proto__":{"polluted":true},"constructor":1,',
        );
        return JSON.parse(text) as unknown;
      },
    });
    dataOf(await readOne());
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
