import type { SandboxServer } from "../../src/sandbox/room";
import {
  type Answer,
  type Clientele,
  dataOf,
  startClientele,
} from "../support/clientele";
import { bigcommerceFixture } from "./bigcommerce/fixture";
import { commerceLayerFixture } from "./commerce-layer/fixture";
import { ecwidFixture } from "./ecwid/fixture";
import type { Facts } from "./fixture";

type Row = Record<string, unknown>;

/** Where a platform's answers hold what the tests change. */
interface Dialect {
  readonly rowsOf: (body: unknown) => Row[];
  /** Makes a customer of another group. */
  readonly moveTo: (customer: Row, group: string) => void;
  readonly toId: (nativeId: string) => unknown;
  /** Whether groups in the plural are read from one list of all. */
  readonly listsGroups: boolean;
}

const commerceLayer: Dialect = {
  rowsOf: (body) => [(body as { data: Row | Row[] }).data].flat(),
  moveTo: (customer, group) => {
    const { customer_group } = customer["relationships"] as {
      customer_group: { data: unknown };
    };
    customer_group.data = { type: "customer_groups", id: group };
  },
  toId: (nativeId) => nativeId,
  listsGroups: false,
};
const bigcommerce: Dialect = {
  rowsOf: (body) =>
    Array.isArray(body)
      ? (body as Row[])
      : ((body as { data?: Row[] }).data ?? [body as Row]),
  moveTo: (customer, group) => {
    customer["customer_group_id"] = Number(group);
  },
  toId: Number,
  listsGroups: true,
};
const ecwid: Dialect = {
  rowsOf: (body) => (body as { items?: Row[] }).items ?? [body as Row],
  moveTo: (customer, group) => {
    customer["customerGroupId"] = Number(group);
  },
  toId: Number,
  listsGroups: false,
};

/** What came is held against what was asked for: nobody is shown another's data. */
describe.each([
  ["commerce-layer", commerceLayerFixture, commerceLayer],
  ["bigcommerce", bigcommerceFixture, bigcommerce],
  ["ecwid", ecwidFixture, ecwid],
])("what %s answers", (_, fixture, dialect) => {
  let server: SandboxServer;
  let facts: Facts;
  let clientele: Clientele;

  beforeAll(async () => {
    ({ server, facts } = await fixture.start());
    clientele = await startClientele([{ server }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await server.close();
  });
  beforeEach(() => {
    server.faults.clear();
  });

  const gid = (kind: string, nativeId: string) =>
    `gid://clientele/${kind}/${server.storeKey}/${nativeId}`;
  const change = (edit: (rows: Row[], body: unknown) => void) => {
    server.faults.add({
      when: { kind: "api" },
      transform: (body) => {
        edit(dialect.rowsOf(body), body);
        return body;
      },
    });
  };
  const breach = { extensions: { code: "PLATFORM_CONTRACT" } };
  const isBreach = ({ errors }: Answer<unknown>) => {
    expect(errors?.length).toBeGreaterThan(0);
    for (const error of errors ?? []) expect(error).toMatchObject(breach);
  };

  it.each(["Customer", "CustomerGroup"] as const)(
    "is no %s that another was asked for",
    async (kind) => {
      const [first, other] =
        kind === "Customer" ? facts.customers : facts.groups.slice(1);
      change((rows) => {
        for (const row of rows) row["id"] = dialect.toId(other!.nativeId);
      });
      const answer = await clientele.send(
        `{ node(id: "${gid(kind, first!.nativeId)}") { ... on Customer { email } ... on CustomerGroup { name } } }`,
      );
      expect(answer.data).toEqual({ node: null });
      isBreach(answer);
    },
  );

  it("is put back by its id, foreign ones left out", async () => {
    const asked = facts.customers.slice(0, 4);
    const foreign = facts.customers[9]!;
    const lost = asked[1]!;
    change((rows) => {
      const row = rows.find(({ id }) => id === dialect.toId(lost.nativeId));
      if (row) row["id"] = dialect.toId(foreign.nativeId);
      rows.reverse();
    });
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { nativeId email } } }",
      { ids: asked.map(({ nativeId }) => gid("Customer", nativeId)) },
    );
    expect(answer.data.nodes).toEqual(
      asked.map(({ nativeId, email }) =>
        nativeId === lost.nativeId ? null : { nativeId, email },
      ),
    );
    isBreach(answer);
  });

  it("is refused in a list of certain ids", async () => {
    const asked = facts.customers.slice(0, 3);
    const foreign = facts.customers[9]!;
    change((rows) => {
      const row = rows.find(
        ({ id }) => id === dialect.toId(asked[1]!.nativeId),
      );
      if (row) row["id"] = dialect.toId(foreign.nativeId);
    });
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { customers(first: 5, filter: { ids: $ids }) { nodes { nativeId } } }",
      { ids: asked.map(({ nativeId }) => gid("Customer", nativeId)) },
    );
    const shown = (answer.data.customers.nodes as (Row | null)[]).flatMap(
      (node) => (node ? [node["nativeId"]] : []),
    );
    expect(shown).not.toContain(foreign.nativeId);
    expect(shown).toContain(asked[0]!.nativeId);
    isBreach(answer);
  });

  it.each(["Customer.email", "Customer.customerGroup { name }"])(
    "is no member of another group (%s)",
    async (field) => {
      const group = facts.groups.find(({ members }) => members.length > 3)!;
      const other = facts.groups.find(
        ({ nativeId }) => nativeId !== group.nativeId && nativeId !== "0",
      )!;
      change((rows) => {
        if (rows.length < 3) return;
        dialect.moveTo(rows[1]!, other.nativeId);
      });
      const answer = await clientele.send(
        `{ customerGroup(id: "${gid("CustomerGroup", group.nativeId)}") { customers(first: 3) { nodes { nativeId ${field.slice(9)} } } } }`,
      );
      const { nodes } = answer.data.customerGroup.customers;
      expect(nodes[1]).toBeNull();
      expect(nodes[0].nativeId).toBe(group.members[0]);
      expect(nodes[2].nativeId).toBe(group.members[2]);
      isBreach(answer);
    },
  );

  it("is no stranger in a list of a group", async () => {
    const group = facts.groups.find(({ members }) => members.length > 3)!;
    const other = facts.groups.find(
      ({ nativeId }) => nativeId !== group.nativeId && nativeId !== "0",
    )!;
    change((rows) => {
      dialect.moveTo(rows[1]!, other.nativeId);
    });
    const answer = await clientele.send(
      `{ customers(first: 3, filter: { customerGroup: "${gid("CustomerGroup", group.nativeId)}", stores: ["${server.storeKey}"] }) { nodes { nativeId email } } }`,
    );
    const { nodes } = answer.data.customers;
    expect(nodes[1]).toBeNull();
    expect(nodes[0].nativeId).toBe(group.members[0]);
    isBreach(answer);
  });

  it("is shown once when it comes twice", async () => {
    change((rows) => {
      rows[1] = { ...rows[0]! };
    });
    for (const list of ["customers", "customerGroups"]) {
      const answer = await clientele.send(
        `{ ${list}(first: 5) { nodes { nativeId } } }`,
      );
      const ids = (dataOf(answer)[list].nodes as Row[]).map(
        ({ nativeId }) => nativeId,
      );
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("is the same however it is shuffled", async () => {
    change((rows) => {
      rows.reverse();
    });
    const asked = facts.groups.slice(0, 10);
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CustomerGroup { nativeId name } } }",
      { ids: asked.map(({ nativeId }) => gid("CustomerGroup", nativeId)) },
    );
    expect(dataOf(answer).nodes).toEqual(
      asked.map(({ nativeId, name }) => ({ nativeId, name })),
    );
  });
});

describe("what belongs to one owner of Commerce Layer", () => {
  it("is not another group's market", async () => {
    const { server, facts } = await commerceLayerFixture.start();
    const clientele = await startClientele([{ server }]);
    server.faults.add({
      when: { path: /\/markets$/ },
      transform: (body) => {
        const { data } = body as { data: Row[] };
        commerceLayer.moveTo(data[0]!, facts.groups[5]!.nativeId);
        return body;
      },
    });
    const answer = await clientele.send(
      `{ customerGroup(id: "gid://clientele/CustomerGroup/${server.storeKey}/${facts.groups[0]!.nativeId}") { ... on CommerceLayerCustomerGroup { markets { nodes { name } } } } }`,
    );
    await clientele.stop();
    await server.close();
    expect(answer.data.customerGroup.markets.nodes[0]).toBeNull();
    expect(answer.data.customerGroup.markets.nodes[1]).not.toBeNull();
    expect(answer.errors).toMatchObject([
      { extensions: { code: "PLATFORM_CONTRACT" } },
    ]);
  });
});
