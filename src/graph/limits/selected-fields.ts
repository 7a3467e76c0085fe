import {
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldMap,
  Kind,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  getArgumentValues,
  isObjectType,
} from "graphql";
import { fragmentsOf } from "../fragments";
import { applies, isSelected } from "../projection";
import { isAllowed } from "../required-scopes";
import type { PlannedOperation } from "./planned-operation";

export type SelectionSets = readonly SelectionSetNode[];
export type Arguments = Readonly<Record<string, unknown>>;

/** A field of an object type, with all that is selected of what it gives. */
export interface SelectedField {
  readonly name: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  /** What the places that select it select below it; none for a leaf. */
  readonly sets: SelectionSets;
  /** Whether the caller has the right to it; it is an error otherwise. */
  readonly isAllowed: boolean;
}

/** A valid operation, and the values of its variables. Asked twice, it has the same answer. */
export interface Selections {
  /**
   * The fields that are selected on an object type, one for each response name;
   * without introspection, but for `__typename`.
   *
   * @param sets an array that came from here, or is kept as long.
   */
  fieldsOf(typename: string, sets: SelectionSets): readonly SelectedField[];
  /** @returns `null` when they cannot be used: then the field is not answered. */
  argumentsOf(field: SelectedField): Arguments | null;
}

type Found = Map<string, SelectedField & { sets: SelectionSetNode[] }>;

export function createSelections({
  schema,
  document,
  variables,
  context: { caller },
}: PlannedOperation): Selections {
  const fragments = fragmentsOf(document);
  const flag = (name: string) => variables[name];
  const gather = (
    typename: string,
    fields: GraphQLFieldMap<unknown, unknown>,
    set: SelectionSetNode,
    found: Found,
    spread: Set<string>,
  ): void => {
    for (const selection of set.selections) {
      if (!isSelected(selection, flag)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const definition =
          name === TypeNameMetaFieldDef.name
            ? TypeNameMetaFieldDef
            : fields[name];
        if (definition) note(selection, definition, found);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      if (isSpread) {
        const name = selection.name.value;
        // As in execution: once for a place, however often it is spread there.
        if (spread.has(name)) continue;
        spread.add(name);
      }
      const fragment = isSpread ? fragments[selection.name.value] : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      if (condition === undefined || applies(schema, condition, typename)) {
        gather(typename, fields, fragment.selectionSet, found, spread);
      }
    }
  };
  const note = (
    node: FieldNode,
    definition: GraphQLField<unknown, unknown>,
    found: Found,
  ): void => {
    const key = (node.alias ?? node.name).value;
    const known = found.get(key);
    const sets = node.selectionSet ? [node.selectionSet] : [];
    if (known) {
      known.sets.push(...sets);
      return;
    }
    found.set(key, {
      name: node.name.value,
      definition,
      node,
      sets,
      isAllowed: isAllowed(caller.scopes, definition),
    });
  };
  const gatherAll = (typename: string, sets: SelectionSets) => {
    const found: Found = new Map();
    const type = schema.getType(typename);
    if (!isObjectType(type)) return [];
    const spread = new Set<string>();
    for (const set of sets) {
      gather(typename, type.getFields(), set, found, spread);
    }
    return [...found.values()];
  };
  const kept = new Map<SelectionSets, Map<string, readonly SelectedField[]>>();
  const values = new Map<FieldNode, Arguments | null>();
  return {
    fieldsOf: (typename, sets) => {
      const byType = orMake(
        kept,
        sets,
        () => new Map<string, SelectedField[]>(),
      );
      return orMake(byType, typename, () => gatherAll(typename, sets));
    },
    argumentsOf: ({ definition, node }) =>
      definition.args.length === 0
        ? none
        : orMake(values, node, () => {
            try {
              return getArgumentValues(definition, node, variables);
            } catch {
              return null;
            }
          }),
  };
}

const none: Arguments = {};

/** Takes what a map holds for a key; makes it when there is nothing. */
export function orMake<Key, Value>(
  map: Map<Key, Value>,
  key: Key,
  make: () => Value,
): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
