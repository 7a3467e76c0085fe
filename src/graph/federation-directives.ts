import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  parseConstValue,
  visit,
} from "graphql";
import type { Platform } from "../platforms/platform";
import type { Scope } from "./caller";

/** The version of the federation specification that the schema links to. */
const version = "v2.9";

/** What the schema imports of it. */
const imports = [
  "@key",
  "@shareable",
  "@authenticated",
  "@requiresScopes",
  "@cost",
  "@listSize",
  "@tag",
];

/** The head of the schema's SDL. */
export const federationLink = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/${version}"
    import: [${imports.map((name) => `"${name}"`).join(", ")}]
  )
`;

/**
 * What a field costs that sends requests of its own, beside what it returns:
 * an object weighs 1, so the price of an operation grows with its requests
 * first.
 */
const requestWeight = 10;

/**
 * Fields that send a request for each parent, or are where reading begins. All
 * others share their requests with their neighbours, or come with their
 * parent.
 */
const requestFields: Readonly<Record<string, ReadonlySet<string>>> = {
  Query: new Set([
    "customer",
    "customerGroup",
    "customerGroups",
    "customers",
    "customersByEmail",
    "node",
    "nodes",
  ]),
  Store: new Set(["customerGroups", "customers"]),
  CustomerGroup: new Set(["customers"]),
  Customer: new Set(["sameEmail"]),
};

/** How many are taken for granted of a list that has no `first`. */
const assumedSizes: Readonly<Record<string, number>> = {
  "Query.nodes": 25,
  "Query.stores": 3,
  "Query.customersByEmail": 3,
  "Customer.sameEmail": 2,
  "Customer.addresses": 2,
};

/**
 * Says in the schema, in federation's own directives, what a router may act on:
 *
 * - `@listSize` on every connection (its size is `first`), and on the common
 *   lists without one;
 * - `@cost` on the fields that send requests of their own;
 * - `@requiresScopes` on every entity type and on every field that leads to
 *   one, and `@authenticated` on the other entries: just what the server
 *   itself enforces.
 *
 * Composition accepts the latter three on object types only; an interface has
 * what its types have.
 */
export function addFederationDirectives(
  document: DocumentNode,
  platforms: readonly Platform[],
): DocumentNode {
  const scopes = scopesOfTypes(platforms);
  return visit(document, {
    ObjectTypeDefinition: (type) => ({
      ...type,
      directives: [...(type.directives ?? []), ...accessOfType(type, scopes)],
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [
          ...(field.directives ?? []),
          ...accessOfField(type, field, scopes),
          ...costOf(type, field),
          ...listSizeOf(type, field),
        ],
      })),
    }),
    InterfaceTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [...(field.directives ?? []), ...listSizeOf(type, field)],
      })),
    }),
  });
}

function scopesOfTypes(
  platforms: readonly Platform[],
): ReadonlyMap<string, Scope> {
  return new Map<string, Scope>([
    ["CustomerGroup", "read:groups"],
    ["Customer", "read:customers"],
    ...platforms.flatMap(({ kinds }) =>
      kinds.map(({ typename, scope }) => [typename, scope] as const),
    ),
  ]);
}

function accessOfType(
  type: ObjectTypeDefinitionNode,
  scopes: ReadonlyMap<string, Scope>,
): ConstDirectiveNode[] {
  if (type.name.value === "Store") return [directive("authenticated")];
  const scope = scopes.get(type.name.value);
  return scope ? [requiresScope(scope)] : [];
}

function accessOfField(
  type: ObjectTypeDefinitionNode,
  field: FieldDefinitionNode,
  scopes: ReadonlyMap<string, Scope>,
): ConstDirectiveNode[] {
  const isRoot = type.name.value === "Query";
  const scope = scopes.get(nameOf(field.type).replace(/Connection$/, ""));
  const own = scopes.get(type.name.value);
  const isEntry = isRoot || type.name.value === "Store" || own !== undefined;
  // Within a type of the same scope, and below it, it is required already.
  if (scope && isEntry && scope !== own) return [requiresScope(scope)];
  return isRoot && !scope ? [directive("authenticated")] : [];
}

function costOf(
  type: ObjectTypeDefinitionNode,
  field: FieldDefinitionNode,
): ConstDirectiveNode[] {
  return namesOf(type).some((name) =>
    requestFields[name]?.has(field.name.value),
  )
    ? [directive("cost", { weight: String(requestWeight) })]
    : [];
}

function listSizeOf(
  type: Pick<ObjectTypeDefinitionNode, "name" | "interfaces">,
  field: FieldDefinitionNode,
): ConstDirectiveNode[] {
  if (nameOf(field.type).endsWith("Connection")) {
    return [
      directive("listSize", {
        slicingArguments: '["first"]',
        sizedFields: '["edges", "nodes"]',
        // It has a default.
        requireOneSlicingArgument: "false",
      }),
    ];
  }
  const assumed = namesOf(type)
    .map((name) => assumedSizes[`${name}.${field.name.value}`])
    .find((size) => size !== undefined);
  return assumed === undefined
    ? []
    : [directive("listSize", { assumedSize: String(assumed) })];
}

function namesOf({
  name,
  interfaces,
}: Pick<ObjectTypeDefinitionNode, "name" | "interfaces">): string[] {
  return [name, ...(interfaces ?? []).map((type) => type.name)].map(
    ({ value }) => value,
  );
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

function requiresScope(scope: Scope): ConstDirectiveNode {
  return directive("requiresScopes", { scopes: `[["${scope}"]]` });
}

/** @param values in GraphQL's own notation. */
function directive(
  name: string,
  values: Readonly<Record<string, string>> = {},
): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: parseConstValue(value),
    })),
  };
}
