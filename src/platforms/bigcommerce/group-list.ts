import { PlatformError } from "../../domain/errors";
import { type Window, planPages } from "../../domain/page-plan";
import { cutWindow } from "../whole-lists";
import { type Answer, type BigCommerceApi, maxPageSize } from "./api";
import type { Filters } from "./filters";
import { idOf, isObject } from "./wire";

/** Stores hold up to some 10,000 groups; no list is read for ever. */
export const maxPages = 80;

/** An object of a list, with the answer that it came in. */
export interface Found {
  readonly value: unknown;
  readonly answer: Answer<unknown>;
}

/**
 * Reads groups by their ids. One has an address of its own; for more there is
 * no filter, so the list of all is read, 250 on a page, as far as there are
 * ids to look for. The list is in the order of ids, so an id that its place
 * has passed is gone. Where the rest of the list has more pages than there are ids
 * left, those are read from their own addresses.
 *
 * @returns what was found, in no order; of a list, what was asked for only.
 */
export async function findGroups(
  api: BigCommerceApi,
  ids: readonly string[],
): Promise<Found[]> {
  const [only = ""] = ids;
  if (ids.length === 1) return findGroup(api, only);
  const found: Found[] = [];
  const missing = new Set(ids);
  let passed = -1;
  for (let page = 1; missing.size > 0 && page <= maxPages; page += 1) {
    if (page === 2 && (await isFewer(api, missing.size))) {
      const last = await Promise.all(
        [...missing].map((id) => findGroup(api, id)),
      );
      return [...found, ...last.flat()];
    }
    const answer = await api.customerGroups(pageOf(page, maxPageSize));
    for (const value of answer.value) {
      const id = isObject(value) ? idOf(value["id"]) : null;
      if (id !== null && missing.delete(id)) found.push({ value, answer });
    }
    if (answer.value.length < maxPageSize) break;
    const reached = Math.max(...answer.value.map(idNumber));
    if (reached <= passed) throw repeating(answer);
    passed = reached;
    for (const id of missing) if (Number(id) < passed) missing.delete(id);
  }
  return found;
}

/** Whether so many reads by id are fewer than the pages that are left. */
async function isFewer(api: BigCommerceApi, missing: number): Promise<boolean> {
  if (missing <= 2) return true;
  const pages = Math.ceil((await api.countCustomerGroups()) / maxPageSize);
  return missing < pages - 1;
}

async function findGroup(api: BigCommerceApi, id: string): Promise<Found[]> {
  const answer = await api.customerGroup(id);
  return answer ? [{ value: answer.value, answer }] : [];
}

/** A stretch of the list of groups. */
export interface GroupWindow {
  readonly rows: readonly Found[];
  /** `null` when it was not needed. */
  readonly totalCount: number | null;
  readonly hasNextPage: boolean;
}

/**
 * Reads a window of the list of groups. No page of it tells how long the list
 * is, so one row more is read to see whether any follows; a page that is not
 * full ends the list and so counts it.
 */
export async function readGroupWindow(
  api: BigCommerceApi,
  filters: Filters,
  window: Window,
  needsTotal: boolean,
): Promise<GroupWindow> {
  if (window.count === 0 && filters.length === 0) {
    const totalCount = await api.countCustomerGroups();
    return { rows: [], totalCount, hasNextPage: window.offset < totalCount };
  }
  // The count takes no filter: what meets the conditions is read to count it.
  if (needsTotal && filters.length > 0) {
    return cutWindow(await readAllGroups(api, filters), window);
  }
  if (needsTotal && window.offset + window.count < maxPageSize) {
    return readCounted(api, window);
  }
  const [rows, totalCount] = await Promise.all([
    readRows(api, filters, { ...window, count: window.count + 1 }),
    needsTotal ? api.countCustomerGroups() : null,
  ]);
  return {
    rows: rows.slice(0, window.count),
    totalCount,
    hasNextPage: rows.length > window.count,
  };
}

/**
 * Reads all groups that meet the conditions.
 *
 * @param isEnough whether what has come so far will do.
 */
export async function readAllGroups(
  api: BigCommerceApi,
  filters: Filters,
  isEnough: (rows: readonly Found[]) => boolean = () => false,
): Promise<Found[]> {
  const rows: Found[] = [];
  const seen = new Set<number>();
  for (let page = 1; ; page += 1) {
    const answer = await api.customerGroups([
      ...filters,
      ...pageOf(page, maxPageSize),
    ]);
    const fresh = inOrder(answer).filter(({ value }) => isNew(value, seen));
    if (fresh.length === 0 && answer.value.length > 0) throw repeating(answer);
    rows.push(...fresh);
    if (answer.value.length < maxPageSize || isEnough(rows)) return rows;
    if (page === maxPages) {
      throw PlatformError.contract(
        answer.call,
        `expected at most ${maxPages * maxPageSize} groups`,
      );
    }
  }
}

/** The count comes with the rows where one page may well hold all groups. */
async function readCounted(
  api: BigCommerceApi,
  window: Window,
): Promise<GroupWindow> {
  const rows = inOrder(await api.customerGroups(pageOf(1, maxPageSize)));
  const page = cutWindow(rows, window);
  if (rows.length < maxPageSize) return page;
  return {
    ...page,
    totalCount: await api.countCustomerGroups(),
    hasNextPage: true,
  };
}

async function readRows(
  api: BigCommerceApi,
  filters: Filters,
  window: Window,
): Promise<Found[]> {
  const rows: Found[] = [];
  const seen = new Set<number>();
  const end = window.offset + window.count;
  let next = window.offset;
  for (const { number, size } of planPages(window, maxPageSize)) {
    const answer = await api.customerGroups([
      ...filters,
      ...pageOf(number, size),
    ]);
    const start = (number - 1) * size;
    inOrder(answer).forEach((row, index) => {
      const position = start + index;
      if (position < next || position >= end) return;
      next = position + 1;
      // One that moved from one page to the next meanwhile is shown once.
      if (isNew(row.value, seen)) rows.push(row);
    });
    if (answer.value.length < size) break;
  }
  return rows;
}

/** Groups are listed in the order of their ids (BigCommerce docs, v2 groups). */
function inOrder(answer: Answer<readonly unknown[]>): Found[] {
  const seen = new Set<number>();
  return answer.value
    .filter((value) => isNew(value, seen))
    .sort((a, b) => idNumber(a) - idNumber(b))
    .map((value) => ({ value, answer }));
}

/** Whether no row of this id was seen before; one without an id always is. */
function isNew(value: unknown, seen: Set<number>): boolean {
  const id = idNumber(value);
  if (id === Number.MAX_SAFE_INTEGER) return true;
  const isFirst = !seen.has(id);
  seen.add(id);
  return isFirst;
}

function repeating({ call }: Answer<unknown>): PlatformError {
  return PlatformError.contract(call, "the pages of a list repeat one another");
}

function idNumber(value: unknown): number {
  const id = isObject(value) ? idOf(value["id"]) : null;
  return id === null ? Number.MAX_SAFE_INTEGER : Number(id);
}

function pageOf(page: number, limit: number) {
  return [
    ["page", String(page)],
    ["limit", String(limit)],
  ] as const;
}
