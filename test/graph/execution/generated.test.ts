import fc, { type GeneratorValue } from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { Random } from "../../../src/sandbox/random";
import { bothWays } from "./both-ways";
import { everything } from "./everything";

/** Lets one promise settle in each turn of the event loop, in order. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #isTurning = false;

  /** @returns what is given, in a turn of its own. */
  wait<T>(give: () => T): Promise<T> {
    const turn = new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isTurning) {
        this.#isTurning = true;
        setImmediate(() => {
          this.#turn();
        });
      }
    });
    return turn.then(give);
  }

  #turn(): void {
    this.#waiting.shift()?.();
    this.#isTurning = this.#waiting.length > 0;
    if (this.#isTurning) {
      setImmediate(() => {
        this.#turn();
      });
    }
  }
}

/** What both executions of one case are decided by. */
interface Case {
  readonly seed: number;
  /** How many values of a hundred are faulty, and how many are promised. */
  readonly faulty: number;
  readonly promised: number;
}

interface Context {
  readonly of: Case;
  readonly turns: Turns;
}

class Fault extends Error {}

const leaves: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, -0, 7, "12", true, 1.5, 2 ** 31, NaN, "x", {}],
  Float: [0, 1.5, "2.5", Infinity, "x", []],
  String: ["", "text", 5, false, {}, ["a"]],
  ID: ["", "id", 5, 1.5, {}],
  Boolean: [true, false, 0, 1, "yes", NaN],
  Color: ["RED", "GREEN", "BLUE", 5, {}],
  Odd: [1, "x", "throw", "nothing", "null"],
};

/** Makes the same values of a type for the same place, faults among them. */
class Values {
  readonly #schema: GraphQLSchema;
  readonly #context: Context;

  constructor(schema: GraphQLSchema, context: Context) {
    this.#schema = schema;
    this.#context = context;
  }

  /** What a resolver gives: a value, a promise, or nothing but an error. */
  of(type: GraphQLOutputType, place: string): unknown {
    const { of, turns } = this.#context;
    const random = new Random(hash(`${of.seed} ${place}`));
    const give = (): unknown => {
      if (random.int(1, 100) <= of.faulty) {
        switch (random.int(0, 4)) {
          case 0:
            return null;
          case 1:
            return undefined;
          case 2:
            return new Fault(`value ${place}`);
          case 3:
            throw new Fault(`thrown ${place}`);
          default:
            return "neither a list nor an object";
        }
      }
      return this.#whole(isNonNullType(type) ? type.ofType : type, place);
    };
    return random.int(1, 100) <= of.promised ? turns.wait(give) : give();
  }

  #whole(type: GraphQLOutputType, place: string): unknown {
    const { of } = this.#context;
    const random = new Random(hash(`${place} ${of.seed}`));
    if (isListType(type)) {
      const items: unknown[] = [];
      for (let index = random.int(0, 3); index > 0; index -= 1) {
        items.push(
          this.#item(type.ofType as GraphQLOutputType, `${place}.${index}`),
        );
      }
      return random.int(0, 3) === 0 ? new Set(items) : items;
    }
    if (isLeafType(type)) {
      const values = leaves[type.name] ?? [];
      const sound =
        of.faulty === 0 ? Math.min(2, values.length) : values.length;
      return values[random.int(0, sound - 1)];
    }
    const possible = isAbstractType(type)
      ? this.#schema.getPossibleTypes(type)
      : [type as GraphQLObjectType];
    const known = possible[random.int(0, possible.length - 1)]!;
    const isWrong = random.int(1, 100) <= of.faulty / 2;
    return this.#row(known, isWrong ? "Query" : known.name, place);
  }

  /**
   * No item throws: a list is made before anybody walks it. Where one failure
   * gives the list up, either all are promised or none: graphql forgets those
   * that it waits for when one fails at once.
   */
  #item(type: GraphQLOutputType, place: string): unknown {
    const { of, turns } = this.#context;
    if (isNonNullType(type) && of.promised > 0) {
      const item = turns.wait(() => this.of(type, place));
      // Of an item that is never reached nobody hears the failure.
      item.catch(() => undefined);
      return item;
    }
    try {
      return this.of(type, place);
    } catch (error) {
      return error;
    }
  }

  /** Its fields are methods and properties that are read. */
  #row(type: GraphQLObjectType, __typename: string, place: string): object {
    const row = { __typename, place };
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("load")) continue;
      const isMethod = hash(`${place}${field.name}`) % 3 === 0;
      const method = (args: unknown) =>
        this.of(field.type, `${place}/${field.name}${JSON.stringify(args)}`);
      Object.defineProperty(row, field.name, {
        get: () =>
          isMethod ? method : this.of(field.type, `${place}/${field.name}`),
      });
    }
    return row;
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

const schema: GraphQLSchema = everything({
  resolve: ({ type, field, source, args, context }) => {
    const { type: given } = (
      schema.getType(type) as GraphQLObjectType
    ).getFields()[field]!;
    return new Values(schema, context as Context).of(
      given,
      `${source?.place ?? ""}/${field}${JSON.stringify(args)}`,
    );
  },
  isRobot: (value, { of, turns }: Context) => {
    const random = new Random(hash(`${of.seed} robot ${value?.place}`));
    const isIt = random.int(1, 100) > of.faulty;
    return random.int(1, 100) <= of.promised ? turns.wait(() => isIt) : isIt;
  },
});

const aliases = ["a", "b", "__proto__", "constructor", "then", "toString"];

/** Writes a valid document; what is asked under one key has one meaning. */
class Writer {
  readonly #pick: GeneratorValue;
  readonly #variables = new Map<string, string>();
  readonly #values: Record<string, unknown> = {};
  readonly #fragments: string[] = [];
  /** The one field, with its arguments, that a key stands for. */
  readonly #keys = new Map<string, string>();
  #left = 40;

  constructor(pick: GeneratorValue) {
    this.#pick = pick;
  }

  write(): { source: string; variables: Readonly<Record<string, unknown>> } {
    const body = this.#selection(schema.getQueryType()!, 5);
    const declared = [...this.#variables.values()].join(", ");
    return {
      source: [
        `query ${declared ? `(${declared})` : ""} ${body}`,
        ...this.#fragments,
      ].join("\n"),
      variables: this.#values,
    };
  }

  #selection(type: { readonly name: string }, depth: number): string {
    const parts = ["__typename"];
    for (
      let count = this.#pick(fc.integer, { min: 1, max: 5 });
      count > 0;
      count -= 1
    ) {
      if (this.#left <= 0) break;
      this.#left -= 1;
      parts.push(this.#part(type.name, depth));
    }
    return `{ ${parts.join(" ")} }`;
  }

  #part(typename: string, depth: number): string {
    const type = schema.getType(typename)!;
    const isFragment = this.#chance(25);
    const fields =
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).filter(
            (field) => depth > 0 || isLeafType(getNamedType(field.type)),
          )
        : [];
    if (depth > 0 && (isFragment || fields.length === 0)) {
      return this.#fragment(typename, depth);
    }
    const field =
      fields[this.#pick(fc.nat, { max: Math.max(0, fields.length - 1) })];
    if (!field) return "__typename";
    const named = getNamedType(field.type);
    const call = `${field.name}${this.#arguments(field.args)}`;
    const wanted = this.#chance(30)
      ? aliases[this.#pick(fc.nat, { max: aliases.length - 1 })]!
      : field.name;
    // Keys are for one type of value only, so that everything can be merged.
    const meaning = `${call} ${String(field.type)}`;
    const key = this.#keys.get(wanted) ?? meaning;
    const isFree = key === meaning;
    if (isFree) this.#keys.set(wanted, meaning);
    const alias = isFree ? wanted : `k${hash(meaning)}`;
    const below = isCompositeType(named)
      ? this.#selection(named, depth - 1)
      : "";
    return `${alias}: ${call} ${this.#directives()} ${below}`;
  }

  #fragment(typename: string, depth: number): string {
    const type = schema.getType(typename);
    const possible = isAbstractType(type)
      ? schema.getPossibleTypes(type)
      : [type as GraphQLObjectType];
    const conditions = Object.values(schema.getTypeMap()).filter(
      (each) =>
        isCompositeType(each) &&
        !each.name.startsWith("__") &&
        (isAbstractType(each) ? schema.getPossibleTypes(each) : [each]).some(
          (one) => possible.includes(one),
        ),
    );
    const on = conditions[this.#pick(fc.nat, { max: conditions.length - 1 })]!;
    if (this.#chance(30)) {
      return `... ${this.#directives()} ${this.#selection({ name: typename }, depth - 1)}`;
    }
    const body = this.#selection(on, depth - 1);
    if (this.#chance(50)) {
      return `... on ${on.name} ${this.#directives()} ${body}`;
    }
    const name = `f${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${on.name} ${body}`);
    return `...${name} ${this.#directives()}`;
  }

  #directives(): string {
    if (!this.#chance(15)) return "";
    const name = this.#chance(50) ? "skip" : "include";
    return `@${name}(if: ${this.#flag()})`;
  }

  #flag(): string {
    if (this.#chance(30)) return String(this.#chance(50));
    const name = `flag${this.#pick(fc.nat, { max: 2 })}`;
    if (!this.#variables.has(name)) {
      const [declared, given] = [
        ["Boolean!", [true, false]],
        ["Boolean! = true", [true, false, undefined]],
        ["Boolean = false", [true, false, undefined, null]],
      ][this.#pick(fc.nat, { max: 2 })] as [string, unknown[]];
      this.#declare(name, declared, given);
    }
    return `$${name}`;
  }

  #arguments(all: readonly GraphQLArgument[]): string {
    const given = all
      .filter(() => this.#chance(50))
      .map(({ name, type }) => `${name}: ${this.#value(type, 2)}`);
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  #value(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    if (this.#chance(30)) return this.#variable(type);
    return this.#chance(15) ? "null" : this.#literal(type, depth);
  }

  #variable(type: GraphQLInputType): string {
    const name = `v${hash(String(type))}x${this.#pick(fc.nat, { max: 1 })}`;
    if (!this.#variables.has(name)) {
      const known: Readonly<Record<string, unknown[]>> = {
        Int: [1, 2, null, undefined, "wrong"],
        String: ["given", null, undefined],
        Color: ["GREEN", null, undefined],
        "[ID!]": [["a", 1], "one", [], null, undefined],
        Filter: [
          {},
          { text: null, inner: { ids: "x", least: 5 } },
          null,
          undefined,
          { least: null },
        ],
      };
      this.#declare(name, String(type), known[String(type)] ?? [undefined]);
    }
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    if (isListType(type)) {
      return `[${Array.from({ length: this.#pick(fc.nat, { max: 2 }) }, () => this.#value(type.ofType, depth)).join(", ")}]`;
    }
    if (isEnumType(type)) return this.#chance(50) ? "RED" : "GREEN";
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => this.#chance(40) && (depth > 0 || field.name !== "inner"),
      );
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type, depth - 1)}`).join(", ")} }`;
    }
    return (getNamedType(type) as { name: string }).name === "Int"
      ? String(this.#pick(fc.nat, { max: 3 }))
      : `"${this.#pick(fc.nat, { max: 3 })}"`;
  }

  #declare(name: string, declared: string, values: readonly unknown[]): void {
    this.#variables.set(name, `$${name}: ${declared}`);
    const value = values[this.#pick(fc.nat, { max: values.length - 1 })];
    if (value !== undefined) this.#values[name] = value;
  }

  #chance(percent: number): boolean {
    return this.#pick(fc.nat, { max: 99 }) < percent;
  }
}

/** Equal keys and equal numbers of runs: a failure can be had again. */
const seeded = { seed: 20_240_501, numRuns: 250, endOnFailure: true };

const cases = (faulty: number, promised: number) =>
  fc.asyncProperty(fc.gen(), fc.nat(), async (pick, seed) => {
    const { source, variables } = new Writer(pick).write();
    const { expected, compiled } = await bothWays({
      schema,
      source,
      variables,
      context: (): Context => ({
        of: { seed, faulty, promised },
        turns: new Turns(),
      }),
    });
    expect({ source, ...compiled }).toEqual({ source, ...expected });
    expect(JSON.stringify(compiled.data)).toBe(JSON.stringify(expected.data));
    answered += expected.data === null ? 0 : 1;
    failed += expected.errors.filter(({ message }) =>
      /(value|thrown) /.test(message),
    ).length;
    // Without a fault only arguments can be wrong.
    const others = expected.errors.filter(
      ({ message }) =>
        !/^(Argument|Variable|Expected value|Int cannot)/.test(message),
    );
    if (faulty === 0) expect(others).toEqual([]);
  });

let answered = 0;
let failed = 0;

describe("generated operations", () => {
  beforeEach(() => {
    answered = 0;
    failed = 0;
  });
  it.each([
    [0, 0],
    [0, 40],
    [6, 0],
    [4, 25],
    [15, 40],
  ])(
    "are answered as by graphql: %i %% faulty, %i %% promised",
    async (faulty, promised) => {
      await fc.assert(cases(faulty, promised), seeded);
      expect(answered).toBeGreaterThan(seeded.numRuns / 5);
      if (faulty > 0) expect(failed).toBeGreaterThan(20);
    },
  );
});
