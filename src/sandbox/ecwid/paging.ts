import { WrongParameter } from "./errors";
import { toWhole, type Query } from "./query";
import type { EcwidSandboxSettings } from "./settings";

const MAXIMUM_LIMIT = 100;

/** The parameters that tell which page is wanted. */
export const pagingParameters = ["offset", "limit"] as const;

/** Which rows of a list are wanted. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Reads `offset` and `limit`.
 *
 * @throws WrongParameter when one of them is no whole number, `limit` is 0, or
 *   it is above 100 and that is rejected.
 */
export function toWindow(
  query: Query,
  {
    defaultLimit,
    limitAboveMaximum,
  }: Pick<EcwidSandboxSettings, "defaultLimit" | "limitAboveMaximum">,
): Window {
  const offset = toWhole(query.get("offset") ?? "0", "offset", 0);
  const limit = toWhole(query.get("limit") ?? `${defaultLimit}`, "limit", 1);
  if (limit <= MAXIMUM_LIMIT) return { offset, limit };
  switch (limitAboveMaximum) {
    case "clamp":
      return { offset, limit: MAXIMUM_LIMIT };
    case "default":
      return { offset, limit: defaultLimit };
    case "reject":
      throw new WrongParameter("limit", `must not be above ${MAXIMUM_LIMIT}`);
  }
}

/** The rows of one page. */
export function toPage<Row>(
  rows: readonly Row[],
  { offset, limit }: Window,
): readonly Row[] {
  return rows.slice(offset, offset + limit);
}
