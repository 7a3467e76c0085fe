import { ids, operations } from "./support/operations";
import { type Supergraph, dataOf, startSupergraph } from "./support/supergraph";

describe("behind a gateway", () => {
  let graph: Supergraph;

  beforeAll(async () => {
    graph = await startSupergraph();
    for (const store of graph.stores) {
      await graph.control(store, "PUT", "settings", { shuffled: true });
    }
  });
  afterAll(() => graph.stop());

  describe.each(["apollo", "hive"] as const)("of %s", (name) => {
    it.each(Object.entries(operations))(
      "answers as the subgraph alone: %s",
      async (_, operation) => {
        const alone = await graph.ask(graph.clientele, operation);
        const behind = await graph.ask(graph.gateways[name], operation);
        expect(inAnyOrder(dataOf(behind.answer))).toEqual(
          inAnyOrder(dataOf(alone.answer)),
        );
        expect(behind.upstream).toEqual(alone.upstream);
        expect(behind.answer.extensions?.upstream?.requests).toBe(
          Object.values(behind.upstream).reduce((sum, count) => sum + count),
        );
      },
    );

    it("pages through a list as the subgraph alone", async () => {
      const query = `query ($after: String, $filter: CustomerFilter) {
        customers(first: 40, after: $after, filter: $filter) {
          nodes { id email }
          pageInfo { hasNextPage endCursor }
        }
      }`;
      const walk = async (url: string) => {
        const rows: unknown[] = [];
        let requests = 0;
        let after: string | null = null;
        do {
          const { answer, upstream } = await graph.ask(url, {
            query,
            variables: { after, filter: { customerGroup: longGroup } },
          });
          const { nodes, pageInfo } = dataOf(answer).customers;
          rows.push(...nodes);
          requests += upstream["ecwid-demo"] ?? 0;
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null);
        return { rows, requests };
      };
      const longGroup = "gid://clientele/CustomerGroup/ecwid-demo/9367005";
      const alone = await walk(graph.clientele);
      expect(alone.rows).toHaveLength(101);
      expect(await walk(graph.gateways[name])).toEqual(alone);
    });

    it("keeps a failing store's error in its place", async () => {
      const operation = {
        query: `{ stores { key customers(first: 2) { nodes { email } } } }`,
      };
      const fault = await graph.control("ecwid-demo", "POST", "faults", {
        status: 503,
      });
      try {
        const alone = await graph.ask(graph.clientele, operation);
        const behind = await graph.ask(graph.gateways[name], operation);
        expect(behind.answer.data).toEqual(alone.answer.data);
        expect(alone.answer.data.stores[2].customers).toBeNull();
        expect(alone.answer.data.stores[0].customers.nodes).toHaveLength(2);
        expect(alone.answer.errors).toHaveLength(1);
        expect(placesOf(behind.answer)).toEqual(placesOf(alone.answer));
        expect(placesOf(behind.answer)).toEqual([
          {
            path: ["stores", 2, "customers"],
            code: "PLATFORM_UNAVAILABLE",
            store: "ecwid-demo",
          },
        ]);
        expect(behind.upstream).toEqual(alone.upstream);
      } finally {
        await graph.control("ecwid-demo", "DELETE", `faults/${fault.id}`);
      }
    });

    it("keeps the error of one wrong id in its place", async () => {
      const operation = {
        query: `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Customer { email } } }`,
        variables: { ids: [ids.john, "nonsense", ids.ecwid] },
      };
      const alone = await graph.ask(graph.clientele, operation);
      const behind = await graph.ask(graph.gateways[name], operation);
      expect(behind.answer.data).toEqual(alone.answer.data);
      expect(alone.answer.data.nodes[1]).toBeNull();
      expect(placesOf(behind.answer)).toEqual(placesOf(alone.answer));
      expect(placesOf(behind.answer)).toEqual([
        { path: ["nodes", 1], code: "BAD_USER_INPUT", store: undefined },
      ]);
      expect(behind.upstream).toEqual(alone.upstream);
    });

    it("tells the cost to whoever asks for it", async () => {
      const response = await fetch(graph.gateways[name], {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "{ stores { key } }" }),
      });
      expect(await response.json()).not.toHaveProperty("extensions.upstream");
    });
  });
});

/**
 * The platforms promise no order of addresses, and the sandbox shuffles them. A
 * text, so that the order of fields counts, which GraphQL promises.
 */
function inAnyOrder(data: unknown): string {
  return JSON.stringify(
    data,
    (key, value: unknown) =>
      key === "addresses" && Array.isArray(value)
        ? value.map((address) => JSON.stringify(address)).sort()
        : value,
    1,
  );
}

function placesOf({ errors = [] }: { errors?: readonly any[] }) {
  return errors.map(({ path, extensions }) => ({
    path,
    code: extensions.code,
    store: extensions.store,
  }));
}
