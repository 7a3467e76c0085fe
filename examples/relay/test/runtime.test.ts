import { type Environment, createOperationDescriptor } from "relay-runtime";
import { platforms } from "../../../src/platforms/registry";
import {
  type BigCommerceSandboxServer,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import type { CommerceLayerSandboxServer } from "../../../src/sandbox/commerce-layer";
import type { EcwidSandboxServer } from "../../../src/sandbox/ecwid";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start";
import * as bigCommerceTruth from "../../../test/platforms/bigcommerce/truth";
import * as commerceLayerTruth from "../../../test/platforms/commerce-layer/truth";
import * as ecwidTruth from "../../../test/platforms/ecwid/truth";
import {
  type Clientele,
  startClientele,
} from "../../../test/support/clientele";
import customerCardRefetch, {
  type customerCardRefetchQuery as CustomerCardRefetch,
} from "../src/__generated__/customerCardRefetchQuery.graphql";
import type { customerCard_customer$key as CustomerCardKey } from "../src/__generated__/customerCard_customer.graphql";
import type { customerContact_customer$key as CustomerContactKey } from "../src/__generated__/customerContact_customer.graphql";
import type { customerListQuery as CustomerList } from "../src/__generated__/customerListQuery.graphql";
import type { customerList_query$key as CustomerListKey } from "../src/__generated__/customerList_query.graphql";
import type { groupMembersQuery as GroupMembers } from "../src/__generated__/groupMembersQuery.graphql";
import type { groupMembers_group$key as GroupMembersKey } from "../src/__generated__/groupMembers_group.graphql";
import type { groupPricingQuery as GroupPricing } from "../src/__generated__/groupPricingQuery.graphql";
import type { storeOverviewQuery as StoreOverview } from "../src/__generated__/storeOverviewQuery.graphql";
import { createEnvironment } from "../src/create-environment";
import { customerCard } from "../src/customer-card";
import { customerContact } from "../src/customer-contact";
import { customerList, customerListQuery } from "../src/customer-list";
import { groupMembers, groupMembersQuery } from "../src/group-members";
import { groupPricingQuery } from "../src/group-pricing";
import { storeOverviewQuery } from "../src/store-overview";
import { type RelayClient, createRelayClient } from "./support/relay-client";

const failure = { when: { kind: "api" as const }, status: 503 };

describe("a Relay client", () => {
  let sandbox: Sandbox;
  let commerceLayer: CommerceLayerSandboxServer;
  let bigCommerce: BigCommerceSandboxServer;
  let ecwid: EcwidSandboxServer;
  /** Another account of a platform: what native ids mean there differs. */
  let secondBigCommerce: BigCommerceSandboxServer;
  let clientele: Clientele;
  let environment: Environment;
  let relay: RelayClient;

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
    environment = createEnvironment(clientele.url);
    relay = createRelayClient(environment);
    for (const server of sandbox.servers) {
      server.faults.clear();
      server.journal.clear();
      server.shuffled = true;
    }
  });

  const asked = () =>
    sandbox.servers.map(({ journal }) => journal.requests("api").length);

  /** Some customers of every platform, as a card shows them. */
  const cards = (): readonly Record<string, unknown>[] => [
    ...commerceLayer.data.customers.slice(0, 12).map((row) => {
      const view = commerceLayerTruth.customerView(commerceLayer, row);
      const group = commerceLayerTruth
        .groupsOf(commerceLayer)
        .get(row.customer_group_id ?? "");
      return {
        id: view.id,
        email: view.email,
        name: view.name,
        createdAt: view.createdAt,
        store: { key: "commerce-layer-demo", platform: "COMMERCE_LAYER" },
        customerGroup: group ? { name: group.name } : null,
        status: view.status,
        totalOrdersCount: view.totalOrdersCount,
      };
    }),
    ...bigCommerceTruth
      .inOrder(bigCommerce.data.customers)
      .slice(0, 12)
      .map((row) => {
        const group = bigCommerce.data.customerGroups.find(
          ({ id }) => id === row.customer_group_id,
        );
        return {
          id: bigCommerceTruth.gid("Customer", row.id),
          email: row.email,
          name: bigCommerceTruth.nameOf(row),
          createdAt: bigCommerceTruth.dateOf(row.date_created),
          store: { key: "bigcommerce-demo", platform: "BIGCOMMERCE" },
          customerGroup: group ? { name: group.name } : null,
          company: bigCommerceTruth.textOf(row.company),
        };
      }),
    ...ecwidTruth
      .inOrder(ecwid.data.customers)
      .slice(0, 6)
      .map((row) => {
        const view = ecwidTruth.customerView(row);
        return {
          id: view.id,
          email: view.email,
          name: view.name,
          createdAt: view.createdAt,
          store: { key: "ecwid-demo", platform: "ECWID" },
          customerGroup: { name: row.customerGroupName },
          orderCount: view.orderCount,
          language: view.language,
        };
      }),
  ];

  /** The list of just those customers. */
  const listVariables = () => ({
    count: 7,
    filter: { ids: cards().map(({ id }) => id as string) },
  });
  const shownCards = (list: CustomerListKey) =>
    relay
      .read(customerList, list)
      .customers!.edges.flatMap((edge) =>
        edge ? [relay.read<CustomerCardKey>(customerCard, edge.node)] : [],
      );

  it("gathers a list of all stores, page after page", async () => {
    const list = await relay.fetch<CustomerList>(
      customerListQuery,
      listVariables(),
    );
    expect(shownCards(list)).toHaveLength(7);
    let pages = 1;
    while (await relay.loadNext(customerList, list, 7)) pages += 1;
    expect(pages).toBe(5);
    const shown = shownCards(list);
    const inOrderOfIds = (rows: readonly { readonly id?: unknown }[]) =>
      [...rows].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    expect(inOrderOfIds(shown)).toMatchObject(inOrderOfIds(cards()));
    const { customers } = relay.read<CustomerListKey>(customerList, list);
    expect(customers?.totalCount).toBe(30);
    const stores = shown.map(({ store }) => store.key);
    expect([...new Set(stores)]).toEqual(
      sandbox.servers.map(({ storeKey }) => storeKey),
    );
  });

  it("takes a store up again that failed on a page", async () => {
    commerceLayer.faults.add(failure);
    const list = await relay.fetch<CustomerList>(
      customerListQuery,
      listVariables(),
    );
    expect(shownCards(list).map(({ store }) => store.key)).toEqual(
      Array(7).fill("bigcommerce-demo"),
    );
    commerceLayer.faults.clear();
    while (await relay.loadNext(customerList, list, 7));
    const ids = shownCards(list).map(({ id }) => id);
    expect([...ids].sort()).toEqual(
      cards()
        .map(({ id }) => id)
        .sort(),
    );
  });

  it("shows a row that is fetched again everywhere", async () => {
    const list = await relay.fetch<CustomerList>(
      customerListQuery,
      listVariables(),
    );
    const [row] = bigCommerceTruth.inOrder(bigCommerce.data.customers);
    const id = bigCommerceTruth.gid("Customer", row!.id);
    while (await relay.loadNext(customerList, list, 7));
    const emailInList = () =>
      shownCards(list).find((card) => card.id === id)?.email;
    expect(emailInList()).toBe(row!.email);
    bigCommerce.faults.add({
      when: { kind: "api" },
      transform: (body) =>
        JSON.parse(
          JSON.stringify(body).replaceAll(row!.email, "new@example.test"),
        ) as unknown,
    });
    await relay.fetch<CustomerCardRefetch>(customerCardRefetch, { id });
    expect(emailInList()).toBe("new@example.test");
  });

  it("asks for nothing that a list has brought", async () => {
    const list = await relay.fetch<CustomerList>(
      customerListQuery,
      listVariables(),
    );
    const before = asked();
    const available = (id: string) =>
      environment.check(createOperationDescriptor(customerCardRefetch, { id }))
        .status;
    for (const { id } of shownCards(list)) {
      expect(available(id)).toBe("available");
      const { data, isMissing } = relay.look<CustomerCardRefetch>(
        customerCardRefetch,
        { id },
      );
      expect(isMissing).toBe(false);
      expect(relay.read<CustomerCardKey>(customerCard, data.node!).id).toBe(id);
    }
    expect(asked()).toEqual(before);
    expect(available(ecwidTruth.gid("Customer", 1))).toBe("missing");
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
  ])("pages through a group's members at $platform", async (at) => {
    const count = Math.ceil(at.members().length / 3);
    const { customerGroup } = await relay.fetch<GroupMembers>(
      groupMembersQuery,
      { id: at.group(), count },
    );
    const key: GroupMembersKey = customerGroup!;
    let pages = 1;
    while (await relay.loadNext(groupMembers, key, count)) pages += 1;
    expect(pages).toBe(3);
    const { customers } = relay.read(groupMembers, key);
    expect(customers?.edges.map((edge) => edge?.node.id)).toEqual(at.members());
  });

  it("leaves out whom nobody can reach", async () => {
    const [row] = ecwidTruth.membersOf(ecwid, 9367005);
    ecwid.faults.add({
      when: { kind: "api" },
      transform: (body) =>
        JSON.parse(
          JSON.stringify(body).replaceAll(`"${row!.email}"`, '""'),
        ) as unknown,
    });
    const { customerGroup } = await relay.fetch<GroupMembers>(
      groupMembersQuery,
      { id: ecwidTruth.gid("CustomerGroup", 9367005), count: 5 },
    );
    const key: GroupMembersKey = customerGroup!;
    const { customers } = relay.read(groupMembers, key);
    const contacts = customers!.edges.map((edge) =>
      relay.read<CustomerContactKey>(customerContact, edge!.node),
    );
    expect(contacts[0]).toBeNull();
    expect(contacts.slice(1).map((contact) => contact.email)).toEqual(
      ecwidTruth
        .membersOf(ecwid, 9367005)
        .slice(1, 5)
        .map(({ email }) => email),
    );
  });

  it("tells what every platform's groups pay", async () => {
    const group = bigCommerce.data.customerGroups.find(({ id }) => id === 3)!;
    const view = bigCommerceTruth.groupView(bigCommerce, group);
    const { node } = await relay.fetch<GroupPricing>(groupPricingQuery, {
      id: view.id,
    });
    expect(node).toMatchObject({
      name: view.name,
      discountRules: view.discountRules.map(({ __typename, amount }) => ({
        __typename,
        amount,
      })),
    });
    expect(node).not.toHaveProperty("markets");
    const { node: other } = await relay.fetch<GroupPricing>(groupPricingQuery, {
      id: commerceLayerTruth.gid("CustomerGroup", "xYZkjABcde"),
    });
    expect(other?.markets?.nodes.map((market) => market?.name)).toEqual(
      commerceLayerTruth
        .marketsOf(commerceLayer, "xYZkjABcde")
        .map(({ name }) => name),
    );
    expect(other).not.toHaveProperty("discountRules");
  });

  it("mixes no records of two stores", async () => {
    const assignmentsOf = (server: BigCommerceSandboxServer, group: number) =>
      server.data.priceListAssignments
        .filter(({ customer_group_id }) => customer_group_id === group)
        .map(({ id, price_list_id }) => ({
          id: String(id),
          priceList: bigCommerceTruth.priceListView(server.data, price_list_id),
        }));
    // The same id of an assignment, of another price list in each store.
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
    const read = [
      { server: bigCommerce, store: "bigcommerce-demo", row: first },
      { server: secondBigCommerce, store: "second", row: second },
    ].map(({ server, store, row }) => ({
      id: bigCommerceTruth.gid("CustomerGroup", row.customer_group_id, store),
      assignments: assignmentsOf(server, row.customer_group_id),
    }));
    for (const { id } of read) {
      await relay.fetch<GroupPricing>(groupPricingQuery, { id });
    }
    for (const { id, assignments } of read) {
      const { data } = relay.look<GroupPricing>(groupPricingQuery, { id });
      expect(assignments.length).toBeGreaterThan(0);
      expect(data.node?.priceListAssignments).toMatchObject(assignments);
    }
  });

  it("shows a store's failure beside the others", async () => {
    bigCommerce.faults.add(failure);
    const { stores } = await relay.fetch<StoreOverview>(storeOverviewQuery, {
      groups: 5,
    });
    const groupsOf = (server: {
      readonly data: {
        readonly customerGroups: readonly { readonly name: string }[];
      };
    }) => ({
      ok: true,
      value: {
        totalCount: server.data.customerGroups.length,
        nodes: server.data.customerGroups
          .slice(0, 5)
          .map(({ name }) => ({ name })),
      },
    });
    expect(stores).toEqual([
      {
        key: "commerce-layer-demo",
        platform: "COMMERCE_LAYER",
        customerGroups: groupsOf(commerceLayer),
      },
      {
        key: "bigcommerce-demo",
        platform: "BIGCOMMERCE",
        customerGroups: {
          ok: false,
          errors: [
            {
              extensions: {
                code: "PLATFORM_UNAVAILABLE",
                store: "bigcommerce-demo",
                platform: "bigcommerce",
                operation: "GET /v2/customer_groups",
              },
            },
          ],
        },
      },
      {
        key: "ecwid-demo",
        platform: "ECWID",
        customerGroups: groupsOf(ecwid),
      },
      {
        key: "second",
        platform: "BIGCOMMERCE",
        customerGroups: groupsOf(secondBigCommerce),
      },
    ]);
  });
});
