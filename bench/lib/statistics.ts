/** @returns the middle value, of two the mean; `NaN` of none. */
export function median(values: readonly number[]): number {
  return quantile(ascending(values), 0.5);
}

/**
 * @param sorted ascending.
 * @param part from 0 to 1.
 * @returns the value below which that part lies, interpolated; `NaN` of none.
 */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** @returns `NaN` of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @returns the sorted values in an array of their own. */
export function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}
