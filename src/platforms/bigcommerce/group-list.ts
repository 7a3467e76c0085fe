import { PlatformError } from "../../domain/errors";
import { type Window, planPages } from "../../domain/page-plan";
import { missingRows } from "../missing-rows";
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

/** What is known of groups that were looked for. */
export interface FoundGroups {
  /** In no order; what nobody looked for is left out. */
  readonly found: readonly Found[];
  /**
   * Why those that were not found may be there nevertheless; `null` when they
   * are not.
   */
  readonly doubt: PlatformError | null;
}

/**
 * Reads groups by their ids. One has an address of its own; for more there is
 * no filter, so the list of all is read, 250 on a page, until each was seen.
 * Only the end of the list says that a group is gone: of an id beyond it, the
 * last one on a page may be the very row that is wrong. Where the rest of the
 * list has more pages than there are ids left, those are read from their own
 * addresses.
 */
export async function findGroups(
  api: BigCommerceApi,
  ids: readonly string[],
): Promise<FoundGroups> {
  if (ids.length === 1) return { found: await findEach(api, ids), doubt: null };
  const search = new Search(ids);
  let pages: number | null = null;
  for (let page = 1; search.missing.size > 0; page += 1) {
    // One or two groups cost no more than to ask how many pages there are.
    const isFew = page === 2 && search.missing.size <= 2;
    if (page > 1 && !isFew) pages ??= await countPages(api);
    const left = pages === null ? 0 : pages - (page - 1);
    if (isFew || search.missing.size < left) {
      const others = await findEach(api, [...search.missing]);
      return { found: [...search.found, ...others], doubt: null };
    }
    const answer = await api.customerGroups(pageOf(page, maxPageSize));
    const isNews = search.take(answer);
    if (answer.value.length < maxPageSize) break;
    if (!isNews) return search.doubting(repeating(answer));
    if (page === maxPages) return search.doubting(tooLong(answer));
  }
  return search;
}

/** What the pages of the list have shown so far of the groups looked for. */
class Search implements FoundGroups {
  readonly found: Found[] = [];
  readonly missing: Set<string>;
  doubt: PlatformError | null = null;
  readonly #wanted: ReadonlySet<string>;
  readonly #seen = new Set<string>();

  constructor(ids: readonly string[]) {
    this.missing = new Set(ids);
    this.#wanted = new Set(ids);
  }

  /** @returns whether the page shows a group that no page has shown before. */
  take(answer: Answer<readonly unknown[]>): boolean {
    const known = this.#seen.size;
    for (const value of answer.value) {
      const id = keyOf(value);
      if (id === null) {
        this.doubt = unreadable(answer);
        continue;
      }
      this.#seen.add(id);
      this.missing.delete(id);
      if (this.#wanted.has(id)) this.found.push({ value, answer });
    }
    return this.#seen.size > known;
  }

  /** The end of the list was not seen. */
  doubting(reason: PlatformError): FoundGroups {
    return { found: this.found, doubt: this.doubt ?? reason };
  }
}

async function countPages(api: BigCommerceApi): Promise<number> {
  return Math.ceil((await api.countCustomerGroups()) / maxPageSize);
}

async function findEach(
  api: BigCommerceApi,
  ids: readonly string[],
): Promise<Found[]> {
  return (await Promise.all(ids.map((id) => findGroup(api, id)))).flat();
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
  if (rows.length === 0 && totalCount !== null && window.offset < totalCount) {
    throw missingRows(api.call("/v2/customer_groups"), totalCount);
  }
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
    if (page === maxPages) throw tooLong(answer);
  }
}

/** The count comes with the rows where one page may well hold all groups. */
async function readCounted(
  api: BigCommerceApi,
  window: Window,
): Promise<GroupWindow> {
  const answer = await api.customerGroups(pageOf(1, maxPageSize));
  const page = cutWindow(inOrder(answer), window);
  if (answer.value.length < maxPageSize) return page;
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

/** Whether a row says which group it is. */
export function isReadable(value: unknown): boolean {
  return keyOf(value) !== null;
}

/** Whether no row of this id was seen before; one without an id always is. */
function isNew(value: unknown, seen: Set<number>): boolean {
  if (!isReadable(value)) return true;
  const id = idNumber(value);
  const isFirst = !seen.has(id);
  seen.add(id);
  return isFirst;
}

function repeating({ call }: Answer<unknown>): PlatformError {
  return PlatformError.contract(call, "the pages of a list repeat one another");
}

function tooLong({ call }: Answer<unknown>): PlatformError {
  const most = maxPages * maxPageSize;
  return PlatformError.contract(call, `expected at most ${most} groups`);
}

function unreadable({ call }: Answer<unknown>): PlatformError {
  return PlatformError.contract(
    call,
    "looked for a group in the list of all, a row of which has no id",
  );
}

function keyOf(value: unknown): string | null {
  return isObject(value) ? idOf(value["id"]) : null;
}

/** Rows without an id come last. */
function idNumber(value: unknown): number {
  const id = keyOf(value);
  return id === null ? Number.MAX_SAFE_INTEGER : Number(id);
}

function pageOf(page: number, limit: number) {
  return [
    ["page", String(page)],
    ["limit", String(limit)],
  ] as const;
}
