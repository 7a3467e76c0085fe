import {
  type DirectiveNode,
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import type { Projection } from "../platforms/platform";
import type { Scope } from "./caller";
import { type Fragments, fragmentsOf } from "./fragments";
import { isAllowed } from "./required-scopes";

type Variables = Readonly<Record<string, unknown>>;

const projections = new WeakMap<
  OperationDefinitionNode,
  Map<string, Projection>
>();

/** Fields that lead to rows by a value which both sides have to know. */
const matchedBy: Readonly<Record<string, string | undefined>> = {
  sameEmail: "email",
  customersByEmail: "email",
};

/**
 * How many projections of one operation are kept: one for each set of flags,
 * and of rights.
 */
const maxKept = 16;

/**
 * Walks a valid operation once and notes for each object type which of its
 * fields are selected anywhere. Fields that `@skip` and `@include` leave out
 * do not count, so the projection depends on the variables that those name,
 * and on nothing else of them. Nor do fields that the caller may not read: what
 * is not shown is not fetched. Kept per operation of a parsed document.
 *
 * @param scopes of the caller.
 */
export function projectionOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  scopes: ReadonlySet<Scope>,
): Projection {
  const key = JSON.stringify([
    flagNamesOf(document).map((name) => flagValue(name, operation, variables)),
    [...scopes].sort(),
  ]);
  let kept = projections.get(operation);
  if (!kept) {
    kept = new Map<string, Projection>();
    projections.set(operation, kept);
  }
  let projection = kept.get(key);
  if (!projection) {
    projection = project(schema, document, operation, variables, scopes);
    if (kept.size >= maxKept) kept.clear();
    kept.set(key, projection);
  }
  return projection;
}

/**
 * The names of the fields directly below a selection, those of fragments
 * included, whatever the fragments' type conditions.
 */
export function selectedFields(
  selectionSets: readonly (SelectionSetNode | undefined)[],
  fragments: Fragments,
  variables: Variables,
): ReadonlySet<string> {
  const names = new Set<string>();
  // As below: once each, however often fragments spread it.
  const visited = new Set<SelectionSetNode>();
  const visit = (set: SelectionSetNode | undefined) => {
    if (!set || visited.has(set)) return;
    visited.add(set);
    for (const selection of set.selections) {
      if (!isSelected(selection, (name) => variables[name])) continue;
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet);
      } else {
        visit(fragments[selection.name.value]?.selectionSet);
      }
    }
  };
  for (const set of selectionSets) visit(set);
  return names;
}

function project(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  scopes: ReadonlySet<Scope>,
): Projection {
  const fragments = fragmentsOf(document);
  const fields = new Map<string, Set<string>>();
  // A selection is walked once for each type that it applies to: fragments
  // spread into each other must not multiply the work.
  const walked = new Map<SelectionSetNode, Set<string>>();

  const walk = (set: SelectionSetNode, type: string) => {
    const types = walked.get(set) ?? new Set();
    if (types.has(type)) return;
    walked.set(set, types.add(type));
    for (const selection of set.selections) {
      if (
        !isSelected(selection, (name) => flagValue(name, operation, variables))
      ) {
        continue;
      }
      if (selection.kind === Kind.FIELD) {
        walkField(selection.name.value, selection.selectionSet, type);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : fragments[selection.name.value];
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (!condition || applies(schema, condition, type))) {
        walk(fragment.selectionSet, type);
      }
    }
  };

  const walkField = (
    name: string,
    set: SelectionSetNode | undefined,
    typename: string,
  ) => {
    if (name === "__typename") return;
    const type = schema.getType(typename);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!field || !isAllowed(scopes, field)) return;
    const children = objectTypesOf(schema, field.type).filter((child) => {
      const childType = schema.getType(child);
      return childType && isAllowed(scopes, childType);
    });
    note(typename, name);
    const key = matchedBy[name];
    if (key !== undefined) {
      for (const matched of [typename, ...children]) note(matched, key);
    }
    if (!set) return;
    for (const child of children) walk(set, child);
  };

  const note = (typename: string, name: string) => {
    const names = fields.get(typename) ?? new Set();
    fields.set(typename, names.add(name));
  };

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root.name);
  const none: ReadonlySet<string> = new Set();
  return { fieldsOf: (typename) => fields.get(typename) ?? none };
}

/** The object types that a type stands for; none for a leaf. */
export function objectTypesOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
): readonly string[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    return schema.getPossibleTypes(named).map(({ name }) => name);
  }
  return isCompositeType(named) ? [named.name] : [];
}

/** Tells whether a fragment on a type applies to an object type. */
export function applies(
  schema: GraphQLSchema,
  condition: string,
  typename: string,
): boolean {
  if (condition === typename) return true;
  const abstract = schema.getType(condition);
  const type = schema.getType(typename);
  return (
    isAbstractType(abstract) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(abstract, type)
  );
}

/**
 * Tells whether `@skip` and `@include` leave a selection in.
 *
 * @param flag gives the value of a variable.
 */
export function isSelected(
  node: { readonly directives?: readonly DirectiveNode[] | undefined },
  flag: (name: string) => unknown,
): boolean {
  return (node.directives ?? []).every((directive) => {
    const name = directive.name.value;
    if (name !== "skip" && name !== "include") return true;
    const condition = directive.arguments?.find(
      (argument) => argument.name.value === "if",
    )?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? flag(condition.name.value)
        : condition?.kind === Kind.BOOLEAN && condition.value;
    return name === "skip" ? value !== true : value === true;
  });
}

function flagValue(
  name: string,
  operation: OperationDefinitionNode,
  variables: Variables,
): unknown {
  if (Object.hasOwn(variables, name) && variables[name] !== undefined) {
    return variables[name];
  }
  const definition = operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  );
  const value = definition?.defaultValue;
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

const flagNames = new WeakMap<DocumentNode, readonly string[]>();

/** The variables that decide what is selected. */
export function flagNamesOf(document: DocumentNode): readonly string[] {
  let names = flagNames.get(document);
  if (!names) {
    const found = new Set<string>();
    const visit = (set: SelectionSetNode | undefined) => {
      for (const selection of set?.selections ?? []) {
        for (const directive of selection.directives ?? []) {
          for (const { value } of directive.arguments ?? []) {
            if (value.kind === Kind.VARIABLE) found.add(value.name.value);
          }
        }
        if (selection.kind !== Kind.FRAGMENT_SPREAD) {
          visit(selection.selectionSet);
        }
      }
    };
    for (const definition of document.definitions) {
      if ("selectionSet" in definition) visit(definition.selectionSet);
    }
    names = [...found];
    flagNames.set(document, names);
  }
  return names;
}
