import { WrongParameter } from "./errors";

/**
 * The decoded parameters of a request by name; of several the last counts, and
 * those with an empty value are not there.
 */
export type Query = ReadonlyMap<string, string>;

/** The parameters of a request. */
export function toQuery(
  parameters: readonly (readonly [name: string, value: string])[],
): Query {
  const query = new Map(parameters);
  for (const [name, value] of query) {
    if (value === "") query.delete(name);
  }
  return query;
}

/**
 * A whole number.
 *
 * @param least the smallest that is allowed.
 * @throws WrongParameter when the value is something else.
 */
export function toWhole(value: string, name: string, least: number): number {
  const whole = Number(value);
  if (!/^\d+$/.test(value) || whole < least || !Number.isSafeInteger(whole))
    throw new WrongParameter(name, `must be a whole number from ${least}`);
  return whole;
}

/**
 * The whole numbers of a comma-joined list; there may be space around them, as
 * in the documentation's own example (Ecwid docs, search customer groups).
 *
 * @throws WrongParameter when one of them is something else.
 */
export function toIds(value: string, name: string): ReadonlySet<number> {
  return new Set(
    value.split(",").map((part) => {
      if (!/^-?\d{1,15}$/.test(part.trim()))
        throw new WrongParameter(name, "must be whole numbers and commas");
      return Number(part);
    }),
  );
}

/**
 * One of some words.
 *
 * @throws WrongParameter when it is none of them.
 */
export function toWord<Word extends string>(
  value: string,
  name: string,
  words: readonly Word[],
): Word {
  const word = words.find((word) => word === value);
  if (word === undefined)
    throw new WrongParameter(name, `must be one of ${words.join(", ")}`);
  return word;
}

/**
 * Refuses names that an endpoint does not have.
 *
 * @throws WrongParameter for the first of them.
 */
export function checkNames(query: Query, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw new WrongParameter(name, "is not a parameter of this endpoint");
  }
}
