import type { Anatomy } from "../anatomy";
import type { RoomAnswer } from "../listener";
import { changeAt, findAt } from "../pointer";
import type { Random } from "../random";
import { type FaultKind, oneOf, whole } from "./schema";

/** What can be wrong with rows; see {@link RowsFault}. */
export const rowSpoilings = [
  "shuffled",
  "reversed",
  "duplicated",
  "missing",
  "none",
  "null",
  "foreign-id",
  "foreign-type",
  "foreign-parent",
] as const;

/**
 * Spoils the rows of honest answers: those of a list, or the single one. What
 * says how many there are stays as it was.
 *
 * - `shuffled`: in another order; `reversed`: in the opposite one.
 * - `duplicated`: the first ones stand at the end once more.
 * - `missing`: the first ones are left out; `none`: all are. A single row
 *   becomes null.
 * - `null`: the first ones are null.
 * - `foreign-id`, `foreign-type`, `foreign-parent`: the first ones have an id
 *   that no row has, a type that there is not, or belong to something else,
 *   where they tell it.
 */
export interface RowsFault {
  readonly rows: (typeof rowSpoilings)[number];
  /** How many rows, where it is about the first ones. Default 1. */
  readonly count?: number;
}

/** How the faults of rows are checked. */
export const rowKinds = {
  rows: {
    stage: "change",
    shape: { rows: oneOf(rowSpoilings), count: whole(1).optional() },
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** The type of a row that was given another one. */
export const FOREIGN_TYPE = "strangers";

/** The rows of a body: a list, a single one, or undefined for neither. */
export function rowsOf(body: unknown, anatomy: Anatomy): unknown {
  const place = placeOf(body, anatomy);
  return place === undefined ? undefined : findAt(body, place);
}

/** The same answer with other rows; its body is copied. */
export function withRows(
  answer: RoomAnswer,
  rows: unknown,
  anatomy: Anatomy,
): RoomAnswer {
  const place = placeOf(answer.body, anatomy);
  if (place === undefined) return answer;
  const body = changeAt(structuredClone(answer.body), place, () => rows);
  return { ...answer, body };
}

/**
 * An id of the same form that no row of a room has; different for each number
 * from 1 to some thousands. What is no id stays.
 */
export function toForeignId(id: unknown, number = 1): unknown {
  if (typeof id === "number") return id + 900_000_000 + number * 10_000;
  if (typeof id !== "string") return id;
  if (/^\d+$/.test(id)) return String(toForeignId(Number(id), number));
  const mark = `Zq${number.toString(36).padStart(3, "0")}`;
  return mark + id.slice(mark.length);
}

/** Spoils the rows of a body, in place where it can. */
export function spoilRows(
  body: unknown,
  { rows: spoiling, count = 1 }: RowsFault,
  anatomy: Anatomy,
  random: Random,
): unknown {
  const place = placeOf(body, anatomy);
  if (place === undefined) return body;
  return changeAt(body, place, (found) => {
    const rows: unknown[] = Array.isArray(found) ? found : [found];
    const first = rows.slice(0, count);
    const others = rows.slice(count);
    const set = (place: string, to: (value: unknown) => unknown) => {
      const having = rows.filter(
        (row) => (findAt(row, place) ?? null) !== null,
      );
      for (const row of having.slice(0, count)) changeAt(row, place, to);
      return rows;
    };
    const spoilt = (): unknown[] => {
      switch (spoiling) {
        case "shuffled":
          return shuffle(rows, random);
        case "reversed":
          return rows.toReversed();
        case "duplicated":
          return Array.isArray(found)
            ? [...rows, ...structuredClone(first)]
            : rows;
        case "missing":
          return others;
        case "none":
          return [];
        case "null":
          return [...first.map(() => null), ...others];
        case "foreign-id":
          return set(anatomy.id, (id) => toForeignId(id));
        case "foreign-type":
          return anatomy.type === undefined
            ? rows
            : set(anatomy.type, () => FOREIGN_TYPE);
        case "foreign-parent":
          for (const parent of anatomy.parents)
            set(parent, (id) => toForeignId(id));
          return rows;
      }
    };
    const result = spoilt();
    return Array.isArray(found) ? result : (result[0] ?? null);
  });
}

function placeOf(body: unknown, { rows, id }: Anatomy): string | undefined {
  return rows.find((place) => {
    const found = findAt(body, place);
    return Array.isArray(found) || findAt(found, id) !== undefined;
  });
}

/** Another order wherever there is one. */
function shuffle(rows: readonly unknown[], random: Random): unknown[] {
  const shuffled = random.shuffle(rows);
  const isSame = shuffled.every((row, index) => row === rows[index]);
  return isSame ? [...rows.slice(1), ...rows.slice(0, 1)] : shuffled;
}
