import type { PlatformCall } from "../domain/errors";
import {
  type NumberedPage,
  type Window,
  planPages,
  startOf,
} from "../domain/page-plan";
import { disputedKeys } from "./disputed-keys";
import { missingRows } from "./missing-rows";

/** A window of a list. */
export interface ReadWindow<Row> {
  readonly rows: readonly Row[];
  /** How many rows the whole list has. */
  readonly total: number;
  /** Keys of which a page held rows that differ: see {@link disputedKeys}. */
  readonly disputed: ReadonlySet<string>;
}

/** What a page of a list answered. */
export interface AnsweredPage<Row> {
  readonly rows: readonly Row[];
  /** How many rows the whole list has. */
  readonly total: number;
  /** What was asked, for errors. */
  readonly call: PlatformCall;
}

/**
 * Reads a window of a list of a platform that pages by number and size and
 * tells the length of the list on every page. The first page tells how long
 * the list is; of the others only those that exist are asked for, together.
 *
 * @param maxSize the platform's largest page.
 * @param get asks for a page; `null` when the list's owner is gone.
 * @param keyOf what a row is known by: one that moved from one page to the
 *   next meanwhile is shown once. Rows without a key are all shown.
 * @returns `null` when the list's owner is gone.
 * @throws PlatformError `PLATFORM_CONTRACT` when none of the rows came, though
 *   the list is told to be longer than the window's offset.
 */
export async function readNumberedPages<Row>(
  window: Window,
  maxSize: number,
  get: (page: NumberedPage) => Promise<AnsweredPage<Row> | null>,
  keyOf: (row: Row) => string | undefined,
): Promise<ReadWindow<Row> | null> {
  const [firstPage, ...laterPages] = planPages(window, maxSize);
  if (!firstPage) throw new RangeError("A window without rows has no pages.");
  const read = async (page: NumberedPage) => ({
    page,
    answer: await get(page),
  });
  const first = await read(firstPage);
  if (!first.answer) return null;
  const { total, call } = first.answer;
  const later = await Promise.all(
    laterPages.filter((page) => startOf(page) < total).map(read),
  );
  const end = window.offset + window.count;
  const rows = new Map<string, Row>();
  const disputed = new Set<string>();
  for (const { page, answer } of [first, ...later]) {
    for (const key of disputedKeys(answer?.rows ?? [], keyOf))
      disputed.add(key);
    (answer?.rows ?? []).slice(0, page.size).forEach((row, index) => {
      const position = startOf(page) + index;
      if (position < window.offset || position >= end) return;
      const key = keyOf(row) ?? `at ${position}`;
      if (!rows.has(key)) rows.set(key, row);
    });
  }
  if (rows.size === 0 && window.offset < total) throw missingRows(call, total);
  return { rows: [...rows.values()], total, disputed };
}
