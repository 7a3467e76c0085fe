import fc from "fast-check";
import type { BigCommerceApi } from "../../../src/platforms/bigcommerce/api";
import { createCosts } from "../../../src/platforms/bigcommerce/cost";
import {
  findGroups,
  readGroupWindow,
} from "../../../src/platforms/bigcommerce/group-list";
import { KnownCount } from "../../../src/platforms/known-count";
import { selecting } from "../fixture";

/** A store with so many groups, with ids from 1, that counts what it is asked. */
function storeWith(count: number) {
  const call = { store: "s", platform: "p", operation: "o" };
  let asked = 0;
  const api = {
    call: () => call,
    customerGroup: (id: string) => {
      asked += 1;
      const value = Number(id) <= count ? { id: Number(id) } : null;
      return Promise.resolve(value && { value, call });
    },
    customerGroups: (parameters: readonly (readonly [string, string])[]) => {
      asked += 1;
      const { page, limit } = Object.fromEntries(parameters) as {
        page: string;
        limit: string;
      };
      const start = (Number(page) - 1) * Number(limit);
      const length = Math.max(0, Math.min(Number(limit), count - start));
      const value = Array.from({ length }, (_, index) => ({
        id: start + index + 1,
      }));
      return Promise.resolve({ value, call });
    },
    countCustomerGroups: () => {
      asked += 1;
      return Promise.resolve(count);
    },
  };
  return { api: api as unknown as BigCommerceApi, asked: () => asked };
}

/** As before anybody has told of the store's groups, and as after. */
function costsOf(count: number) {
  const told = new KnownCount();
  told.note(count);
  return [new KnownCount(), told].map((groups) =>
    createCosts({
      projection: selecting("name"),
      groups,
      assumed: "most",
    }),
  );
}

const counts = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 19_000 }),
);

describe("what reads of BigCommerce's groups cost at the most", () => {
  it("holds for any ids in a store of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        counts,
        fc.uniqueArray(fc.integer({ min: 1, max: 20_000 }), {
          minLength: 1,
          maxLength: 100,
        }),
        async (count, ids) => {
          const { api, asked } = storeWith(count);
          await findGroups(api, ids.map(String));
          for (const costs of costsOf(count)) {
            expect(
              costs.entities("CustomerGroup", { rows: ids.length, turns: 1 }),
            ).toBeGreaterThanOrEqual(asked());
          }
        },
      ),
    );
  });

  it("holds for any window of a list of any length", async () => {
    await fc.assert(
      fc.asyncProperty(
        counts,
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        fc.boolean(),
        async (count, offset, size, needsTotal, isFiltered) => {
          const window = { offset, count: size };
          fc.pre(size > 0 || needsTotal);
          const { api, asked } = storeWith(count);
          const criteria = isFiltered ? { nameContains: "a" } : {};
          const filters = isFiltered ? ([["name:like", "a"]] as const) : [];
          await readGroupWindow(api, filters, window, needsTotal);
          for (const costs of costsOf(count)) {
            expect(
              costs.customerGroups({ window, needsTotal, criteria }),
            ).toBeGreaterThanOrEqual(asked());
          }
        },
      ),
    );
  });

  it("is exact once a small store has told its size", () => {
    const [, costs] = costsOf(65);
    expect(costs!.entities("CustomerGroup", { rows: 60, turns: 1 })).toBe(1);
    expect(costs!.entities("CustomerGroup", { rows: 1, turns: 1 })).toBe(1);
    expect(
      costs!.customerGroups({
        window: { offset: 0, count: 20 },
        needsTotal: true,
        criteria: {},
      }),
    ).toBe(1);
  });
});
