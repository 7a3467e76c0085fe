import {
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { getMetadataStorage } from "type-graphql";
import { requireScope } from "./authorize";
import type { Scope } from "./caller";
import type { OperationContext } from "./operation-context";

type Resolver = GraphQLFieldResolver<unknown, OperationContext>;
type Method = (...parameters: unknown[]) => unknown;
type Handler = Pick<
  ReturnType<typeof getMetadataStorage>["fieldResolvers"][number],
  "target" | "methodName" | "params" | "roles" | "middlewares"
>;
type Parameter = NonNullable<Handler["params"]>[number];

/** Gives the value of a parameter of a resolver's method. */
type ParameterValue = (
  root: unknown,
  args: Readonly<Record<string, unknown>>,
  context: OperationContext,
  info: GraphQLResolveInfo,
) => unknown;

/**
 * Lets the fields of a schema call our resolvers directly. What type-graphql
 * puts around each of them (it sorts the parameters at every call, and checks
 * scopes in a chain of promises) costs more than most of them do. They are
 * called with the same values after the same check.
 *
 * @throws Error when a resolver is declared with anything that is not done
 *   here, so that nothing is left out silently.
 */
export function callDirectly(schema: GraphQLSchema): void {
  const { fieldResolvers, queries, objectTypes, interfaceTypes } =
    getMetadataStorage();
  const nameOf = new Map<unknown, string>(
    [...objectTypes, ...interfaceTypes].map(({ target, name }) => [
      target,
      name,
    ]),
  );
  const handlers = new Map<string, Resolver>();
  for (const query of queries) {
    handlers.set(`Query.${query.schemaName}`, toResolver(query));
  }
  for (const handler of fieldResolvers) {
    const owner = nameOf.get(handler.getObjectType?.());
    if (handler.kind !== "external" || owner === undefined) {
      throw new Error(`${handler.methodName} is no method of a resolver class`);
    }
    handlers.set(`${owner}.${handler.schemaName}`, toResolver(handler));
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isObjectType(type)) resolveBy(handlers, type);
    if (isInterfaceType(type)) type.resolveType = byClass(type.resolveType);
  }
}

/** Remembers which type rows of a class are of: it is told by the class alone. */
function byClass(
  resolveType: GraphQLInterfaceType["resolveType"],
): GraphQLInterfaceType["resolveType"] {
  const types = new Map<unknown, ReturnType<typeof resolve>>();
  const resolve: NonNullable<typeof resolveType> = (row, ...others) => {
    const { constructor } = row as { readonly constructor: unknown };
    let type = types.get(constructor);
    if (type === undefined) {
      type = resolveType?.(row, ...others);
      types.set(constructor, type);
    }
    return type;
  };
  return resolve;
}

/** A type's own resolver goes before that of an interface. */
function resolveBy(
  handlers: ReadonlyMap<string, Resolver>,
  type: GraphQLObjectType,
): void {
  const owners = [type, ...type.getInterfaces()].map(({ name }) => name);
  for (const field of Object.values(type.getFields())) {
    if (!field.resolve) continue;
    const owner = owners.find((name) => handlers.has(`${name}.${field.name}`));
    const resolver = handlers.get(`${owner ?? ""}.${field.name}`);
    if (!resolver)
      throw new Error(`${type.name}.${field.name} has no resolver`);
    field.resolve = resolver as typeof field.resolve;
  }
}

function toResolver(handler: Handler): Resolver {
  const { target, methodName, params = [], roles, middlewares = [] } = handler;
  if (middlewares.length > 0) {
    throw new Error(`${methodName} has middlewares, which nobody would call`);
  }
  const instance = new (target as new () => Record<string, Method>)();
  const method = instance[methodName]?.bind(instance);
  if (!method) throw new Error(`${target.name} has no method ${methodName}`);
  const scopes = (roles ?? []) as readonly Scope[];
  const values = [...params].sort((a, b) => a.index - b.index).map(valueOf);
  return (root, args, context, info) => {
    for (const scope of scopes) requireScope(context, scope);
    const given = args as Readonly<Record<string, unknown>>;
    return method(...values.map((value) => value(root, given, context, info)));
  };
}

function valueOf(parameter: Parameter): ParameterValue {
  switch (parameter.kind) {
    case "root":
      return (root) => root;
    case "args":
      return (_, args) => args;
    case "arg": {
      const { name } = parameter;
      return (_, args) => args[name];
    }
    case "context":
      return (_, __, context) => context;
    case "info":
      return (_, __, ___, info) => info;
    default:
      throw new Error(
        `a parameter of kind ${parameter.kind} is not known here`,
      );
  }
}
