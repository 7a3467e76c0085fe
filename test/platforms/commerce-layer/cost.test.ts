import fc from "fast-check";
import { createBatch } from "../../../src/loaders/batch";
import type { CommerceLayerApi } from "../../../src/platforms/commerce-layer/api";
import { createCosts } from "../../../src/platforms/commerce-layer/cost";
import { createChildrenBatch } from "../../../src/platforms/commerce-layer/owned-children";
import type { ResourceReader } from "../../../src/platforms/commerce-layer/reader";
import { resources } from "../../../src/platforms/commerce-layer/resources";
import type { OperationScope } from "../../../src/platforms/platform";
import { pageRequests } from "../../../src/platforms/request-counts";

const link = resources.customers.links["orders"];

/** Reads the orders of customers that have so many, and counts the requests. */
async function readOrders(
  orders: readonly number[],
  first: number,
): Promise<number> {
  if (link?.reach !== "owned") throw new Error("Orders are owned.");
  let asked = 0;
  const call = { store: "s", platform: "p", operation: "o" };
  const plan = { include: new Set<string>(), types: new Map() };
  const rowsOf = (owners: readonly string[]) =>
    owners.flatMap((owner) =>
      Array.from({ length: orders[Number(owner)] ?? 0 }, (_, index) => ({
        type: "orders",
        id: `${owner}-${index}`,
        attributes: {},
        relationships: { customer: { data: { type: "customers", id: owner } } },
      })),
    );
  const api = {
    call: () => call,
    list: (
      _type: string,
      _plan: unknown,
      parameters: readonly (readonly [string, string])[],
    ) => {
      asked += 1;
      const query = new Map(parameters);
      const rows = rowsOf(
        query.get("filter[q][customer_id_in]")?.split(",") ?? [],
      );
      const start = (Number(query.get("page[number]")) - 1) * 25;
      return Promise.resolve({
        document: {
          data: rows.slice(start, start + 25),
          included: [],
          recordCount: rows.length,
        },
        plan,
        call,
      });
    },
  };
  const reader = {
    plan: () => () => plan,
    take: (_: string, value: unknown) => value,
    takeIncluded: () => undefined,
  };
  const batch = createChildrenBatch(
    api as unknown as CommerceLayerApi,
    reader as unknown as ResourceReader,
    {
      batch: (question) => createBatch(question, "s"),
    } as OperationScope,
    "customers",
    link,
  );
  const children = await Promise.all(
    orders.map(async (_, owner) => batch.load(String(owner))),
  );
  children.forEach((found, owner) => {
    if (found?.rows) return;
    // This owner's page is asked for by itself, as far as there is any.
    const window = { offset: 0, count: first };
    asked += pageRequests({ window, needsTotal: true }, 25, orders[owner]);
  });
  return asked;
}

describe("what links of Commerce Layer cost at the most", () => {
  it("holds for owners with any number of children", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constant(0),
            fc.integer({ min: 0, max: 5 }),
            fc.integer({ min: 0, max: 400 }),
          ),
          { minLength: 1, maxLength: 130 },
        ),
        fc.integer({ min: 1, max: 100 }),
        async (orders, first) => {
          const asked = await readOrders(orders, first);
          const cost = createCosts({
            tellsMode: true,
            assumed: "most",
          }).link(
            "CommerceLayerCustomer",
            "orders",
            { rows: orders.length, turns: 1 },
            { window: { offset: 0, count: first }, needsTotal: true },
          );
          expect(cost).toHaveProperty("requests");
          expect(
            Math.floor((cost as { requests: number }).requests + 1e-9),
          ).toBeGreaterThanOrEqual(asked);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("costs a request to learn the mode without a telling token", () => {
    const [told, untold] = [true, false].map((tellsMode) =>
      createCosts({ tellsMode, assumed: "most" }),
    );
    expect([told!.mode(), untold!.mode()]).toEqual([0, 1]);
  });

  it("knows every link that its types have", () => {
    const costs = createCosts({ tellsMode: true, assumed: "most" });
    const asked = { rows: 2, turns: 1 };
    const page = { window: { offset: 0, count: 5 }, needsTotal: false };
    for (const { typename, links } of Object.values(resources)) {
      for (const field of Object.keys(links)) {
        expect(costs.link(typename, field, asked, page)).not.toBeNull();
      }
    }
  });
});
