import fc from "fast-check";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  getIntrospectionQuery,
  parse,
} from "graphql";
import { measureDocument } from "../../../src/graph/limits/measure-document";

const measure = (text: string) => measureDocument(parse(text), 2_000);

/** A field in itself, so many times. */
const nested = (depth: number, name = "a") =>
  `${`{ ${name} `.repeat(depth)}${"}".repeat(depth)}`;

describe("measureDocument", () => {
  it.each<[string, string, number]>([
    ["fields", nested(11), 11],
    ["an inline fragment", `{ ... on Query ${nested(11)} }`, 11],
    ["a bare inline fragment", `{ ... ${nested(11)} }`, 11],
    ["a fragment", `{ ...A } fragment A on Query ${nested(11)}`, 11],
    [
      "fragments of fragments",
      `{ a { ...A } } fragment A on B { b { ...B } } fragment B on C ${nested(9)}`,
      11,
    ],
    [
      "a fragment that is reused",
      `{ ...A b { ...A } } fragment A on Query ${nested(10)}`,
      11,
    ],
    [
      "a fragment called __schema",
      "{ ...__schema } fragment __schema on Query " + nested(11),
      11,
    ],
    ["an operation called __schema", `query __schema ${nested(11)}`, 11],
    [
      "an operation called IntrospectionQuery",
      `query IntrospectionQuery ${nested(11)}`,
      11,
    ],
    ["an alias __schema", `{ __schema: a ${nested(10)} }`, 11],
    ["a field __schema within another", `{ a { __schema ${nested(9)} } }`, 11],
    ["ofType outside introspection", nested(11, "ofType"), 11],
    ["fields below __schema", `{ __schema ${nested(10)} }`, 11],
    ["fields below an aliased __schema", `{ x: __schema ${nested(10)} }`, 11],
    ["the second of two operations", `query A { a } query B ${nested(11)}`, 11],
    [
      "a fragment that nobody spreads",
      `{ a } fragment A on Query ${nested(11)}`,
      11,
    ],
  ])("finds the depth of %s", (_, text, depth) => {
    expect(measure(text).depth).toBe(depth);
  });

  it("adds no depth for the wrappers of types", () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
    });
    expect(measure(query)).toMatchObject({ depth: 6, selections: 240 });
    expect(
      measure(`{ __schema { types ${nested(10, "ofType")} } }`).depth,
    ).toBe(2);
    expect(
      measure(
        `{ __type(name: "A") { fields { type ${nested(9, "ofType")} } } }`,
      ).depth,
    ).toBe(3);
    // More of them than any type has are depth like any other.
    expect(
      measure(`{ __schema { types ${nested(30, "ofType")} } }`).depth,
    ).toBe(22);
  });

  it("counts fragments as often as they are spread", () => {
    const text =
      "{ ...A x: b { ...A ...A } } fragment A on Query { y: c d @include(if: true) }";
    expect(measure(text)).toEqual({
      depth: 2,
      selections: 1 + 2 + 1 + 2 * 3,
      aliases: 1 + 3,
      rootFields: 3,
      directives: 3,
      nameLength: 0,
      repetitions: 2,
    });
  });

  it("counts what stands at an operation and its variables", () => {
    const measured = measure(
      "query Named($a: Int @x, $b: Int) @x @x { a @x ... @x { b } ...C @x } fragment C on Query { c }",
    );
    expect(measured).toMatchObject({ directives: 6, nameLength: 5 });
  });

  it.each<[string, string, number]>([
    ["in one selection", "{ a a b a }", 3],
    ["over inline fragments", "{ a ... { a ... on Query { a } } }", 3],
    ["over fragments", "{ ...A a ...A } fragment A on Query { a a }", 5],
    ["below fields that stand twice", "{ a { b b } a { b b b } }", 5],
    ["by its alias", "{ x: a x: a a }", 2],
    ["below different fields not at all", "{ a { b } c { b } }", 1],
  ])("counts a field that is repeated %s", (_, text, repetitions) => {
    expect(measure(text).repetitions).toBe(repetitions);
  });

  it("agrees with spreading everything out", () => {
    const names = ["A", "B", "C", "D"];
    // A fragment spreads only those behind it, so there is no circle.
    const selection = (from: number): fc.Arbitrary<string> =>
      fc
        .array(
          fc.oneof(
            fc.constantFrom("a", "b", "x: a", "y: b"),
            ...(from < names.length
              ? [
                  fc
                    .constantFrom(...names.slice(from))
                    .map((name) => `...${name}`),
                ]
              : []),
            fc.constantFrom("a { b }", "... { a b }", "b { ... { a { a } } }"),
          ),
          { minLength: 1, maxLength: 4 },
        )
        .map((parts) => `{ ${parts.join(" ")} }`);
    const documents = fc
      .tuple(
        selection(0),
        ...names.map((name, index) =>
          selection(index + 1).map((set) => `fragment ${name} on Query ${set}`),
        ),
      )
      .map((parts) => parts.join(" "));
    fc.assert(
      fc.property(documents, (text) => {
        const document = parse(text);
        const spread = new Spread(document);
        const operation = document.definitions.find(
          (definition): definition is OperationDefinitionNode =>
            definition.kind === Kind.OPERATION_DEFINITION,
        )!;
        const { depth, aliases, rootFields } = measureDocument(document, 2_000);
        const expected = spread.count(operation.selectionSet);
        expect(rootFields).toBeGreaterThanOrEqual(expected.rootFields);
        expect(depth).toBeGreaterThanOrEqual(expected.depth);
        expect(aliases).toBeGreaterThanOrEqual(expected.aliases);
        // Without what nobody spreads, they are the same.
        const used = measureDocument(spread.used(operation), 2_000);
        expect(used).toMatchObject(expected);
      }),
    );
  });

  it.each<[string, string]>([
    [
      "a fragment within itself",
      "{ ...A } fragment A on Query { a { ...A } ...A }",
    ],
    [
      "fragments within each other",
      "{ ...A } fragment A on Query { a { ...B } } fragment B on Query { b { ...A } c }",
    ],
    ["a fragment that is missing", "{ ...A a }"],
  ])("comes to an end with %s", (_, text) => {
    expect(measure(text).selections).toBeGreaterThan(0);
  });

  it("measures no further than a depth of some hundreds", () => {
    const chain = `{ ...F0 } ${Array.from(
      { length: 900 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} }`,
    ).join(" ")}`;
    expect(measure(nested(1_500)).depth).toBeGreaterThan(500);
    expect(measure(chain).depth).toBeGreaterThan(500);
  });
});

/** The slow way: every fragment in the place where it is spread. */
class Spread {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(document: DocumentNode) {
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION
          ? [[definition.name.value, definition] as const]
          : [],
      ),
    );
  }

  count({ selections }: SelectionSetNode) {
    const total = { selections: 0, aliases: 0, rootFields: 0, depth: 0 };
    for (const selection of selections) {
      total.selections += 1;
      const isField = selection.kind === Kind.FIELD;
      const set =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#fragments.get(selection.name.value)?.selectionSet
          : selection.selectionSet;
      const below = set
        ? this.count(set)
        : { selections: 0, aliases: 0, rootFields: 0, depth: 0 };
      total.selections += below.selections;
      total.aliases += below.aliases + (isField && selection.alias ? 1 : 0);
      total.rootFields += isField ? 1 : below.rootFields;
      total.depth = Math.max(total.depth, below.depth + (isField ? 1 : 0));
    }
    return total;
  }

  /** The operation with the fragments that it reaches. */
  used(operation: OperationDefinitionNode): DocumentNode {
    const reached = new Set<FragmentDefinitionNode>();
    const reach = ({ selections }: SelectionSetNode) => {
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = this.#fragments.get(selection.name.value)!;
          reached.add(fragment);
          reach(fragment.selectionSet);
        } else if (selection.selectionSet) {
          reach(selection.selectionSet);
        }
      }
    };
    reach(operation.selectionSet);
    return { kind: Kind.DOCUMENT, definitions: [operation, ...reached] };
  }
}
