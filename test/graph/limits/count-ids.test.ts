import { Kind, type OperationDefinitionNode, parse } from "graphql";
import { countIds } from "../../../src/graph/limits/count-ids";

function count(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  );
  return countIds({ document, operation: operation!, variables });
}

const ids = ["a", "b", "c"];

describe("countIds", () => {
  it.each<[string, string, Record<string, unknown>, number]>([
    ["nothing", '{ a(x: "y", n: 1, o: { p: true, q: null }) { b } }', {}, 0],
    ["a literal", '{ nodes(ids: ["a", "b"]) { id } }', {}, 2],
    ["a variable", "query ($i: [ID!]!) { nodes(ids: $i) { id } }", { ids }, 0],
    [
      "its value",
      "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      { ids },
      3,
    ],
    ["a list of variables", "{ nodes(ids: [$ids, $ids]) { id } }", { ids }, 2],
    ["a member", "{ a(filter: { ids: $ids, stores: [] }) { b } }", { ids }, 3],
    [
      "members of a variable",
      "{ a(filter: $f) { b } }",
      { f: { ids, stores: ["x"], name: "abc", createdAt: { min: "d" } } },
      4,
    ],
    ["null", "{ a(filter: $f, ids: $i) { b } }", { f: null, i: null }, 0],
    [
      "each field that takes them",
      "{ x: a(ids: $ids) { b(ids: $ids) } y: a(ids: $ids) { c } }",
      { ids },
      9,
    ],
    [
      "each place of a fragment",
      "{ x: a { ...F } y: a { ... on A { ...F } } } fragment F on A { b { ...G } } fragment G on B { c(ids: $ids) }",
      { ids },
      6,
    ],
    [
      "only what is selected",
      "{ a(ids: $ids) @skip(if: $yes) ...F @include(if: $no) ... @include(if: $no) { a(ids: $ids) } } fragment F on Query { a(ids: $ids) }",
      { ids, yes: true, no: false },
      0,
    ],
    [
      "no other operation",
      "query A { a(ids: $ids) { b } } query B { a(ids: $ids) { b } }",
      { ids },
      3,
    ],
  ])("counts %s", (_, text, variables, expected) => {
    expect(count(text, variables)).toBe(expected);
  });

  it("looks at a fragment once, however often it is spread", () => {
    const levels = 60;
    const fragments = Array.from(
      { length: levels },
      (_, index) =>
        `fragment F${index} on A { ...F${index + 1} ...F${index + 1} }`,
    );
    const text = `{ ...F0 } ${fragments.join(" ")} fragment F${levels} on A { a(ids: $ids) }`;
    expect(count(text, { ids })).toBe(3 * 2 ** levels);
  });
});
