import {
  type BigCommerceSandboxServer,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import * as operations from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import {
  addressesOf,
  dateOf,
  gid,
  groupView,
  inOrder,
  membersOf,
  nameOf,
  priceListView,
  textOf,
} from "./truth";

/**
 * The most upstream requests that each shape of query may cost, proven by what
 * the sandbox received while it shuffles the rows of every page, and by
 * comparing every value with the sandbox's own data.
 */
describe("upstream requests at BigCommerce", () => {
  let sandbox: BigCommerceSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startBigCommerceSandbox();
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
  const paths = () =>
    asked().map(({ path }) => path.replace("/stores/sandboxhash", ""));
  const queryOf = (index: number) =>
    Object.fromEntries(asked()[index]?.query ?? []);

  it("B1 reads one group from its own address", async () => {
    const row = sandbox.data.customerGroups[6]!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", row.id)}") { name ... on BigCommerceCustomerGroup { isDefault } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customerGroup: { name: row.name, isDefault: row.is_default },
    });
    expect(paths()).toEqual([`/v2/customer_groups/${row.id}`]);
  });

  it.each([2, 30, 60])("B2 reads %i groups from one list", async (count) => {
    const rows = sandbox.data.customerGroups.slice(-count);
    const data = dataOf(
      await clientele.query(operations.CountNodesDocument, {
        ids: rows.map(({ id }) => gid("CustomerGroup", id)),
      }),
    );
    expect(data.nodes).toEqual(
      rows.map(({ id, name }) => ({ id: gid("CustomerGroup", id), name })),
    );
    expect(paths()).toEqual(["/v2/customer_groups"]);
  });

  it("B3 reads a hundred customers and their groups", async () => {
    const data = dataOf(
      await clientele.query(operations.CountCustomersWithGroupDocument, {
        first: 100,
      }),
    );
    const groups = new Map(
      sandbox.data.customerGroups.map((row) => [row.id, row.name]),
    );
    expect(data.customers?.nodes).toEqual(
      inOrder(sandbox.data.customers)
        .slice(0, 100)
        .map((row) => ({
          nativeId: String(row.id),
          customerGroup:
            row.customer_group_id === 0
              ? null
              : { name: groups.get(row.customer_group_id) },
        })),
    );
    expect(paths()).toEqual(["/v3/customers", "/v2/customer_groups"]);
  });

  it("B3 asks nothing for the ids of groups", async () => {
    const answer = await clientele.send(
      "{ customers(first: 50) { nodes { customerGroup { id store { key } } } } }",
    );
    expect(dataOf(answer).customers.nodes).toEqual(
      inOrder(sandbox.data.customers)
        .slice(0, 50)
        .map(({ customer_group_id }) => ({
          customerGroup:
            customer_group_id === 0
              ? null
              : {
                  id: gid("CustomerGroup", customer_group_id),
                  store: { key: "bigcommerce-demo" },
                },
        })),
    );
    expect(asked()).toHaveLength(1);
  });

  it("B4 reads three hundred customers by id", async () => {
    const rows = sandbox.data.customers.slice(100, 400);
    const answer = await clientele.send(
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { email } } }",
      {
        r: rows.map(({ id }) => ({
          __typename: "Customer",
          id: gid("Customer", id),
        })),
      },
    );
    expect(dataOf(answer)).toEqual({
      _entities: rows.map(({ email }) => ({ email })),
    });
    expect(asked()).toHaveLength(2);
  });

  it("B5 reads each kind behind the groups once", async () => {
    const data = dataOf(
      await clientele.query(operations.BigCommerceGroupsDocument, {
        first: 50,
      }),
    );
    expect(data.customerGroups?.nodes).toEqual(
      sandbox.data.customerGroups
        .slice(0, 50)
        .map((row) => groupView(sandbox, row)),
    );
    expect([...paths()].sort()).toEqual([
      "/v2/customer_groups",
      "/v3/catalog/products",
      "/v3/catalog/trees/categories",
      "/v3/pricelists",
    ]);
    const categories = asked().findIndex(({ path }) =>
      path.endsWith("/categories"),
    );
    expect(queryOf(categories)["include_fields"]).toBe("category_id,name");
  });

  it("B6 reads a page of members for each group", async () => {
    const data = dataOf(
      await clientele.query(operations.CountMembersOfGroupsDocument, {
        first: 10,
        members: 10,
      }),
    );
    expect(data.customerGroups?.nodes).toEqual(
      sandbox.data.customerGroups.slice(0, 10).map(({ id }) => ({
        nativeId: String(id),
        customers: {
          nodes: membersOf(sandbox, id)
            .slice(0, 10)
            .map((row) => ({ nativeId: String(row.id), email: row.email })),
        },
      })),
    );
    expect(asked()).toHaveLength(11);
  });

  it("B7 reads assignments of all groups together", async () => {
    const data = dataOf(
      await clientele.query(operations.BigCommerceAssignmentsDocument, {
        first: 50,
      }),
    );
    expect(data.customerGroups?.nodes).toEqual(
      sandbox.data.customerGroups.slice(0, 50).map(({ id }) => ({
        nativeId: String(id),
        priceListAssignments: sandbox.data.priceListAssignments
          .filter(({ customer_group_id }) => customer_group_id === id)
          .sort((a, b) => a.id - b.id)
          .map((row) => ({
            id: String(row.id),
            channelId: row.channel_id === 0 ? null : String(row.channel_id),
            priceListId: String(row.price_list_id),
            priceList: priceListView(sandbox.data, row.price_list_id),
          })),
      })),
    );
    expect(asked()).toHaveLength(3);
  });

  it("B8 brings addresses and credit along", async () => {
    const data = dataOf(
      await clientele.query(operations.BigCommerceCustomersDocument, {
        first: 50,
      }),
    );
    expect(data.customers?.nodes).toEqual(
      inOrder(sandbox.data.customers)
        .slice(0, 50)
        .map((row) => ({
          id: gid("Customer", row.id),
          nativeId: String(row.id),
          email: textOf(row.email),
          name: nameOf(row),
          createdAt: dateOf(row.date_created),
          updatedAt: dateOf(row.date_modified),
          addresses: addressesOf(row),
          firstName: textOf(row.first_name),
          lastName: textOf(row.last_name),
          company: textOf(row.company),
          phone: textOf(row.phone),
          taxExemptCategory: textOf(row.tax_exempt_category),
          storeCredit:
            row.store_credit_amounts[0] === undefined
              ? null
              : String(row.store_credit_amounts[0].amount),
          originChannelId:
            row.origin_channel_id === 0 ? null : String(row.origin_channel_id),
        })),
    );
    expect(asked()).toHaveLength(1);
    expect(queryOf(0)["include"]).toBe("addresses,storecredit");
  });

  it("B9 counts groups at their own count", async () => {
    const answer = await clientele.send(
      "{ customerGroups(first: 0) { totalCount } }",
    );
    expect(dataOf(answer)).toEqual({
      customerGroups: { totalCount: sandbox.data.customerGroups.length },
    });
    expect(paths()).toEqual(["/v2/customer_groups/count"]);
  });

  it("counts groups beside a page for nothing", async () => {
    const answer = await clientele.send(
      "{ customerGroups(first: 20) { totalCount nodes { nativeId } pageInfo { hasNextPage } } }",
    );
    expect(dataOf(answer)).toEqual({
      customerGroups: {
        totalCount: sandbox.data.customerGroups.length,
        nodes: sandbox.data.customerGroups
          .slice(0, 20)
          .map(({ id }) => ({ nativeId: String(id) })),
        pageInfo: { hasNextPage: true },
      },
    });
    expect(asked()).toHaveLength(1);
  });

  it("includes nothing that is not selected", async () => {
    dataOf(await clientele.send("{ customers(first: 5) { nodes { email } } }"));
    expect(queryOf(0)["include"]).toBeUndefined();
  });

  it("gives each group once for every page size", async () => {
    const ids = sandbox.data.customerGroups.map(({ id }) => String(id));
    for (let first = 1; first <= 100; first += 7) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = dataOf(
          await clientele.send(
            "query ($first: Int, $after: String) { customerGroups(first: $first, after: $after) { nodes { nativeId } pageInfo { hasNextPage endCursor } } }",
            { first, after },
          ),
        ).customerGroups as {
          nodes: { nativeId: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
        seen.push(...page.nodes.map(({ nativeId }) => nativeId));
        expect(page.pageInfo.hasNextPage).toBe(seen.length < ids.length);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(ids);
    }
  });

  it("walks from a category up to its root", async () => {
    const leaf = sandbox.data.categories.find(({ parent_id }) =>
      sandbox.data.categories.some(
        (parent) => parent.category_id === parent_id && parent.parent_id !== 0,
      ),
    )!;
    const byId = new Map(
      sandbox.data.categories.map((row) => [row.category_id, row]),
    );
    const parent = byId.get(leaf.parent_id)!;
    const answer = await clientele.send(
      `{ node(id: "${gid("BigCommerceCategory", leaf.category_id)}") { ... on BigCommerceCategory { name path description imageUrl isVisible sortOrder parent { name parent { name } } } } }`,
    );
    expect(dataOf(answer)).toEqual({
      node: {
        name: leaf.name,
        path: textOf(leaf.url.path),
        description: textOf(leaf.description),
        imageUrl: textOf(leaf.image_url),
        isVisible: leaf.is_visible,
        sortOrder: leaf.sort_order,
        parent: {
          name: parent.name,
          parent: { name: byId.get(parent.parent_id)!.name },
        },
      },
    });
    expect(asked()).toHaveLength(3);
  });

  it("carries a product's price without rounding noise", async () => {
    const rows = sandbox.data.products.slice(0, 100);
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on BigCommerceProduct { nativeId name sku type price path isVisible } } }",
      { ids: rows.map(({ id }) => gid("BigCommerceProduct", id)) },
    );
    expect(dataOf(answer)).toEqual({
      nodes: rows.map((row) => ({
        nativeId: String(row.id),
        name: row.name,
        sku: textOf(row.sku),
        type: row.type,
        price: String(row.price),
        path: textOf(row.custom_url.url),
        isVisible: row.is_visible,
      })),
    });
    expect(asked()).toHaveLength(1);
  });

  it("reads price lists with their dates", async () => {
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on BigCommercePriceList { nativeId name active createdAt updatedAt } } }",
      {
        ids: sandbox.data.priceLists.map(({ id }) =>
          gid("BigCommercePriceList", id),
        ),
      },
    );
    expect(dataOf(answer)).toEqual({
      nodes: sandbox.data.priceLists.map((row) => ({
        nativeId: String(row.id),
        name: row.name,
        active: row.active,
        createdAt: dateOf(row.date_created),
        updatedAt: dateOf(row.date_modified),
      })),
    });
  });
});
