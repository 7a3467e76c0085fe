import { fromDate } from "./dates";
import { WrongParameter } from "./errors";
import { toIds, toWord, type Query } from "./query";

/** Whether a row is what a parameter asks for. */
export type Condition<Row> = (row: Row) => boolean;

/**
 * Reads the value of a parameter.
 *
 * @throws WrongParameter when the value makes no sense.
 */
export type Filter<Row> = (value: string, name: string) => Condition<Row>;

/** The filters of a search by the name of their parameter. */
export type Filters<Row> = Readonly<Record<string, Filter<Row>>>;

/**
 * The rows that meet every filter in the query, in their order. Parameters that
 * are no filters do not matter here.
 *
 * @throws WrongParameter when a value makes no sense.
 */
export function selectRows<Row>(
  rows: readonly Row[],
  filters: Filters<Row>,
  query: Query,
): readonly Row[] {
  const conditions = [...query].flatMap(([name, value]) => {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    return filter ? [filter(value, name)] : [];
  });
  return conditions.length === 0
    ? rows
    : rows.filter((row) => conditions.every((holds) => holds(row)));
}

/** Text in the form in which upper and lower case are alike. */
export function fold(text: string): string {
  return text.toLowerCase();
}

/**
 * A part of a text, upper and lower case alike.
 *
 * @param keys folded texts, one of which must have the part.
 */
export function anyTextHas<Row>(
  keys: (row: Row) => readonly string[],
): Filter<Row> {
  return (value) => {
    const part = fold(value);
    return (row) => keys(row).some((text) => text.includes(part));
  };
}

/**
 * A whole text, upper and lower case alike.
 *
 * @param keys folded texts, one of which must be the value.
 */
export function anyTextIs<Row>(
  keys: (row: Row) => readonly string[],
): Filter<Row> {
  return (value) => {
    const wanted = fold(value);
    return (row) => keys(row).includes(wanted);
  };
}

/** One of the whole texts of a comma-joined list, as `anyTextIs`. */
export function anyTextIn<Row>(
  keys: (row: Row) => readonly string[],
): Filter<Row> {
  return (value) => {
    const wanted = value.split(",").map((part) => fold(part.trim()));
    return (row) => keys(row).some((text) => wanted.includes(text));
  };
}

/** One of the whole numbers of a comma-joined list. */
export function anyIdIn<Row>(
  keys: (row: Row) => readonly number[],
): Filter<Row> {
  return (value, name) => {
    const wanted = toIds(value, name);
    return (row) => keys(row).some((id) => wanted.has(id));
  };
}

/** A number that is compared. */
export function numberIs<Row>(
  key: (row: Row) => number,
  compare: (actual: number, wanted: number) => boolean,
): Filter<Row> {
  return (value, name) => {
    if (!/^-?\d+(\.\d+)?$/.test(value))
      throw new WrongParameter(name, "must be a number");
    const wanted = Number(value);
    return (row) => compare(key(row), wanted);
  };
}

/**
 * A date that is compared.
 *
 * @param key milliseconds since 1970.
 */
export function dateIs<Row>(
  key: (row: Row) => number,
  compare: (actual: number, wanted: number) => boolean,
): Filter<Row> {
  return (value, name) => {
    const wanted = fromDate(value);
    if (wanted === undefined)
      throw new WrongParameter(name, "must be unix seconds or a date");
    return (row) => compare(key(row), wanted);
  };
}

/** One of some words. */
export function wordIs<Row>(
  key: (row: Row) => string,
  words: readonly string[],
): Filter<Row> {
  return (value, name) => {
    const wanted = toWord(value, name, words);
    return (row) => key(row) === wanted;
  };
}

/** `true` or `false`. */
export function booleanIs<Row>(key: (row: Row) => boolean): Filter<Row> {
  return (value, name) => {
    const wanted = toWord(value, name, ["true", "false"]) === "true";
    return (row) => key(row) === wanted;
  };
}
