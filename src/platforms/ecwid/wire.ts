import { type PlatformCall, PlatformError } from "../../domain/errors";
import { rowCountOf } from "../row-count";

/** An object as it came: its members are not checked yet. */
export type WireObject = Readonly<Record<string, unknown>>;

/** A page of a search. */
export interface SearchAnswer {
  readonly items: readonly unknown[];
  /** How many items the whole search has. */
  readonly total: number;
}

/** @throws PlatformError `PLATFORM_CONTRACT` when it is no search. */
export function narrowSearch(json: unknown, call: PlatformCall): SearchAnswer {
  if (!isObject(json) || !Array.isArray(json["items"])) {
    throw PlatformError.contract(call, "expected a list under items");
  }
  return { items: json["items"], total: narrowTotal(json, call) };
}

/** @throws PlatformError `PLATFORM_CONTRACT` when there is no total. */
export function narrowTotal(json: unknown, call: PlatformCall): number {
  const total = isObject(json) ? rowCountOf(json["total"]) : null;
  if (total !== null) return total;
  throw PlatformError.contract(
    call,
    "expected the length of the list as total",
  );
}

/** @returns an id as a text; `null` when it is no whole number. */
export function idOf(value: unknown): string | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? String(value)
    : null;
}

/** A longer body is no error object. */
const maxErrorBytes = 64 * 1024;

/**
 * The code of an error (`INSUFFICIENT_APP_SCOPE`); `null` when the body is
 * empty or no error object. Only well-formed codes: they are shown.
 */
export function errorCodeOf(body: Buffer): string | null {
  if (body.length > maxErrorBytes) return null;
  try {
    const json: unknown = JSON.parse(body.toString("utf8"));
    const code = isObject(json) ? json["errorCode"] : null;
    return typeof code === "string" && /^[A-Z][A-Z_]{0,63}$/.test(code)
      ? code
      : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
