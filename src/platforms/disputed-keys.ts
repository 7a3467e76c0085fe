import { isDeepStrictEqual } from "node:util";
import { type PlatformCall, PlatformError } from "../domain/errors";

/**
 * The keys under which one answer holds rows that differ. One of two such rows
 * is not what its key says, and nobody knows which: neither may be shown. Rows
 * that come twice alike are one row.
 *
 * @param keyOf what a row is known by; rows without a key dispute nothing.
 */
export function disputedKeys<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null | undefined,
): ReadonlySet<string> {
  const first = new Map<string, Row>();
  const disputed = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null || key === undefined) continue;
    if (!first.has(key)) first.set(key, row);
    else if (!isDeepStrictEqual(first.get(key), row)) disputed.add(key);
  }
  return disputed;
}

/** The error of a key under which one answer holds rows that differ. */
export function disputedKey(call: PlatformCall): PlatformError {
  return PlatformError.contract(
    call,
    "it answered rows of one id that differ from one another",
  );
}
