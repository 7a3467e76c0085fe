import type { Random } from "../../random";

const GAP_EVERY = 37;

/**
 * Ascending numbers with gaps, as a store has where rows were deleted.
 *
 * @param without numbers that are left out beside those of the regular gaps.
 */
export function createIds(
  first: number,
  count: number,
  without: readonly number[] = [],
): readonly number[] {
  const ids: number[] = [];
  for (let id = first; ids.length < count; id++) {
    if (id % GAP_EVERY !== 0 && !without.includes(id)) ids.push(id);
  }
  return ids;
}

/** A version 4 UUID. */
export function toUuid(random: Random): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => random.int(0, 15).toString(16)).join(
      "",
    );
  const variant = random.int(8, 11).toString(16);
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
}
