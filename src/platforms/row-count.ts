/**
 * No list of a shop is longer. It is below what GraphQL's `Int` holds by so
 * much that the lists of twenty stores can be added up.
 */
export const maxRowCount = 100_000_000;

/** @returns `null` for what cannot be the length of a list. */
export function rowCountOf(value: unknown): number | null {
  return typeof value === "number" &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    value <= maxRowCount
    ? value
    : null;
}
