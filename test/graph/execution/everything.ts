import {
  GraphQLEnumType,
  GraphQLScalarType,
  type GraphQLSchema,
  buildSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from "graphql";

const definitions = /* GraphQL */ `
  scalar Odd
  enum Color {
    RED
    GREEN
  }
  input Filter {
    text: String = "some"
    ids: [ID!]
    color: Color = RED
    inner: Filter
    least: Int! = 2
  }
  interface Node {
    id: ID!
    name: String
    peer: Node
  }
  interface Named implements Node {
    id: ID!
    name: String
    peer: Node
    nick(of: String! = "x"): String
  }
  type Person implements Node & Named {
    id: ID!
    name: String
    peer: Node
    nick(of: String! = "x"): String
    age: Int
    must: Int!
    isOld: Boolean!
    height: Float
    odd: Odd
    mustOdd: Odd!
    color: Color
    colors: [Color!]
    friend: Person
    dear: Person!
    friends: [Person]
    dears: [Person!]!
    grid: [[Int!]]
    people: [[Person!]!]
    things: [Thing]
    loadAge(filter: Filter, of: Int = 3): Int
    loadMust: Int!
    loadFriend(filter: Filter): Person
    loadDear: Person!
    loadFriends: [Person!]
  }
  type Robot implements Node {
    id: ID!
    name: String
    peer: Node
    maker: Person!
    model: String!
  }
  type Place {
    title: String
    owner: Node
    loadOwner: Node!
  }
  union Thing = Person | Robot | Place
  type Query {
    person: Person
    sure: Person!
    node: Node
    named: Named
    thing: Thing
    things: [Thing!]
    nodes: [Node]!
    numbers: [Int]
    echo(filter: Filter, ids: [ID!], n: Int! = 1, color: Color): String
    must(n: Int! = 1): String!
    odd: Odd
    plain(n: Int! = 1): String
    color: Color
    count: Int
  }
`;

/** Gives the value of a field that has a resolver; see `everything`. */
export type Resolve = (place: {
  readonly type: string;
  readonly field: string;
  readonly source: any;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: any;
}) => unknown;

export interface Deciders {
  /** Of every field of the query, `plain` aside, and of those named `load…`. */
  readonly resolve: Resolve;
  /** Default: none, so `__typename` and `isTypeOf` decide. */
  readonly resolveType?: (value: any, context: any) => any;
  /** Of `Robot`. Default: none. */
  readonly isRobot?: (value: any, context: any) => boolean | Promise<boolean>;
}

/**
 * A schema with a bit of everything. Fields that are not resolved by
 * `deciders` are properties or methods of what they belong to.
 */
export function everything(deciders: Deciders): GraphQLSchema {
  const schema = buildSchema(definitions);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type instanceof GraphQLScalarType && type.name === "Odd") {
      type.serialize = serializeOdd;
    } else if (type instanceof GraphQLEnumType) {
      continue;
    } else if (isInterfaceType(type) || isUnionType(type)) {
      if (deciders.resolveType) type.resolveType = deciders.resolveType;
    } else if (isObjectType(type) && !type.name.startsWith("__")) {
      if (type.name === "Robot" && deciders.isRobot) {
        type.isTypeOf = deciders.isRobot;
      }
      for (const field of Object.values(type.getFields())) {
        const isResolved =
          type.name === "Query"
            ? field.name !== "plain"
            : field.name.startsWith("load");
        if (!isResolved) continue;
        field.resolve = (source, args, context) =>
          deciders.resolve({
            type: type.name,
            field: field.name,
            source,
            args: args as Record<string, unknown>,
            context,
          });
      }
    }
  }
  return schema;
}

function serializeOdd(value: unknown): unknown {
  switch (value) {
    case "throw":
      throw new TypeError("odd");
    case "nothing":
      return undefined;
    case "null":
      return null;
    default:
      return { of: value };
  }
}
