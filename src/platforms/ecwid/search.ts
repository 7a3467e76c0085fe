import type { Window } from "../../domain/page-plan";
import {
  type Answer,
  type Collection,
  type EcwidApi,
  type Parameter,
  maxPageSize,
} from "./api";
import { idOf, isObject } from "./wire";

/** An object of a list, with the answer that it came in. */
export interface Found {
  readonly value: unknown;
  readonly answer: Answer<unknown>;
}

export interface FoundWindow {
  readonly rows: readonly Found[];
  readonly total: number;
}

/**
 * Reads a window of a search. Offsets may be any, so a window costs a request
 * for every hundred rows; the first tells how long the list is.
 */
export async function searchWindow(
  api: EcwidApi,
  collection: Collection,
  parameters: readonly Parameter[],
  window: Window,
  fields: string,
): Promise<FoundWindow> {
  const end = window.offset + window.count;
  const get = async (offset: number): Promise<FoundWindow> => {
    const answer = await api.search(
      collection,
      [
        ...parameters,
        ["offset", String(offset)],
        ["limit", String(Math.min(maxPageSize, end - offset))],
      ],
      fields,
    );
    const { items, total } = answer.value;
    const rows = items.map((value) => ({ value, answer }));
    return {
      rows: collection === "customer_groups" ? byId(rows) : rows,
      total,
    };
  };
  const first = await get(window.offset);
  const offsets: number[] = [];
  for (
    let offset = window.offset + maxPageSize;
    offset < Math.min(end, first.total);
    offset += maxPageSize
  ) {
    offsets.push(offset);
  }
  const later = await Promise.all(offsets.map(get));
  const rows = new Map<string, Found>();
  for (const page of [first, ...later]) {
    for (const row of page.rows) {
      const id = isObject(row.value) ? idOf(row.value["id"]) : null;
      const key = id ?? `row ${rows.size}`;
      // Before 2024 the built-in group stood on every page.
      const isRepeated = id === "0" && window.offset > 0;
      if (!rows.has(key) && !isRepeated) rows.set(key, row);
    }
  }
  return {
    rows: [...rows.values()].slice(0, window.count),
    total: first.total,
  };
}

/**
 * No order of groups is promised, and none can be asked for: those of a page
 * are put in the order of their ids, the built-in group first.
 */
function byId(rows: readonly Found[]): Found[] {
  const idOfRow = ({ value }: Found) =>
    Number((isObject(value) && idOf(value["id"])) || 0);
  return [...rows].sort((a, b) => idOfRow(a) - idOfRow(b));
}

/** Reads everything that a search finds. */
export async function searchAll(
  api: EcwidApi,
  collection: Collection,
  parameters: readonly Parameter[],
  fields: string,
): Promise<readonly Found[]> {
  const first = await searchWindow(
    api,
    collection,
    parameters,
    { offset: 0, count: maxPageSize },
    fields,
  );
  if (first.total <= maxPageSize) return first.rows;
  const rest = await searchWindow(
    api,
    collection,
    parameters,
    { offset: maxPageSize, count: first.total - maxPageSize },
    fields,
  );
  return [...first.rows, ...rest.rows];
}
