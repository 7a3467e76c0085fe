import { PlatformError } from "../../domain/errors";
import type { Window } from "../../domain/page-plan";
import { missingRows } from "../missing-rows";
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

/** Pages of one search that is read whole; no search is read for ever. */
export const maxPages = 50;

/**
 * Reads a window of at most a page of a search, from any offset, or of more
 * pages: a request for every hundred rows. The first tells how long the list is.
 *
 * @param check hears that length, and may throw.
 * @throws PlatformError `PLATFORM_CONTRACT` when a page brings nothing new, or
 *   nothing at all where the list has rows.
 */
export async function searchWindow(
  api: EcwidApi,
  collection: Collection,
  parameters: readonly Parameter[],
  window: Window,
  fields: string,
  check: (total: number) => void = () => undefined,
): Promise<FoundWindow> {
  const rows: Found[] = [];
  const seen = new Set<string | null>();
  const end = window.offset + window.count;
  let total = 0;
  for (let offset = window.offset; offset < end; offset += maxPageSize) {
    const page = await readPage(api, collection, parameters, fields, {
      offset,
      count: Math.min(maxPageSize, end - offset),
    });
    rows.push(...page.rows);
    total = page.total;
    check(total);
    if (page.rows.length === 0 && offset < total) {
      throw missingRows(api.call(collection), total);
    }
    if (page.rows.length === 0 || offset + maxPageSize >= total) break;
    const before = seen.size;
    for (const row of page.rows) seen.add(keyOf(row));
    if (seen.size > before) continue;
    throw PlatformError.contract(
      api.call(collection),
      "the pages of a list repeat one another",
    );
  }
  return { rows: distinct(rows).slice(0, window.count), total };
}

/**
 * Reads everything that a search finds, each entry once.
 *
 * @throws PlatformError `PLATFORM_CONTRACT` when there is no end of it.
 */
export async function searchAll(
  api: EcwidApi,
  collection: Collection,
  parameters: readonly Parameter[],
  fields: string,
): Promise<readonly Found[]> {
  const window = { offset: 0, count: maxPages * maxPageSize };
  const { rows } = await searchWindow(
    api,
    collection,
    parameters,
    window,
    fields,
    (total) => {
      if (total <= window.count) return;
      throw PlatformError.contract(
        api.call(collection),
        `expected at most ${window.count} rows of one search`,
      );
    },
  );
  return rows;
}

/** In the order of their ids, the built-in group first. */
export function byId(rows: readonly Found[]): Found[] {
  const idOfRow = (row: Found) => Number(keyOf(row) ?? 0);
  return [...rows].sort((a, b) => idOfRow(a) - idOfRow(b));
}

async function readPage(
  api: EcwidApi,
  collection: Collection,
  parameters: readonly Parameter[],
  fields: string,
  { offset, count }: Window,
): Promise<FoundWindow> {
  const answer = await api.search(
    collection,
    [...parameters, ["offset", String(offset)], ["limit", String(count)]],
    fields,
  );
  const { items, total } = answer.value;
  return { rows: items.map((value) => ({ value, answer })), total };
}

/** Before 2024 the built-in group stood on every page. */
function distinct(rows: readonly Found[]): Found[] {
  const seen = new Map<unknown, Found>();
  for (const row of rows) {
    const key = keyOf(row) ?? row;
    if (!seen.has(key)) seen.set(key, row);
  }
  return [...seen.values()];
}

function keyOf({ value }: Found): string | null {
  return isObject(value) ? idOf(value["id"]) : null;
}
