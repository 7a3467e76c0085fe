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

  it("prices an operation before it asks for it", async () => {
    const url = await start("priced");
    const ask = async (first: number) => {
      const { answer, upstream } = await graph.ask(url, {
        query: `query ($first: Int) { customers(first: $first) { nodes { email } } }`,
        variables: { first },
      });
      const { cost } = answer.extensions as any;
      return { answer, upstream, cost: cost.estimated as number };
    };
    const small = await ask(5);
    const larger = await ask(25);
    expect(small.answer.data.customers.nodes).toHaveLength(5);
    // A row is one; what the list itself costs stays.
    expect(larger.cost - small.cost).toBe(20);
    // The README tells this one.
    expect(larger.cost).toBe(36);
    const refused = await ask(100);
    expect(refused.cost).toBe(small.cost + 95);
    expect(refused.answer.data ?? null).toBeNull();
    expect(refused.answer.errors?.[0]?.extensions?.["code"]).toBe(
      "COST_ESTIMATED_TOO_EXPENSIVE",
    );
    expect(new Set(Object.values(refused.upstream))).toEqual(new Set([0]));
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
