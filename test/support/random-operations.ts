import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from "graphql";
import type { Random } from "../../src/sandbox/random";

/** What operations can speak of: all of it exists, unless it is named gone. */
export interface World {
  readonly schema: GraphQLSchema;
  readonly stores: readonly string[];
  /** Global ids by their kind. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly emails: readonly string[];
  /** Cursors of lists without a filter, by their field: `Query.customers`. */
  readonly cursors: Readonly<Record<string, readonly string[]>>;
}

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Writes a valid operation of some fields, down to the given depth. */
export function randomOperation(
  random: Random,
  world: World,
  { maxDepth = 9, maxFields = 40 } = {},
): RandomOperation {
  return new OperationWriter(random, world, maxDepth, maxFields).write();
}

class OperationWriter {
  readonly #random: Random;
  readonly #world: World;
  readonly #maxDepth: number;
  readonly #variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  #aliases = 0;
  /** Fields that may still be written. */
  #left: number;

  constructor(
    random: Random,
    world: World,
    maxDepth: number,
    maxFields: number,
  ) {
    this.#random = random;
    this.#world = world;
    this.#maxDepth = maxDepth;
    this.#left = random.int(3, maxFields);
  }

  write(): RandomOperation {
    const query = this.#world.schema.getQueryType()!;
    const fields = Object.values(query.getFields());
    const body = Array.from({ length: this.#random.int(1, 3) }, () =>
      this.#field(query.name, this.#random.pick(fields), 1),
    ).join(" ");
    const declared =
      this.#declared.length > 0 ? `(${this.#declared.join(", ")})` : "";
    return {
      query: [`query Random${declared} { ${body} }`, ...this.#fragments].join(
        " ",
      ),
      variables: this.#variables,
    };
  }

  #field(
    parent: string,
    field: GraphQLField<unknown, unknown>,
    depth: number,
  ): string {
    this.#left -= 1;
    this.#aliases += 1;
    const args = this.#arguments(parent, field, depth);
    const below = this.#selection(field.type, depth + 1);
    const directive = this.#random.chance(0.03)
      ? ` @include(if: ${String(this.#random.chance(0.7))})`
      : "";
    return `f${this.#aliases}: ${field.name}${args}${directive}${below}`;
  }

  #selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return "";
    const { schema } = this.#world;
    const parts: string[] = [];
    if (isObjectType(named)) {
      parts.push(...this.#fields(named.name, named.getFields(), depth));
    } else if (isAbstractType(named)) {
      if ("getFields" in named) {
        parts.push(...this.#fields(named.name, named.getFields(), depth));
      }
      const possible = this.#random
        .shuffle(schema.getPossibleTypes(named))
        .slice(0, this.#random.int(0, 3));
      for (const object of possible) {
        const inside = this.#fields(object.name, object.getFields(), depth);
        if (inside.length === 0) continue;
        if (this.#random.chance(0.3)) {
          const name = `Part${this.#fragments.length + 1}`;
          this.#fragments.push(
            `fragment ${name} on ${object.name} { ${inside.join(" ")} }`,
          );
          parts.push(`...${name}`);
        } else {
          parts.push(`... on ${object.name} { ${inside.join(" ")} }`);
        }
      }
    }
    return ` { ${parts.length > 0 ? parts.join(" ") : "__typename"} }`;
  }

  #fields(
    parent: string,
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    depth: number,
  ): string[] {
    const all = Object.values(fields);
    const isConnection = parent.endsWith("Connection");
    const leaves = all.filter(({ type }) => isLeafType(getNamedType(type)));
    const links = all.filter(({ type }) => !isLeafType(getNamedType(type)));
    const chosen = [
      ...this.#random.shuffle(leaves).slice(0, this.#random.int(0, 2)),
      ...(depth < this.#maxDepth && this.#left > 0
        ? this.#random
            .shuffle(links)
            .slice(0, this.#random.int(isConnection ? 1 : 0, 2))
        : []),
    ];
    return chosen.map((field) => this.#field(parent, field, depth));
  }

  #arguments(
    parent: string,
    field: GraphQLField<unknown, unknown>,
    depth: number,
  ): string {
    const cursors = this.#world.cursors[`${parent}.${field.name}`] ?? [];
    const usesCursor = cursors.length > 0 && this.#random.chance(0.2);
    const written = field.args.flatMap((argument) => {
      const value = usesCursor
        ? argument.name === "after"
          ? this.#random.pick(cursors)
          : argument.name === "filter"
            ? undefined
            : this.#value(argument, field, depth)
        : this.#value(argument, field, depth);
      if (value === undefined) return [];
      if (!this.#random.chance(0.4)) {
        return [`${argument.name}: ${literal(value)}`];
      }
      const name = `v${this.#declared.length + 1}`;
      this.#declared.push(`$${name}: ${String(argument.type)}`);
      this.#variables[name] = plain(value);
      return [`${argument.name}: $${name}`];
    });
    return written.length > 0 ? `(${written.join(", ")})` : "";
  }

  #value(
    { name }: GraphQLArgument,
    field: GraphQLField<unknown, unknown>,
    depth: number,
  ): unknown {
    const random = this.#random;
    const { stores, emails } = this.#world;
    switch (name) {
      case "first":
        return random.chance(0.2)
          ? undefined
          : random.pick(
              depth < 3
                ? [0, 1, 2, 5, 10, 20, 25, 26, 60, 100]
                : [0, 1, 2, 3, 5, 10],
            );
      case "filter":
        return random.chance(0.6)
          ? undefined
          : this.#filter(getNamedType(field.type).name);
      case "id":
        return this.#id(
          field.name === "customer"
            ? "Customer"
            : field.name === "customerGroup"
              ? "CustomerGroup"
              : undefined,
        );
      case "ids":
        return this.#ids(random.int(0, 60));
      case "representations":
        return this.#ids(random.int(0, 80)).map((id) => ({
          __typename: this.#typenameOf(id),
          id,
        }));
      case "key":
        return random.pick(stores);
      case "email":
        return random.pick(emails);
      default:
        return undefined;
    }
  }

  #filter(connection: string): unknown {
    const random = this.#random;
    const { stores, emails } = this.#world;
    const isGroups = connection === "CustomerGroupConnection";
    const kind = isGroups ? "CustomerGroup" : "Customer";
    const all: Record<string, () => unknown> = {
      stores: () =>
        random.shuffle(stores).slice(0, random.int(1, stores.length)),
      ids: () =>
        Array.from({ length: random.int(1, 40) }, () => this.#id(kind)),
      createdAt: () => ({ min: "2024-01-01T00:00:00Z" }),
      ...(isGroups
        ? {
            name: () => random.pick(["VIP", "General", "Trade"]),
            nameContains: () => random.pick(["a", "VIP", "zzz"]),
            isDefault: () => random.chance(0.5),
          }
        : {
            customerGroup: () => this.#id("CustomerGroup"),
            email: () => random.pick(emails),
            search: () => random.pick(["a", "john", "zzz"]),
          }),
    };
    const names = random
      .shuffle(Object.keys(all))
      .slice(0, random.chance(0.8) ? 1 : 2);
    return Object.fromEntries(names.map((name) => [name, all[name]?.()]));
  }

  #id(kind?: string): string {
    const { ids } = this.#world;
    return this.#random.pick(
      ids[kind ?? this.#random.pick(Object.keys(ids))] ?? [],
    );
  }

  #ids(count: number): string[] {
    // Half of them of one kind, so that there is something to batch.
    const kind = this.#random.pick(Object.keys(this.#world.ids));
    return Array.from({ length: count }, (_, index) =>
      this.#id(index % 2 === 0 ? kind : undefined),
    );
  }

  /** As a gateway would name it: by the entity, or by the common interface. */
  #typenameOf(id: string): string {
    const [, kind = ""] = /^gid:\/\/clientele\/(\w+)\//.exec(id) ?? [];
    return kind;
  }
}

/** A value in GraphQL's own notation. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, entry]) => `${key}: ${literal(entry)}`,
    );
    return `{ ${entries.join(", ")} }`;
  }
  return JSON.stringify(value);
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
