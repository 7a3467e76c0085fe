import { platforms } from "../../src/platforms/registry";
import type { BigCommerceSandboxServer } from "../../src/sandbox/bigcommerce";
import type { CommerceLayerSandboxServer } from "../../src/sandbox/commerce-layer";
import type { EcwidSandboxServer } from "../../src/sandbox/ecwid";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, dataOf, startClientele } from "../support/clientele";

interface Reference {
  readonly __typename: string;
  readonly [key: string]: unknown;
}

const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
  __typename
  ... on CustomerGroup { name }
  ... on Customer { email }
  ... on Store { key }
} }`;

describe("entities", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;
  let commerceLayer: CommerceLayerSandboxServer;
  let bigCommerce: BigCommerceSandboxServer;
  let ecwid: EcwidSandboxServer;

  beforeAll(async () => {
    sandbox = await startSandbox({
      rooms: await Promise.all(platforms.map(({ sandbox: room }) => room!())),
    });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
    commerceLayer = sandbox.server(
      "commerce-layer-demo",
    ) as CommerceLayerSandboxServer;
    bigCommerce = sandbox.server(
      "bigcommerce-demo",
    ) as BigCommerceSandboxServer;
    ecwid = sandbox.server("ecwid-demo") as EcwidSandboxServer;
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    for (const server of sandbox.servers) {
      server.faults.clear();
      server.journal.clear();
      server.shuffled = true;
    }
  });

  const gid = (kind: string, store: string, id: string | number) =>
    `gid://clientele/${kind}/${store}/${String(id)}`;
  const resolve = (r: readonly unknown[]) => clientele.send(query, { r });
  const asked = () =>
    [commerceLayer, bigCommerce, ecwid].map(
      ({ journal }) => journal.requests("api").length,
    );

  it("batches a thousand of mixed kinds and stores", async () => {
    // Each with the answer that the sandbox's own data demand.
    const known: { reference: Reference; expected: unknown }[] = [
      ...commerceLayer.data.customers.slice(0, 400).map((row, index) => ({
        reference: {
          __typename: index % 2 ? "Customer" : "CommerceLayerCustomer",
          id: gid("Customer", "commerce-layer-demo", row.id),
        },
        expected: { __typename: "CommerceLayerCustomer", email: row.email },
      })),
      ...bigCommerce.data.customers.slice(0, 480).map((row, index) => ({
        reference: {
          __typename: index % 2 ? "Customer" : "BigCommerceCustomer",
          id: gid("Customer", "bigcommerce-demo", row.id),
        },
        expected: { __typename: "BigCommerceCustomer", email: row.email },
      })),
      ...ecwid.data.customers.slice(0, 5).map((row) => ({
        reference: {
          __typename: "Customer",
          id: gid("Customer", "ecwid-demo", row.id),
        },
        expected: { __typename: "EcwidCustomer", email: row.email },
      })),
      ...commerceLayer.data.customerGroups.slice(0, 40).map((row) => ({
        reference: {
          __typename: "CustomerGroup",
          id: gid("CustomerGroup", "commerce-layer-demo", row.id),
        },
        expected: { __typename: "CommerceLayerCustomerGroup", name: row.name },
      })),
      ...bigCommerce.data.customerGroups.slice(0, 30).map((row) => ({
        reference: {
          __typename: "BigCommerceCustomerGroup",
          id: gid("CustomerGroup", "bigcommerce-demo", row.id),
        },
        expected: { __typename: "BigCommerceCustomerGroup", name: row.name },
      })),
      ...ecwid.data.customerGroups.slice(0, 20).map((row) => ({
        reference: {
          __typename: "CustomerGroup",
          id: gid("CustomerGroup", "ecwid-demo", row.id),
        },
        expected: { __typename: "EcwidCustomerGroup", name: row.name },
      })),
    ];
    const of = (store: string, kind: string) =>
      new Set(
        known
          .map(({ reference }) => String(reference["id"]))
          .filter((id) => id.includes(`/${kind}/${store}/`)),
      ).size;
    const special = [
      {
        reference: { __typename: "Store", key: "ecwid-demo" },
        expected: { __typename: "Store", key: "ecwid-demo" },
      },
      {
        reference: {
          __typename: "Store",
          id: "gid://clientele/Store/bigcommerce-demo",
        },
        expected: { __typename: "Store", key: "bigcommerce-demo" },
      },
      {
        reference: {
          __typename: "Customer",
          id: gid("Customer", "bigcommerce-demo", 999_999_999),
        },
        expected: null,
      },
    ];
    const repeated = known.slice(0, 1_000 - known.length - special.length);
    // Interleaved, so that no two neighbours are of one store and kind.
    const asking = interleave([...known, ...special, ...repeated]);
    expect(asking).toHaveLength(1_000);

    const answer = await resolve(asking.map(({ reference }) => reference));
    expect(dataOf(answer)._entities).toEqual(
      asking.map(({ expected }) => expected),
    );
    expect(asked()).toEqual([
      Math.ceil(of("commerce-layer-demo", "Customer") / 25) +
        Math.ceil(of("commerce-layer-demo", "CustomerGroup") / 25),
      // With the one that does not exist.
      Math.ceil((of("bigcommerce-demo", "Customer") + 1) / 250) + 1,
      5 + 1,
    ]);
  });

  it("refuses one more than a thousand", async () => {
    const answer = await resolve(
      Array.from({ length: 1_001 }, (_, index) => ({
        __typename: "Customer",
        id: gid("Customer", "bigcommerce-demo", index + 1),
      })),
    );
    expect(answer.data).toBeFalsy();
    expect(answer.errors).toMatchObject([
      {
        extensions: {
          code: "QUERY_TOO_COMPLEX",
          what: "ids",
          actual: 1_001,
          limit: 1_000,
        },
      },
    ]);
    expect(answer.errors?.[0]?.message).toContain("1000");
    expect(asked()).toEqual([0, 0, 0]);
  });

  it("keeps the order, with null for the gone", async () => {
    const [first, second] = commerceLayer.data.customers;
    const id = (native: string) =>
      gid("Customer", "commerce-layer-demo", native);
    const answer = await resolve([
      { __typename: "Customer", id: id(second!.id) },
      { __typename: "Customer", id: id("zzzzzzzzzz") },
      { __typename: "Customer", id: id(first!.id) },
    ]);
    expect(dataOf(answer)._entities).toEqual([
      { __typename: "CommerceLayerCustomer", email: second!.email },
      null,
      { __typename: "CommerceLayerCustomer", email: first!.email },
    ]);
  });

  it.each([
    ["of an unknown type", { __typename: "Nothing", id: "1" }],
    ["without a type", { id: "1" }],
    ["of the root type", { __typename: "Query" }],
    ["of introspection's types", { __typename: "__Schema" }],
    ["of a type without key", { __typename: "PageInfo" }],
    ["that is a text", "Customer"],
    ["that is a list", [{ __typename: "Customer" }]],
    ["of a prototype's name", { __typename: "constructor" }],
  ])("refuses a representation %s alone", async (_title, wrong) => {
    const [row] = bigCommerce.data.customerGroups;
    const right = {
      __typename: "CustomerGroup",
      id: gid("CustomerGroup", "bigcommerce-demo", row!.id),
    };
    const answer = await resolve([right, wrong, right]);
    const expected = {
      __typename: "BigCommerceCustomerGroup",
      name: row!.name,
    };
    expect(answer.data?._entities).toEqual([expected, null, expected]);
    expect(answer.errors).toMatchObject([
      { path: ["_entities", 1], extensions: { code: "BAD_USER_INPUT" } },
    ]);
    expect(asked()).toEqual([0, 1, 0]);
  });

  it("nulls only the places of a failing store", async () => {
    ecwid.faults.add({ when: {}, status: 500 });
    const [group] = bigCommerce.data.customerGroups;
    const [other] = ecwid.data.customerGroups.filter(({ id }) => id !== 0);
    const answer = await resolve([
      {
        __typename: "CustomerGroup",
        id: gid("CustomerGroup", "ecwid-demo", other!.id),
      },
      {
        __typename: "CustomerGroup",
        id: gid("CustomerGroup", "bigcommerce-demo", group!.id),
      },
    ]);
    expect(answer.data._entities).toEqual([
      null,
      { __typename: "BigCommerceCustomerGroup", name: group!.name },
    ]);
    expect(answer.errors).toMatchObject([
      {
        path: ["_entities", 0],
        extensions: { code: "PLATFORM_UNAVAILABLE", store: "ecwid-demo" },
      },
    ]);
  });
});

/** Every seventh, then every seventh from the second on, and so forth. */
function interleave<Value>(values: readonly Value[]): Value[] {
  const mixed: Value[] = [];
  for (let start = 0; start < 7; start += 1) {
    for (let index = start; index < values.length; index += 7) {
      mixed.push(values[index]!);
    }
  }
  return mixed;
}
