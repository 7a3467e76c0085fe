import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ids } from "./support/operations";
import {
  type Answer,
  type Operation,
  type Supergraph,
  dataOf,
  startSupergraph,
} from "./support/supergraph";
import { type CustomerTruth, readCustomers } from "./support/truth";

/** A row of `topCustomers` as {@link references} selects it. */
interface Row extends CustomerTruth {
  readonly id: string;
  readonly loyalty: { readonly points: number };
}

const rowsOf = (answer: Answer): readonly Row[] =>
  dataOf(answer).topCustomers as Row[];

const members = JSON.parse(
  readFileSync(resolve(__dirname, "../loyalty/members.json"), "utf8"),
) as {
  readonly store: string;
  readonly customer: string;
  readonly entries: readonly { readonly points: number }[];
  readonly referredBy?: { readonly store: string; readonly customer: string };
}[];
const idOf = (row: { readonly store: string; readonly customer: string }) =>
  `gid://clientele/Customer/${row.store}/${row.customer}`;
const points = new Map(
  members.map((member) => [
    idOf(member),
    member.entries.reduce((sum, { points }) => sum + points, 0),
  ]),
);
const countOf = (store: string, among: Iterable<string>) =>
  [...new Set(among)].filter((id) => id.includes(`/${store}/`)).length;

interface Join extends Operation {
  /** What it may cost: the calls of its entities, and no more. */
  readonly upstream: Readonly<Record<string, number>>;
}

const nothing = {
  "commerce-layer-demo": 0,
  "bigcommerce-demo": 0,
  "ecwid-demo": 0,
};
const referrers = members.flatMap(({ referredBy }) =>
  referredBy ? [idOf(referredBy)] : [],
);

const references: Operation = {
  query: `{ topCustomers(first: 100) { id email customerGroup { name } loyalty { points tier { name } } } }`,
};

const joins: Readonly<Record<string, Join>> = {
  "references of three stores": {
    ...references,
    upstream: {
      // A page of 25 each, the groups in the same answers.
      "commerce-layer-demo": Math.ceil(
        countOf("commerce-layer-demo", points.keys()) / 25,
      ),
      // All customers at once, all groups at once.
      "bigcommerce-demo": 2,
      // It has no filter by ids; the group's name stands in the customer.
      "ecwid-demo": countOf("ecwid-demo", points.keys()),
    },
  },
  "references with a fragment for each platform": {
    query: `{ topCustomers(first: 100) {
      __typename id
      ... on CommerceLayerCustomer { status hasPassword }
      ... on BigCommerceCustomer { company addresses { city } }
      ... on EcwidCustomer { orderCount }
    } }`,
    upstream: {
      "commerce-layer-demo": Math.ceil(
        countOf("commerce-layer-demo", points.keys()) / 25,
      ),
      "bigcommerce-demo": 1,
      "ecwid-demo": countOf("ecwid-demo", points.keys()),
    },
  },
  "the same reference many times": {
    query: `{ topCustomers(first: 100) { id loyalty { referredBy { email } } } }`,
    upstream: {
      "commerce-layer-demo": Math.ceil(
        countOf("commerce-layer-demo", referrers) / 25,
      ),
      "bigcommerce-demo": 1,
      "ecwid-demo": countOf("ecwid-demo", referrers),
    },
  },
  "references alone": {
    query: `{ topCustomers(first: 100) { __typename id loyalty { points entries { on reason points } } } }`,
    upstream: nothing,
  },
  "a page of customers, extended": {
    query: `{ customers(first: 25) { totalCount pageInfo { hasNextPage } edges { cursor node {
      id email loyalty { points since program { name tiers { name fromPoints } } }
    } } } }`,
    upstream: {
      "commerce-layer-demo": 1,
      "bigcommerce-demo": 1,
      "ecwid-demo": 1,
    },
  },
  "customers of each platform, extended": {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) {
      id
      ... on CommerceLayerCustomer { status loyalty { points } }
      ... on BigCommerceCustomer { loyalty { tier { name } } }
      ... on EcwidCustomer { orderCount loyalty { since } }
    } }`,
    variables: { ids: [ids.ecwid, ids.bigCommerce, ids.john, ids.gone] },
    upstream: {
      "commerce-layer-demo": 1,
      "bigcommerce-demo": 1,
      "ecwid-demo": 1,
    },
  },
  "there and back and there again": {
    query: `query ($id: ID!) { customer(id: $id) {
      email
      loyalty { referredBy { email customerGroup { name loyaltyProgram { name groups { id name } } } } }
    } }`,
    // Of BigCommerce, referred by one of Ecwid in its group 9367003.
    variables: { id: "gid://clientele/Customer/bigcommerce-demo/28" },
    upstream: {
      "commerce-layer-demo": 0,
      "bigcommerce-demo": 1,
      "ecwid-demo": 1,
    },
  },
  "groups by reference, one gone": {
    query: `{ loyaltyPrograms { name groups { __typename id name } } }`,
    upstream: {
      "commerce-layer-demo": 1,
      "bigcommerce-demo": 1,
      "ecwid-demo": 1,
    },
  },
  "groups in a list, extended": {
    query: `{ stores { customerGroups(first: 3) { nodes { name loyaltyProgram { name } } } } }`,
    upstream: {
      "commerce-layer-demo": 1,
      "bigcommerce-demo": 1,
      "ecwid-demo": 1,
    },
  },
  "aliases, variables and conditions": {
    query: `query ($first: Int!, $brief: Boolean!) {
      best: topCustomers(first: $first) { id mail: email @skip(if: $brief) account: loyalty { points } }
      first: topCustomers(first: 1) { id group: customerGroup @include(if: $brief) { name } }
    }`,
    variables: { first: 30, brief: true },
    // The first one is of Ecwid.
    upstream: { ...nothing, "ecwid-demo": 1 },
  },
};

describe("a join", () => {
  let graph: Supergraph;
  const customers = readCustomers();

  beforeAll(async () => {
    graph = await startSupergraph();
    for (const store of graph.stores) {
      await graph.control(store, "PUT", "settings", { shuffled: true });
    }
  });
  afterAll(() => graph.stop());

  it.each(Object.entries(joins))(
    "is the same behind both gateways: %s",
    async (_, { upstream, ...operation }) => {
      const apollo = await graph.ask(graph.gateways.apollo, operation);
      const hive = await graph.ask(graph.gateways.hive, operation);
      expect(comparable(dataOf(hive.answer))).toEqual(
        comparable(dataOf(apollo.answer)),
      );
      expect(apollo.upstream).toEqual(upstream);
      expect(hive.upstream).toEqual(upstream);
    },
  );

  describe.each(["apollo", "hive"] as const)("by %s", (name) => {
    it("answers the operation of the README", async () => {
      const readme = readFileSync(resolve(__dirname, "../README.md"), "utf8");
      const [, query = ""] = /```graphql\n([^`]*)```/.exec(readme) ?? [];
      const { answer } = await graph.ask(graph.gateways[name], { query });
      expect(dataOf(answer).topCustomers).toHaveLength(3);
    });

    it("puts every value in its own slot", async () => {
      const { answer } = await graph.ask(graph.gateways[name], references);
      const rows = rowsOf(answer);
      expect(rows).toHaveLength(members.length);
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(points.keys()));
      for (const { id, loyalty, ...told } of rows) {
        expect(loyalty.points).toBe(points.get(id));
        expect(told).toEqual(
          customers.get(id) ?? { email: null, customerGroup: null },
        );
      }
      expect(rows.filter(({ email }) => email === null)).toHaveLength(
        [...points.keys()].filter((id) => !customers.get(id)?.email).length,
      );
      expect(customers.has(ids.gone)).toBe(false);
      expect(points.has(ids.gone)).toBe(true);
    });

    it("tells what the subgraph alone tells, for no more", async () => {
      const { answer, upstream } = await graph.ask(
        graph.gateways[name],
        references,
      );
      const alone = await graph.ask(graph.clientele, {
        query: `query ($of: [_Any!]!) { _entities(representations: $of) {
          ... on Customer { email customerGroup { name } }
        } }`,
        variables: {
          of: rowsOf(answer).map(({ id }) => ({
            __typename: "Customer",
            id,
          })),
        },
      });
      expect(
        rowsOf(answer).map(({ email, customerGroup }) => ({
          email,
          customerGroup,
        })),
      ).toEqual(
        (dataOf(alone.answer)._entities as unknown[]).map(
          (entity) => entity ?? { email: null, customerGroup: null },
        ),
      );
      expect(upstream).toEqual(alone.upstream);
    });

    it("makes null of what is gone, without error", async () => {
      const { answer } = await graph.ask(graph.gateways[name], {
        query: `{ topCustomers(first: 2) { id nativeId email } }`,
      });
      expect(dataOf(answer).topCustomers).toEqual([
        {
          id: ids.ecwid,
          nativeId: "200000001",
          email: customers.get(ids.ecwid)?.email,
        },
        null,
      ]);
    });

    it("gives a gone one no type of its own", async () => {
      const { answer } = await graph.ask(graph.gateways[name], {
        query: `{ topCustomers(first: 2) { __typename id ... on CommerceLayerCustomer { status } } }`,
      });
      const [, gone] = dataOf(answer).topCustomers;
      expect(gone).toEqual(
        // Hive Gateway keeps what it knows, with the interface for a type.
        { apollo: null, hive: { __typename: "Customer", id: ids.gone } }[name],
      );
    });

    it("keeps a failing store's error to its rows", async () => {
      const operation = {
        query: `{ topCustomers(first: 4) { id email loyalty { points } } }`,
      };
      const { answer: honest } = await graph.ask(
        graph.gateways[name],
        operation,
      );
      const fault = await graph.control("bigcommerce-demo", "POST", "faults", {
        status: 503,
      });
      try {
        const { answer } = await graph.ask(graph.gateways[name], operation);
        expect(answer.data.topCustomers).toEqual(
          rowsOf(honest).map((row) =>
            row.id.includes("bigcommerce-demo") ? { ...row, email: null } : row,
          ),
        );
        expect(answer.errors).toHaveLength(1);
        expect(answer.errors?.[0]?.extensions).toMatchObject({
          code: "PLATFORM_UNAVAILABLE",
          store: "bigcommerce-demo",
        });
        expect(answer.errors?.[0]?.path?.slice(0, 2)).toEqual([
          "topCustomers",
          2,
        ]);
      } finally {
        await graph.control("bigcommerce-demo", "DELETE", `faults/${fault.id}`);
      }
    });
  });

  it("orders members by their points", async () => {
    const { answer } = await graph.ask(graph.loyalty, {
      query: `{ topCustomers(first: 100) { id loyalty { points tier { fromPoints } program { tiers { fromPoints } } } } }`,
    });
    const rows = dataOf(answer).topCustomers as {
      readonly loyalty: {
        readonly points: number;
        readonly tier: { readonly fromPoints: number };
        readonly program: {
          readonly tiers: readonly { readonly fromPoints: number }[];
        };
      };
    }[];
    const told = rows.map(({ loyalty }) => loyalty.points);
    expect(told).toEqual([...points.values()].sort((a, b) => b - a));
    for (const { loyalty } of rows) {
      const reached = loyalty.program.tiers
        .map(({ fromPoints }) => fromPoints)
        .filter((fromPoints) => fromPoints <= loyalty.points);
      expect(loyalty.tier.fromPoints).toBe(Math.max(...reached));
    }
  });

  it.each([-1, 101])("refuses to give %d members", async (first) => {
    const { answer } = await graph.ask(graph.loyalty, {
      query: `query ($first: Int!) { topCustomers(first: $first) { id } }`,
      variables: { first },
    });
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      argument: "first",
    });
  });
});

/**
 * The platforms promise no order of addresses, and the sandbox shuffles them.
 * What the gateways make of a customer that is gone is tested for itself.
 */
function comparable(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data), (key, value: any) => {
    if (key === "addresses" && Array.isArray(value)) {
      return value.map((address) => JSON.stringify(address)).sort();
    }
    return value?.id === ids.gone && "__typename" in value ? null : value;
  });
}
