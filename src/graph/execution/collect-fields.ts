import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  getDirectiveValues,
} from "graphql";
import type { Fragments } from "../fragments";
import { applies } from "../projection";

/** Selections of one field under one response key, merged into one. */
export type FieldNodes = readonly [FieldNode, ...FieldNode[]];

/** What selections depend on beside the type that they are of. */
export interface SelectionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Collects what is selected of an object type by response key, in the order in
 * which the answer shows it: CollectFields of the GraphQL specification.
 *
 * @throws GraphQLError when `@skip` or `@include` is given null by a variable.
 */
export function collectFields(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly (SelectionSetNode | undefined)[],
): ReadonlyMap<string, FieldNodes> {
  const { schema, fragments, variables } = scope;
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  const visited = new Set<string>();

  const visitFragment = (
    condition: string | undefined,
    set: SelectionSetNode,
  ) => {
    if (condition === undefined || applies(schema, condition, type.name)) {
      visit(set);
    }
  };

  const visit = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      switch (selection.kind) {
        case Kind.FIELD: {
          if (!isIncluded(selection, variables)) continue;
          const key = selection.alias?.value ?? selection.name.value;
          const nodes = fields.get(key);
          if (nodes) nodes.push(selection);
          else fields.set(key, [selection]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (!isIncluded(selection, variables)) continue;
          visitFragment(
            selection.typeCondition?.name.value,
            selection.selectionSet,
          );
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          if (visited.has(name) || !isIncluded(selection, variables)) continue;
          visited.add(name);
          const fragment = fragments[name];
          if (!fragment) continue;
          visitFragment(
            fragment.typeCondition.name.value,
            fragment.selectionSet,
          );
        }
      }
    }
  };

  for (const set of selectionSets) if (set) visit(set);
  return fields;
}

function isIncluded(
  node: SelectionNode,
  variables: SelectionScope["variables"],
): boolean {
  if (!node.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  if (skip?.["if"] === true) return false;
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return include?.["if"] !== false;
}
