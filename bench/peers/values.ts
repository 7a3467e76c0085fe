/** Values by a text that tells the row and the field. */
export type Values = ReadonlyMap<string, string | null>;

/** What is wrong with some values. */
export interface Comparison {
  readonly compared: number;
  /** Another value than the truth, or one that should not be there. */
  readonly wrong: number;
  /** Of the wrong ones, those that are another row's. */
  readonly ofAnotherRow: number;
  /** None, where the truth is one. */
  readonly missing: number;
}

export const nothingCompared: Comparison = {
  compared: 0,
  wrong: 0,
  ofAnotherRow: 0,
  missing: 0,
};

/** Compares by row and field; the order of rows does not count. */
export function compareValues(truth: Values, told: Values): Comparison {
  const known = new Set(truth.values());
  const keys = new Set([...truth.keys(), ...told.keys()]);
  let wrong = 0;
  let ofAnotherRow = 0;
  let missing = 0;
  for (const key of keys) {
    const right = truth.get(key) ?? null;
    const value = told.get(key) ?? null;
    if (value === right) continue;
    if (value === null) {
      missing += 1;
      continue;
    }
    wrong += 1;
    if (known.has(value)) ofAnotherRow += 1;
  }
  return { compared: keys.size, wrong, ofAnotherRow, missing };
}

export function addComparisons(comparisons: readonly Comparison[]): Comparison {
  return comparisons.reduce(
    (sum, one) => ({
      compared: sum.compared + one.compared,
      wrong: sum.wrong + one.wrong,
      ofAnotherRow: sum.ofAnotherRow + one.ofAnotherRow,
      missing: sum.missing + one.missing,
    }),
    nothingCompared,
  );
}
