import { type PlatformCall, PlatformError } from "../../domain/errors";
import { rowCountOf } from "../row-count";

/** An object as it came: its members are not checked yet. */
export type WireObject = Readonly<Record<string, unknown>>;

/** A page of a v3 list. */
export interface V3Page {
  readonly data: readonly unknown[];
  /** Absent in answers to a cursor. */
  readonly pagination: V3Pagination | null;
}

/** `meta.pagination`. */
export interface V3Pagination {
  readonly total: number;
  readonly totalPages: number;
}

/** @throws PlatformError `PLATFORM_CONTRACT` when it is no v3 list. */
export function narrowV3Page(json: unknown, call: PlatformCall): V3Page {
  if (!isObject(json) || !Array.isArray(json["data"])) {
    throw PlatformError.contract(call, "expected a list under data");
  }
  const meta = isObject(json["meta"]) ? json["meta"] : {};
  const pagination = isObject(meta["pagination"]) ? meta["pagination"] : {};
  const total = rowCountOf(pagination["total"]);
  const totalPages = rowCountOf(pagination["total_pages"]);
  return {
    data: json["data"],
    pagination:
      total === null || totalPages === null ? null : { total, totalPages },
  };
}

/** @throws PlatformError `PLATFORM_CONTRACT` when it is no v2 list. */
export function narrowV2List(
  json: unknown,
  call: PlatformCall,
): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw PlatformError.contract(call, "expected a list");
}

/** @throws PlatformError `PLATFORM_CONTRACT` when it is no v2 count. */
export function narrowCount(json: unknown, call: PlatformCall): number {
  const count = isObject(json) ? rowCountOf(json["count"]) : null;
  if (count !== null) return count;
  throw PlatformError.contract(call, "expected a count of rows under count");
}

/**
 * An id as a text. It comes as a number in most places and as a text in some
 * discount rules.
 *
 * @returns `null` when it is neither a whole number nor a text of digits.
 */
export function idOf(value: unknown): string | null {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  }
  return typeof value === "string" && /^\d{1,15}$/.test(value)
    ? String(Number(value))
    : null;
}

export function isObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
