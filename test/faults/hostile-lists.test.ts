import type { SandboxServer } from "../../src/sandbox/room";
import { commerceLayerFixture } from "../platforms/commerce-layer/fixture";
import type { Facts } from "../platforms/fixture";
import {
  type Answer,
  type Clientele,
  dataOf,
  startClientele,
} from "../support/clientele";
import { type Fault, fixtures } from "./bench";
import { type Bystanders, startBystanders } from "./bystanders";

/** Pages that never end, lengths that cannot be, and answers to other questions. */

interface Node {
  readonly nativeId: string;
}

let bystanders: Bystanders;

beforeAll(async () => {
  bystanders = await startBystanders();
});
afterAll(() => bystanders.stop());

const expectBreaches = ({ errors }: Answer<unknown>) => {
  expect(errors?.length).toBeGreaterThan(0);
  for (const { extensions } of errors ?? []) {
    expect(extensions.code).toBe("PLATFORM_CONTRACT");
  }
};

describe.each(
  fixtures.map((fixture) => [fixture.platform.name, fixture] as const),
)("%s", (_, fixture) => {
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
  beforeEach(async () => {
    // A token is there, and nothing is learned from a hostile answer before.
    await clientele.send("{ customers(first: 1) { nodes { nativeId } } }");
    server.journal.clear();
  });
  afterEach(() => {
    bystanders.expectNothing([server.origin, clientele.url]);
    server.faults.clear();
  });

  const gid = (kind: string, nativeId: string) =>
    `gid://clientele/${kind}/${server.storeKey}/${nativeId}`;
  const spoil = (fault: Fault) =>
    server.faults.add({ ...fault, when: { kind: "api" } });
  const asked = () => server.journal.requests("api").length;
  const group = () => facts.groups.find(({ members }) => members.length > 5)!;

  /** What an operation shows of a list, and the ids that it may show. */
  const lists = () => {
    const { nativeId, members } = group();
    const ids = facts.groups.slice(0, 60).map((row) => row.nativeId);
    return {
      customers: {
        query:
          "{ list: customers(first: 100) { totalCount nodes { nativeId } } }",
        known: facts.customers.map((row) => row.nativeId),
      },
      groups: {
        query:
          "{ list: customerGroups(first: 100) { totalCount nodes { nativeId } } }",
        known: facts.groups.map((row) => row.nativeId),
      },
      members: {
        query: `{ customerGroup(id: "${gid("CustomerGroup", nativeId)}") { list: customers(first: 100) { totalCount nodes { nativeId } } } }`,
        known: members,
      },
      entities: {
        query: `{ list: nodes(ids: [${ids.map((id) => `"${gid("CustomerGroup", id)}"`).join()}]) { ... on CustomerGroup { nativeId } } }`,
        known: ids,
      },
    };
  };
  type ListName = keyof ReturnType<typeof lists>;
  const names: readonly ListName[] = [
    "customers",
    "groups",
    "members",
    "entities",
  ];

  const shown = ({ data }: Answer<any>): string[] => {
    const list = data?.list ?? data?.customerGroup?.list ?? [];
    const nodes = (Array.isArray(list) ? list : list.nodes) as (Node | null)[];
    return nodes.flatMap((node) => (node ? [node.nativeId] : []));
  };

  describe.each(["stuck", "alternating", "endless"] as const)(
    "whose pages are %s (U9)",
    (paging) => {
      it.each(names)("ends a read of %s", async (name) => {
        const { query } = lists()[name];
        const honest = await clientele.send(query);
        const inPeace = asked();
        server.journal.clear();
        spoil({ paging });
        const answer = await clientele.send(query);
        const ids = shown(answer);
        expect(new Set(ids).size).toBe(ids.length);
        if (answer.errors) expectBreaches(answer);
        // No page is asked for that an honest list would not have had too, and
        // those that are looked for by id are bounded by their number.
        expect(asked()).toBeLessThanOrEqual(
          Math.max(inPeace, 6) + (name === "entities" ? 60 : 0),
        );
        // What was asked by its id is itself or nothing.
        if (name === "entities") {
          const right = new Set(shown(honest));
          expect(ids.filter((id) => !right.has(id))).toEqual([]);
        }
        dataOf(await afterwards());
      });
    },
  );

  const afterwards = () => {
    server.faults.clear();
    return clientele.send(
      "{ customers(first: 3) { nodes { nativeId } } customerGroups(first: 3) { nodes { nativeId } } }",
    );
  };

  describe.each<[string, Extract<Fault, { totals: unknown }>["totals"]]>([
    ["1e15", 1e15],
    ["2^53 - 1", Number.MAX_SAFE_INTEGER],
    ["2^53 + 1", { json: "9007199254740993" }],
    ["infinite", { json: "1e999" }],
    ["1e300", { json: "1e300" }],
    ["-1", -1],
    ["-0", { json: "-0" }],
    ["1.5", 1.5],
    ["text", "12"],
    ["NaN", { json: "NaN" }],
    ["null", null],
    ["true", true],
  ])("whose length is %s (U10)", (told, totals) => {
    it.each(names)("is not read without end for %s", async (name) => {
      const { query, known } = lists()[name];
      spoil({ totals });
      const answer = await clientele.send(query);
      // Groups of one platform tell their number on a page of its own.
      expect(asked()).toBeLessThanOrEqual(6);
      const ids = shown(answer);
      expect(ids.filter((id) => !known.includes(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      if (answer.errors) expectBreaches(answer);
      const total =
        answer.data?.list?.totalCount ??
        answer.data?.customerGroup?.list?.totalCount ??
        null;
      // What is no count of rows is never shown as one.
      if (!["1e15", "2^53 - 1", "-0"].includes(told) && total !== null) {
        expect(known).toHaveLength(total as number);
      }
      dataOf(await afterwards());
    });
  });

  describe("that answers another question", () => {
    let root = "";

    /** Asks once in peace, to see where the platform's lists stand. */
    const learnRoot = async (query: string) => {
      server.journal.clear();
      dataOf(await clientele.send(query));
      const [first] = server.journal.requests("api");
      root = first!.path.replace(/\/(customers|customer_groups)(\/.*)?$/, "");
    };
    /** The honest answer for another id, wherever the own one may stand. */
    const answerFor = (suffix: string, own: string, other: string) => {
      for (const list of ["customers", "customer_groups"]) {
        server.faults.add({
          when: { path: `${root}/${list}/${own}${suffix}` },
          instead: { path: `${root}/${list}/${other}${suffix}` },
        });
      }
      for (const name of [
        "id:in",
        "customer_group_id:in",
        "customerGroupIds",
      ]) {
        server.faults.add({
          when: { query: { [name]: own } },
          instead: { query: { [name]: other } },
        });
      }
    };

    it.each(["Customer", "CustomerGroup"] as const)(
      "shows no other %s",
      async (kind) => {
        const [own, other] =
          kind === "Customer"
            ? [facts.customers[1]!, facts.customers[2]!]
            : [facts.groups[1]!, facts.groups[2]!];
        const query = `{ node(id: "${gid(kind, own.nativeId)}") { ... on Customer { nativeId email } ... on CustomerGroup { nativeId name } } }`;
        await learnRoot(query);
        answerFor("", own.nativeId, other.nativeId);
        const answer = await clientele.send(query);
        expect(answer.data).toEqual({ node: null });
        expectBreaches(answer);
        server.faults.clear();
        expect(dataOf(await clientele.send(query)).node.nativeId).toBe(
          own.nativeId,
        );
      },
    );

    it("shows no members of another group", async () => {
      const own = group();
      const other = facts.groups.find(
        ({ nativeId, members }) =>
          nativeId !== own.nativeId && nativeId !== "0" && members.length > 2,
      )!;
      const query = `{ customerGroup(id: "${gid("CustomerGroup", own.nativeId)}") { customers(first: 3) { nodes { nativeId email } } } }`;
      await learnRoot(query);
      answerFor("/customers", own.nativeId, other.nativeId);
      const answer = await clientele.send(query);
      expect(answer.data.customerGroup.customers.nodes).toEqual([
        null,
        null,
        null,
      ]);
      expectBreaches(answer);
    });

    it("shows no rows that a filter should have left out", async () => {
      const asked = facts.customers.slice(7, 10);
      const query = `{ list: customers(first: 5, filter: { ids: [${asked.map(({ nativeId }) => `"${gid("Customer", nativeId)}"`).join()}] }) { nodes { nativeId } } }`;
      spoil({
        instead: { query: { "filter[q][id_in]": null, "id:in": null } },
      });
      const answer = await clientele.send(query);
      const own = new Set(asked.map(({ nativeId }) => nativeId));
      expect(shown(answer).filter((id) => !own.has(id))).toEqual([]);
      if (answer.errors) expectBreaches(answer);
    });
  });

  describe.each<[string, Fault]>([
    ["rows of foreign ids", { rows: "foreign-id", count: 2 }],
    ["rows twice", { rows: "duplicated", count: 2 }],
    ["null for rows", { rows: "null", count: 2 }],
    ["fewer rows", { rows: "missing", count: 2 }],
    ["no rows", { rows: "none" }],
  ])("that sends %s", (told, fault) => {
    it.each(["Customer", "CustomerGroup"] as const)(
      "gives each asked %s itself or nothing",
      async (kind) => {
        const rows = (
          kind === "Customer" ? facts.customers : facts.groups
        ).slice(0, 5);
        const ids = rows.map(({ nativeId }) => gid(kind, nativeId));
        spoil(fault);
        const answer = await clientele.send(
          "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
          { ids },
        );
        (answer.data.nodes as ({ id: string } | null)[]).forEach(
          (node, index) => {
            if (node) expect(node.id).toBe(ids[index]);
          },
        );
        if (answer.errors) expectBreaches(answer);
        if (told === "rows twice") {
          expect(dataOf(answer).nodes).toEqual(ids.map((id) => ({ id })));
        }
      },
    );

    it.each(["customers", "customerGroups"] as const)(
      "shows no row of %s twice",
      async (list) => {
        const rows = (
          list === "customers" ? facts.customers : facts.groups
        ).slice(0, 5);
        spoil(fault);
        const answer = await clientele.send(
          `{ list: ${list}(first: 5) { nodes { nativeId } } }`,
        );
        const ids = shown(answer);
        expect(new Set(ids).size).toBe(ids.length);
        if (answer.errors) expectBreaches(answer);
        else if (told === "rows twice") {
          expect(ids.slice(0, 5)).toEqual(rows.map((row) => row.nativeId));
        }
      },
    );
  });
});

describe("what Commerce Layer includes", () => {
  let server: SandboxServer;
  let facts: Facts;
  let clientele: Clientele;

  beforeAll(async () => {
    ({ server, facts } = await commerceLayerFixture.start());
    clientele = await startClientele([{ server }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await server.close();
  });
  afterEach(() => {
    server.faults.clear();
  });

  const readGroups = () =>
    clientele.send(
      "{ customers(first: 5) { nodes { nativeId customerGroup { nativeId name } } } }",
    );
  const groupOf = (nativeId: string | null) => {
    const group = facts.groups.find((row) => row.nativeId === nativeId);
    return group ? { nativeId, name: group.name } : null;
  };

  it.each<[string, Fault]>([
    ["of another id", { set: { at: "/included/*/id", value: "aaaaaaaaaa" } }],
    ["of another type", { set: { at: "/included/*/type", value: "orders" } }],
    ["without an id", { set: { at: "/included/*/id", remove: true } }],
    ["of a numeric id", { set: { at: "/included/*/id", value: 7 } }],
    ["that is no object", { set: { at: "/included/*", value: "x" } }],
    ["that is no list", { set: { at: "/included", value: {} } }],
    ["that is missing", { set: { at: "/included", remove: true } }],
    [
      "linked with another type",
      {
        set: {
          at: "/data/*/relationships/customer_group/data/type",
          value: "orders",
        },
      },
    ],
  ])("%s is nobody's group", async (_, fault) => {
    const handle = server.faults.add({
      ...fault,
      when: { pathPattern: "/customers$" },
    });
    const answer = await readGroups();
    expect(handle.hits).toBe(1);
    const expected = facts.customers.slice(0, 5).map((row) => ({
      nativeId: row.nativeId,
      customerGroup: groupOf(row.group),
    }));
    (answer.data.customers.nodes as unknown[]).forEach((node, index) => {
      // The right group, read by itself, or none with an error.
      const lost = { ...expected[index], customerGroup: null };
      expect([expected[index], lost, null]).toContainEqual(node);
    });
    if (
      JSON.stringify(answer.data) !==
      JSON.stringify({ customers: { nodes: expected } })
    ) {
      expectBreaches(answer);
    }
  });

  it("of another type is no row of a list", async () => {
    server.faults.add({
      when: { pathPattern: "/customers$" },
      rows: "foreign-type",
    });
    const answer = await clientele.send(
      "{ customers(first: 3) { nodes { nativeId } } }",
    );
    const [, second, third] = facts.customers;
    expect(answer.data.customers.nodes).toEqual([
      null,
      { nativeId: second!.nativeId },
      { nativeId: third!.nativeId },
    ]);
    expectBreaches(answer);
  });
});
