import fc from "fast-check";
import { readNumberedPages } from "../../src/platforms/numbered-pages";
import {
  batchRequests,
  pageRequests,
} from "../../src/platforms/request-counts";

describe("batchRequests", () => {
  it("is never less than any sharing out takes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.integer({ min: 1, max: 250 }),
        (turns, maxSize) => {
          const rows = turns.reduce((sum, count) => sum + count, 0);
          const taken = turns.reduce(
            (sum, count) => sum + Math.ceil(count / maxSize),
            0,
          );
          const most = batchRequests({ rows, turns: turns.length }, maxSize);
          expect(Math.floor(most + 1e-9)).toBeGreaterThanOrEqual(taken);
        },
      ),
    );
  });

  it.each([
    [1, 1, 1],
    [25, 1, 1],
    [26, 1, 2],
    [60, 1, 3],
    [10, 10, 10],
    // Nine of one row each, and one with the rest.
    [60, 10, 12],
  ])("is exact for %i rows in %i turns", (rows, turns, requests) => {
    expect(Math.floor(batchRequests({ rows, turns }, 25))).toBe(requests);
  });
});

describe("pageRequests", () => {
  const call = { store: "s", platform: "p", operation: "o" };

  it("is what reading the page takes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom(25, 100, 250),
        async (offset, count, total, maxSize) => {
          const window = { offset, count };
          let asked = 0;
          await readNumberedPages(
            window,
            maxSize,
            ({ number, size }) => {
              asked += 1;
              const start = (number - 1) * size;
              const length = Math.max(0, Math.min(size, total - start));
              const rows = Array.from({ length }, (_, index) => start + index);
              return Promise.resolve({ rows, total, call });
            },
            String,
          );
          const request = { window, needsTotal: true };
          expect(pageRequests(request, maxSize, total)).toBe(asked);
          expect(pageRequests(request, maxSize)).toBeGreaterThanOrEqual(asked);
        },
      ),
    );
  });

  it("is one for a count, and none for nothing", () => {
    const window = { offset: 0, count: 0 };
    expect(pageRequests({ window, needsTotal: true }, 25)).toBe(1);
    expect(pageRequests({ window, needsTotal: false }, 25)).toBe(0);
  });
});
