import fc from "fast-check";
import {
  type NumberedPage,
  type Window,
  endOf,
  planPages,
  startOf,
} from "../../src/domain/page-plan";

interface Cover {
  readonly pages: number;
  readonly lastSize: number;
}

/**
 * The cheapest cover there is, found by trying every page that holds any row
 * of the window: fewest pages first, then the smallest last one.
 */
function bruteForce({ offset, count }: Window, maxSize: number): Cover {
  const end = offset + count;
  const best = new Map<number, Cover>([[offset, { pages: 0, lastSize: 0 }]]);
  for (let covered = offset; covered < end; covered += 1) {
    const before = best.get(covered);
    if (!before) continue;
    for (let size = 1; size <= maxSize; size += 1) {
      for (let number = 1; (number - 1) * size <= covered; number += 1) {
        const reached = Math.min(number * size, end);
        if (reached <= covered) continue;
        const cover = { pages: before.pages + 1, lastSize: size };
        const known = best.get(reached);
        if (!known || isCheaper(cover, known)) best.set(reached, cover);
      }
    }
  }
  const found = best.get(end);
  if (!found) throw new Error("A page of one row covers any row.");
  return found;
}

function isCheaper(a: Cover, b: Cover): boolean {
  return a.pages < b.pages || (a.pages === b.pages && a.lastSize < b.lastSize);
}

function rowsOf(pages: readonly NumberedPage[]): Set<number> {
  return new Set(
    pages.flatMap((page) =>
      Array.from({ length: page.size }, (_, index) => startOf(page) + index),
    ),
  );
}

const windows = fc.record({
  offset: fc.integer({ min: 0, max: 60 }),
  count: fc.integer({ min: 0, max: 40 }),
});
const maxSizes = fc.integer({ min: 1, max: 12 });

describe("planPages", () => {
  it("needs as few pages as any cover", () => {
    fc.assert(
      fc.property(windows, maxSizes, (window, maxSize) => {
        const pages = planPages(window, maxSize);
        const best = bruteForce(window, maxSize);
        expect({
          pages: pages.length,
          lastSize: pages.at(-1)?.size ?? 0,
        }).toEqual(best);
      }),
      { numRuns: 400 },
    );
  });

  it("covers every row of the window", () => {
    fc.assert(
      fc.property(windows, maxSizes, (window, maxSize) => {
        const rows = rowsOf(planPages(window, maxSize));
        for (let row = window.offset; row < window.offset + window.count;) {
          expect(rows).toContain(row);
          row += 1;
        }
      }),
    );
  });

  it("ascends, and each page adds rows", () => {
    fc.assert(
      fc.property(windows, maxSizes, (window, maxSize) => {
        let covered = window.offset;
        for (const page of planPages(window, maxSize)) {
          expect(startOf(page)).toBeLessThanOrEqual(covered);
          expect(endOf(page)).toBeGreaterThan(covered);
          covered = endOf(page);
        }
        expect(covered).toBeGreaterThanOrEqual(window.offset + window.count);
      }),
    );
  });

  it("never exceeds the platform's largest page", () => {
    fc.assert(
      fc.property(windows, maxSizes, (window, maxSize) => {
        for (const { size, number } of planPages(window, maxSize)) {
          expect(size).toBeGreaterThanOrEqual(1);
          expect(size).toBeLessThanOrEqual(maxSize);
          expect(number).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it.each<[Window, number, NumberedPage[]]>([
    [{ offset: 7, count: 10 }, 25, [{ number: 1, size: 17 }]],
    [{ offset: 0, count: 10 }, 25, [{ number: 1, size: 10 }]],
    [{ offset: 10, count: 10 }, 25, [{ number: 2, size: 10 }]],
    [{ offset: 0, count: 25 }, 25, [{ number: 1, size: 25 }]],
    [{ offset: 5, count: 1 }, 25, [{ number: 6, size: 1 }]],
    [
      { offset: 0, count: 26 },
      25,
      [
        { number: 1, size: 25 },
        { number: 26, size: 1 },
      ],
    ],
    [
      { offset: 0, count: 2 },
      1,
      [
        { number: 1, size: 1 },
        { number: 2, size: 1 },
      ],
    ],
  ])("plans %j of at most %i as %j", (window, maxSize, pages) => {
    expect(planPages(window, maxSize)).toEqual(pages);
  });

  it.each([0, 7, 1_000_000_000])(
    "plans nothing for no rows from %i",
    (offset) => {
      expect(planPages({ offset, count: 0 }, 25)).toEqual([]);
    },
  );

  it("plans a window far down the list", () => {
    const window = { offset: 1_000_000_001, count: 250 };
    const pages = planPages(window, 250);
    const [first, last] = [pages[0], pages.at(-1)];
    expect(pages).toHaveLength(2);
    expect(first && startOf(first)).toBeLessThanOrEqual(window.offset);
    expect(last && endOf(last)).toBeGreaterThanOrEqual(1_000_000_251);
  });
});

describe("startOf and endOf", () => {
  it("count rows from 0, the end exclusive", () => {
    expect(startOf({ number: 3, size: 10 })).toBe(20);
    expect(endOf({ number: 3, size: 10 })).toBe(30);
  });
});
