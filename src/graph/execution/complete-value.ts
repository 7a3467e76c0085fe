import {
  type GraphQLAbstractType,
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLString,
  defaultTypeResolver,
  isAbstractType,
  isCompositeType,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  getNullableType,
} from "graphql";
import type { Path } from "./collected-errors";
import {
  type FieldPlan,
  type Run,
  executeSelection,
  failAt,
} from "./field-plan";
import { isPromise } from "./is-promise";

/**
 * Completes what a resolver gave: CompleteValue of the GraphQL specification,
 * for one type at one place.
 *
 * @param path of the value; there where something lies below it.
 * @param info of the field; there where something lies below it.
 * @throws what makes the place null.
 */
export type CompleteValue = (
  run: Run,
  value: unknown,
  path: Path | undefined,
  info: GraphQLResolveInfo | undefined,
) => unknown;

/** The way in which values of a type are completed at a field. */
export function completerOf(
  field: FieldPlan,
  type: GraphQLOutputType,
): CompleteValue {
  if (isNonNullType(type))
    return nonNull(field, completerOf(field, type.ofType));
  if (isListType(type)) return list(field, type);
  if (isLeafType(type)) return leaf(type);
  return isAbstractType(type) ? abstract(field, type) : object(field, type);
}

function nonNull(
  { parentType, field }: FieldPlan,
  complete: CompleteValue,
): CompleteValue {
  return (run, value, path, info) => {
    const completed = complete(run, value, path, info);
    if (completed !== null) return completed;
    throw new Error(
      `Cannot return null for non-nullable field ${parentType.name}.${field.name}.`,
    );
  };
}

/** Types whose values of one JavaScript type are what the answer holds. */
const asIs: ReadonlyMap<GraphQLLeafType, string> = new Map<
  GraphQLLeafType,
  string
>([
  [GraphQLString, "string"],
  [GraphQLID, "string"],
  [GraphQLBoolean, "boolean"],
]);

function leaf(type: GraphQLLeafType): CompleteValue {
  const plain = asIs.get(type);
  return (_, value) => {
    if (typeof value === plain) return value;
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const serialized: unknown = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(`The scalar ${type.name} made nothing of a value.`);
  };
}

function list(
  field: FieldPlan,
  { ofType }: GraphQLList<GraphQLOutputType>,
): CompleteValue {
  const complete = completerOf(field, ofType);
  const isPlace = hasPlaces(ofType);
  return (run, value, path, info) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    if (!isIterable(value)) {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.field.name}".`,
      );
    }
    const fail = (index: number, error: unknown, place?: Path) =>
      failAt(run, field.nodes, ofType, place ?? itemAt(path, index), error);
    const items: unknown[] = [];
    let isPending = false;
    try {
      for (const item of value) {
        const index = items.length;
        const place = isPlace ? itemAt(path, index) : undefined;
        try {
          const completed = isPromise(item)
            ? item.then((settled) => complete(run, settled, place, info))
            : complete(run, item, place, info);
          if (isPromise(completed)) {
            isPending = true;
            items.push(
              completed.then(undefined, (error: unknown) =>
                fail(index, error, place),
              ),
            );
          } else {
            items.push(completed);
          }
        } catch (error) {
          items.push(fail(index, error, place));
        }
      }
    } catch (error) {
      // What is under way may fail as well, and must not do so unheard.
      hear(items);
      if (Array.isArray(value)) hear(value.slice(items.length));
      throw error;
    }
    return isPending ? Promise.all(items) : items;
  };
}

/** Lets promises fail whose values nobody waits for. */
function hear(values: readonly unknown[]): void {
  for (const value of values) {
    if (isPromise(value)) value.then(undefined, () => undefined);
  }
}

/** Whether something below a value of the type can have a place of its own. */
export function hasPlaces(type: GraphQLOutputType): boolean {
  return (
    isListType(getNullableType(type)) || isCompositeType(getNamedType(type))
  );
}

function itemAt(prev: Path | undefined, key: number): Path {
  return { prev, key, typename: undefined };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === "function"
  );
}

function abstract(field: FieldPlan, type: GraphQLAbstractType): CompleteValue {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const { schema } = field.scope;
  const possible = new Map<unknown, CompleteValue>(
    schema
      .getPossibleTypes(type)
      .map((each) => [each.name, object(field, each)] as const),
  );
  return (run, value, path, info) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const complete = (name: unknown) => {
      const completeObject = possible.get(name);
      if (completeObject) return completeObject(run, value, path, info);
      throw new GraphQLError(
        `Abstract type "${type.name}" must resolve to one of its object types at runtime for field "${field.parentType.name}.${field.field.name}".`,
        { nodes: field.nodes },
      );
    };
    const name = resolveType(
      value,
      run.context,
      info as GraphQLResolveInfo,
      type,
    );
    return isPromise(name) ? name.then(complete) : complete(name);
  };
}

function object(field: FieldPlan, type: GraphQLObjectType): CompleteValue {
  const { isTypeOf } = type;
  return (run, value, path, info) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    // Before the type is looked at, as in graphql: it may fail.
    const selection = field.selectionOf(type);
    const complete = (isOfType: boolean) => {
      if (isOfType) return executeSelection(run, selection, value, path);
      throw new GraphQLError(
        `Expected value of type "${type.name}" but got another one.`,
        { nodes: field.nodes },
      );
    };
    if (!isTypeOf) return complete(true);
    const answer = isTypeOf(value, run.context, info as GraphQLResolveInfo);
    return isPromise(answer) ? answer.then(complete) : complete(answer);
  };
}
