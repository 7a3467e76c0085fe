import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import {
  CustomerLinksOfManyDocument,
  CustomerLinksOfOneDocument,
  GroupLinksDocument,
  type GroupLinksQuery,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid, marketsOf, textOf } from "./truth";

describe("links of Commerce Layer's customers and groups", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    sandbox.shuffled = true;
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.journal.clear();
  });

  const asked = () => sandbox.journal.requests("api");

  it("reads a group's markets page by page", async () => {
    const group = sandbox.data.customerGroups.find(
      ({ id }) => marketsOf(sandbox, id).length > 25,
    )!;
    const expected = marketsOf(sandbox, group.id);
    const priceLists = new Map(
      sandbox.data.priceLists.map((row) => [row.id, row]),
    );
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const data: GroupLinksQuery = dataOf(
        await clientele.query(GroupLinksDocument, {
          id: gid("CustomerGroup", group.id),
          first: 7,
          after,
        }),
      );
      const markets =
        data.customerGroup && "markets" in data.customerGroup
          ? data.customerGroup.markets
          : null;
      expect(markets?.totalCount).toBe(expected.length);
      seen.push(...(markets?.edges ?? []).map((edge) => edge?.node));
      after = markets?.pageInfo.hasNextPage
        ? (markets.pageInfo.endCursor ?? null)
        : null;
    } while (after !== null);
    expect(seen).toEqual(
      expected.map((market) => {
        const list = priceLists.get(market.price_list_id)!;
        return {
          nativeId: market.id,
          name: market.name,
          code: textOf(market.code),
          reference: textOf(market.reference),
          referenceOrigin: textOf(market.reference_origin),
          metadata: market.metadata,
          createdAt: market.created_at,
          updatedAt: market.updated_at,
          priceList: {
            nativeId: list.id,
            name: list.name,
            code: textOf(list.code),
            currencyCode: list.currency_code,
            taxIncluded: list.tax_included,
            reference: textOf(list.reference),
            createdAt: list.created_at,
          },
        };
      }),
    );
  });

  it("follows one group's market link as documented", async () => {
    const group = sandbox.data.customerGroups[0]!;
    await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { ... on CommerceLayerCustomerGroup { markets { nodes { name } } } } }`,
    );
    expect(asked().map(({ path }) => path)).toEqual([
      `/api/customer_groups/${group.id}`,
      `/api/customer_groups/${group.id}/markets`,
    ]);
  });

  it("brings attachments along, oldest first", async () => {
    const [attachment] = sandbox.data.attachments.filter(
      ({ attachable_type }) => attachable_type === "customer_groups",
    );
    const group = attachment!.attachable_id;
    const data = dataOf(
      await clientele.query(GroupLinksDocument, {
        id: gid("CustomerGroup", group),
        first: 50,
      }),
    );
    const expected = sandbox.data.attachments
      .filter(
        ({ attachable_id, attachable_type }) =>
          attachable_id === group && attachable_type === "customer_groups",
      )
      .sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    expect(data.customerGroup).toMatchObject({
      priceList: null,
      attachments: {
        totalCount: expected.length,
        nodes: expected.map((row) => ({
          nativeId: row.id,
          name: textOf(row.name),
          description: textOf(row.description),
          reference: textOf(row.reference),
          metadata: row.metadata,
          createdAt: row.created_at,
          updatedAt: row.updated_at,
        })),
      },
    });
  });

  it("reads every link of a single customer", async () => {
    const row = sandbox.data.customers.find(
      ({ id }) =>
        sandbox.data.returns.some(({ customer_id }) => customer_id === id) &&
        sandbox.data.orderSubscriptions.some(
          ({ customer_id }) => customer_id === id,
        ),
    )!;
    const data = dataOf(
      await clientele.query(CustomerLinksOfOneDocument, {
        id: gid("Customer", row.id),
        first: 4,
      }),
    );
    expect(data.customer).toEqual(linksOf(row.id, 4));
    // The customer, then a link for each of the six lists.
    expect(asked()).toHaveLength(7);
  });

  it("reads every link of many customers together", async () => {
    const rows = sandbox.data.customers.slice(20, 44);
    const data = dataOf(
      await clientele.query(CustomerLinksOfManyDocument, {
        ids: rows.map(({ id }) => gid("Customer", id)),
        first: 4,
      }),
    );
    expect(data.nodes).toEqual(rows.map(({ id }) => linksOf(id, 4)));
    const pages = (list: readonly { readonly customer_id: string }[]) =>
      Math.max(
        1,
        Math.ceil(
          list.filter(({ customer_id }) =>
            rows.some(({ id }) => id === customer_id),
          ).length / 25,
        ),
      );
    const { data: all } = sandbox;
    expect(asked().length).toBeLessThanOrEqual(
      1 +
        pages(all.customerAddresses) +
        pages(all.customerPaymentSources) +
        pages(all.customerSubscriptions) +
        pages(all.orders) +
        pages(all.orderSubscriptions) +
        pages(all.returns),
    );
  });

  it("asks each customer when all children are many", async () => {
    const counts = new Map<string, number>();
    for (const { customer_id } of sandbox.data.orders) {
      counts.set(customer_id, (counts.get(customer_id) ?? 0) + 1);
    }
    const [most = ""] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
    const other = sandbox.data.customers.find(
      ({ id }) => counts.get(id) === 2,
    )!;
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CommerceLayerCustomer { nativeId orders(first: 2) { totalCount nodes { nativeId } } } } }",
      { ids: [gid("Customer", most), gid("Customer", other.id)] },
    );
    expect(dataOf(answer)).toEqual({
      nodes: [most, other.id].map((id) => {
        const orders = sandbox.data.orders.filter(
          ({ customer_id }) => customer_id === id,
        );
        return {
          nativeId: id,
          orders: {
            totalCount: orders.length,
            nodes: orders.slice(0, 2).map((order) => ({ nativeId: order.id })),
          },
        };
      }),
    });
    // The customers, the first common page, and a page for each.
    expect(asked()).toHaveLength(4);
  });

  it("reads every kind by its global id", async () => {
    const { data } = sandbox;
    const rows = [
      ["CommerceLayerMarket", data.markets[0]!],
      ["CommerceLayerPriceList", data.priceLists[0]!],
      ["CommerceLayerAttachment", data.attachments[0]!],
      ["CommerceLayerCustomerAddress", data.customerAddresses[0]!],
      ["CommerceLayerCustomerPaymentSource", data.customerPaymentSources[0]!],
      ["CommerceLayerCustomerSubscription", data.customerSubscriptions[0]!],
      ["CommerceLayerOrder", data.orders[0]!],
      ["CommerceLayerOrderSubscription", data.orderSubscriptions[0]!],
      ["CommerceLayerReturn", data.returns[0]!],
    ] as const;
    const answer = await clientele.send(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ${rows
        .map(([type]) => `... on ${type} { createdAt metadata }`)
        .join(" ")} } }`,
      { ids: rows.map(([type, { id }]) => gid(type, id)) },
    );
    expect(dataOf(answer)).toEqual({
      nodes: rows.map(([type, row]) => ({
        __typename: type,
        id: gid(type, row.id),
        createdAt: row.created_at,
        metadata: row.metadata,
      })),
    });
  });

  it("never fetches a secret, whatever is asked", async () => {
    const bodies: string[] = [];
    const handle = sandbox.faults.add({
      when: { kind: "api" },
      transform: (body) => {
        bodies.push(JSON.stringify(body));
        return body;
      },
    });
    const rows = sandbox.data.customers.slice(0, 25);
    const answer = await clientele.query(CustomerLinksOfManyDocument, {
      ids: rows.map(({ id }) => gid("Customer", id)),
      first: 100,
    });
    const groups = await clientele.send(
      "{ customerGroups(first: 60) { nodes { ... on CommerceLayerCustomerGroup { priceList { name } markets { nodes { name } } attachments { nodes { url } } } } } }",
    );
    handle.remove();
    expect(answer.errors).toBeUndefined();
    expect(groups.errors).toBeUndefined();
    expect(bodies.length).toBeGreaterThan(5);
    expect(bodies.join("\n")).not.toMatch(/canary|shared_secret|_token/);
  });

  /** What the sandbox has of a customer's links, at most `first` rows each. */
  function linksOf(customer: string, first: number): unknown {
    const { data } = sandbox;
    const addresses = new Map(data.addresses.map((row) => [row.id, row]));
    const own = <Row extends { readonly customer_id: string }>(
      rows: readonly Row[],
    ) => rows.filter(({ customer_id }) => customer_id === customer);
    const list = <Row, View>(
      rows: readonly Row[],
      view: (row: Row) => View,
    ) => ({
      totalCount: rows.length,
      nodes: rows.slice(0, first).map(view),
    });
    const orders = own(data.orders);
    return {
      nativeId: customer,
      customerAddresses: list(own(data.customerAddresses), (row) => {
        const address = addresses.get(row.address_id)!;
        return {
          nativeId: row.id,
          name: textOf(row.name),
          reference: textOf(row.reference),
          address: {
            name: textOf(address.full_name),
            city: textOf(address.city),
            line1: textOf(address.line_1),
          },
        };
      }),
      customerPaymentSources: list(own(data.customerPaymentSources), (row) => ({
        nativeId: row.id,
        name: textOf(row.name),
        reference: textOf(row.reference),
      })),
      customerSubscriptions: list(own(data.customerSubscriptions), (row) => ({
        nativeId: row.id,
        customerEmail: row.customer_email,
        reference: textOf(row.reference),
      })),
      orders: {
        ...list(orders, (row) => ({
          nativeId: row.id,
          number: String(row.number),
          status: row.status,
          paymentStatus: row.payment_status,
          fulfillmentStatus: row.fulfillment_status,
          currencyCode: row.currency_code,
          totalAmountCents: row.total_amount_cents,
          placedAt: row.placed_at,
        })),
        pageInfo: { hasNextPage: orders.length > first },
      },
      orderSubscriptions: list(own(data.orderSubscriptions), (row) => ({
        nativeId: row.id,
        number: row.number,
        status: row.status,
        frequency: row.frequency,
      })),
      returns: list(own(data.returns), (row) => ({
        nativeId: row.id,
        number: row.number,
        status: row.status,
      })),
      attachments: list(
        data.attachments
          .filter(
            ({ attachable_id, attachable_type }) =>
              attachable_id === customer && attachable_type === "customers",
          )
          .sort((a, b) =>
            `${a.created_at} ${a.id}` < `${b.created_at} ${b.id}` ? -1 : 1,
          ),
        (row) => ({ nativeId: row.id, name: textOf(row.name) }),
      ),
    };
  }
});
