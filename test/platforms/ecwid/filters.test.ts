import {
  type EcwidSandboxServer,
  startEcwidSandbox,
} from "../../../src/sandbox/ecwid";
import {
  type CustomerFilter,
  type CustomerGroupFilter,
  EcwidGroupsDocument,
  FilteredCustomersDocument,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { dateOf, gid, inOrder, membersOf } from "./truth";

describe("filters at Ecwid", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startEcwidSandbox();
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.reset();
    sandbox.shuffled = true;
  });

  const groups = async (filter: CustomerGroupFilter) => {
    const data = dataOf(
      await clientele.query(EcwidGroupsDocument, { first: 100, filter }),
    );
    return {
      ids: data.customerGroups?.nodes.map((node) => node?.nativeId),
      total: data.customerGroups?.totalCount,
    };
  };
  type GroupRow = (typeof sandbox.data.customerGroups)[number];
  const expectedGroups = (test: (row: GroupRow) => boolean) => {
    const ids = sandbox.data.customerGroups
      .filter(test)
      .map(({ id }) => String(id));
    return { ids, total: ids.length };
  };

  it("lists the built-in group as the first", async () => {
    const { ids, total } = await groups({});
    expect(ids?.[0]).toBe("0");
    expect({ ids, total }).toEqual(expectedGroups(() => true));
  });

  it("finds groups by the whole name", async () => {
    expect(await groups({ name: "VIP" })).toEqual(
      expectedGroups(({ name }) => name === "VIP"),
    );
    expect((await groups({ name: "VI" })).total).toBe(0);
  });

  it("finds groups by a part of the name", async () => {
    const found = await groups({ nameContains: "age" });
    expect(found.total).toBeGreaterThan(0);
    expect(found).toEqual(
      expectedGroups(({ name }) => name.toLowerCase().includes("age")),
    );
  });

  it("finds the default group and the others", async () => {
    expect(await groups({ isDefault: true })).toEqual({ ids: ["0"], total: 1 });
    expect(await groups({ isDefault: false })).toEqual(
      expectedGroups(({ id }) => id !== 0),
    );
  });

  it("finds groups by ids, the built-in among them", async () => {
    const ids = [9367004, 0, 9367002].map((id) => gid("CustomerGroup", id));
    expect(await groups({ ids })).toEqual({
      ids: ["0", "9367002", "9367004"],
      total: 3,
    });
  });

  it("sifts groups when the ids are ignored", async () => {
    sandbox.settings.ignoredIdParameters = ["customerGroupIds"];
    const ids = [9367004, 9367002].map((id) => gid("CustomerGroup", id));
    expect(await groups({ ids })).toEqual({
      ids: ["9367002", "9367004"],
      total: 2,
    });
  });

  it("shows the built-in group once, as of old", async () => {
    sandbox.settings.generalOnEveryPage = true;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer = dataOf(
        await clientele.send(
          "query ($after: String) { customerGroups(first: 20, after: $after) { nodes { nativeId } pageInfo { hasNextPage endCursor } } }",
          { after },
        ),
      ).customerGroups as {
        nodes: { nativeId: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      seen.push(...answer.nodes.map(({ nativeId }) => nativeId));
      after = answer.pageInfo.hasNextPage ? answer.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(
      sandbox.data.customerGroups.map(({ id }) => String(id)),
    );
  });

  it("gives each group once, whatever the platform's order", async () => {
    sandbox.faults.add({
      when: { path: /customer_groups$/ },
      transform: (body) => {
        (body as { items: unknown[] }).items.reverse();
        return body;
      },
    });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer = dataOf(
        await clientele.send(
          "query ($after: String) { customerGroups(first: 10, after: $after) { edges { cursor node { nativeId } } pageInfo { hasNextPage } } }",
          { after },
        ),
      ).customerGroups as {
        edges: { cursor: string; node: { nativeId: string } }[];
        pageInfo: { hasNextPage: boolean };
      };
      seen.push(...answer.edges.map(({ node }) => node.nativeId));
      after = answer.pageInfo.hasNextPage
        ? (answer.edges.at(-1)?.cursor ?? null)
        : null;
    } while (after !== null);
    expect(seen).toEqual(
      sandbox.data.customerGroups.map(({ id }) => String(id)),
    );
  });

  it.each([
    [{ createdAt: { min: "2024-01-01T00:00:00Z" } }, "filter.createdAt"],
    [{ updatedAt: { max: "2024-01-01T00:00:00Z" } }, "filter.updatedAt"],
    [{ isGroupForGuests: true }, "filter.isGroupForGuests"],
  ])("says what the platform cannot answer", async (filter, argument) => {
    const answer = await clientele.query(EcwidGroupsDocument, {
      first: 5,
      filter,
    });
    expect(answer.data.customerGroups?.nodes).toEqual([null]);
    expect(answer.errors?.[0]).toMatchObject({
      extensions: { code: "UNSUPPORTED_BY_PLATFORM", argument },
    });
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  const customers = async (filter: CustomerFilter) => {
    const data = dataOf(
      await clientele.query(FilteredCustomersDocument, { first: 100, filter }),
    );
    return {
      ids: data.customers?.nodes.map((node) => node?.nativeId),
      total: data.customers?.totalCount,
    };
  };
  type CustomerRow = (typeof sandbox.data.customers)[number];
  const listed = (rows: readonly CustomerRow[]) => ({
    ids: rows.slice(0, 100).map(({ id }) => String(id)),
    total: rows.length,
  });
  const expectedCustomers = (test: (row: CustomerRow) => boolean) =>
    listed(inOrder(sandbox.data.customers).filter(test));

  it("finds customers by the whole e-mail", async () => {
    const { email } = sandbox.data.customers[400]!;
    expect(await customers({ email })).toEqual(
      expectedCustomers(
        (row) => row.email.toLowerCase() === email.toLowerCase(),
      ),
    );
  });

  it.each([9367001, 0])("finds the members of group %i", async (id) => {
    expect(
      await customers({ customerGroup: gid("CustomerGroup", id) }),
    ).toEqual(listed(membersOf(sandbox, id)));
  });

  it("searches names and e-mails", async () => {
    const found = await customers({ search: "john" });
    expect(found.total).toBeGreaterThan(0);
    expect(found.ids).toContain(
      String(
        sandbox.data.customers.find(
          ({ email }) => email === "john@example.com",
        )!.id,
      ),
    );
  });

  it.each(["createdAt", "updatedAt"] as const)(
    "finds customers by %s, both ends included",
    async (field) => {
      const dateOfRow = (row: CustomerRow) =>
        dateOf(field === "createdAt" ? row.registered : row.updated);
      const dates = sandbox.data.customers.map(dateOfRow).sort();
      const [min, max] = [dates[900]!, dates[940]!];
      const found = await customers({ [field]: { min, max } });
      expect(found.total).toBeGreaterThanOrEqual(41);
      expect(found).toEqual(
        expectedCustomers(
          (row) => dateOfRow(row) >= min && dateOfRow(row) <= max,
        ),
      );
      expect(await customers({ [field]: { min: max } })).toEqual(
        expectedCustomers((row) => dateOfRow(row) >= max),
      );
      expect(await customers({ [field]: { max: min } })).toEqual(
        expectedCustomers((row) => dateOfRow(row) <= min),
      );
    },
  );

  it("finds customers by ids and nothing else", async () => {
    const rows = sandbox.data.customers.slice(30, 40);
    const ids = rows.map(({ id }) => gid("Customer", id)).reverse();
    expect((await customers({ ids })).ids).toEqual(
      rows.map(({ id }) => String(id)),
    );
    const answer = await clientele.query(FilteredCustomersDocument, {
      filter: { ids, search: "a" },
    });
    expect(answer.errors?.[0]).toMatchObject({
      extensions: { code: "UNSUPPORTED_BY_PLATFORM", argument: "filter.ids" },
    });
  });
});
