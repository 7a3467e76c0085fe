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
 * What a request upstream costs beside the rows that it brings, which weigh 1
 * each: so the price of an operation grows with its requests first.
 */
const requestWeight = directive("cost", { weight: "10" });

/**
 * Types of which every object is read by a request of its own. The weight stands
 * on them rather than on the fields that give them: an interface's field cannot
 * have one.
 */
const requestTypes: ReadonlySet<string> = new Set([
  "CustomerConnection",
  "CustomerGroupConnection",
]);

/**
 * Other fields that are read by a request of their own, or by one for each row
 * where they are lists: a list's weight is multiplied by its size. All others
 * share their requests with their neighbours, or come with their parent.
 */
const requestFields: ReadonlySet<string> = new Set([
  "Query.customer",
  "Query.customerGroup",
  "Query.customersByEmail",
  "Query.node",
]);

/**
 * Says in the schema, in federation's own directives, what a router may act on:
 *
 * - `@listSize` on every connection: its size is `first`. Other lists have it
 *   from `AssumedSize`, where they are declared;
 * - `@cost` on what is read by a request of its own;
 * - `@requiresScopes` on every entity type and on every field that leads to
 *   one, and `@authenticated` on the other entries: just what the server
 *   itself enforces.
 *
 * Composition accepts the latter three on object types only. Access is that of
 * the types that implement an interface; costs are not, which is why they stand
 * where every way leads.
 */
export function addFederationDirectives(
  document: DocumentNode,
  platforms: readonly Platform[],
): DocumentNode {
  const scopes = scopesOfTypes(platforms);
  return visit(document, {
    ObjectTypeDefinition: (type) => ({
      ...type,
      directives: [
        ...(type.directives ?? []),
        ...accessOfType(type, scopes),
        ...(requestTypes.has(type.name.value) ? [requestWeight] : []),
      ],
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [
          ...(field.directives ?? []),
          ...accessOfField(type, field, scopes),
          ...costOf(type, field),
          ...listSizeOf(field),
        ],
      })),
    }),
    InterfaceTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [...(field.directives ?? []), ...listSizeOf(field)],
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
  return requestFields.has(`${type.name.value}.${field.name.value}`)
    ? [requestWeight]
    : [];
}

function listSizeOf(field: FieldDefinitionNode): ConstDirectiveNode[] {
  return nameOf(field.type).endsWith("Connection")
    ? [
        directive("listSize", {
          slicingArguments: '["first"]',
          sizedFields: '["edges", "nodes"]',
          // It has a default.
          requireOneSlicingArgument: "false",
        }),
      ]
    : [];
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
