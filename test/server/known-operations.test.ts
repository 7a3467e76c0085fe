import type { DocumentNode, OperationDefinitionNode } from "graphql";
import {
  type KnownOperation,
  KnownOperations,
  leastKnownSource,
  maxKnownSource,
  maxKnownSourceOfOne,
} from "../../src/server/known-operations";

const operation = (name: string): KnownOperation => ({
  document: { kind: "Document", definitions: [] } as unknown as DocumentNode,
  operation: { name } as unknown as OperationDefinitionNode,
  compiled: { execute: () => ({ data: { name } }) },
});

/** A text of just that length, different for each number. */
const source = (number: number, length: number) =>
  `${number} `.padEnd(length, "#");

const knownOf = (known: KnownOperations, count: number, length: number) =>
  Array.from({ length: count }, (_, number) => number).filter((number) =>
    known.get(source(number, length), undefined),
  );

describe("known operations", () => {
  it("are found by their text and name", () => {
    const known = new KnownOperations();
    const [a, b, only] = ["A", "B", "only"].map(operation);
    known.add("query A { x } query B { y }", "A", a!);
    known.add("query A { x } query B { y }", "B", b!);
    known.add("{ x }", undefined, only!);
    expect(known.get("query A { x } query B { y }", "A")).toBe(a);
    expect(known.get("query A { x } query B { y }", "B")).toBe(b);
    expect(known.get("query A { x } query B { y }", undefined)).toBeUndefined();
    expect(known.get("{ x }", undefined)).toBe(only);
    expect(known.get("{ x }", null)).toBe(only);
    expect(known.get("{ x }", "A")).toBeUndefined();
    expect(known.get("{ x } ", undefined)).toBeUndefined();
  });

  it("have no name that is empty", () => {
    const known = new KnownOperations();
    known.add("{ x }", undefined, operation("only"));
    // An empty name is a name that no operation has.
    expect(known.get("{ x }", "")).toBeUndefined();
  });

  it.each(["constructor", "__proto__", "toString"])(
    "are not there before they came: %s",
    (name) => {
      const known = new KnownOperations();
      expect(known.get(name, name)).toBeUndefined();
      known.add(name, undefined, operation("only"));
      expect(known.get(name, name)).toBeUndefined();
    },
  );

  it.each([10, leastKnownSource, 10_000, maxKnownSourceOfOne])(
    "of a thousand documents of %i characters are as many as there is room for",
    (length) => {
      const known = new KnownOperations();
      for (let number = 0; number < 1_000; number += 1) {
        known.add(source(number, length), undefined, operation(`${number}`));
      }
      const room = maxKnownSource / Math.max(length, leastKnownSource);
      const kept = knownOf(known, 1_000, length);
      expect(kept).toHaveLength(room);
      // The last ones that came.
      expect(kept[0]).toBe(1_000 - room);
    },
  );

  it("keep those that are asked for", () => {
    const known = new KnownOperations();
    known.add("popular", undefined, operation("popular"));
    for (let number = 0; number < 2_000; number += 1) {
      known.add(source(number, 10), undefined, operation(`${number}`));
      expect(known.get("popular", undefined)).toBeDefined();
    }
  });

  it("are none of a document that is too long, and forget no other", () => {
    const known = new KnownOperations();
    known.add("short", undefined, operation("short"));
    const long = source(1, maxKnownSourceOfOne + 1);
    known.add(long, undefined, operation("long"));
    expect(known.get(long, undefined)).toBeUndefined();
    expect(known.get("short", undefined)).toBeDefined();
  });

  it("of one document count once, however many names it has", () => {
    const known = new KnownOperations();
    for (let name = 0; name < 1_000; name += 1) {
      known.add("many", `n${name}`, operation("one of many"));
    }
    known.add("other", undefined, operation("other"));
    expect(known.get("many", "n0")).toBeDefined();
    expect(known.get("many", "n999")).toBeDefined();
    expect(known.get("other", undefined)).toBeDefined();
  });
});
