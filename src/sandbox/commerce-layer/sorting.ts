import { invalidSort } from "./errors";
import { type Comparable, toComparable } from "./predicates";
import type { Row } from "./rows";
import type { ResourceType } from "./schema";
import { type Tables, valueOf } from "./tables";

interface SortKey {
  readonly descending: boolean;
  readonly read: (row: Row) => Comparable;
}

/** Puts rows in an order; the argument stays as it is. */
export type Sort = (rows: readonly Row[]) => readonly Row[];

/**
 * Reads the parameter `sort`: attributes, `id` (the hidden numeric key) and
 * attributes of to-one relationships behind a dot, each with `-` for descending.
 * Nulls come last, and first when descending, as in PostgreSQL; text is ordered
 * by code units; equals keep the numeric order.
 *
 * @returns undefined when nothing is asked.
 * @throws ApiError for a name that the type cannot be sorted by.
 */
export function createSort(
  text: string,
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
  tables: Tables,
): Sort | undefined {
  if (text === "") return undefined;
  const keys = text
    .split(",")
    .map((criteria) => createKey(criteria, type, schema, tables));
  return (rows) => {
    const sortable = rows.map((row) => ({
      row,
      values: keys.map((key) => key.read(row)),
    }));
    sortable.sort((a, b) => {
      for (const [n, { descending }] of keys.entries()) {
        const order = compare(a.values[n] ?? null, b.values[n] ?? null);
        if (order !== 0) return descending ? -order : order;
      }
      return a.row.key - b.row.key;
    });
    return sortable.map(({ row }) => row);
  };
}

function createKey(
  criteria: string,
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
  tables: Tables,
): SortKey {
  const descending = criteria.startsWith("-");
  const [first = "", second, ...more] = criteria
    .slice(descending ? 1 : 0)
    .split(".");
  const refuse = () => invalidSort(criteria.replace(/^-/, ""), type.name);
  if (more.length > 0) throw refuse();
  if (second === undefined) {
    const read = readerOf(first, type);
    if (!read) throw refuse();
    return { descending, read };
  }
  const relationship = type.relationships.get(first);
  const target = schema.get(relationship?.target ?? "");
  if (!relationship?.sortable || relationship.many || !target) throw refuse();
  const read = readerOf(second, target);
  if (!read) throw refuse();
  return {
    descending,
    read: (row) => {
      const [related] = tables.related({ type: type.name, row }, relationship);
      return related ? read(related.row) : null;
    },
  };
}

function readerOf(
  name: string,
  type: ResourceType,
): ((row: Row) => Comparable) | undefined {
  if (name === "id") return (row) => row.key;
  const attribute = type.attributes.get(name);
  if (!attribute?.sortable) return undefined;
  // Dates stand in one form throughout the data, so their text orders them.
  const kind = attribute.kind === "date" ? "text" : attribute.kind;
  return (row) => toComparable(kind, valueOf(row, name));
}

function compare(a: Comparable, b: Comparable): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
