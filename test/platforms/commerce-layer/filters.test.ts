import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import {
  type CustomerFilter,
  type CustomerGroupFilter,
  FilteredCustomersDocument,
  GroupsPageDocument,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid } from "./truth";

describe("filters at Commerce Layer", () => {
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

  const groups = async (filter: CustomerGroupFilter) => {
    const data = dataOf(
      await clientele.query(GroupsPageDocument, { first: 100, filter }),
    );
    return data.customerGroups?.edges.map((edge) => edge?.node.nativeId);
  };
  const customers = async (filter: CustomerFilter) => {
    const data = dataOf(
      await clientele.query(FilteredCustomersDocument, { first: 100, filter }),
    );
    return data.customers;
  };
  const idsOf = (rows: readonly { readonly id: string }[]) =>
    rows.map(({ id }) => id);

  it("finds groups by their whole name", async () => {
    const { name } = sandbox.data.customerGroups[3]!;
    expect(await groups({ name })).toEqual(
      idsOf(sandbox.data.customerGroups.filter((row) => row.name === name)),
    );
  });

  it("finds groups by a part of the name", async () => {
    expect(await groups({ nameContains: "VI" })).toEqual(
      idsOf(
        sandbox.data.customerGroups.filter(({ name }) =>
          name.toLowerCase().includes("vi"),
        ),
      ),
    );
  });

  it("finds groups by their ids in own order", async () => {
    const rows = sandbox.data.customerGroups.slice(10, 50);
    const ids = rows.map(({ id }) => gid("CustomerGroup", id)).reverse();
    expect(await groups({ ids })).toEqual(idsOf(rows));
  });

  it("includes both ends of a range", async () => {
    const rows = [...sandbox.data.customerGroups].sort((a, b) =>
      a.created_at < b.created_at ? -1 : 1,
    );
    const [min, max] = [rows[10]!.created_at, rows[20]!.created_at];
    const expected = sandbox.data.customerGroups.filter(
      ({ created_at }) => created_at >= min && created_at <= max,
    );
    expect(expected.length).toBeGreaterThanOrEqual(11);
    expect(await groups({ createdAt: { min, max } })).toEqual(idsOf(expected));
    expect(await groups({ createdAt: { min } })).toEqual(
      idsOf(
        sandbox.data.customerGroups.filter(
          ({ created_at }) => created_at >= min,
        ),
      ),
    );
  });

  it("takes a range in any zone", async () => {
    const [row] = sandbox.data.customers;
    const page = await customers({
      updatedAt: {
        min: "2018-01-01T13:00:00+01:00",
        max: "2018-01-01T07:00:00.000-05:00",
      },
    });
    expect(page?.nodes.map((node) => node?.nativeId)).toContain(row!.id);
    expect(
      page?.nodes.every(
        (node) => node?.updatedAt === "2018-01-01T12:00:00.000Z",
      ),
    ).toBe(true);
  });

  it("finds a customer by the whole e-mail", async () => {
    const row = sandbox.data.customers[1_234]!;
    const page = await customers({ email: row.email });
    expect(page?.nodes).toMatchObject([{ nativeId: row.id, email: row.email }]);
    expect(page?.totalCount).toBe(1);
  });

  it("searches a part of the e-mail", async () => {
    const page = await customers({ search: "JOHN@EXAMPLE" });
    expect(page?.nodes.map((node) => node?.email)).toEqual(
      sandbox.data.customers
        .map(({ email }) => email)
        .filter((email) => email.toLowerCase().includes("john@example")),
    );
  });

  it("finds the members of a group", async () => {
    const group = sandbox.data.customerGroups[0]!;
    const page = await customers({
      customerGroup: gid("CustomerGroup", group.id),
    });
    expect(page?.nodes.map((node) => node?.nativeId)).toEqual(
      idsOf(
        sandbox.data.customers.filter(
          ({ customer_group_id }) => customer_group_id === group.id,
        ),
      ),
    );
  });

  it("narrows the members of a group", async () => {
    const group = sandbox.data.customerGroups[0]!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { customers(filter: { email: "john@example.com" }) { totalCount nodes { email } } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customerGroup: {
        customers: { totalCount: 1, nodes: [{ email: "john@example.com" }] },
      },
    });
  });

  it("sends values encoded as one value", async () => {
    const email = "a&page[size]=1000,b'\"*#?/../%2e@example.com";
    const page = await customers({ email });
    expect(page?.totalCount).toBe(0);
    const [request] = sandbox.journal.requests("api");
    expect(request?.query).toContainEqual(["filter[q][email_eq]", email]);
    expect(request?.query.filter(([name]) => name === "page[size]")).toEqual([
      ["page[size]", "25"],
    ]);
  });

  it("asks nobody when no store is left", async () => {
    expect(await groups({ ids: [] })).toEqual([]);
    expect(await groups({ platforms: [] })).toEqual([]);
    expect(await groups({ stores: [] })).toEqual([]);
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it.each([
    [{ isDefault: true }, "filter.isDefault"],
    [{ isGroupForGuests: false }, "filter.isGroupForGuests"],
  ])("says what the platform cannot answer", async (filter, argument) => {
    const answer = await clientele.query(GroupsPageDocument, { filter });
    expect(answer.data.customerGroups?.edges).toEqual([null]);
    const inOrder = [...(answer.errors ?? [])].sort(
      (a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0),
    );
    expect(inOrder).toMatchObject([
      {
        path: ["customerGroups", "edges", 0],
        extensions: {
          code: "UNSUPPORTED_BY_PLATFORM",
          store: "commerce-layer-demo",
          platform: "commerce-layer",
          argument,
        },
      },
      { path: ["customerGroups", "totalCount"] },
    ]);
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it.each([
    [{ stores: ["nowhere"] }, "filter.stores[0]"],
    [{ ids: ["x"] }, "filter.ids[0]"],
    [
      {
        ids: [
          "gid://clientele/CustomerGroup/commerce-layer-demo/aaaaaaaaaa",
          "gid://clientele/Customer/commerce-layer-demo/aaaaaaaaaa",
        ],
      },
      "filter.ids[1]",
    ],
    [{ name: "" }, "filter.name"],
    [{ nameContains: "x".repeat(257) }, "filter.nameContains"],
    [
      {
        ids: Array.from({ length: 101 }, (_, index) =>
          gid("CustomerGroup", `id${index}`),
        ),
      },
      "filter.ids",
    ],
  ])("names the condition that is wrong", async (filter, argument) => {
    const answer = await clientele.query(GroupsPageDocument, { filter });
    expect(answer.data).toEqual({ customerGroups: null });
    expect(answer.errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", argument } },
    ]);
    expect(sandbox.journal.requests()).toHaveLength(0);
  });
});
