import fc from "fast-check";
import { toDecimal } from "../../src/domain/decimal";

describe("toDecimal", () => {
  it.each([
    ["5.0000", "5.0000"],
    ["0", "0"],
    ["-12.50", "-12.50"],
    ["+5.10", "5.10"],
    ["007", "007"],
    ["0.10", "0.10"],
    [
      "123456789012345678901234567890.123456789",
      "123456789012345678901234567890.123456789",
    ],
  ])("keeps the digits of the text %s", (text, decimal) => {
    expect(toDecimal(text)).toBe(decimal);
  });

  it.each([
    [0, "0"],
    [-0, "0"],
    [5, "5"],
    [-5.25, "-5.25"],
    [0.1, "0.1"],
    [19.99, "19.99"],
    [1e-7, "0.0000001"],
    [-1e-7, "-0.0000001"],
    [1.5e-7, "0.00000015"],
    [1e21, "1000000000000000000000"],
    [-1e21, "-1000000000000000000000"],
    [1.25e21, "1250000000000000000000"],
    [1.25e25, "12500000000000000000000000"],
    [123456789.123, "123456789.123"],
    [5e-324, `0.${"0".repeat(323)}5`],
  ])("writes the number %d as %s", (number, decimal) => {
    expect(toDecimal(number)).toBe(decimal);
  });

  it("writes any number so that it reads back", () => {
    fc.assert(
      fc.property(
        fc.double({ noDefaultInfinity: true, noNaN: true }),
        (number) => {
          const text = toDecimal(number) ?? "";
          expect(text).toMatch(/^-?\d+(\.\d+)?$/);
          expect(Number(text)).toBe(number === 0 ? 0 : number);
        },
      ),
    );
  });

  it.each([
    "",
    " 5",
    "5 ",
    "5\n",
    "1e5",
    "5.",
    ".5",
    "--5",
    "5,00",
    "1,000.00",
    "1_000",
    "0x10",
    "NaN",
    "Infinity",
    "5 EUR",
    "٥",
    "1.2.3",
    "$5.00",
  ])("refuses the text %j", (text) => {
    expect(toDecimal(text)).toBeNull();
  });

  it.each<[string, unknown]>([
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["null", null],
    ["nothing", undefined],
    ["true", true],
    ["a list", ["5"]],
    ["an object", { valueOf: () => 5 }],
    ["a bigint", 5n],
  ])("refuses %s", (_, value) => {
    expect(toDecimal(value)).toBeNull();
  });

  it("refuses 200 KB of digits and a letter fast", () => {
    const startedAt = performance.now();
    expect(toDecimal(`${"1".repeat(200_000)}x`)).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
