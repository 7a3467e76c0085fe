import type { BatchQuestion } from "../platforms/platform";

/**
 * Puts answers into the order of the keys: the only place that does. It goes
 * by the key that each answer carries; the order in which a platform sent its
 * rows is not even known here.
 */
export function align<Value>(
  keys: readonly string[],
  answers: ReadonlyMap<string, Value | Error>,
  { foreignAnswer }: Pick<BatchQuestion<Value>, "foreignAnswer">,
): (Value | Error | null)[] {
  const asked = new Set(keys);
  const hasForeign = [...answers.keys()].some((key) => !asked.has(key));
  return keys.map((key) => {
    const answer = answers.get(key);
    if (answer !== undefined) return answer;
    return hasForeign ? foreignAnswer(key) : null;
  });
}
