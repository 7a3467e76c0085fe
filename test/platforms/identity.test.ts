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
  /** Leaves out which group a customer is in. */
  readonly untellGroup: (customer: Row) => void;
  readonly setEmail: (customer: Row, email: string) => void;
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
  untellGroup: ({ relationships }) => {
    const { customer_group } = relationships as {
      customer_group: { data?: unknown };
    };
    delete customer_group.data;
  },
  setEmail: ({ attributes }, email) => {
    (attributes as Row)["email"] = email;
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
  untellGroup: (customer) => {
    delete customer["customer_group_id"];
  },
  setEmail: (customer, email) => {
    customer["email"] = email;
  },
  toId: Number,
  listsGroups: true,
};
const ecwid: Dialect = {
  rowsOf: (body) => (body as { items?: Row[] }).items ?? [body as Row],
  moveTo: (customer, group) => {
    customer["customerGroupId"] = Number(group);
  },
  untellGroup: (customer) => {
    delete customer["customerGroupId"];
  },
  setEmail: (customer, email) => {
    customer["email"] = email;
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

  it.each(["Customer", "CustomerGroup"] as const)(
    "is no %s when several rows claim to be it",
    async (kind) => {
      const asked = (
        kind === "Customer" ? facts.customers : facts.groups
      ).slice(1, 4);
      const [claimed, lost] = asked.map(({ nativeId }) =>
        dialect.toId(nativeId),
      );
      let isChanged = false;
      change((rows) => {
        const row = rows.find(({ id }) => id === lost);
        if (rows.length === 1 || !row) return;
        row["id"] = claimed;
        isChanged = true;
      });
      const answer = await clientele.send(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { nativeId email } ... on CustomerGroup { nativeId name } } }",
        { ids: asked.map(({ nativeId }) => gid(kind, nativeId)) },
      );
      const expected = asked.map(({ nativeId, ...fact }) =>
        "email" in fact
          ? { nativeId, email: fact.email }
          : { nativeId, name: fact.name },
      );
      // Where each is read by itself, no two rows come together.
      if (!isChanged) {
        expect(dataOf(answer).nodes).toEqual(expected);
        return;
      }
      const [first, second, third] = answer.data.nodes as (Row | null)[];
      expect(first).toBeNull();
      expect([null, expected[1]]).toContainEqual(second);
      expect(third).toEqual(expected[2]);
      isBreach(answer);
      // Nothing is absent that nobody has said to be absent.
      const nulls = second === null ? [0, 1] : [0];
      expect(answer.errors?.map(({ path }) => path?.[1]).sort()).toEqual(nulls);
    },
  );

  it("is no row of a list when several rows claim to be it", async () => {
    const asked = facts.customers.slice(1, 4);
    const [claimed, lost] = asked.map(({ nativeId }) => dialect.toId(nativeId));
    let isChanged = false;
    change((rows) => {
      const row = rows.find(({ id }) => id === lost);
      if (rows.length === 1 || !row) return;
      row["id"] = claimed;
      isChanged = true;
    });
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { customers(first: 5, filter: { ids: $ids }) { nodes { nativeId email } } }",
      { ids: asked.map(({ nativeId }) => gid("Customer", nativeId)) },
    );
    const expected = asked.map(({ nativeId, email }) => ({ nativeId, email }));
    if (!isChanged) {
      expect(dataOf(answer).customers.nodes).toEqual(expected);
      return;
    }
    expect(answer.data.customers.nodes).toEqual([null, expected[2]]);
    isBreach(answer);
  });

  it("tells the group, or nobody knows it", async () => {
    const rows = facts.customers.slice(0, 3);
    const untold = dialect.toId(rows[1]!.nativeId);
    change((found) => {
      for (const row of found) {
        if (row["id"] === untold) dialect.untellGroup(row);
      }
    });
    const expected = rows.map(({ nativeId, group }, index) => ({
      nativeId,
      customerGroup: index === 1 || group === null ? null : { nativeId: group },
    }));
    const fields = "nativeId customerGroup { nativeId }";
    for (const [query, path] of [
      [`{ list: customers(first: 3) { nodes { ${fields} } } }`, "list.nodes.1"],
      [
        `{ list: nodes(ids: [${rows.map(({ nativeId }) => `"${gid("Customer", nativeId)}"`).join()}]) { ... on Customer { ${fields} } } }`,
        "list.1",
      ],
      [
        `{ list: customer(id: "${gid("Customer", rows[1]!.nativeId)}") { ${fields} } }`,
        "list",
      ],
    ] as const) {
      const answer = await clientele.send(query);
      const list = answer.data.list;
      expect(list.nodes ?? list).toEqual(
        path === "list" ? expected[1] : expected,
      );
      isBreach(answer);
      expect(answer.errors?.map((error) => error.path?.join("."))).toEqual([
        `${path}.customerGroup`,
      ]);
    }
  });

  // Where the list of groups tells no length, an empty one is empty.
  it.each(
    dialect.listsGroups ? ["customers"] : ["customers", "customerGroups"],
  )("is a page of %s, or an error, where rows are told of", async (list) => {
    for (const fields of [
      "nodes { nativeId } pageInfo { hasNextPage endCursor }",
      "totalCount nodes { nativeId } pageInfo { hasNextPage endCursor }",
    ]) {
      const first = await clientele.send(
        `{ list: ${list}(first: 3) { ${fields} } }`,
      );
      const { endCursor } = dataOf(first).list.pageInfo as {
        endCursor: string;
      };
      for (const after of [null, endCursor]) {
        server.faults.add({ when: { kind: "api" }, rows: "none" });
        const answer = await clientele.send(
          `query ($after: String) { list: ${list}(first: 3, after: $after) { ${fields} } }`,
          { after },
        );
        server.faults.clear();
        expect(answer.data.list.nodes).toEqual([null]);
        isBreach(answer);
        const { pageInfo } = answer.data.list;
        if (pageInfo.hasNextPage) expect(pageInfo.endCursor).not.toBeNull();
      }
    }
  });

  describe("when it is asked for by e-mail", () => {
    const group = () => facts.groups.find(({ members }) => members.length > 3)!;
    const one = () =>
      facts.customers.find(
        ({ nativeId, email }) =>
          email !== null && nativeId === group().members[1],
      )!;
    const lists = () => [
      `{ list: customers(first: 3, filter: { email: "${one().email}", stores: ["${server.storeKey}"] }) { nodes { nativeId } } }`,
      `{ owner: customerGroup(id: "${gid("CustomerGroup", group().nativeId)}") { list: customers(first: 3, filter: { email: "${one().email}" }) { nodes { nativeId } } } }`,
    ];
    const shown = ({ data }: Answer<any>): (Row | null)[] =>
      (data.list ?? data.owner.list).nodes;

    it("is no stranger", async () => {
      server.faults.add({
        when: { kind: "api" },
        instead: {
          query: {
            "filter[q][email_eq]": null,
            "email:in": null,
            email: null,
            useExactEmailMatch: null,
          },
        },
      });
      for (const query of lists()) {
        const answer = await clientele.send(query);
        const nodes = shown(answer);
        for (const node of nodes) {
          if (node) expect(node["nativeId"]).toBe(one().nativeId);
        }
        // A platform of which a search finds more is sifted.
        if (nodes.includes(null)) isBreach(answer);
        else expect(nodes).toEqual([{ nativeId: one().nativeId }]);
      }
    });

    it("may be written in other letters", async () => {
      change((rows) => {
        for (const row of rows) {
          if (row["id"] === dialect.toId(one().nativeId)) {
            dialect.setEmail(row, one().email!.toUpperCase());
          }
        }
      });
      for (const query of lists()) {
        expect(
          shown({ status: 0, data: dataOf(await clientele.send(query)) }),
        ).toEqual([{ nativeId: one().nativeId }]);
      }
    });
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
