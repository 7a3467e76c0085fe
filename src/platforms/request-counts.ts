import { planPages, startOf } from "../domain/page-plan";
import type { Asked, PageRequest } from "./platform";

/**
 * How many requests take rows that are asked for by key, when those of one
 * turn share requests: at most one that is not full in every turn.
 *
 * @param maxSize keys in one request.
 */
export function batchRequests({ rows, turns }: Asked, maxSize: number): number {
  return turns + (rows - turns) / maxSize;
}

/**
 * How many requests it takes `readNumberedPages` to read a page of a list, or
 * else to count it.
 *
 * @param maxSize the platform's largest page.
 * @param mostRows that the list can have.
 */
export function pageRequests(
  { window, needsTotal }: PageRequest,
  maxSize: number,
  mostRows = Infinity,
): number {
  if (window.count === 0) return Number(needsTotal);
  // The first page tells of the others whether they exist.
  const later = planPages(window, maxSize)
    .slice(1)
    .filter((page) => startOf(page) < mostRows);
  return 1 + later.length;
}
