import type { BigCommerceApi } from "../../../src/platforms/bigcommerce/api";
import { findGroups } from "../../../src/platforms/bigcommerce/group-list";

/** A store with so many groups, with ids from 1, that counts what it is asked. */
function storeWith(count: number) {
  const call = { store: "s", platform: "p", operation: "o" };
  let asked = 0;
  const api = {
    call: () => call,
    customerGroup: (id: string) => {
      asked += 1;
      const found = Number(id) <= count;
      return Promise.resolve(
        found ? { value: { id: Number(id) }, call } : null,
      );
    },
    customerGroups: (parameters: readonly (readonly [string, string])[]) => {
      asked += 1;
      const { page, limit } = Object.fromEntries(parameters) as {
        page: string;
        limit: string;
      };
      const start = (Number(page) - 1) * Number(limit);
      const rows = Math.max(0, Math.min(Number(limit), count - start));
      const value = Array.from({ length: rows }, (_, index) => ({
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

describe("finding groups in a large store", () => {
  it.each([
    ["of the first page", 3_063, [3, 7, 250], 1],
    ["that are gone from the first page's reach", 100, [3, 900, 901], 1],
    ["two far away", 3_063, [3_000, 3_050], 3],
    ["three far away", 3_063, [3_000, 3_050, 3_060], 5],
    ["many in a store of two pages", 400, [1, 300, 301, 302, 303], 3],
  ])("costs the fewest requests for those %s", async (_, count, ids, cost) => {
    const { api, asked } = storeWith(count);
    const found = await findGroups(api, ids.map(String));
    expect(
      found
        .map(({ value }) => (value as { id: number }).id)
        .sort((a, b) => a - b),
    ).toEqual(ids.filter((id) => id <= count));
    expect(asked()).toBe(cost);
  });
});
