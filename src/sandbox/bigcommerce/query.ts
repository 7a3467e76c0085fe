import { BadParameter } from "./errors";

/** The decoded parameters of a request by name; of several the last counts. */
export type Query = ReadonlyMap<string, string>;

/**
 * A whole number, or undefined when the parameter was left out.
 *
 * @throws BadParameter when it is something else or below 1.
 */
export function getCount(query: Query, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || !Number.isSafeInteger(count))
    throw new BadParameter(name, "must be a whole number, at least 1");
  return count;
}

/**
 * The words of a comma-joined parameter; empty when it was left out.
 *
 * @throws BadParameter when a word is not among those that are known.
 */
export function getWords<Word extends string>(
  query: Query,
  name: string,
  known: readonly Word[],
): readonly Word[] {
  return splitList(query.get(name) ?? "").map((text) => {
    const word = known.find((word) => word === text);
    if (word === undefined)
      throw new BadParameter(name, `must be one of ${known.join(", ")}`);
    return word;
  });
}

/** The parts of a comma-joined list without the space around them. */
export function splitList(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((part) => part.trim());
}

/**
 * Refuses names that an endpoint does not have.
 *
 * @throws BadParameter for the first of them.
 */
export function checkNames(query: Query, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw new BadParameter(name, "is not a parameter of this endpoint");
  }
}
