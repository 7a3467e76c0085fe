import fc from "fast-check";
import { interpolate } from "../../src/config/interpolate";
import type { Problem } from "../../src/config/problems";

const environment = {
  A: "alpha",
  B_2: "beta",
  EMPTY: "",
  DOLLARS: "$$ ${A} $&",
  GONE: undefined,
};

function run(value: unknown): { value: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  return { value: interpolate(value, environment, problems), problems };
}

describe("interpolate", () => {
  it.each([
    ["${A}", "alpha"],
    ["<${A}-${B_2}-${A}>", "<alpha-beta-alpha>"],
    ["${A:-other}", "alpha"],
    ["${NONE:-other}", "other"],
    ["${NONE:-}", ""],
    ["${NONE:-a:-b}", "a:-b"],
    ["${NONE:-two\nlines}", "two\nlines"],
    ["${GONE:-other}", "other"],
    ["${EMPTY}", ""],
    ["${EMPTY:-other}", ""],
    ["no reference", "no reference"],
    ["", ""],
    ["$A", "$A"],
    ["cost: 5 $", "cost: 5 $"],
    ["{A}", "{A}"],
    ["$$", "$"],
    ["$$$$", "$$"],
    ["$${A}", "${A}"],
    ["$$${A}", "$alpha"],
  ])("makes %j to %j", (text, expected) => {
    expect(run(text)).toEqual({ value: expected, problems: [] });
  });

  it("takes a variable's text as it is", () => {
    expect(run("${DOLLARS}").value).toBe("$$ ${A} $&");
  });

  it.each(["NONE", "GONE", "constructor", "toString", "__proto__"])(
    "reports that variable %s is not set",
    (name) => {
      expect(run("${" + name + "}").problems).toEqual([
        { path: "", message: `environment variable ${name} is not set` },
      ]);
    },
  );

  it.each([
    "${}",
    "${ A }",
    "${1A}",
    "${A-b}",
    "${A:b}",
    "${A:=b}",
    "${A:?b}",
    "${secrets.A}",
    "${{ A }}",
    "${A",
    "x${",
    "${A:-${B_2}}",
    "${NONE:-${B_2}}",
  ])("reports %s as malformed", (text) => {
    expect(run(text).problems[0]).toEqual({
      path: "",
      message: "expected ${NAME} or ${NAME:-default}",
    });
  });

  it("reports every malformed text with its path", () => {
    const { problems } = run({
      a: { list: ["${A}", "${NONE}", { b: "${" }] },
      c: "${NONE} ${NONE_2}",
    });
    expect(problems).toEqual([
      {
        path: "a.list[1]",
        message: "environment variable NONE is not set",
      },
      {
        path: "a.list[2].b",
        message: "expected ${NAME} or ${NAME:-default}",
      },
      { path: "c", message: "environment variable NONE is not set" },
      { path: "c", message: "environment variable NONE_2 is not set" },
    ]);
  });

  it("reaches texts in lists and objects", () => {
    expect(run({ a: ["${A}", { b: "${B_2}" }], c: { d: "${A}" } })).toEqual({
      value: { a: ["alpha", { b: "beta" }], c: { d: "alpha" } },
      problems: [],
    });
  });

  it("leaves keys and other values alone", () => {
    const value = { "${A}": 1, b: true, c: null, d: [1.5], e: undefined };
    expect(run(value)).toEqual({ value, problems: [] });
  });

  it("takes a __proto__ member as a member", () => {
    const { value } = run(JSON.parse('{"__proto__":{"a":"${A}"}}'));
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("leaves a text without dollars unchanged", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => !text.includes("$")),
        (text) => {
          expect(run(text)).toEqual({ value: text, problems: [] });
        },
      ),
    );
  });

  it("gives any text back when its dollars double", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."${}A:-") }), (text) => {
        expect(run(text.replaceAll("$", "$$$$"))).toEqual({
          value: text,
          problems: [],
        });
      }),
    );
  });

  it("handles 200 KB of open references fast", () => {
    const startedAt = performance.now();
    const { problems } = run("${".repeat(100_000));
    expect(problems).not.toHaveLength(0);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
