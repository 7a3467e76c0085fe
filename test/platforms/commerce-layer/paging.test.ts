import fc from "fast-check";
import { planPages } from "../../../src/domain/page-plan";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import {
  FilteredCustomersDocument,
  GroupsPageDocument,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid } from "./truth";

describe("paging through Commerce Layer's lists", () => {
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

  const groupsPage = async (first: number | null, after: string | null) => {
    const data = dataOf(
      await clientele.query(GroupsPageDocument, { first, after }),
    );
    if (!data.customerGroups) throw new Error("expected a connection");
    return data.customerGroups;
  };

  it("gives each group once for every page size", async () => {
    const names = sandbox.data.customerGroups.map(({ name }) => name);
    for (let first = 1; first <= 100; first += 1) {
      const seen: (string | undefined)[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await groupsPage(first, after);
        seen.push(...page.edges.map((edge) => edge?.node.name));
        expect(page.totalCount).toBe(names.length);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        expect(page.pageInfo.hasNextPage).toBe(seen.length < names.length);
        expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor);
        expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(seen).toEqual(names);
    }
  });

  it("goes on from any cursor with any size", async () => {
    const all = sandbox.data.customers;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 100 }), {
          minLength: 2,
          maxLength: 5,
        }),
        async (sizes) => {
          let after: string | null = null;
          let offset = 0;
          for (const first of sizes) {
            sandbox.journal.clear();
            const answer = await clientele.send(
              "query ($first: Int, $after: String) { customers(first: $first, after: $after) { edges { cursor node { nativeId } } pageInfo { hasNextPage } } }",
              { first, after },
            );
            const { customers } = dataOf(answer) as {
              customers: {
                edges: { cursor: string; node: { nativeId: string } }[];
                pageInfo: { hasNextPage: boolean };
              };
            };
            expect(customers.edges.map(({ node }) => node.nativeId)).toEqual(
              all.slice(offset, offset + first).map(({ id }) => id),
            );
            expect(customers.pageInfo.hasNextPage).toBe(true);
            expect(sandbox.journal.requests("api")).toHaveLength(
              planPages({ offset, count: first }, 25).length,
            );
            // Go on from some row of the page, not always from its last.
            const stop = (first * 7) % customers.edges.length;
            after = customers.edges[stop]?.cursor ?? null;
            offset += stop + 1;
          }
        },
      ),
      { numRuns: 25, seed: 1 },
    );
  });

  it("asks for no page that cannot exist", async () => {
    const group = sandbox.data.customerGroups.find(
      ({ id }) =>
        sandbox.data.customers.filter((row) => row.customer_group_id === id)
          .length === 3,
    )!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", group.id)}") { customers(first: 100) { nodes { nativeId } pageInfo { hasNextPage } } } }`,
    );
    expect(dataOf(answer)).toMatchObject({
      customerGroup: { customers: { pageInfo: { hasNextPage: false } } },
    });
    expect(sandbox.journal.requests("api")).toHaveLength(2);
  });

  it("takes the default size for a null", async () => {
    expect((await groupsPage(null, null)).edges).toHaveLength(20);
  });

  it("gives an empty page for a size of none", async () => {
    const page = await groupsPage(0, null);
    expect(page.edges).toEqual([]);
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it("tells exactly whether rows follow no row", async () => {
    const groups = sandbox.data.customerGroups;
    const sizeOf = (id: string) =>
      sandbox.data.customers.filter((row) => row.customer_group_id === id)
        .length;
    const empty = groups.find(({ id }) => sizeOf(id) === 0)!;
    for (const [id, hasNextPage] of [
      [empty.id, false],
      [groups[0]!.id, true],
    ] as const) {
      const answer = await clientele.send(
        `{ customerGroup(id: "${gid("CustomerGroup", id)}") { customers(first: 0) { pageInfo { hasNextPage } } } }`,
      );
      expect(dataOf(answer)).toEqual({
        customerGroup: { customers: { pageInfo: { hasNextPage } } },
      });
    }
  });

  it.each([-1, 101, 1_000_000])("refuses a page size of %i", async (first) => {
    const answer = await clientele.query(GroupsPageDocument, { first });
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", argument: "first" } },
    ]);
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it("refuses a cursor of another list", async () => {
    const groups = await groupsPage(5, null);
    const after = groups.pageInfo.endCursor;
    sandbox.journal.clear();
    const filtered = await clientele.query(GroupsPageDocument, {
      after,
      filter: { nameContains: "a" },
    });
    const customers = await clientele.query(FilteredCustomersDocument, {
      after,
    });
    for (const answer of [filtered, customers]) {
      expect(answer.errors).toMatchObject([
        { extensions: { code: "BAD_USER_INPUT", argument: "after" } },
      ]);
    }
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it.each(["", "x", "AAAA", "\u0000", "é".repeat(10), "Z".repeat(200_000)])(
    "refuses a text that is no cursor",
    async (after) => {
      const answer = await clientele.query(GroupsPageDocument, { after });
      expect(answer.errors).toMatchObject([
        { extensions: { code: "BAD_USER_INPUT", argument: "after" } },
      ]);
      expect(sandbox.journal.requests()).toHaveLength(0);
    },
  );
});
