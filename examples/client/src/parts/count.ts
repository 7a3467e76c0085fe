const counts = new Intl.NumberFormat("en-GB");

export function toCount(count: number): string {
  return counts.format(count);
}

/**
 * As in "1 group" and "63 groups".
 *
 * @param noun in the singular.
 */
export function countOf(count: number, noun: string): string {
  return `${toCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/**
 * As in "40 of 63 groups".
 *
 * @param total `null` when it is not known.
 * @param noun in the singular.
 */
export function shownInWords(
  shown: number,
  total: number | null,
  noun: string,
): string {
  if (total === null || total <= 1) return countOf(shown, noun);
  return shown >= total
    ? `All ${countOf(total, noun)}`
    : `${toCount(shown)} of ${countOf(total, noun)}`;
}
