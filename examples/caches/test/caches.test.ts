import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  TypeInfo,
  buildSchema,
  isObjectType,
  parse,
  print,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { platforms } from "../../../src/platforms/registry";
import {
  type BigCommerceSandboxServer,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import type { CommerceLayerSandboxServer } from "../../../src/sandbox/commerce-layer";
import type { EcwidSandboxServer } from "../../../src/sandbox/ecwid";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start";
import { EcwidGroupsDocument } from "../../../test/gql/graphql";
import * as bigCommerceTruth from "../../../test/platforms/bigcommerce/truth";
import * as commerceLayerTruth from "../../../test/platforms/commerce-layer/truth";
import * as ecwidTruth from "../../../test/platforms/ecwid/truth";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../../test/support/clientele";
import { keys } from "../src/create-urql-client";
import {
  type CachedClient,
  createCachedApolloClient,
  createCachedUrqlClient,
} from "./support/cached-client";

const examples = resolve(__dirname, "../..");
const operations = JSON.parse(
  readFileSync(join(examples, "examples.json"), "utf8"),
) as readonly { readonly file: string; readonly variables?: object }[];

const schema = buildSchema(
  readFileSync(join(examples, "../schema.api.graphql"), "utf8"),
);

const failure = { when: { kind: "api" as const }, status: 503 };

const customerList = `
  query CustomerList($first: Int!, $after: String, $filter: CustomerFilter) {
    list: customers(first: $first, after: $after, filter: $filter) {
      totalCount
      edges {
        node {
          id
          email
          ... on CommerceLayerCustomer { status }
          ... on BigCommerceCustomer { company }
          ... on EcwidCustomer { language }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

describe.each([
  { name: "Apollo Client", create: createCachedApolloClient },
  { name: "urql with Graphcache", create: createCachedUrqlClient },
])("$name", ({ name, create }) => {
  let sandbox: Sandbox;
  let commerceLayer: CommerceLayerSandboxServer;
  let bigCommerce: BigCommerceSandboxServer;
  let ecwid: EcwidSandboxServer;
  /** Another account of a platform: what native ids mean there differs. */
  let secondBigCommerce: BigCommerceSandboxServer;
  let clientele: Clientele;
  let client: CachedClient;
  let warned: jest.SpyInstance[];

  beforeAll(async () => {
    const rooms = platforms.map(({ sandbox: room }) => room!());
    sandbox = await startSandbox({ rooms: await Promise.all(rooms) });
    commerceLayer = sandbox.server(
      "commerce-layer-demo",
    ) as CommerceLayerSandboxServer;
    bigCommerce = sandbox.server(
      "bigcommerce-demo",
    ) as BigCommerceSandboxServer;
    ecwid = sandbox.server("ecwid-demo") as EcwidSandboxServer;
    secondBigCommerce = await startBigCommerceSandbox({ seed: 2 });
    clientele = await startClientele([
      ...sandbox.servers.map((server) => ({ server })),
      { key: "second", server: secondBigCommerce },
    ]);
  });
  afterAll(async () => {
    await clientele.stop();
    await secondBigCommerce.close();
    await sandbox.close();
  });
  beforeEach(() => {
    for (const server of sandbox.servers) {
      server.faults.clear();
      server.journal.clear();
    }
    warned = (["warn", "error"] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation(() => undefined),
    );
    client = create(clientele.url);
  });
  afterEach(() => {
    const calls = warned.flatMap((spy) => spy.mock.calls);
    for (const spy of warned) spy.mockRestore();
    // Both clients warn of what their cache cannot keep apart.
    expect(calls).toEqual([]);
  });

  const asked = () =>
    sandbox.servers
      .map(({ journal }) => journal.requests("api").length)
      .reduce((sum, count) => sum + count);

  /** Some customers of every platform, as the list shows them. */
  const customers = (): readonly Record<string, unknown>[] => [
    ...commerceLayer.data.customers.slice(0, 9).map((row) => ({
      id: commerceLayerTruth.gid("Customer", row.id),
      email: row.email,
      status: row.status.toUpperCase(),
    })),
    ...bigCommerceTruth
      .inOrder(bigCommerce.data.customers)
      .slice(0, 9)
      .map((row) => ({
        id: bigCommerceTruth.gid("Customer", row.id),
        email: row.email,
        company: bigCommerceTruth.textOf(row.company),
      })),
    ...ecwidTruth
      .inOrder(ecwid.data.customers)
      .slice(0, 3)
      .map((row) => ({
        id: ecwidTruth.gid("Customer", row.id),
        email: row.email,
        language: ecwidTruth.textOf(row.lang),
      })),
  ];
  const listOf = (rows = customers()) =>
    client.list(customerList, {
      first: 6,
      filter: { ids: rows.map(({ id }) => id) },
    });
  type Shown = { readonly list: { readonly edges: readonly any[] } };
  const rowsOf = ({ list }: Shown) =>
    list.edges.flatMap((edge) => (edge ? [edge.node] : []));
  const byId = (rows: readonly Record<string, unknown>[]) =>
    [...rows].sort((a, b) => (String(a["id"]) < String(b["id"]) ? -1 : 1));

  it("takes the documents that codegen.yml makes", async () => {
    const variables = { first: 3, filter: { stores: ["ecwid-demo"] } };
    const { data, error } = await client.query(EcwidGroupsDocument, variables);
    expect(error).toBeUndefined();
    expect(withoutTypenames(data)).toEqual(
      dataOf(await clientele.query(EcwidGroupsDocument, variables)),
    );
  });

  it("answers every example as the server does", async () => {
    expect(operations.length).toBeGreaterThan(5);
    for (const { file, variables } of operations) {
      const document = withIds(readFileSync(join(examples, file), "utf8"));
      const answer = await client.query(document, variables);
      expect(answer.error).toBeUndefined();
      expect(withoutTypenames(answer.data)).toEqual(
        dataOf(
          await clientele.send(document, variables as Record<string, unknown>),
        ),
      );
      // Once more, from the cache.
      const before = asked();
      expect((await client.query(document, variables)).data).toEqual(
        answer.data,
      );
      expect([file, asked()]).toEqual([file, before]);
    }
  });

  it("gathers a list of all stores, page after page", async () => {
    const list = await listOf();
    for (const count of [6, 12, 18, 21]) {
      const { data, error } = await list.current();
      expect(error).toBeUndefined();
      expect(rowsOf(data)).toHaveLength(count);
      expect(data.list.totalCount).toBe(21);
      expect(data.list.pageInfo.hasNextPage).toBe(count < 21);
      if (count < 21) await list.loadNext();
    }
    const { data } = await list.current();
    list.close();
    expect(byId(rowsOf(data))).toMatchObject(byId(customers()));
  });

  it.each([
    {
      platform: "Commerce Layer",
      group: () => commerceLayerTruth.gid("CustomerGroup", "xYZkjABcde"),
      members: () =>
        commerceLayerTruth
          .membersOf(commerceLayer, "xYZkjABcde")
          .map(({ id }) => commerceLayerTruth.gid("Customer", id)),
    },
    {
      platform: "BigCommerce",
      group: () => bigCommerceTruth.gid("CustomerGroup", 3),
      members: () =>
        bigCommerceTruth
          .membersOf(bigCommerce, 3)
          .map(({ id }) => bigCommerceTruth.gid("Customer", id)),
    },
    {
      platform: "Ecwid",
      group: () => ecwidTruth.gid("CustomerGroup", 9367005),
      members: () =>
        ecwidTruth
          .membersOf(ecwid, 9367005)
          .map(({ id }) => ecwidTruth.gid("Customer", id)),
    },
  ])("gathers a group's members at $platform", async (at) => {
    const first = Math.ceil(at.members().length / 3);
    const list = await client.list(
      `query ($id: ID!, $first: Int!, $after: String) {
        group: customerGroup(id: $id) {
          id
          list: customers(first: $first, after: $after) {
            edges { node { id } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }`,
      { id: at.group(), first },
      ({ group }) => group,
    );
    for (let page = 1; page < 3; page += 1) await list.loadNext();
    const { data } = await list.current();
    list.close();
    expect(rowsOf(data.group).map(({ id }) => id)).toEqual(at.members());
    expect(data.group.list.pageInfo.hasNextPage).toBe(false);
  });

  it("keeps lists of different filters apart", async () => {
    const one = await listOf(customers().slice(0, 2));
    const other = await listOf(customers().slice(2, 5));
    const shown = [await one.current(), await other.current()];
    one.close();
    other.close();
    expect(shown.map(({ data }) => byId(rowsOf(data)))).toMatchObject([
      byId(customers().slice(0, 2)),
      byId(customers().slice(2, 5)),
    ]);
  });

  it("takes a store up again that failed on a page", async () => {
    commerceLayer.faults.add(failure);
    const list = await listOf();
    const first = await list.current();
    expect(first.error).toContain("commerce-layer-demo");
    expect(rowsOf(first.data)).toHaveLength(6);
    commerceLayer.faults.clear();
    for (let page = 1; page <= 3; page += 1) await list.loadNext();
    const { data } = await list.current();
    list.close();
    expect(data.list.pageInfo.hasNextPage).toBe(false);
    expect(byId(rowsOf(data))).toMatchObject(byId(customers()));
  });

  it("shows a store's failure beside the others", async () => {
    bigCommerce.faults.add(failure);
    const { data, error } = await client.query(
      "{ stores { id key customerGroups(first: 3) { edges { node { id name } } } } }",
    );
    expect(error).toContain('Store "bigcommerce-demo"');
    const groupsOf = ({ data: { customerGroups } }: EcwidSandboxServer) =>
      customerGroups.slice(0, 3).map((row) => ({
        id: ecwidTruth.gid("CustomerGroup", row.id),
        name: row.name,
      }));
    expect(data.stores).toMatchObject([
      { key: "commerce-layer-demo" },
      { key: "bigcommerce-demo", customerGroups: null },
      { key: "ecwid-demo" },
      { key: "second" },
    ]);
    const { edges } = data.stores[2].customerGroups;
    expect(edges).toMatchObject(groupsOf(ecwid).map((node) => ({ node })));
  });

  it("mixes no records of two stores", async () => {
    const [first, second] = bigCommerce.data.priceListAssignments
      .flatMap((one) =>
        secondBigCommerce.data.priceListAssignments
          .filter(
            (other) =>
              other.id === one.id && other.price_list_id !== one.price_list_id,
          )
          .map((other) => [one, other] as const),
      )
      .at(0)!;
    const query = `query ($id: ID!) {
      customerGroup(id: $id) {
        id
        ... on BigCommerceCustomerGroup {
          priceListAssignments { id priceListId }
        }
      }
    }`;
    const reads = [
      { server: bigCommerce, store: "bigcommerce-demo", row: first },
      { server: secondBigCommerce, store: "second", row: second },
    ];
    const ask = async () => {
      const groups = [];
      for (const { store, row } of reads) {
        const { data } = await client.query(query, {
          id: bigCommerceTruth.gid(
            "CustomerGroup",
            row.customer_group_id,
            store,
          ),
        });
        groups.push(withoutTypenames(data.customerGroup.priceListAssignments));
      }
      return groups;
    };
    await ask();
    const before = asked();
    expect(await ask()).toEqual(
      reads.map(({ server, row }) =>
        server.data.priceListAssignments
          .filter(
            ({ customer_group_id }) =>
              customer_group_id === row.customer_group_id,
          )
          .map(({ id, price_list_id }) => ({
            id: String(id),
            priceListId: String(price_list_id),
          })),
      ),
    );
    expect(asked()).toBe(before);
  });

  it("knows which types a fragment is for", async () => {
    const id = ecwidTruth.gid("CustomerGroup", 9367005);
    const read = `query ($id: ID!) {
      node(id: $id) {
        id
        ... on CustomerGroup { name }
        ... on Customer { email }
        ... on BigCommerceCustomerGroup { isGroupForGuests }
      }
    }`;
    const group = ecwid.data.customerGroups.find((row) => row.id === 9367005);
    for (const times of ["from the server", "from the cache"]) {
      const { data, error } = await client.query(read, { id });
      expect([times, withoutTypenames(data), error]).toEqual([
        times,
        { node: { id, name: group!.name } },
        undefined,
      ]);
    }
    expect(asked()).toBe(1);
  });

  if (name === "Apollo Client") {
    it("asks for nothing that a list has brought", async () => {
      const list = await listOf();
      const { data } = await list.current();
      list.close();
      const before = asked();
      const shown = rowsOf(data);
      expect(shown).toHaveLength(6);
      for (const { id, email } of shown) {
        const answer = await client.query(
          "query ($id: ID!) { customer(id: $id) { id email } }",
          { id },
        );
        expect(answer.data.customer).toMatchObject({ id, email });
      }
      expect(asked()).toBe(before);
      const other = ecwidTruth.inOrder(ecwid.data.customers)[7]!;
      const id = ecwidTruth.gid("Customer", other.id);
      const answer = await client.query(
        "query ($id: ID!) { customer(id: $id) { id email } }",
        { id },
      );
      expect(answer.data.customer).toMatchObject({ id, email: other.email });
      expect(asked()).toBe(before + 1);
    });
  }
});

describe("what the caches know of the schema", () => {
  it("is generated from the schema as it is", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(examples, "caches/generate.mjs"), "--check"],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("names every type without a global id", () => {
    const values = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .filter(
        (type) =>
          !type.getInterfaces().some(({ name }) => name === "Node") &&
          !/^(Query|PageInfo|__.*|.*(Connection|Edge))$/.test(type.name),
      )
      .map(({ name }) => name);
    expect(Object.keys(keys).sort()).toEqual(values.sort());
  });
});

/** The operation with the id of everything that has one, as caches want it. */
function withIds(operation: string): string {
  const types = new TypeInfo(schema);
  const id = parse("{ id }").definitions.flatMap((definition) =>
    "selectionSet" in definition
      ? (definition.selectionSet?.selections ?? [])
      : [],
  );
  return print(
    visit(
      parse(operation),
      visitWithTypeInfo(types, {
        SelectionSet: (set) => {
          const type = types.getParentType();
          return type && "getFields" in type && type.getFields()["id"]
            ? { ...set, selections: [...id, ...set.selections] }
            : undefined;
        },
      }),
    ),
  );
}

function withoutTypenames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypenames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "__typename")
      .map(([key, inner]) => [key, withoutTypenames(inner)]),
  );
}
