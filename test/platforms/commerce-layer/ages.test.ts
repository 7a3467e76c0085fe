import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import {
  CountCustomerDocument,
  CountGroupDocument,
  GroupPriceListDocument,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid } from "./truth";

describe("ages of Commerce Layer's API", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeEach(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterEach(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const statuses = () =>
    sandbox.journal.requests("api").map(({ status }) => status);

  it("reads today's documents without a refusal", async () => {
    const row = sandbox.data.customerGroups[3]!;
    const data = dataOf(
      await clientele.query(GroupPriceListDocument, {
        id: gid("CustomerGroup", row.id),
      }),
    );
    expect(data.customerGroup).toMatchObject({
      name: row.name,
      code: row.code,
      mode: "TEST",
      priceList: null,
    });
    expect(statuses()).toEqual([200, 200]);
  });

  it("reads a document that has no attribute at all", async () => {
    sandbox.settings.age = "seed";
    const answer = await clientele.send(
      `{ customer(id: "gid://clientele/Customer/commerce-layer-demo/xYZkjABcde") { ... on CommerceLayerCustomer { anonymizationStatus totalOrdersCount } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customer: { anonymizationStatus: null, totalOrdersCount: null },
    });
  });

  it("reads documents of the seeds' age", async () => {
    sandbox.settings.age = "seed";
    const group = dataOf(
      await clientele.query(CountGroupDocument, {
        id: gid("CustomerGroup", "xYZkjABcde"),
      }),
    );
    expect(group.customerGroup).toMatchObject({
      name: "VIP",
      code: null,
      reference: "ANY-EXTERNAL-REFEFERNCE",
      referenceOrigin: "ANY-EXTERNAL-REFEFERNCE-ORIGIN",
      metadata: { foo: "bar" },
      mode: "TEST",
    });
    const customer = dataOf(
      await clientele.query(CountCustomerDocument, {
        id: gid("Customer", "xYZkjABcde"),
      }),
    );
    expect(customer.customer).toMatchObject({
      email: "john@example.com",
      status: "PROSPECT",
      hasPassword: false,
      totalOrdersCount: null,
      shopperReference: null,
    });
  });

  it("remembers the names that an API refused", async () => {
    sandbox.settings.age = "seed";
    const id = gid("CustomerGroup", "xYZkjABcde");
    dataOf(await clientele.query(CountGroupDocument, { id }));
    sandbox.journal.clear();
    dataOf(await clientele.query(CountGroupDocument, { id }));
    expect(statuses()).toEqual([200]);
  });

  it("follows the price list of 2019", async () => {
    sandbox.settings.age = "legacy";
    const row = sandbox.data.customerGroups.find(
      ({ price_list_id }) => price_list_id !== null,
    )!;
    const list = sandbox.data.priceLists.find(
      ({ id }) => id === row.price_list_id,
    )!;
    const data = dataOf(
      await clientele.query(GroupPriceListDocument, {
        id: gid("CustomerGroup", row.id),
      }),
    );
    expect(data.customerGroup).toEqual({
      name: row.name,
      code: null,
      mode: "TEST",
      priceList: { name: list.name, currencyCode: list.currency_code },
      markets: null,
    });
  });

  it("gives null for a group without price list", async () => {
    sandbox.settings.age = "legacy";
    const row = sandbox.data.customerGroups.find(
      ({ price_list_id }) => price_list_id === null,
    )!;
    const data = dataOf(
      await clientele.query(GroupPriceListDocument, {
        id: gid("CustomerGroup", row.id),
      }),
    );
    expect(data.customerGroup).toMatchObject({ priceList: null });
  });

  it("gives null when only newer names are asked", async () => {
    sandbox.settings.age = "seed";
    const answer = await clientele.send(
      "{ customerGroups(first: 3) { nodes { ... on CommerceLayerCustomerGroup { code } } } customers(first: 2) { nodes { ... on CommerceLayerCustomer { totalOrdersCount shopperReference } } } }",
    );
    expect(dataOf(answer)).toEqual({
      customerGroups: {
        nodes: [{ code: null }, { code: null }, { code: null }],
      },
      customers: {
        nodes: [
          { totalOrdersCount: null, shopperReference: null },
          { totalOrdersCount: null, shopperReference: null },
        ],
      },
    });
  });

  const refuse = (...details: readonly string[]) =>
    sandbox.faults.add({
      when: { kind: "api" },
      times: 1,
      status: 400,
      body: {
        errors: details.map((detail) => ({ code: "INVALID_FIELD", detail })),
      },
    });

  it.each([
    ["customers", "email", "email"],
    ["customers", "status", "... on CommerceLayerCustomer { status }"],
    ["customers", "metadata", "... on CommerceLayerCustomer { metadata }"],
    ["customers", "customer_group", "customerGroup { nativeId }"],
    ["customers", "customer_addresses", "addresses { city }"],
    ["customer_groups", "name", "customerGroup { name }"],
    ["addresses", "city", "addresses { city }"],
  ])(
    "learns nothing of a name that every age has: %s.%s",
    async (type, name, selection) => {
      const query = `{ customers(first: 5) { nodes { nativeId ${selection} } } }`;
      const honest = dataOf(await clientele.send(query));
      refuse(`${name} is not a valid field for ${type}.`);
      const refused = await clientele.send(query);
      expect(refused.errors).toMatchObject([
        { extensions: { code: "PLATFORM_CONTRACT" } },
      ]);
      expect(dataOf(await clientele.send(query))).toEqual(honest);
    },
  );

  it("learns the newer name alone of two that are refused", async () => {
    const query =
      "{ customers(first: 5) { nodes { ... on CommerceLayerCustomer { metadata totalOrdersCount } } } }";
    const honest = dataOf(await clientele.send(query));
    refuse(
      "metadata is not a valid field for customers.",
      "total_orders_count is not a valid field for customers.",
    );
    expect(dataOf(await clientele.send(query))).toEqual({
      customers: {
        nodes: (honest.customers.nodes as object[]).map((node) => ({
          ...node,
          totalOrdersCount: null,
        })),
      },
    });
  });
});
