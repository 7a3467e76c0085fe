import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  buildASTSchema,
  parse,
  validate,
} from "graphql";
import type { Scope } from "../../../src/graph/caller";
import { countAnswerFields } from "../../../src/graph/limits/count-answer-fields";
import { createSelections } from "../../../src/graph/limits/selected-fields";
import type { OperationContext } from "../../../src/graph/operation-context";

const schema = buildASTSchema(
  parse(`
    directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
    directive @listSize(assumedSize: Int) on FIELD_DEFINITION
    scalar _Any
    interface Node { id: ID! }
    type Red implements Node { id: ID! name: String sizes: [Size!] @listSize(assumedSize: 4) }
    type Blue implements Node { id: ID! color: String blues(first: Int = 20, filter: Filter): NodeConnection }
    type Size { width: Int height: Int }
    input Filter { ids: [ID!] }
    type NodeEdge { cursor: String node: Node }
    type PageInfo { endCursor: String }
    type NodeConnection { nodes: [Node]! edges: [NodeEdge]! totalCount: Int pageInfo: PageInfo }
    type Store { key: String }
    type Query {
      node(id: ID!): Node
      nodes(ids: [ID!]!): [Node]!
      _entities(representations: [_Any!]!): [Node]!
      stores: [Store!]!
      list(first: Int = 20, filter: Filter): NodeConnection
      secret: Red @requiresScopes(scopes: [["read:groups"]])
    }
  `),
);

function count(
  text: string,
  variables: Record<string, unknown> = {},
  scopes: readonly Scope[] = [],
): number {
  return countOf(parse(text), variables, scopes);
}

function countOf(
  document: DocumentNode,
  variables: Record<string, unknown>,
  scopes: readonly Scope[] = [],
): number {
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  )!;
  const context = {
    caller: { name: "test", scopes: new Set(scopes) },
    stores: [{}, {}, {}],
  } as unknown as OperationContext;
  const planned = { schema, document, operation, variables, context };
  return countAnswerFields(planned, createSelections(planned));
}

/** What a list counts as by itself, and what a field that is refused does. */
const list = 100;

describe("countAnswerFields", () => {
  it.each<[string, string, number]>([
    ["fields", "{ node(id: 1) { id __typename } }", 1 + 2],
    ["every alias", "{ a: node(id: 1) { b: id c: id id } }", 1 + 3],
    [
      "a field once, however often selected",
      "{ node(id: 1) { id id } node(id: 1) { id } }",
      1 + 1,
    ],
    [
      "the largest type",
      "{ node(id: 1) { id ... on Red { name } ... on Blue { a: color b: color } } }",
      1 + 3,
    ],
    ["stores as many as there are", "{ stores { key } }", 1 + 3],
    ["ids", "{ nodes(ids: [1, 2]) { id } }", 1 + 2],
    [
      "a list by its assumed size",
      "{ node(id: 1) { ... on Red { sizes { width height } } } }",
      1 + 1 + 4 * 2,
    ],
    ["a page of the usual size", "{ list { nodes { id } } }", list + 1 + 20],
    [
      "a page of its size, and what is beside it",
      "{ list(first: 7) { totalCount pageInfo { endCursor } nodes { id } edges { cursor node { id } } } }",
      list + 1 + 2 + (1 + 7) + (1 + 7 * 3),
    ],
    [
      "ids of a filter",
      "{ list(first: 0, filter: { ids: [1, 2, 3] }) { totalCount } }",
      list + 3 + 1,
    ],
    [
      "rows of rows",
      "{ list(first: 10) { nodes { ... on Blue { blues(first: 5) { nodes { id } } } } } }",
      list + 1 + 10 * (list + 1 + 5),
    ],
    [
      "nothing that is skipped",
      "{ list @skip(if: true) { nodes { id } } stores { key @include(if: false) } }",
      1,
    ],
    ["no introspection", "{ __schema { types { name } } }", 0],
  ])("counts %s", (_, text, expected) => {
    expect(count(text)).toBe(expected);
  });

  it("takes sizes and ids from variables", () => {
    const text =
      "query ($first: Int, $ids: [ID!]!, $r: [_Any!]!) { list(first: $first) { nodes { id } } nodes(ids: $ids) { id } _entities(representations: $r) { id } }";
    expect(count(text, { first: 3, ids: [1, 2], r: [{}, {}, {}, {}] })).toBe(
      list + 1 + 3 + (1 + 2) + (1 + 4),
    );
  });

  it("tells the values of one operation apart", () => {
    const document = parse(
      "query ($n: Int, $all: Boolean!, $ids: [ID!]!, $f: Filter) { list(first: $n, filter: $f) { nodes { id } } nodes(ids: $ids) { id ... @include(if: $all) { __typename } } secret { id } }",
    );
    const usual = { n: 2, all: false, ids: ["a"] };
    const others: readonly Record<string, unknown>[] = [
      {},
      { n: 3 },
      { n: null },
      { all: true },
      { ids: ["a", "b", "c"] },
      { f: { ids: ["a", "b"] } },
    ];
    for (let round = 0; round < 2; round += 1) {
      expect(
        others.map((other) => countOf(document, { ...usual, ...other })),
      ).toEqual([205, 206, 223, 206, 207, 207]);
      expect(countOf(document, usual, ["read:groups"])).toBe(107);
    }
  });

  it.each([-1, 101, 1_000_000])("takes no size of %i", (first) => {
    const counted = count(
      "query ($n: Int) { list(first: $n) { nodes { id } } }",
      { n: first },
    );
    expect(counted).toBe(list + 1 + (first < 0 ? 0 : 100));
  });

  it("counts what the caller may not read as an error", () => {
    const text = "{ a: secret { id name } b: secret { id } }";
    expect(count(text)).toBe(2 * list);
    expect(count(text, {}, ["read:groups"])).toBe(3 + 2);
  });

  it("walks what is selected once, however many ways lead there", () => {
    const levels = 22;
    const fragments = Array.from(
      { length: levels },
      (_, index) =>
        `fragment F${index} on Blue { a${index}: blues(first: 0) { edges { node { ...F${index + 1} } } } b${index}: blues(first: 0) { nodes { ...F${index + 1} } } }`,
    );
    const startedAt = performance.now();
    count(
      `{ node(id: 1) { ...F0 } } ${fragments.join(" ")} fragment F${levels} on Blue { id }`,
    );
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
