import {
  type ArgumentNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type ValueNode,
  getArgumentValues,
  isNonNullType,
  locatedError,
  responsePathAsArray,
} from "graphql";
import {
  type FieldNodes,
  type SelectionScope,
  collectFields,
} from "./collect-fields";
import type { CollectedErrors, Path } from "./collected-errors";
import { type CompleteValue, completerOf, hasPlaces } from "./complete-value";
import { isPromise } from "./is-promise";

/** What the fields of one operation's plan have in common. */
export interface PlanScope extends SelectionScope {
  readonly operation: OperationDefinitionNode;
}

/** One execution of a plan. */
export interface Run {
  readonly context: unknown;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: CollectedErrors;
}

/** What is selected of one object type at one place of an operation. */
export interface SelectionPlan {
  readonly fields: readonly FieldPlan[];
  /** Makes the empty object that these fields fill. */
  readonly Answer: new () => Record<string, unknown>;
}

/** Plans what is selected of a type. @throws as {@link collectFields}. */
export function planSelection(
  scope: PlanScope,
  type: GraphQLObjectType,
  nodes: readonly Pick<FieldNodes[0], "selectionSet">[],
): SelectionPlan {
  const collected = collectFields(
    scope,
    type,
    nodes.map(({ selectionSet }) => selectionSet),
  );
  const fields: FieldPlan[] = [];
  for (const [key, fieldNodes] of collected) {
    const field = fieldOf(scope.schema, type, fieldNodes[0].name.value);
    if (field) fields.push(new FieldPlan(scope, type, key, field, fieldNodes));
  }
  return { fields, Answer: createAnswerClass() };
}

/** The field of a type by its name, those of introspection included. */
function fieldOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

/**
 * Objects of one class share one layout in memory. They inherit nothing: a
 * client may call a field `__proto__`.
 */
function createAnswerClass(): SelectionPlan["Answer"] {
  const Answer = function () {} as unknown as SelectionPlan["Answer"];
  Answer.prototype = Object.create(null) as object;
  return Answer;
}

/** Executes what is selected of an object: ExecuteSelectionSet. */
export function executeSelection(
  run: Run,
  { fields, Answer }: SelectionPlan,
  source: unknown,
  path: Path | undefined,
): unknown {
  const answer = new Answer();
  let pending: PromiseLike<void>[] | undefined;
  try {
    for (const field of fields) {
      const { key } = field;
      const value = field.execute(run, source, path);
      if (isPromise(value)) {
        // Keeps the key's place in the order.
        answer[key] = undefined;
        (pending ??= []).push(
          value.then((settled) => {
            answer[key] = settled;
          }),
        );
      } else {
        answer[key] = value;
      }
    }
  } catch (error) {
    if (!pending) throw error;
    // The others may fail as well, and must not do so unheard.
    return Promise.all(pending).finally(() => {
      throw error;
    });
  }
  return pending ? Promise.all(pending).then(() => answer) : answer;
}

const noArguments: Record<string, unknown> = {};

/** One field at one place of an operation, with all that is known beforehand. */
export class FieldPlan {
  readonly scope: PlanScope;
  readonly key: string;
  readonly nodes: FieldNodes;
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly #name: string;
  readonly #resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  readonly #complete: CompleteValue;
  /** Whether places below it are told by its own. */
  readonly #isPlace: boolean;
  readonly #arguments: (run: Run) => Record<string, unknown>;
  readonly #selections = new Map<GraphQLObjectType, SelectionPlan>();

  constructor(
    scope: PlanScope,
    parentType: GraphQLObjectType,
    key: string,
    field: GraphQLField<unknown, unknown>,
    nodes: FieldNodes,
  ) {
    this.scope = scope;
    this.parentType = parentType;
    this.key = key;
    this.field = field;
    this.nodes = nodes;
    this.#name = field.name;
    const isTypename = field === TypeNameMetaFieldDef;
    this.#resolve = isTypename ? () => parentType.name : field.resolve;
    this.#isPlace =
      !isTypename && (field.resolve !== undefined || hasPlaces(field.type));
    this.#arguments = argumentsOf(field, nodes[0]);
    this.#complete = completerOf(this, field.type);
  }

  /** What is selected of an object type below this field. */
  selectionOf(type: GraphQLObjectType): SelectionPlan {
    let selection = this.#selections.get(type);
    if (!selection) {
      selection = planSelection(this.scope, type, this.nodes);
      this.#selections.set(type, selection);
    }
    return selection;
  }

  /** ExecuteField. @throws GraphQLError when the field is non-null and failed. */
  execute(run: Run, source: unknown, parent: Path | undefined): unknown {
    const path = this.#isPlace ? this.#pathBelow(parent) : undefined;
    try {
      const info = path && this.#infoAt(run, path);
      const value = this.#resolve
        ? this.#resolve(
            source,
            this.#arguments(run),
            run.context,
            info as GraphQLResolveInfo,
          )
        : this.#property(run, source, parent);
      if (isPromise(value)) return this.#settle(run, value, parent, path, info);
      const completed = this.#complete(run, value, path, info);
      return isPromise(completed)
        ? completed.then(undefined, (error: unknown) =>
            this.#fail(run, error, path ?? this.#pathBelow(parent)),
          )
        : completed;
    } catch (error) {
      return this.#fail(run, error, path ?? this.#pathBelow(parent));
    }
  }

  #settle(
    run: Run,
    value: PromiseLike<unknown>,
    parent: Path | undefined,
    path: Path | undefined,
    info: GraphQLResolveInfo | undefined,
  ): PromiseLike<unknown> {
    const fail = (error: unknown) =>
      this.#fail(run, error, path ?? this.#pathBelow(parent));
    return value.then((resolved) => {
      try {
        const completed = this.#complete(run, resolved, path, info);
        return isPromise(completed)
          ? completed.then(undefined, fail)
          : completed;
      } catch (error) {
        return fail(error);
      }
    }, fail);
  }

  /** As graphql's default resolver: a property, or what a method of it gives. */
  #property(run: Run, source: unknown, parent: Path | undefined): unknown {
    // Arguments may be wrong even where nobody looks at them.
    const args =
      this.field.args.length > 0 ? this.#arguments(run) : noArguments;
    if (typeof source !== "object" || source === null) {
      if (typeof source !== "function") return undefined;
    }
    const value = (source as Record<string, unknown>)[this.#name];
    return typeof value === "function"
      ? (value as (...all: unknown[]) => unknown).call(
          source,
          args,
          run.context,
          this.#infoAt(run, this.#pathBelow(parent)),
        )
      : value;
  }

  #pathBelow(prev: Path | undefined): Path {
    return { prev, key: this.key, typename: this.parentType.name };
  }

  #infoAt(run: Run, path: Path): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.scope;
    return {
      fieldName: this.#name,
      fieldNodes: this.nodes,
      returnType: this.field.type,
      parentType: this.parentType,
      path,
      schema,
      fragments: fragments as GraphQLResolveInfo["fragments"],
      rootValue: undefined,
      operation,
      variableValues: run.variables,
    };
  }

  #fail(run: Run, error: unknown, path: Path): null {
    return failAt(run, this.nodes, this.field.type, path, error);
  }
}

/**
 * Handles what went wrong at a place: the place becomes null and the error is
 * noted, or where it may not be null the error goes on to the place above.
 */
export function failAt(
  run: Run,
  nodes: FieldNodes,
  type: GraphQLOutputType,
  path: Path,
  error: unknown,
): null {
  const located = locatedError(error, nodes, responsePathAsArray(path));
  if (isNonNullType(type)) throw located;
  run.errors.add(located, path);
  return null;
}

/** Arguments without variables are the same every time. */
function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNodes[0],
): (run: Run) => Record<string, unknown> {
  const given = ({ variables }: Pick<Run, "variables">) =>
    getArgumentValues(field, node, variables);
  if (node.arguments?.some(holdsVariable)) return given;
  try {
    const constant = given({ variables: {} });
    return () => constant;
  } catch {
    // Whoever executes the field is to hear of it, at its place.
    return given;
  }
}

function holdsVariable({ value }: Pick<ArgumentNode, "value">): boolean {
  const inValue = (node: ValueNode): boolean => {
    switch (node.kind) {
      case Kind.VARIABLE:
        return true;
      case Kind.LIST:
        return node.values.some(inValue);
      case Kind.OBJECT:
        return node.fields.some((field) => inValue(field.value));
      default:
        return false;
    }
  };
  return inValue(value);
}
