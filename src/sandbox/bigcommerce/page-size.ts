import { ApiError } from "./errors";
import { getCount, type Query } from "./query";
import type { LimitAboveMaximum } from "./settings";

const DEFAULT_LIMIT = 50;
const MAXIMUM_LIMIT = 250;

/**
 * How many rows a page has: `limit`, 50 when it was left out.
 *
 * @throws ApiError 413 when it is above 250 and that is rejected.
 * @throws BadParameter when it is no whole number from 1.
 */
export function getPageSize(query: Query, above: LimitAboveMaximum): number {
  const limit = getCount(query, "limit") ?? DEFAULT_LIMIT;
  if (limit <= MAXIMUM_LIMIT) return limit;
  if (above === "reject")
    throw new ApiError(413, `The limit must not be above ${MAXIMUM_LIMIT}`);
  return MAXIMUM_LIMIT;
}
