/**
 * What the stores of one process have in common, as far as it is more than one
 * store's: the quota of an account that two of them name.
 *
 * @returns what was made for the key; made when it is first asked for.
 */
export type SharedState = <T>(key: string, make: () => T) => T;

/** Keys begin with the name of their room. */
export function createSharedState(): SharedState {
  const made = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key) as T;
  };
}
