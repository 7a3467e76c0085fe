import {
  type GraphQLField,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  isListType,
  isNonNullType,
} from "graphql";
import { maxPageSize, pageSizeOf } from "../arguments";
import { objectTypesOf } from "../projection";
import { entriesOf } from "./count-ids";
import { customersOfOneAddress } from "./list-parts";
import { isConnection } from "./page-needs";
import type { PlannedOperation } from "./planned-operation";
import {
  type Arguments,
  type SelectedField,
  type SelectionSets,
  type Selections,
  orMake,
} from "./selected-fields";

/**
 * What a field counts as that may be an error each time, by its arguments or
 * for want of a right: an error takes as long as so many values.
 */
const errorWeight = 100;

/** How many counts of one operation are kept. */
const maxKept = 100;

const kept = new WeakMap<OperationDefinitionNode, Map<string, number>>();

/**
 * Counts the fields that an answer can have, rows as they are asked for: what
 * aliases and rows come to when they are multiplied, whatever little is read
 * for them. Introspection is left out: it is bounded by its depth. Kept per
 * operation of a parsed document.
 */
export function countAnswerFields(
  operation: PlannedOperation,
  selections: Selections,
): number {
  const counts = kept.get(operation.operation) ?? new Map<string, number>();
  kept.set(operation.operation, counts);
  const key = keyOf(operation);
  const known = counts.get(key);
  if (known !== undefined) return known;
  const count = Math.min(
    new Counting(operation, selections).ofOperation(),
    Number.MAX_SAFE_INTEGER,
  );
  if (counts.size >= maxKept) counts.clear();
  counts.set(key, count);
  return count;
}

/** Equal for equal counts of one operation: texts and ids make no difference. */
function keyOf({ variables, context }: PlannedOperation): string {
  const { caller, stores } = context;
  const parts: unknown[] = [stores.length, ...[...caller.scopes].sort()];
  for (const [name, value] of Object.entries(variables)) {
    const isText = typeof value === "string";
    const isWhole = typeof value === "object" && value !== null;
    parts.push(name, isText ? "" : isWhole ? `${entriesOf(value)} in` : value);
  }
  return parts.join("\n");
}

class Counting {
  readonly #operation: PlannedOperation;
  readonly #selections: Selections;
  readonly #setIds = new Map<SelectionSetNode, number>();
  readonly #counts = new Map<string, number>();

  constructor(operation: PlannedOperation, selections: Selections) {
    this.#operation = operation;
    this.#selections = selections;
  }

  ofOperation(): number {
    const { schema, operation } = this.#operation;
    const root = schema.getRootType(operation.operation);
    return root ? this.#ofObject(root.name, [operation.selectionSet]) : 0;
  }

  /** What is selected of one object of a type. */
  #ofObject(typename: string, sets: SelectionSets): number {
    if (sets.length === 0) return 0;
    // Ways to the same selections are more than the selections.
    const key = `${typename} ${sets.map((set) => this.#idOf(set)).join(" ")}`;
    return orMake(this.#counts, key, () =>
      this.#selections
        .fieldsOf(typename, sets)
        .reduce((sum, field) => sum + this.#ofField(field), 0),
    );
  }

  #idOf(set: SelectionSetNode): number {
    return orMake(this.#setIds, set, () => this.#setIds.size);
  }

  #ofField(field: SelectedField): number {
    const args = field.isAllowed ? this.#selections.argumentsOf(field) : null;
    if (!args) return errorWeight;
    if (field.sets.length === 0) return 1;
    if (isConnection(field)) return this.#ofConnection(field, args);
    return 1 + this.#rowsOf(field, args) * this.#ofLargest(field);
  }

  /** One object of whatever type the field gives. */
  #ofLargest({ definition, sets }: SelectedField): number {
    let most = 0;
    for (const typename of objectTypesOf(
      this.#operation.schema,
      definition.type,
    )) {
      most = Math.max(most, this.#ofObject(typename, sets));
    }
    return most;
  }

  #ofConnection(field: SelectedField, args: Arguments): number {
    const size = sizeOf(args);
    const [connection = ""] = objectTypesOf(
      this.#operation.schema,
      field.definition.type,
    );
    let count = errorWeight + entriesOf(args["filter"]);
    for (const below of this.#selections.fieldsOf(connection, field.sets)) {
      const isOfRows = below.name === "nodes" || below.name === "edges";
      count += 1 + (isOfRows ? size : 1) * this.#ofLargest(below);
    }
    return count;
  }

  /** How many objects a field gives that is no connection. */
  #rowsOf({ name, definition }: SelectedField, args: Arguments): number {
    const { stores } = this.#operation.context;
    switch (name) {
      case "nodes":
      case "_entities":
        return entriesOf(args["ids"] ?? args["representations"]);
      case "stores":
        return stores.length;
      case "customersByEmail":
      case "sameEmail":
        return stores.length * customersOfOneAddress;
      default:
        return isList(definition) ? assumedSizeOf(definition) : 1;
    }
  }
}

/** A size out of bounds is refused where it is used. */
function sizeOf({ first }: Arguments): number {
  return typeof first === "number"
    ? Math.min(Math.max(first, 0), maxPageSize)
    : pageSizeOf({});
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** As the schema says it to routers. */
function assumedSizeOf({ astNode }: GraphQLField<unknown, unknown>): number {
  const size = astNode?.directives
    ?.find(({ name }) => name.value === "listSize")
    ?.arguments?.find(({ name }) => name.value === "assumedSize")?.value;
  return size?.kind === Kind.INT ? Number(size.value) : 1;
}
