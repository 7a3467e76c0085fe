const GAP_EVERY = 41;

/** Ascending numbers with gaps, as a store has where rows were deleted. */
export function createIds(first: number, count: number): readonly number[] {
  const ids: number[] = [];
  for (let id = first; ids.length < count; id++) {
    if (id % GAP_EVERY !== 0) ids.push(id);
  }
  return ids;
}

/** Numbers one after the other. */
export function createCounter(first: number): () => number {
  let next = first;
  return () => next++;
}
