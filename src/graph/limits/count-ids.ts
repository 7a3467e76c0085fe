import { Kind, type SelectionSetNode, type ValueNode } from "graphql";
import { type Fragments, fragmentsOf } from "../fragments";
import { isSelected } from "../projection";
import type { PlannedOperation } from "./planned-operation";

type Variables = PlannedOperation["variables"];

/**
 * Counts the entries of the lists in an operation's arguments: ids,
 * representations, keys of stores. Each counts as often as a field takes it,
 * since each field looks at it anew. Nothing of an entry is looked at here.
 */
export function countIds({
  document,
  operation,
  variables,
}: Pick<PlannedOperation, "document" | "operation" | "variables">): number {
  return idsOfSet(operation.selectionSet, {
    fragments: fragmentsOf(document),
    variables,
    counted: new Map(),
  });
}

interface Scope {
  readonly fragments: Fragments;
  readonly variables: Variables;
  /** What is known of fragments by their names. */
  readonly counted: Map<string, number>;
}

function idsOfSet({ selections }: SelectionSetNode, scope: Scope): number {
  let count = 0;
  for (const selection of selections) {
    if (!isSelected(selection, (name) => scope.variables[name])) continue;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      count += idsOfFragment(selection.name.value, scope);
      continue;
    }
    if (selection.kind === Kind.FIELD) {
      for (const { value } of selection.arguments ?? []) {
        count += entriesIn(value, scope.variables);
      }
    }
    if (selection.selectionSet) {
      count += idsOfSet(selection.selectionSet, scope);
    }
  }
  return count;
}

function idsOfFragment(name: string, scope: Scope): number {
  let count = scope.counted.get(name);
  if (count === undefined) {
    const fragment = scope.fragments[name];
    count = fragment ? idsOfSet(fragment.selectionSet, scope) : 0;
    scope.counted.set(name, count);
  }
  return count;
}

function entriesIn(node: ValueNode, variables: Variables): number {
  switch (node.kind) {
    case Kind.VARIABLE:
      return entriesOf(variables[node.name.value]);
    case Kind.LIST:
      return node.values.length;
    case Kind.OBJECT:
      return node.fields.reduce(
        (sum, { value }) => sum + entriesIn(value, variables),
        0,
      );
    default:
      return 0;
  }
}

/** How many entries a value's lists have: its own, or its members'. */
export function entriesOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  for (const member of Object.values(value)) {
    if (Array.isArray(member)) count += member.length;
  }
  return count;
}
