import type { RoomRequest } from "./listener";

/**
 * Where things stand in a room's answers and queries. Faults that spoil rows,
 * totals or pages go by it, so that they know no platform. All places are JSON
 * pointers (RFC 6901).
 */
export interface Anatomy {
  /**
   * What holds the rows of an answer, a list of them or a single one: of these
   * places the first that is there. The whole body is `""`.
   */
  readonly rows: readonly string[];
  /** The id, from a row. */
  readonly id: string;
  /** The type, from a row; absent where rows do not tell theirs. */
  readonly type?: string;
  /** The ids of what a row belongs to, from the row. */
  readonly parents: readonly string[];
  /** How many rows there are in all. */
  readonly totals: readonly string[];
  /** How many pages there are in all. */
  readonly pageCounts: readonly string[];
  readonly pages: PageQuery;
}

/** How a request says which page it wants. */
export interface PageQuery {
  /** From 0. */
  numberOf(query: RoomRequest["query"]): number;
  /** The same question about another page. */
  withNumber(query: RoomRequest["query"], number: number): RoomRequest["query"];
}

/** Pages that are counted from 1 in a parameter. */
export function numberedPages(parameter: string): PageQuery {
  return {
    numberOf: (query) => Math.max(0, toNumber(query, parameter, 1) - 1),
    withNumber: (query, number) => [
      ...without(query, [parameter]),
      [parameter, String(number + 1)],
    ],
  };
}

/**
 * Pages that begin behind so many rows.
 *
 * @param offset the parameter with the rows before the page.
 * @param limit the parameter with its size.
 * @param usualLimit the size when none is asked for.
 */
export function offsetPages(
  offset: string,
  limit: string,
  usualLimit: number,
): PageQuery {
  const sizeOf = (query: RoomRequest["query"]) =>
    Math.max(1, toNumber(query, limit, usualLimit));
  return {
    numberOf: (query) => Math.floor(toNumber(query, offset, 0) / sizeOf(query)),
    withNumber: (query, number) => [
      ...without(query, [offset]),
      [offset, String(number * sizeOf(query))],
    ],
  };
}

function toNumber(
  query: RoomRequest["query"],
  name: string,
  otherwise: number,
): number {
  const value = query.find(([found]) => found === name)?.[1] ?? "";
  return /^\d{1,15}$/.test(value) ? Number(value) : otherwise;
}

function without(query: RoomRequest["query"], names: readonly string[]) {
  return query.filter(([name]) => !names.includes(name));
}
