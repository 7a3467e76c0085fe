import { parse } from "graphql";
import { checkDocument } from "../../../src/graph/limits/check-document";
import type { OperationLimits } from "../../../src/graph/limits/operation-limits";

const limits: OperationLimits = {
  maxTokens: 1_000,
  maxDepth: 3,
  maxSelections: 12,
  maxRepetitions: 2,
  maxAliases: 2,
  maxRootFields: 4,
  maxDirectives: 2,
  maxIds: 10,
  maxAnswerFields: 1_000,
  maxUpstreamRequests: 10,
};
const check = (text: string) => checkDocument(parse(text), limits);

describe("checkDocument", () => {
  it("lets everything pass that is at the limit", () => {
    expect(
      check(
        "query Q { a { b { c } } x: d @skip(if: true) y: d @skip(if: true) ...E } fragment E on Query { e }",
      ),
    ).toBeNull();
  });

  it.each<[string, string, number, number]>([
    ["depth", "{ a { b { c { d } } } }", 3, 4],
    ["selections", "{ a { a b c d e f } b { a b c d e } }", 12, 13],
    ["repetitions", "{ a a a }", 2, 3],
    ["aliases", "{ x: a y: a z: a }", 2, 3],
    ["rootFields", "{ a b c d e }", 4, 5],
    ["directives", "{ a @x @x @x }", 2, 3],
    ["nameLength", `query ${"N".repeat(513)} { a }`, 512, 513],
  ])("refuses one more of %s than the limit", (what, text, limit, actual) => {
    const error = check(text);
    expect(error).toMatchObject({
      code: "QUERY_TOO_COMPLEX",
      details: { what, limit, actual },
    });
    expect(error?.message).toContain(String(limit));
    expect(error?.message).toContain(String(actual));
  });

  it("says a number that JSON can carry, however large", () => {
    const bomb = `{ ...F0 } ${Array.from(
      { length: 300 },
      (_, index) =>
        `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    ).join(" ")} fragment F300 on Query { a }`;
    expect(check(bomb)?.details).toEqual({
      what: "selections",
      limit: 12,
      actual: Number.MAX_SAFE_INTEGER,
    });
  });
});
