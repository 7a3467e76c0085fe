import { getWords, type Query } from "../query";

/** Which fields a list has when `include_fields` and `exclude_fields` act. */
export interface SparseRules {
  /** All that can be asked for and left out. */
  readonly known: readonly string[];
  /** Those that are there whatever is asked. */
  readonly always: readonly string[];
}

/**
 * Reads `include_fields` and `exclude_fields`; what is not excluded of what is
 * included remains.
 *
 * @returns what cuts a row down; fields that are not known stay, for these are
 *   there by `include`.
 * @throws BadParameter when a field is not known.
 */
export function toSparse(
  query: Query,
  { known, always }: SparseRules,
): <Row extends object>(row: Row) => object {
  const included = getWords(query, "include_fields", known);
  const excluded = getWords(query, "exclude_fields", known);
  if (included.length === 0 && excluded.length === 0) return (row) => row;
  const dropped = new Set(
    known.filter(
      (name) =>
        !always.includes(name) &&
        (excluded.includes(name) ||
          (included.length > 0 && !included.includes(name))),
    ),
  );
  return (row) =>
    Object.fromEntries(
      Object.entries(row).filter(([name]) => !dropped.has(name)),
    );
}
