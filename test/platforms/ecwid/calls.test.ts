import {
  type EcwidSandboxServer,
  startEcwidSandbox,
} from "../../../src/sandbox/ecwid";
import * as operations from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { customerView, gid, inOrder, membersOf } from "./truth";

/**
 * The most upstream requests that each shape of query may cost, proven by what
 * the sandbox received while it shuffles the rows of every page, and by
 * comparing every value with the sandbox's own data.
 */
describe("upstream requests at Ecwid", () => {
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

  const asked = () => sandbox.journal.requests("api");
  const paths = () =>
    asked().map(({ path }) => path.replace("/api/v3/1003", ""));
  const queryOf = (index: number) =>
    Object.fromEntries(asked()[index]?.query ?? []);

  it.each([0, 9367001])("E1 reads group %i in one request", async (id) => {
    const row = sandbox.data.customerGroups.find((group) => group.id === id)!;
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", id)}") { name createdAt ... on EcwidCustomerGroup { isDefault externalReferenceId } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customerGroup: {
        name: row.name,
        createdAt: null,
        isDefault: id === 0,
        externalReferenceId: row.externalReferenceId ?? null,
      },
    });
    expect(paths()).toEqual([`/customer_groups/${id}`]);
    expect(queryOf(0)).toEqual({
      responseFields: "id,name,externalReferenceId",
    });
  });

  it("E2 finds each customer's group in the customer", async () => {
    const data = dataOf(
      await clientele.query(operations.EcwidCustomersWithGroupDocument, {
        first: 100,
      }),
    );
    expect(data.customers?.nodes).toEqual(
      inOrder(sandbox.data.customers)
        .slice(0, 100)
        .map((row) => ({
          nativeId: String(row.id),
          customerGroup: {
            id: gid("CustomerGroup", row.customerGroupId),
            name: row.customerGroupName,
          },
        })),
    );
    expect(asked()).toHaveLength(1);
    expect(queryOf(0)["responseFields"]).toBe(
      "total,count,offset,limit,items(id,customerGroupId,customerGroupName)",
    );
  });

  it("E2 reads groups that are asked for more", async () => {
    const answer = await clientele.send(
      "{ customers(first: 50) { nodes { customerGroup { name ... on EcwidCustomerGroup { externalReferenceId } } } } }",
    );
    const references = new Map(
      sandbox.data.customerGroups.map((row) => [
        row.id,
        row.externalReferenceId ?? null,
      ]),
    );
    expect(dataOf(answer).customers.nodes).toEqual(
      inOrder(sandbox.data.customers)
        .slice(0, 50)
        .map((row) => ({
          customerGroup: {
            name: row.customerGroupName,
            externalReferenceId: references.get(row.customerGroupId),
          },
        })),
    );
    expect(asked()).toHaveLength(2);
  });

  it.each([2, 40, 63])("E3 reads %i groups by their ids", async (count) => {
    const rows = sandbox.data.customerGroups.slice(-count);
    const data = dataOf(
      await clientele.query(operations.CountNodesDocument, {
        ids: rows.map(({ id }) => gid("CustomerGroup", id)),
      }),
    );
    expect(data.nodes).toEqual(
      rows.map(({ id, name }) => ({ id: gid("CustomerGroup", id), name })),
    );
    expect(asked()).toHaveLength(1);
  });

  it("E3 trusts no list that ignored its ids", async () => {
    sandbox.settings.ignoredIdParameters = [
      "customerGroupIds",
      "customerGroupId",
    ];
    const rows = sandbox.data.customerGroups.slice(2, 6);
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CustomerGroup { name } } }",
      {
        ids: [...rows.map(({ id }) => id), 987_654_321].map((id) =>
          gid("CustomerGroup", id),
        ),
      },
    );
    expect(dataOf(answer)).toEqual({
      nodes: [...rows.map(({ name }) => ({ name })), null],
    });
  });

  it("E4 reads each customer from its own address", async () => {
    const rows = sandbox.data.customers.slice(500, 540);
    const data = dataOf(
      await clientele.query(operations.CountNodesDocument, {
        ids: rows.map(({ id }) => gid("Customer", id)),
      }),
    );
    expect(data.nodes).toEqual(
      rows.map(({ id, email }) => ({ id: gid("Customer", id), email })),
    );
    expect(asked()).toHaveLength(40);
  });

  it("E5 counts members without reading the group", async () => {
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", 9367001)}") { customers(first: 0) { totalCount } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customerGroup: {
        customers: { totalCount: membersOf(sandbox, 9367001).length },
      },
    });
    expect(asked()).toHaveLength(1);
    expect(queryOf(0)).toMatchObject({ responseFields: "total" });
  });

  it("E5 counts members beside the group's name", async () => {
    const answer = await clientele.send(
      `{ customerGroup(id: "${gid("CustomerGroup", 0)}") { name customers(first: 0) { totalCount } } }`,
    );
    expect(dataOf(answer)).toEqual({
      customerGroup: {
        name: "General",
        customers: { totalCount: membersOf(sandbox, 0).length },
      },
    });
    expect(asked()).toHaveLength(2);
  });

  it("E6 reads a page of members for each group", async () => {
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

  it("brings every field of a customer at once", async () => {
    const expected = inOrder(sandbox.data.customers).map(customerView);
    for (const [page, after] of [[0, null]] as const) {
      const data = dataOf(
        await clientele.query(operations.EcwidCustomersDocument, {
          first: 100,
          after,
        }),
      );
      expect(data.customers?.nodes).toEqual(
        expected.slice(page * 100, page * 100 + 100),
      );
    }
    expect(asked()).toHaveLength(1);
    expect(queryOf(0)["responseFields"]).not.toMatch(/notes|contacts|taxId/i);
  });

  it("reads any window with one request", async () => {
    const all = inOrder(sandbox.data.customers);
    let after: string | null = null;
    let offset = 0;
    for (const first of [1, 7, 100, 33, 99, 2]) {
      sandbox.journal.clear();
      const data: operations.FilteredCustomersQuery = dataOf(
        await clientele.query(operations.FilteredCustomersDocument, {
          first,
          after,
        }),
      );
      expect(data.customers?.nodes.map((node) => node?.nativeId)).toEqual(
        all.slice(offset, offset + first).map(({ id }) => String(id)),
      );
      expect(asked()).toHaveLength(1);
      offset += first;
      const page = dataOf(
        await clientele.send(
          "query ($first: Int, $after: String) { customers(first: $first, after: $after) { pageInfo { endCursor } } }",
          { first, after },
        ),
      ) as { customers: { pageInfo: { endCursor: string } } };
      after = page.customers.pageInfo.endCursor;
    }
  });
});
