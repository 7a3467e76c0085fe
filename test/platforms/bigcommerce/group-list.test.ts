import fc from "fast-check";
import type { BigCommerceApi } from "../../../src/platforms/bigcommerce/api";
import { createCosts } from "../../../src/platforms/bigcommerce/cost";
import {
  findGroups,
  readGroupWindow,
} from "../../../src/platforms/bigcommerce/group-list";
import { KnownCount } from "../../../src/platforms/known-count";
import { selecting } from "../fixture";

interface Change {
  /** What stands in the list in the place of these groups. */
  readonly instead?: Readonly<Record<number, unknown>>;
  /** Groups that are no more. */
  readonly deleted?: readonly number[];
}

/** A store with so many groups, with ids from 1, that counts what it is asked. */
function storeWith(count: number, { instead = {}, deleted = [] }: Change = {}) {
  const call = { store: "s", platform: "p", operation: "o" };
  let asked = 0;
  const all = Array.from({ length: count }, (_, index) => index + 1).filter(
    (id) => !deleted.includes(id),
  );
  const api = {
    call: () => call,
    customerGroup: (id: string) => {
      asked += 1;
      const found = all.includes(Number(id));
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
      const value = all
        .slice(start, start + Number(limit))
        .map((id) => (id in instead ? instead[id] : { id }));
      return Promise.resolve({ value, call });
    },
    countCustomerGroups: () => {
      asked += 1;
      return Promise.resolve(all.length);
    },
  };
  return { api: api as unknown as BigCommerceApi, asked: () => asked };
}

async function find(api: BigCommerceApi, ids: readonly number[]) {
  const { found, doubt } = await findGroups(api, ids.map(String));
  const own = found.map(({ value }) => (value as { id: number }).id);
  return { ids: own.sort((a, b) => a - b), doubt: doubt?.code ?? null };
}

describe("finding groups in a large store", () => {
  it.each([
    ["of the first page", 3_063, [3, 7, 250], 1],
    ["that are gone from the first page's reach", 100, [3, 900, 901], 1],
    ["two far away", 3_063, [3_000, 3_050], 3],
    ["three far away", 3_063, [3_000, 3_050, 3_060], 5],
    ["many in a store of two pages", 400, [1, 300, 301, 302, 303], 3],
    ["many, one of them far away", 3_063, [260, 270, 280, 290, 3_060], 7],
  ])("costs the fewest requests for those %s", async (_, count, ids, cost) => {
    const { api, asked } = storeWith(count);
    expect(await find(api, ids)).toEqual({
      ids: ids.filter((id) => id <= count),
      doubt: null,
    });
    expect(asked()).toBe(cost);
  });

  it("goes on by id when few are left", async () => {
    const { api, asked } = storeWith(3_063);
    const ids = Array.from({ length: 60 }, (_, index) => 240 + index);
    expect(await find(api, [...ids, 3_060])).toEqual({
      ids: [...ids, 3_060],
      doubt: null,
    });
    // Two pages and the count, then the last one by itself.
    expect(asked()).toBe(4);
  });

  it("costs no more than was foretold", async () => {
    const idsUpTo = (max: number) =>
      fc.uniqueArray(fc.integer({ min: 1, max }), {
        minLength: 1,
        maxLength: 40,
      });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3_000 }),
        idsUpTo(3_500),
        idsUpTo(600),
        idsUpTo(600),
        async (count, anywhere, near, deleted) => {
          const { api, asked } = storeWith(count, { deleted });
          const groups = new KnownCount();
          groups.note(count);
          const costs = createCosts({
            projection: selecting("name"),
            groups,
            assumed: "most",
          });
          const ids = [...new Set([...anywhere, ...near])];
          const { doubt } = await find(api, ids);
          expect(doubt).toBeNull();
          expect(asked()).toBeLessThanOrEqual(
            costs.entities("CustomerGroup", { rows: ids.length, turns: 1 }),
          );
        },
      ),
    );
  });

  it("asks deleted ones whether they are there", async () => {
    const { api, asked } = storeWith(400, { deleted: [7, 9] });
    expect(await find(api, [3, 7, 9])).toEqual({ ids: [3], doubt: null });
    expect(asked()).toBe(3);
  });
});

describe("finding groups in a list that is not as promised", () => {
  const rows = [
    ["null", null],
    ["a row without id", { name: "x" }],
    ["a row with an object for its id", { id: {} }],
    ["a row with an id beyond all others", { id: 99_999_999 }],
  ] as const;

  it.each(rows)("loses no group behind %s", async (_, row) => {
    for (const place of [1, 125, 250]) {
      const { api } = storeWith(400, { instead: { [place]: row } });
      const ids = [3, 300, 301, 302, 303];
      expect((await find(api, ids)).ids).toEqual(ids);
    }
  });

  it.each(rows)("finds by itself what is %s in the list", async (_, row) => {
    const { api, asked } = storeWith(400, { instead: { 1: row } });
    expect(await find(api, [1, 2])).toEqual({ ids: [1, 2], doubt: null });
    expect(asked()).toBe(2);
  });

  it.each(rows.slice(0, 3))(
    "knows not that one is gone beside %s",
    async (_, row) => {
      const { api, asked } = storeWith(100, { instead: { 1: row } });
      expect(await find(api, [1, 2])).toEqual({
        ids: [2],
        doubt: "PLATFORM_CONTRACT",
      });
      expect(asked()).toBe(1);
    },
  );
});

describe("a window of the list of groups", () => {
  it("counts a full page in which one comes twice", async () => {
    const { api } = storeWith(400, { instead: { 7: { id: 8 } } });
    const window = { offset: 0, count: 3 };
    expect(await readGroupWindow(api, [], window, true)).toMatchObject({
      totalCount: 400,
      hasNextPage: true,
    });
  });

  it("is not empty where the count tells of groups", async () => {
    const { api } = storeWith(400);
    const empty = { ...api, customerGroups: none } as unknown as BigCommerceApi;
    const read = (offset: number) =>
      readGroupWindow(empty, [], { offset, count: 100 }, true);
    await expect(read(300)).rejects.toMatchObject({
      code: "PLATFORM_CONTRACT",
    });
    expect(await read(400)).toEqual({
      rows: [],
      totalCount: 400,
      hasNextPage: false,
    });
  });
});

function none() {
  const call = { store: "s", platform: "p", operation: "o" };
  return Promise.resolve({ value: [], call });
}
