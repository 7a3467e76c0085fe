import type { CommerceLayerSandboxServer } from "../../../src/sandbox/commerce-layer";
import { commerceLayerSandbox } from "../../../src/sandbox/commerce-layer";
import * as operations from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import {
  addressOf,
  gid,
  groupsOf,
  customerView,
  groupView,
  marketsOf,
  membersOf,
} from "./truth";

/**
 * The most upstream requests that each shape of query may cost, proven by what
 * the sandbox received while it shuffles every list that names no order, and
 * by comparing every value with the sandbox's own data.
 */
describe("upstream requests at Commerce Layer", () => {
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
    sandbox.shuffled = true;
  });

  const asked = () => sandbox.journal.requests("api");
  const paths = () => asked().map(({ path }) => path);
  const queryOf = (index: number) =>
    Object.fromEntries(asked()[index]?.query ?? []);

  it("C1 reads one group from its own address", async () => {
    const row = sandbox.data.customerGroups[4]!;
    const data = dataOf(
      await clientele.query(operations.CountGroupDocument, {
        id: gid("CustomerGroup", row.id),
      }),
    );
    expect(data.customerGroup).toEqual(groupView(sandbox, row));
    expect(paths()).toEqual([`/api/customer_groups/${row.id}`]);
  });

  it("C1 reads one customer from its own address", async () => {
    for (const row of sandbox.data.customers.slice(0, 12)) {
      sandbox.journal.clear();
      const data = dataOf(
        await clientele.query(operations.CountCustomerDocument, {
          id: gid("Customer", row.id),
        }),
      );
      expect(data.customer).toEqual(customerView(sandbox, row));
      expect(paths()).toEqual([`/api/customers/${row.id}`]);
    }
  });

  it.each([2, 25, 26, 60])(
    "C2 reads %i groups by their ids together",
    async (count) => {
      const rows = sandbox.data.customerGroups.slice(0, count);
      const data = dataOf(
        await clientele.query(operations.CountNodesDocument, {
          ids: rows.map(({ id }) => gid("CustomerGroup", id)),
        }),
      );
      expect(data.nodes).toEqual(
        rows.map(({ id, name }) => ({ id: gid("CustomerGroup", id), name })),
      );
      expect(asked()).toHaveLength(Math.ceil(count / 25));
      // A rest of one is read from its own address.
      expect(
        paths().every((path) => path.startsWith("/api/customer_groups")),
      ).toBe(true);
    },
  );

  it("C2 reads customers of aliases together", async () => {
    const rows = sandbox.data.customers.slice(100, 130);
    const answer = await clientele.send(
      `{ ${rows
        .map(
          ({ id }, index) =>
            `a${index}: customer(id: "${gid("Customer", id)}") { email }`,
        )
        .join(" ")} }`,
    );
    expect(dataOf(answer)).toEqual(
      Object.fromEntries(
        rows.map(({ email }, index) => [`a${index}`, { email }]),
      ),
    );
    expect(asked()).toHaveLength(2);
  });

  it("C2 reads entities of a gateway together", async () => {
    const rows = sandbox.data.customerGroups.slice(0, 50);
    const answer = await clientele.send(
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on CustomerGroup { name } } }",
      {
        r: rows.map(({ id }, index) => ({
          __typename:
            index % 2 === 0 ? "CustomerGroup" : "CommerceLayerCustomerGroup",
          id: gid("CustomerGroup", id),
        })),
      },
    );
    expect(dataOf(answer)).toEqual({
      _entities: rows.map(({ name }) => ({ name })),
    });
    expect(asked()).toHaveLength(2);
  });

  it("C3 brings each customer's group along", async () => {
    const data = dataOf(
      await clientele.query(operations.CountCustomersWithGroupDocument, {
        first: 25,
      }),
    );
    const groups = groupsOf(sandbox);
    expect(data.customers?.nodes).toEqual(
      sandbox.data.customers.slice(0, 25).map((row) => ({
        nativeId: row.id,
        customerGroup: row.customer_group_id
          ? { name: groups.get(row.customer_group_id)?.name }
          : null,
      })),
    );
    expect(asked()).toHaveLength(1);
    expect(queryOf(0)).toMatchObject({
      include: "customer_group",
      "fields[customers]": "customer_group",
      "fields[customer_groups]": "name",
    });
  });

  it("C4 reads customers by id with their groups", async () => {
    const rows = sandbox.data.customers.slice(200, 260);
    const data = dataOf(
      await clientele.query(operations.CountNodesWithGroupDocument, {
        ids: rows.map(({ id }) => gid("Customer", id)),
      }),
    );
    const groups = groupsOf(sandbox);
    expect(data.nodes).toEqual(
      rows.map((row) => ({
        nativeId: row.id,
        email: row.email,
        customerGroup: row.customer_group_id
          ? { name: groups.get(row.customer_group_id)?.name }
          : null,
      })),
    );
    expect(asked()).toHaveLength(3);
  });

  it("C5 reads a customer's group with the customer", async () => {
    const row = sandbox.data.customers.find(
      ({ customer_group_id }) => customer_group_id !== null,
    )!;
    const data = dataOf(
      await clientele.query(operations.CountCustomerWithGroupDocument, {
        id: gid("Customer", row.id),
      }),
    );
    expect(data.customer?.customerGroup?.name).toBe(
      groupsOf(sandbox).get(row.customer_group_id!)?.name,
    );
    expect(asked()).toHaveLength(1);
  });

  it("C6 reads a group and follows its link", async () => {
    const row = sandbox.data.customerGroups.find(
      (group) => membersOf(sandbox, group.id).length > 10,
    )!;
    const data = dataOf(
      await clientele.query(operations.CountMembersDocument, {
        id: gid("CustomerGroup", row.id),
        first: 10,
      }),
    );
    expect(data.customerGroup).toEqual({
      name: row.name,
      customers: {
        nodes: membersOf(sandbox, row.id)
          .slice(0, 10)
          .map(({ id, email }) => ({ nativeId: id, email })),
      },
    });
    expect(paths()).toEqual([
      `/api/customer_groups/${row.id}`,
      `/api/customer_groups/${row.id}/customers`,
    ]);
  });

  it("C7 reads a page of members for each group", async () => {
    const data = dataOf(
      await clientele.query(operations.CountMembersOfGroupsDocument, {
        first: 10,
        members: 10,
      }),
    );
    expect(data.customerGroups?.nodes).toEqual(
      sandbox.data.customerGroups.slice(0, 10).map((group) => ({
        nativeId: group.id,
        customers: {
          nodes: membersOf(sandbox, group.id)
            .slice(0, 10)
            .map(({ id, email }) => ({ nativeId: id, email })),
        },
      })),
    );
    expect(asked()).toHaveLength(11);
  });

  it("C8 reads the markets of all groups together", async () => {
    const groups = sandbox.data.customerGroups.slice(0, 25);
    const markets = groups.flatMap(({ id }) => marketsOf(sandbox, id));
    const data = dataOf(
      await clientele.query(operations.CountMarketsOfGroupsDocument, {
        first: 25,
        markets: 20,
      }),
    );
    const priceLists = new Map(
      sandbox.data.priceLists.map((row) => [row.id, row]),
    );
    expect(data.customerGroups?.nodes).toEqual(
      groups.map((group) => {
        const own = marketsOf(sandbox, group.id);
        return {
          nativeId: group.id,
          markets: {
            totalCount: own.length,
            pageInfo: { hasNextPage: own.length > 20 },
            nodes: own.slice(0, 20).map((market) => ({
              nativeId: market.id,
              name: market.name,
              priceList: {
                name: priceLists.get(market.price_list_id)?.name,
              },
            })),
          },
        };
      }),
    );
    expect(markets.length).toBeGreaterThan(0);
    expect(asked()).toHaveLength(1 + Math.ceil(markets.length / 25));
    expect(queryOf(1)).toMatchObject({
      include: "customer_group,price_list",
      "fields[markets]": "customer_group,name,price_list",
      "fields[customer_groups]": "id",
      "fields[price_lists]": "name",
    });
  });

  it("C9 brings each customer's addresses along", async () => {
    const data = dataOf(
      await clientele.query(operations.CountAddressesDocument, { first: 25 }),
    );
    const nodes = data.customers?.nodes ?? [];
    const rows = sandbox.data.customers.slice(0, 25);
    expect(nodes.map((node) => node?.nativeId)).toEqual(
      rows.map(({ id }) => id),
    );
    nodes.forEach((node, index) => {
      const expected = addressOf(sandbox, rows[index]!.id);
      expect(node?.addresses).toHaveLength(expected.length);
      expect(node?.addresses).toEqual(expect.arrayContaining(expected));
    });
    expect(asked()).toHaveLength(1);
  });

  it("C10 reads sixty customers on three pages", async () => {
    const data = dataOf(
      await clientele.query(operations.CountCustomersDocument, { first: 60 }),
    );
    expect(data.customers?.nodes).toEqual(
      sandbox.data.customers
        .slice(0, 60)
        .map(({ id, email }) => ({ nativeId: id, email })),
    );
    expect(asked()).toHaveLength(3);
  });

  it("C11 counts for nothing beside a page", async () => {
    const data = dataOf(
      await clientele.query(operations.CountTotalBesidePageDocument, {
        first: 10,
      }),
    );
    expect(data.customers?.totalCount).toBe(sandbox.data.customers.length);
    expect(asked()).toHaveLength(1);
  });

  it("C11 counts alone with a single request", async () => {
    const data = dataOf(
      await clientele.query(operations.CountTotalOnlyDocument),
    );
    expect(data.customers?.totalCount).toBe(sandbox.data.customers.length);
    expect(asked()).toHaveLength(1);
  });

  it("C11 counts members with a single request more", async () => {
    const row = sandbox.data.customerGroups[0]!;
    const data = dataOf(
      await clientele.query(operations.CountTotalAloneDocument, {
        id: gid("CustomerGroup", row.id),
      }),
    );
    expect(data.customerGroup?.customers?.totalCount).toBe(
      membersOf(sandbox, row.id).length,
    );
    expect(asked()).toHaveLength(2);
  });

  it("C12 asks members for their group without cost", async () => {
    const row = sandbox.data.customerGroups[0]!;
    const data = dataOf(
      await clientele.query(operations.CountMembersWithGroupDocument, {
        id: gid("CustomerGroup", row.id),
        first: 10,
      }),
    );
    const nodes = data.customerGroup?.customers?.nodes ?? [];
    expect(nodes).toHaveLength(Math.min(10, membersOf(sandbox, row.id).length));
    for (const node of nodes) {
      expect(node?.customerGroup).toEqual({
        id: gid("CustomerGroup", row.id),
        name: row.name,
      });
    }
    expect(asked()).toHaveLength(2);
  });

  it("S3 reads an entity once for all places", async () => {
    const [row, other] = sandbox.data.customers;
    const id = gid("Customer", row!.id);
    const answer = await clientele.send(
      `{ a: customer(id: "${id}") { email }
         b: customer(id: "${id}") { createdAt }
         c: node(id: "${id}") { ... on Customer { updatedAt } }
         d: nodes(ids: ["${id}", "${gid("Customer", other!.id)}", "${id}"]) { ... on Customer { email } } }`,
    );
    expect(dataOf(answer)).toEqual({
      a: { email: row!.email },
      b: { createdAt: row!.created_at },
      c: { updatedAt: row!.updated_at },
      d: [
        { email: row!.email },
        { email: other!.email },
        { email: row!.email },
      ],
    });
    expect(asked()).toHaveLength(1);
  });

  it("S3 reads equal lists once for all places", async () => {
    const answer = await clientele.send(
      "{ a: customers(first: 5) { nodes { email } } b: customers(first: 5) { nodes { email } totalCount } }",
    );
    dataOf(answer);
    expect(asked()).toHaveLength(1);
  });

  it("S4 asks no platform about the stores themselves", async () => {
    const data = dataOf(await clientele.query(operations.CountStoresDocument));
    expect(data.stores).toEqual([
      {
        __typename: "Store",
        id: "gid://clientele/Store/commerce-layer-demo",
        key: "commerce-layer-demo",
        platform: "COMMERCE_LAYER",
      },
    ]);
    expect(asked()).toHaveLength(0);
  });

  it("S4 answers the ids of references by itself", async () => {
    const id = gid("Customer", sandbox.data.customers[9]!.id);
    const answer = await clientele.send(
      `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Customer { id nativeId store { key } } } }`,
      { r: [{ __typename: "CommerceLayerCustomer", id }] },
    );
    expect(dataOf(answer)).toEqual({
      _entities: [
        {
          __typename: "CommerceLayerCustomer",
          id,
          nativeId: sandbox.data.customers[9]!.id,
          store: { key: "commerce-layer-demo" },
        },
      ],
    });
    expect(asked()).toHaveLength(0);
  });

  it("says what an operation cost when asked", async () => {
    const answer = await clientele.send(
      "{ customers(first: 60) { nodes { email } } }",
      {},
      { "clientele-debug": "upstream" },
    );
    expect(answer.extensions?.["upstream"]).toMatchObject({
      requests: 3,
      byStore: {
        "commerce-layer-demo": {
          requests: 3,
          cached: 0,
          coalesced: 0,
          retried: 0,
        },
      },
      calls: [
        { store: "commerce-layer-demo", method: "GET", status: 200 },
        { store: "commerce-layer-demo", method: "GET", status: 200 },
        { store: "commerce-layer-demo", method: "GET", status: 200 },
      ],
    });
    const upstream = answer.extensions?.["upstream"] as { bytes: number };
    expect(upstream.bytes).toBe(
      asked().reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    );
  });
});
