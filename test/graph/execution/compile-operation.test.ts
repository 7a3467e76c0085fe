import { getIntrospectionQuery, parse } from "graphql";
import { compileOperation } from "../../../src/graph/execution/compile-operation";
import { type Outcome, expectEqual, toOutcome } from "./both-ways";
import { type Deciders, everything } from "./everything";

/** What the fields of the query give, and how; methods get the arguments. */
type Roots = Readonly<Record<string, unknown>>;

const answering = (
  roots: Roots,
  deciders: Partial<Deciders> = {},
): ReturnType<typeof everything> =>
  everything({
    resolve: ({ field, source, args, context }) => {
      const given = source?.[field] ?? roots[field];
      return typeof given === "function"
        ? (given as (...all: unknown[]) => unknown)(args, context)
        : given;
    },
    ...deciders,
  });

const ask = (
  source: string,
  roots: Roots,
  variables: Readonly<Record<string, unknown>> = {},
  deciders?: Partial<Deciders>,
): Promise<Outcome> =>
  expectEqual({
    schema: answering(roots, deciders),
    source,
    variables,
    context: () => ({ name: "context" }),
  });

/** After so many turns of the event loop. */
async function later<T>(turns: number, value?: T): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (value instanceof Error) throw value;
  return value as T;
}

const fail = (message: string) => () => {
  throw new Error(message);
};

describe("a compiled operation", () => {
  it("gives values as graphql does", async () => {
    const answer = await ask(
      "{ person { id name age isOld height color colors odd nick friend { id } grid } numbers }",
      {
        person: () => ({
          id: 7,
          name: "Anna",
          age: "12",
          isOld: 1,
          height: 1,
          color: "GREEN",
          colors: new Set(["RED", "GREEN"]),
          odd: { deep: [1] },
          nick: ({ of }: { of: string }) => `nick of ${of}`,
          friend: null,
          grid: [[1, 2], null, []],
        }),
        numbers: function* () {
          yield 1;
          yield null;
          yield undefined;
        },
      },
    );
    expect(answer).toEqual({
      data: {
        person: {
          id: "7",
          name: "Anna",
          age: 12,
          isOld: true,
          height: 1,
          color: "GREEN",
          colors: ["RED", "GREEN"],
          odd: { of: { deep: [1] } },
          nick: "nick of x",
          friend: null,
          grid: [[1, 2], null, []],
        },
        numbers: [1, null, null],
      },
      errors: [],
    });
  });

  it("does not wait when nothing has to be waited for", () => {
    const schema = answering({ color: "RED" });
    const document = parse("{ color }");
    const [operation] = document.definitions;
    const plan = compileOperation(schema, document, operation as never);
    expect(toOutcome(plan.execute(undefined, {}) as never)).toEqual({
      data: { color: "RED" },
      errors: [],
    });
  });

  it("calls methods with their object, arguments and context", async () => {
    class Row {
      readonly id = "1";
      readonly #name = "own";
      name(_: unknown, context: { name: string }, info: any) {
        return `${this.#name} ${context.name} ${info.fieldName} ${info.path.key} ${info.parentType.name}`;
      }
      async nick({ of }: { of: string }) {
        return later(1, `${this.#name} ${of}`);
      }
    }
    const { data } = await ask('{ person { a: name b: nick(of: "me") } }', {
      person: () => new Row(),
    });
    expect(data).toEqual({
      person: { a: "own context name a Person", b: "own me" },
    });
  });

  it.each<[string, unknown]>([
    ["a function", Object.assign(() => 1, { id: "f" })],
    ["a text", "text"],
    ["a number", 5],
    ["an empty object", {}],
    ["a list", ["x"]],
    [
      "an object without a prototype",
      Object.assign(Object.create(null), { id: "n" }),
    ],
  ])("takes %s for an object", async (_, person) => {
    await ask("{ person { id name } sure { name } }", {
      // A function is called, so it comes out of one.
      person: () => person,
      sure: () => person,
    });
  });

  describe("errors", () => {
    it.each<[string, string, Roots]>([
      ["a resolver throws", "{ count color }", { count: fail("boom") }],
      [
        "a resolver rejects",
        "{ count color }",
        { count: () => later(1, new Error("late")) },
      ],
      [
        "no Error is thrown",
        "{ count }",
        {
          count: () => {
            throw "text" as unknown as Error;
          },
        },
      ],
      [
        "nothing is thrown",
        "{ count }",
        {
          count: () => {
            throw undefined as unknown as Error;
          },
        },
      ],
      [
        "nothing is rejected with",
        "{ count }",
        {
          count: () =>
            later(1).then(() => {
              throw undefined as unknown as Error;
            }),
        },
      ],
      [
        "an Error is the value",
        "{ count person { id } things { __typename } }",
        {
          count: new Error("c"),
          person: new Error("p"),
          things: new Error("t"),
        },
      ],
      [
        "an Error is promised",
        "{ count person { id } }",
        {
          count: () => later(1, undefined).then(() => new Error("c")),
          person: async () => Promise.resolve(new Error("p")),
        },
      ],
      [
        "an Error is an item",
        "{ numbers nodes { id } }",
        { numbers: [1, new Error("i"), 3], nodes: [new Error("n"), null] },
      ],
      [
        "an item rejects",
        "{ numbers }",
        { numbers: () => [1, later(1, new Error("i")), later(2, 3)] },
      ],
      [
        "an item may not be null",
        "{ person { colors grid people { id } } }",
        {
          person: {
            colors: ["RED", null],
            grid: [[1, null], [2]],
            people: [[{ id: 1 }, null]],
          },
        },
      ],
      [
        "a promised item may not be null",
        "{ things { __typename } }",
        { things: () => [later(1, null), later(2, { __typename: "Place" })] },
      ],
      [
        "a list is none",
        "{ numbers nodes { id } }",
        { numbers: 5, nodes: "text" },
      ],
      [
        "a list inside is none",
        "{ person { grid people { id } } }",
        { person: { grid: [1, [2]], people: { 0: 1 } } },
      ],
      [
        "a walk breaks off",
        "{ numbers count }",
        {
          numbers: function* () {
            yield 1;
            throw new Error("walk");
          },
          count: 1,
        },
      ],
      [
        "an Int is too large",
        "{ count numbers }",
        { count: 2 ** 31, numbers: [1.5, NaN, "x", {}, true] },
      ],
      [
        "no enum has the value",
        "{ color person { color colors } }",
        { color: "BLUE", person: { color: 7, colors: ["RED", {}] } },
      ],
      [
        "texts are objects",
        "{ person { name id nick } }",
        { person: { name: {}, id: {}, nick: [] } },
      ],
      ["a scalar throws", "{ odd }", { odd: "throw" }],
      ["a scalar gives undefined", "{ odd }", { odd: "nothing" }],
      [
        "a scalar gives null",
        "{ odd person { mustOdd } }",
        { odd: "null", person: { mustOdd: "null" } },
      ],
      [
        "a scalar gives falsy values",
        "{ count person { name isOld height } }",
        { count: 0, person: { name: "", isOld: 0, height: -0 } },
      ],
      [
        "a value may not be null",
        "{ person { must } count }",
        { person: {}, count: 1 },
      ],
      [
        "the whole may not be null",
        "{ count sure { id } }",
        { count: 1, sure: null },
      ],
      [
        "the whole fails late",
        "{ count sure { id } color }",
        {
          count: () => later(3, new Error("never seen")),
          sure: () => later(1, new Error("sure")),
          color: () => later(2, "RED"),
        },
      ],
      [
        "a property throws",
        "{ person { id name } }",
        {
          person: () => ({
            id: 1,
            get name() {
              throw new Error("getter");
            },
          }),
        },
      ],
      [
        "a method throws or rejects",
        "{ person { id name nick } }",
        {
          person: () => ({
            id: 1,
            name: fail("name"),
            nick: () => later(1, new Error("nick")),
          }),
        },
      ],
      [
        "a property is undefined",
        "{ person { id } sure { name } }",
        { person: { id: undefined }, sure: {} },
      ],
    ])("are the same when %s", async (_, source, roots) => {
      await ask(source, roots);
    });

    it("bubble through lists and objects to the nearest null", async () => {
      const answer = await ask(
        "{ person { id friend { dears { dear { must } } } } }",
        {
          person: {
            id: 1,
            friend: {
              dears: [{ dear: { must: 1 } }, { dear: { must: null } }],
            },
          },
        },
      );
      expect(answer.data).toEqual({ person: { id: "1", friend: null } });
      expect(answer.errors).toMatchObject([
        { path: ["person", "friend", "dears", 1, "dear", "must"] },
      ]);
    });

    it("below a place that became null are left out", async () => {
      const answer = await ask(
        "{ person { id friend { must early: name late: name isOld } } count }",
        {
          person: () => ({
            id: 1,
            friend: {
              must: () => later(3, new Error("must")),
              isOld: () => later(9, new Error("too late for a second one")),
              name: (_: unknown, __: unknown, { path }: any) =>
                later(path.key === "early" ? 1 : 6, new Error(path.key)),
            },
          }),
          count: () => later(12, 1),
        },
      );
      expect(answer.data).toEqual({
        person: { id: "1", friend: null },
        count: 1,
      });
      expect(answer.errors.map(({ message }) => message).sort()).toEqual([
        "early",
        "must",
      ]);
    });

    it("of siblings that still wait are heard when one throws at once", async () => {
      const answer = await ask("{ person { name must nick age } count }", {
        person: () => ({
          name: () => later(1, new Error("name")),
          must: fail("must"),
          nick: fail("never asked"),
        }),
        count: 1,
      });
      expect(answer.data).toEqual({ person: null, count: 1 });
    });

    it("of a whole that was given up say nothing more", async () => {
      const answer = await ask("{ a: must(n: 1) b: must(n: 2) c: count }", {
        must: ({ n }: { n: number }) => later(n, new Error(`must ${n}`)),
        count: () => later(4, new Error("count")),
      });
      expect(answer).toMatchObject({
        data: null,
        errors: [{ message: "must 1" }],
      });
    });
  });

  describe("abstract types", () => {
    const robot = { __typename: "Robot", id: "r", model: "R2" };
    const person = { __typename: "Person", id: "p", name: "Anna" };
    const query =
      "{ node { __typename id ... on Robot { model } ...named } thing { __typename ... on Node { id } ... on Place { title } } nodes { id } } fragment named on Named { name nick }";

    it("are told by __typename", async () => {
      const { data } = await ask(query, {
        node: robot,
        thing: { __typename: "Place", title: "here" },
        nodes: [person, robot],
      });
      expect(data).toEqual({
        node: { __typename: "Robot", id: "r", model: "R2" },
        thing: { __typename: "Place", title: "here" },
        nodes: [{ id: "p" }, { id: "r" }],
      });
    });

    it.each<[string, (value: any) => unknown]>([
      ["at once", ({ kind }) => kind],
      ["later", ({ kind }) => later(1, kind)],
      ["by a failure", fail("resolveType")],
      ["by a late failure", () => later(1, new Error("resolveType"))],
      ["by nothing", () => undefined],
      ["by null, later", () => later(1, null)],
      ["by no name at all", () => 5],
      ["by an unknown name", () => "Nobody"],
      ["by the name of a scalar", () => "Color"],
      ["by the name of an abstract type", () => "Named"],
      ["by a type that is none of theirs", () => "Query"],
      ["by the name of something inherited", () => "constructor"],
    ])("are told %s", async (_, resolveType) => {
      await ask(
        query,
        {
          node: { kind: "Robot", ...robot },
          thing: { kind: "Place", title: "here" },
          nodes: [{ kind: "Person", ...person }, null],
        },
        {},
        { resolveType },
      );
    });

    it("are not told by the object of a type", async () => {
      const schema = answering({ node: robot });
      const node = schema.getType("Node") as { resolveType?: unknown };
      node.resolveType = () => schema.getType("Robot");
      const answer = await expectEqual({ schema, source: "{ node { id } }" });
      expect(answer.data).toEqual({ node: null });
    });

    it.each<[string, Deciders["isRobot"]]>([
      ["yes", () => true],
      ["no", () => false],
      ["yes, later", () => later(1, true)],
      ["no, later", () => later(1, false)],
      ["failing", fail("isTypeOf") as never],
      ["failing later", () => later(1, new Error("isTypeOf")) as never],
    ])("ask isTypeOf: %s", async (_, isRobot) => {
      const roots = { node: { id: "r" }, thing: robot, nodes: [robot, person] };
      await ask(query, roots, {}, { isRobot: isRobot! });
      await ask(
        query,
        roots,
        {},
        { isRobot: isRobot!, resolveType: () => "Robot" },
      );
    });
  });

  describe("selections", () => {
    it("are merged, below fragments too", async () => {
      const { data } = await ask(
        `{ person { friend { id } } ...q person { friend { age ... on Person { name } } } }
         fragment q on Query { person { friend { nick(of: "y") } dear: friend { ...n } } }
         fragment n on Named { ... { id } ... on Node { peer { __typename } } }`,
        {
          person: {
            friend: {
              id: 1,
              age: 2,
              name: "n",
              nick: "k",
              peer: { __typename: "Robot" },
            },
          },
        },
      );
      expect(JSON.stringify(data)).toBe(
        '{"person":{"friend":{"id":"1","nick":"k","age":2,"name":"n"},"dear":{"id":"1","peer":{"__typename":"Robot"}}}}',
      );
    });

    it("have any name that is an alias", async () => {
      const { data } = await ask(
        "{ __proto__: count constructor: color hasOwnProperty: person { __proto__: id constructor: name toString: __typename then: age } }",
        { count: 1, color: "RED", person: { id: 1, name: "n", age: 3 } },
      );
      expect(JSON.stringify(data)).toBe(
        '{"__proto__":1,"constructor":"RED","hasOwnProperty":{"__proto__":"1","constructor":"n","toString":"Person","then":3}}',
      );
    });

    it("keep their order while some wait", async () => {
      const { data } = await ask("{ c: count b: color a: odd t: __typename }", {
        count: () => later(2, 1),
        color: "RED",
        odd: () => later(1, 5),
      });
      expect(Object.keys(data as object)).toEqual(["c", "b", "a", "t"]);
    });

    const flagged =
      `query ($s: Boolean = false, $i: Boolean! = true, $n: Boolean) {
      count @skip(if: $s) @include(if: $i)
      person @include(if: $i) { id ...f @skip(if: $s) ... @include(if: $i) { name } }
      color @skip(if: true) odd @include(if: false) nodes @skip(if: false) { id }
      a: count @skip(if: $s) a: count @include(if: $i)
    } fragment f on Person { age @include(if: $i) friend { id @skip(if: $s) name } }`.replace(
        ", $n: Boolean",
        "",
      );

    it.each([
      {},
      { s: true },
      { i: false },
      { s: true, i: false },
      { s: false, i: true },
      { s: undefined },
      { s: null },
      { i: null },
      { s: "yes" },
    ])("are taken or left by %j", async (variables) => {
      await ask(
        flagged,
        {
          count: 1,
          person: { id: 1, name: "n", age: 3, friend: { id: 2, name: "f" } },
          nodes: [],
        },
        variables,
      );
    });

    it("fail where null decides of them", async () => {
      const answer = await ask(
        "query ($s: Boolean = true) { person { id friend { id name @skip(if: $s) } } count }",
        { person: { id: 1, friend: { id: 2 } }, count: 1 },
        { s: null },
      );
      expect(answer.data).toEqual({
        person: { id: "1", friend: null },
        count: 1,
      });
      expect(answer.errors).toHaveLength(1);
    });

    it("are planned anew for each set of flags, however many", async () => {
      const names = Array.from({ length: 6 }, (_, index) => `f${index}`);
      const source = `query (${names.map((name) => `$${name}: Boolean!`).join()}) { ${names.map((name) => `${name}: count @include(if: $${name})`).join(" ")} }`;
      const document = parse(source);
      const schema = answering({ count: 1 });
      const plan = compileOperation(
        schema,
        document,
        document.definitions[0] as never,
      );
      for (let round = 0; round < 2; round += 1) {
        for (let bits = 0; bits < 64; bits += 1) {
          const given = names.filter((_, index) => bits & (1 << index));
          const { data } = await plan.execute(
            undefined,
            Object.fromEntries(
              names.map((name) => [name, given.includes(name)]),
            ),
          );
          expect(Object.keys(data!)).toEqual(given);
        }
      }
    });
  });

  describe("arguments", () => {
    const echo = {
      echo: (args: unknown) => JSON.stringify(args),
      must: (args: unknown) => JSON.stringify(args),
    };

    it.each<[string, Readonly<Record<string, unknown>>]>([
      ["{ echo }", {}],
      ['{ echo(n: 5, color: GREEN, ids: [1, "x"], filter: {}) }', {}],
      ["{ echo(ids: 1, filter: { inner: { inner: { text: null } } }) }", {}],
      ["query ($n: Int! = 4) { echo(n: $n) }", {}],
      ["query ($n: Int = 4) { echo(n: $n) }", {}],
      ["query ($n: Int = 4) { echo(n: $n) }", { n: null }],
      [
        "query ($n: Int = 4) { a: echo(n: $n) b: must(n: $n) color }",
        { n: null },
      ],
      ["query ($c: Color) { echo(color: $c) }", {}],
      ["query ($c: Color) { echo(color: $c) }", { c: null }],
      ["query ($c: Color) { echo(color: $c) }", { c: "BLUE" }],
      [
        "query ($f: Filter) { echo(filter: $f) }",
        { f: { ids: ["a"], inner: { color: "GREEN" } } },
      ],
      ["query ($f: Filter) { echo(filter: $f) }", { f: { ids: [null] } }],
      ["query ($f: Filter) { echo(filter: $f) }", { f: { nobody: 1 } }],
      [
        'query ($t: String, $i: ID!, $c: Color) { echo(filter: { text: $t, ids: [$i], inner: { color: $c } }, ids: [$i, "x"]) }',
        { i: 5 },
      ],
      [
        "query ($t: String, $l: Int = 1) { echo(filter: { text: $t, inner: { inner: { least: $l } } }) }",
        { t: "given" },
      ],
      [
        "query ($l: Int = 1) { echo(filter: { least: $l }) color }",
        { l: null },
      ],
      ["query ($i: [ID!]) { echo(ids: $i) }", { i: "one" }],
      ["query ($n: Int!) { echo(n: $n) }", {}],
      ["query ($n: Int!) { echo(n: $n) }", { n: 2 ** 31 }],
      ["query ($n: Int!) { echo(n: $n) }", { n: "1" }],
    ])("are those of graphql: %s %j", async (source, variables) => {
      await ask(source, { ...echo, color: "RED" }, variables);
    });

    it("of methods are coerced too", async () => {
      const person = { nick: ({ of }: { of: string }) => of };
      const source =
        'query ($of: String = "d") { person { id: nick(of: $of) } }';
      await ask(source, { person }, {});
      await ask(source, { person }, { of: "given" });
      await ask(source, { person }, { of: null });
    });

    it("of properties are coerced too", async () => {
      const source =
        'query ($of: String = "d") { person { nick(of: $of) } plain }';
      await ask(source, { person: { nick: "text" } }, { of: "given" });
      await ask(source, { person: { nick: "text" } }, { of: null });
    });

    it("of one execution are not those of the next", async () => {
      const schema = answering({
        echo: (args: { n: number; seen?: boolean }) => JSON.stringify(args),
      });
      const document = parse("query ($n: Int!) { echo(n: $n) }");
      const plan = compileOperation(
        schema,
        document,
        document.definitions[0] as never,
      );
      for (const n of [1, 2, 1]) {
        expect(await plan.execute(undefined, { n })).toEqual({
          data: { echo: `{"n":${n}}` },
        });
      }
    });
  });

  it("answers introspection", async () => {
    const answer = await ask(
      getIntrospectionQuery({ specifiedByUrl: true }),
      {},
    );
    expect(answer.errors).toEqual([]);
    await ask(
      '{ __typename a: __type(name: "Person") { __typename kind fields(includeDeprecated: true) { name args { name defaultValue } } } b: __type(name: "Nobody") { name } person { __typename } }',
      { person: {} },
    );
  });

  // Jest fails a test during which a promise rejects unheard.
  it.each<[string, string, () => unknown]>([
    [
      "a list",
      "{ things { ... on Robot { model } } }",
      () => [
        { __typename: "Robot", model: () => later(2, new Error("model")) },
        new Error("thing"),
      ],
    ],
    [
      "promised items",
      "{ things { __typename } }",
      () => [later(2, null), later(3, new Error("thing")), new Error("first")],
    ],
    [
      "a list that breaks off",
      "{ things { __typename } }",
      function* () {
        yield later(2, new Error("thing"));
        throw new Error("walk");
      },
    ],
  ])("leaves no rejection of %s unheard", async (_, source, things) => {
    const document = parse(source);
    const plan = compileOperation(
      answering({ things }),
      document,
      document.definitions[0] as never,
    );
    const { data, errors } = await plan.execute({}, {});
    expect(data).toEqual({ things: null });
    expect(errors).toHaveLength(1);
    await later(9);
  });

  it("leaves no rejection of a field unheard", async () => {
    const answer = await ask(
      "{ person { must name mustOdd dear { must } people { id } } sure { id } }",
      {
        person: () => ({
          must: () => later(1, new Error("must")),
          name: () => later(2, new Error("name")),
          mustOdd: fail("at once"),
          dear: { must: () => later(4, new Error("dear")) },
          people: () => later(1, [[later(5, null)]]),
        }),
        sure: () => later(3, new Error("sure")),
      },
    );
    expect(answer.data).toBeNull();
    await later(9);
  });
});
