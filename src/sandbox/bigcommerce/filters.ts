import { toTimeSpan } from "./dates";
import { BadParameter } from "./errors";
import { splitList, type Query } from "./query";

/** What one parameter asks of a row. */
export interface Condition<Row> {
  holds(row: Row): boolean;
  /** Where an index found all rows that can hold, ascending. */
  readonly positions?: readonly number[];
}

/**
 * Reads the value of a parameter.
 *
 * @throws BadParameter when the value makes no sense.
 */
export type Filter<Row> = (value: string, name: string) => Condition<Row>;

/** The filters of a list by the name of their parameter. */
export type Filters<Row> = Readonly<Record<string, Filter<Row>>>;

/**
 * The rows that meet every filter in the query, in their order. Parameters that
 * are no filters do not matter here.
 *
 * @throws BadParameter when a value makes no sense.
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
  const found = conditions
    .flatMap(({ positions }) => (positions ? [positions] : []))
    .sort((a, b) => a.length - b.length)[0];
  const candidates = found
    ? found.map((position) => rows[position] as Row)
    : rows;
  return conditions.length === 0
    ? rows
    : candidates.filter((row) => conditions.every((c) => c.holds(row)));
}

/** `:in` over numbers, with an index. */
export function idIn<Row>(
  rows: readonly Row[],
  key: (row: Row) => number,
): Filter<Row> {
  return indexed(rows, key, toIds);
}

/** A single number, with an index. */
export function idIs<Row>(
  rows: readonly Row[],
  key: (row: Row) => number,
): Filter<Row> {
  return indexed(rows, key, (value, name) => [toId(value, name)]);
}

/** `:not_in` over numbers. */
export function idNotIn<Row>(key: (row: Row) => number): Filter<Row> {
  return (value, name) => {
    const wanted = new Set(toIds(value, name));
    return { holds: (row) => !wanted.has(key(row)) };
  };
}

/** `:in` over numbers where a row has several. */
export function anyIdIn<Row>(
  keys: (row: Row) => readonly number[],
): Filter<Row> {
  return (value, name) => {
    const wanted = new Set(toIds(value, name));
    return { holds: (row) => keys(row).some((key) => wanted.has(key)) };
  };
}

/** A number that is compared: `:min`, `:max`, `:greater`, `:less`, equality. */
export function numberIs<Row>(
  key: (row: Row) => number,
  compare: (actual: number, wanted: number) => boolean,
): Filter<Row> {
  return (value, name) => {
    const wanted = Number(value);
    if (value.trim() === "" || !Number.isFinite(wanted))
      throw new BadParameter(name, "must be a number");
    return { holds: (row) => compare(key(row), wanted) };
  };
}

/** `:in` over texts in exactly this spelling, with an index. */
export function textIn<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
): Filter<Row> {
  return indexed(rows, key, toTexts);
}

/** `:in` over texts, upper and lower case alike, with an index. */
export function foldedTextIn<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
): Filter<Row> {
  return indexed(
    rows,
    (row) => key(row).toLowerCase(),
    (value, name) => toTexts(value, name).map((text) => text.toLowerCase()),
  );
}

/** `:not_in` over texts. */
export function textNotIn<Row>(key: (row: Row) => string): Filter<Row> {
  return (value, name) => {
    const wanted = new Set(toTexts(value, name));
    return { holds: (row) => !wanted.has(key(row)) };
  };
}

/** A text in exactly this spelling; commas belong to it. */
export function textIs<Row>(key: (row: Row) => string): Filter<Row> {
  return (value) => ({ holds: (row) => key(row) === value });
}

/** `:like`: a part of the text, upper and lower case alike. */
export function textLike<Row>(key: (row: Row) => string): Filter<Row> {
  return (value) => {
    const part = value.toLowerCase();
    return { holds: (row) => key(row).toLowerCase().includes(part) };
  };
}

/** `:like` that takes a list: a part of the text is any of these. */
export function anyTextLike<Row>(key: (row: Row) => string): Filter<Row> {
  return (value, name) => {
    const parts = toTexts(value, name).map((text) => text.toLowerCase());
    return {
      holds: (row) => {
        const text = key(row).toLowerCase();
        return parts.some((part) => text.includes(part));
      },
    };
  };
}

/** One of some words. */
export function wordIs<Row>(
  key: (row: Row) => string,
  words: readonly string[],
): Filter<Row> {
  return (value, name) => {
    if (!words.includes(value))
      throw new BadParameter(name, `must be one of ${words.join(", ")}`);
    return { holds: (row) => key(row) === value };
  };
}

/** `true` or `false`, also as 1 or 0. */
export function booleanIs<Row>(key: (row: Row) => boolean): Filter<Row> {
  return (value, name) => {
    if (!["true", "false", "1", "0"].includes(value))
      throw new BadParameter(name, "must be true or false");
    const wanted = value === "true" || value === "1";
    return { holds: (row) => key(row) === wanted };
  };
}

/** 1 or 0 and nothing else. */
export function flagIs<Row>(key: (row: Row) => boolean): Filter<Row> {
  return (value, name) => {
    if (value !== "1" && value !== "0")
      throw new BadParameter(name, "must be 1 or 0");
    return { holds: (row) => key(row) === (value === "1") };
  };
}

/**
 * A date, its `:min` and its `:max`; both ends belong to what is found. A row
 * without a date is never found.
 *
 * @param key milliseconds since 1970, or undefined.
 */
export function dateFilters<Row, Name extends string>(
  parameter: Name,
  key: (row: Row) => number | undefined,
): Readonly<Record<Name | `${Name}:min` | `${Name}:max`, Filter<Row>>> {
  const filter =
    (holds: (at: number, from: number, to: number) => boolean): Filter<Row> =>
    (value, name) => {
      const span = toTimeSpan(value);
      if (!span)
        throw new BadParameter(name, "must be a date or a date with a time");
      return {
        holds: (row) => {
          const at = key(row);
          return at !== undefined && holds(at, span.from, span.to);
        },
      };
    };
  const filters = {
    [parameter]: filter((at, from, to) => at >= from && at <= to),
    [`${parameter}:min`]: filter((at, from) => at >= from),
    [`${parameter}:max`]: filter((at, _from, to) => at <= to),
  };
  return filters as ReturnType<typeof dateFilters<Row, Name>>;
}

function indexed<Row, Key>(
  rows: readonly Row[],
  key: (row: Row) => Key,
  read: (value: string, name: string) => readonly Key[],
): Filter<Row> {
  const index = new Map<Key, number[]>();
  rows.forEach((row, position) => {
    const found = index.get(key(row));
    if (found) found.push(position);
    else index.set(key(row), [position]);
  });
  return (value, name) => {
    const wanted = new Set(read(value, name));
    const positions = [...wanted]
      .flatMap((one) => index.get(one) ?? [])
      .sort((a, b) => a - b);
    return { positions, holds: (row) => wanted.has(key(row)) };
  };
}

function toTexts(value: string, name: string): readonly string[] {
  const texts = splitList(value);
  if (texts.length === 0) throw new BadParameter(name, "must not be empty");
  return texts;
}

function toIds(value: string, name: string): readonly number[] {
  return toTexts(value, name).map((text) => toId(text, name));
}

function toId(text: string, name: string): number {
  if (!/^-?\d+$/.test(text)) throw new BadParameter(name, "must be an integer");
  return Number(text);
}
