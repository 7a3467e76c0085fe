/** One page of a platform that pages by number and size. */
export interface NumberedPage {
  /** Counted from 1. */
  readonly number: number;
  /** Rows on the page, from 1 to the platform's maximum. */
  readonly size: number;
}

/** A stretch of rows in a list, counted from 0. */
export interface Window {
  readonly offset: number;
  readonly count: number;
}

/**
 * Finds the pages that together hold a window of rows, when a platform can
 * only serve page `number` of `size` rows: the fewest pages there can be, in
 * ascending order, and of the last page the smallest that will do. Sizes may
 * differ from page to page, since every request names its own.
 *
 * A window of 10 rows from row 7 lies in page 1 of 17; cut at borders of ten
 * it would cost two requests.
 *
 * @param maxSize the platform's largest page.
 * @returns no page for a window without rows.
 */
export function planPages(window: Window, maxSize: number): NumberedPage[] {
  const end = window.offset + window.count;
  const pages: NumberedPage[] = [];
  let position = window.offset;
  while (position < end) {
    const page =
      smallestPageOf({ offset: position, count: end - position }, maxSize) ??
      farthestPageFrom(position, maxSize);
    pages.push(page);
    position = endOf(page);
  }
  return pages;
}

/** The row after the last one of a page, counted from 0. */
export function endOf(page: NumberedPage): number {
  return page.number * page.size;
}

/** The first row of a page, counted from 0. */
export function startOf(page: NumberedPage): number {
  return (page.number - 1) * page.size;
}

function pageAt(row: number, size: number): NumberedPage {
  return { number: Math.floor(row / size) + 1, size };
}

function smallestPageOf(
  window: Window,
  maxSize: number,
): NumberedPage | undefined {
  for (let size = window.count; size <= maxSize; size += 1) {
    const page = pageAt(window.offset, size);
    if (endOf(page) >= window.offset + window.count) return page;
  }
  return undefined;
}

/** Greedy is optimal here: of all pages that hold a row, none reaches farther. */
function farthestPageFrom(row: number, maxSize: number): NumberedPage {
  let best = pageAt(row, maxSize);
  for (let size = maxSize - 1; size > 0; size -= 1) {
    const page = pageAt(row, size);
    if (endOf(page) > endOf(best)) best = page;
  }
  return best;
}
