import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { composeWithGuild } from "../src/compose";
import { createSupervisor } from "../src/supervisor";
import { ids } from "./support/operations";
import { type Supergraph, post, startSupergraph } from "./support/supergraph";

const read = (path: string) =>
  readFileSync(resolve(__dirname, "..", path), "utf8");

/** What the README says of Hive Gateway in other configurations than ours. */
describe("Hive Gateway configured otherwise", () => {
  const supervisor = createSupervisor(() => undefined);
  const folder = mkdtempSync(join(tmpdir(), "supergraph-"));
  const supergraphFile = join(folder, "supergraph.graphql");
  let graph: Supergraph;

  const start = (kind: "checked" | "stitched" | "priced") =>
    supervisor.start({
      name: kind,
      command: [
        resolve(__dirname, "support/other-hive-gateway.mjs"),
        supergraphFile,
        kind,
      ],
    });

  beforeAll(async () => {
    graph = await startSupergraph();
    const { sdl } = composeWithGuild([
      {
        name: "clientele",
        url: graph.clientele,
        sdl: read("../../schema.graphql"),
      },
      {
        name: "loyalty",
        url: graph.loyalty,
        sdl: read("loyalty/schema.graphql"),
      },
    ]);
    writeFileSync(supergraphFile, sdl);
  });
  afterAll(async () => {
    await supervisor.stop();
    await graph.stop();
    rmSync(folder, { recursive: true });
  });

  const query = `{ customer(id: "${ids.john}") { email loyalty { points } } }`;
  const john = { email: "john@example.com", loyalty: { points: 388 } };

  it("checks scopes itself when it is told to", async () => {
    const url = await start("checked");
    for (const authorization of ["Bearer customers", "Bearer both"]) {
      const answer = await post(url, { query }, { authorization });
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({ customer: john });
    }
    for (const authorization of ["Bearer groups", "Bearer nobody"]) {
      const answer = await post(url, { query }, { authorization });
      expect(answer.data ?? null).toBeNull();
      expect(answer.errors?.[0]?.extensions?.["code"]).toBe(
        "UNAUTHORIZED_FIELD_OR_TYPE",
      );
    }
  });

  describe("told to price operations", () => {
    let url: string;

    beforeAll(async () => {
      url = await start("priced");
    });

    const ask = async (source: string, variables = {}) => {
      const body = { query: source, variables };
      const { answer, upstream } = await graph.ask(url, body);
      const { cost } = answer.extensions as any;
      return { answer, upstream, cost: cost.estimated as number };
    };
    const priceOf = async (source: string, variables = {}) =>
      (await ask(source, variables)).cost;

    it("counts ten for a page and one for each row", async () => {
      const page = `query ($first: Int) { customers(first: $first) { nodes { email } } }`;
      const small = await ask(page, { first: 5 });
      expect(small.answer.data.customers.nodes).toHaveLength(5);
      expect(small.cost).toBe(15);
      // The README tells this one.
      expect(await priceOf(page, { first: 25 })).toBe(35);
      // The page's default size.
      expect(await priceOf(page)).toBe(30);
      expect(await priceOf("{ customers { nodes { email } } }")).toBe(30);
    });

    it("refuses what is too expensive, and asks for nothing", async () => {
      const refused = await ask("{ customers(first: 100) { nodes { id } } }");
      expect(refused.cost).toBe(110);
      expect(refused.answer.data ?? null).toBeNull();
      expect(refused.answer.errors?.[0]?.extensions?.["code"]).toBe(
        "COST_ESTIMATED_TOO_EXPENSIVE",
      );
      expect(new Set(Object.values(refused.upstream))).toEqual(new Set([0]));
    });

    it("counts a page for each group, whatever it is asked through", async () => {
      // 10 for the groups; for each of them 1, 10 for its page, and 3 rows.
      const price = 10 + 4 * (1 + 10 + 3);
      const members = "customers(first: 3) { nodes { email } }";
      for (const selected of [
        members,
        `... on EcwidCustomerGroup { ${members} }`,
      ]) {
        expect(
          await priceOf(
            `{ customerGroups(first: 4) { nodes { ${selected} } } }`,
          ),
        ).toBe(price);
      }
    });

    it("counts ten for each search of the same address", async () => {
      for (const selected of [
        "sameEmail { id }",
        "... on EcwidCustomer { sameEmail { id } }",
      ]) {
        expect(
          await priceOf(`{ customers(first: 4) { nodes { ${selected} } } }`),
        ).toBe(10 + 4 * (1 + 10));
      }
    });

    it("counts an entry by id as a request, and many as so many rows", async () => {
      expect(await priceOf(`{ customer(id: "${ids.john}") { id } }`)).toBe(11);
      expect(await priceOf(`{ node(id: "${ids.john}") { id } }`)).toBe(11);
      expect(await priceOf(`{ nodes(ids: ["${ids.john}"]) { id } }`)).toBe(25);
    });
  });

  // When this fails, the gateway can do without the router's runtime.
  it("loses interface objects in its default runtime", async () => {
    const url = await start("stitched");
    const answer = await post(url, { query });
    expect(answer.data).toEqual({ customer: { ...john, loyalty: null } });
    const planned = await post(graph.gateways.hive, { query });
    expect(planned.data).toEqual({ customer: john });
  });
});
