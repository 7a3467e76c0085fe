import { shapes } from "../../bench/lib/shapes";
import { shuffleRows } from "../../bench/lib/shuffle-rows";
import { ascending, median, quantile } from "../../bench/lib/statistics";
import { decimal, table } from "../../bench/lib/table";

describe("what the benchmarks share", () => {
  it.each([
    [[3, 1, 2], 2],
    [[10, 9, 2, 1], 5.5],
    [[7], 7],
    [[], NaN],
  ])("takes the median of %j", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("interpolates quantiles between numbers, not texts", () => {
    const sorted = ascending([100, 20, 3]);
    expect([...sorted]).toEqual([3, 20, 100]);
    expect(quantile(sorted, 0.99)).toBeCloseTo(98.4);
    expect(quantile(sorted, 1)).toBe(100);
  });

  it("writes tables as Prettier does", () => {
    expect(
      table(
        [{ title: "shape" }, { title: "ms", isNumber: true }],
        [
          ["C3", decimal(1234.5, 2)],
          ["a | b", decimal(NaN, 2)],
        ],
      ),
    ).toBe(
      [
        "| shape  |       ms |",
        "| ------ | -------: |",
        "| C3     | 1,234.50 |",
        "| a \\| b |      n/a |",
      ].join("\n"),
    );
  });

  it("puts rows in another order, always the same", () => {
    const rows = Array.from({ length: 20 }, (_, id) => ({ id }));
    const body = Buffer.from(JSON.stringify({ data: rows, meta: { n: 20 } }));
    const read = () =>
      JSON.parse(shuffleRows(body).toString()) as {
        data: { id: number }[];
        meta: unknown;
      };
    const { data, meta } = read();
    expect(data).not.toEqual(rows);
    expect(data.toSorted((a, b) => a.id - b.id)).toEqual(rows);
    expect(meta).toEqual({ n: 20 });
    expect(read().data).toEqual(data);
  });

  it.each(shapes)("has no two equal operations of $name", (shape) => {
    const operations = Array.from({ length: shape.variants }, (_, n) =>
      JSON.stringify(shape.variables(n)),
    );
    expect(new Set(operations).size).toBe(shape.variants);
    // Twice as many as the connections of a measurement.
    expect(shape.variants).toBeGreaterThan(100);
    expect(shape.variables(shape.variants)).toEqual(shape.variables(0));
  });
});
