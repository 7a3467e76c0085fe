import {
  type BigCommerceSandboxServer,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import {
  type CustomerFilter,
  FilteredCustomersDocument,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { dateOf, gid, inOrder, membersOf, nameOf } from "./truth";

describe("BigCommerce's customers", () => {
  let sandbox: BigCommerceSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startBigCommerceSandbox();
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

  type Row = (typeof sandbox.data.customers)[number];
  const customers = async (filter: CustomerFilter) => {
    const data = dataOf(
      await clientele.query(FilteredCustomersDocument, { first: 100, filter }),
    );
    return {
      ids: data.customers?.nodes.map((node) => node?.nativeId),
      total: data.customers?.totalCount,
    };
  };
  const listed = (rows: readonly Row[]) => ({
    ids: rows.slice(0, 100).map(({ id }) => String(id)),
    total: rows.length,
  });
  const expected = (test: (row: Row) => boolean) =>
    listed(inOrder(sandbox.data.customers).filter(test));

  it("are found by the whole e-mail", async () => {
    const row = sandbox.data.customers[321]!;
    expect(await customers({ email: row.email })).toEqual(
      expected(({ email }) => email === row.email),
    );
  });

  it("are found by their group", async () => {
    const group = sandbox.data.customerGroups.find(
      ({ id }) => membersOf(sandbox, id).length > 30,
    )!;
    expect(
      await customers({ customerGroup: gid("CustomerGroup", group.id) }),
    ).toEqual(listed(membersOf(sandbox, group.id)));
  });

  it("are found by their ids in own order", async () => {
    const rows = sandbox.data.customers.slice(700, 760);
    expect(
      await customers({ ids: rows.map(({ id }) => gid("Customer", id)) }),
    ).toEqual(listed(inOrder(rows)));
  });

  it("are searched by name", async () => {
    const part = sandbox.data.customers[50]!.last_name.slice(0, 4);
    const found = await customers({ search: part });
    expect(found.total).toBeGreaterThan(0);
    expect(found).toEqual(
      expected((row) =>
        (nameOf(row) ?? "").toLowerCase().includes(part.toLowerCase()),
      ),
    );
  });

  it.each(["createdAt", "updatedAt"] as const)(
    "are found by %s, both ends included",
    async (field) => {
      const dateOfRow = (row: Row) =>
        dateOf(field === "createdAt" ? row.date_created : row.date_modified);
      const dates = sandbox.data.customers.map(dateOfRow).sort();
      const [min, max] = [dates[1_000]!, dates[1_050]!];
      const found = await customers({ [field]: { min, max } });
      expect(found.total).toBeGreaterThanOrEqual(51);
      expect(found).toEqual(
        expected((row) => dateOfRow(row) >= min && dateOfRow(row) <= max),
      );
      expect(await customers({ [field]: { min: max } })).toEqual(
        expected((row) => dateOfRow(row) >= max),
      );
      expect(await customers({ [field]: { max: min } })).toEqual(
        expected((row) => dateOfRow(row) <= min),
      );
    },
  );

  it("meet all conditions at once", async () => {
    const group = sandbox.data.customerGroups.find(
      ({ id }) => membersOf(sandbox, id).length > 30,
    )!;
    const member = membersOf(sandbox, group.id)[3]!;
    expect(
      await customers({
        customerGroup: gid("CustomerGroup", group.id),
        email: member.email,
        createdAt: { max: dateOf(member.date_created) },
      }),
    ).toEqual(listed([member]));
  });

  it("are not looked for by two e-mails at once", async () => {
    const [a, b] = sandbox.data.customers;
    const answer = await clientele.query(FilteredCustomersDocument, {
      filter: { email: `${a!.email},${b!.email}` },
    });
    expect(answer.data.customers?.nodes).toEqual([null]);
    expect(answer.errors?.[0]).toMatchObject({
      extensions: { code: "UNSUPPORTED_BY_PLATFORM", argument: "filter.email" },
    });
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it("never show what staff noted of them", async () => {
    const rows = sandbox.data.customers.filter(({ notes }) => notes !== "");
    expect(rows.length).toBeGreaterThan(0);
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on BigCommerceCustomer { email name company phone taxExemptCategory storeCredit addresses { line1 } } } }",
      { ids: rows.slice(0, 50).map(({ id }) => gid("Customer", id)) },
    );
    dataOf(answer);
    expect(JSON.stringify(answer)).not.toContain("canary");
  });
});
