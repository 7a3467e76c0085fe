import type { JsonValue } from "../json";
import type { Attribute } from "./schema";

/** A value that a filter compares: null, or made comparable by its kind. */
export type Comparable = string | number | boolean | null;

/** Whether one stored value satisfies a filter. */
export type Test = (stored: unknown) => boolean;

type Compare = (
  stored: string | number | boolean,
  given: Comparable,
) => boolean;

// A comparison with null is neither true nor false in SQL, so a predicate
// refuses null unless its name ends in `_or_null`.
const comparisons: Readonly<Record<string, Compare>> = {
  eq: (stored, given) => stored === given,
  not_eq: (stored, given) => stored !== given,
  lt: (stored, given) => given !== null && stored < given,
  lteq: (stored, given) => given !== null && stored <= given,
  gt: (stored, given) => given !== null && stored > given,
  gteq: (stored, given) => given !== null && stored >= given,
};

const textComparisons: Readonly<
  Record<string, (stored: string, given: string) => boolean>
> = {
  matches: (stored, given) => toLike(given).test(stored),
  does_not_match: (stored, given) => !toLike(given).test(stored),
  start: (stored, given) => stored.startsWith(given),
  not_start: (stored, given) => !stored.startsWith(given),
  end: (stored, given) => stored.endsWith(given),
  not_end: (stored, given) => !stored.endsWith(given),
  cont: (stored, given) => stored.includes(given),
  not_cont: (stored, given) => !stored.includes(given),
  i_cont: (stored, given) => stored.toLowerCase().includes(given.toLowerCase()),
};

const presence: Readonly<Record<string, Test>> = {
  null: (stored) => stored === null,
  not_null: (stored) => stored !== null,
  blank: (stored) => stored === null || stored === "",
  present: (stored) => stored !== null && stored !== "",
  true: (stored) => stored === true,
  false: (stored) => stored === false,
};

const anyAll = [
  ...["matches", "does_not_match", "lt", "lteq", "gt", "gteq"],
  ...["start", "not_start", "end", "not_end", "cont"],
];

/** Every predicate of `filter[q]`, the longest first. */
export const predicateNames: readonly string[] = [
  ...Object.keys(comparisons),
  ...["eq_or_null", "not_eq_or_null", "in", "in_or_null"],
  ...["not_in", "not_in_or_null", "not_eq_all", "not_cont_all", "jcont"],
  ...Object.keys(textComparisons),
  ...anyAll.flatMap((name) => [`${name}_any`, `${name}_all`]),
  ...Object.keys(presence),
].sort((a, b) => b.length - a.length);

/** Why a filter cannot be made into a test. */
export type Refusal = "predicate" | "value";

/**
 * Makes the test of one predicate.
 *
 * @param toStored turns a stored value into what is compared, and a given text
 *   likewise, e.g. an id into its hidden numeric key.
 * @returns why not, when the attribute has no such predicate or the value
 *   cannot be read.
 */
export function createTest(
  predicate: string,
  kind: Attribute["kind"],
  value: string,
  toStored?: (value: unknown) => Comparable,
): Test | Refusal {
  const simple = presence[predicate];
  if (simple) {
    if ((predicate === "true" || predicate === "false") && kind !== "boolean")
      return "predicate";
    if (/^(1|t|true)$/i.test(value)) return simple;
    if (/^(0|f|false)$/i.test(value)) return (stored) => !simple(stored);
    return "value";
  }
  if (kind === "json") {
    if (predicate !== "jcont") return "predicate";
    const wanted = parseObject(value);
    return wanted === undefined
      ? "value"
      : (stored) => contains(stored as JsonValue, wanted);
  }
  if (predicate === "jcont") return "predicate";

  const orNull = predicate.endsWith("_or_null");
  const name = orNull ? predicate.slice(0, -"_or_null".length) : predicate;
  const nullable = (test: Test): Test =>
    orNull ? (stored) => stored === null || test(stored) : test;

  const list = /^(?:(not_in|in)|(.+)_(any|all))$/.exec(name);
  const comparison =
    list?.[1] === "in" ? "eq" : list?.[1] ? "not_eq" : (list?.[2] ?? name);
  const every = list?.[1] === "not_in" || list?.[3] === "all";
  const givens = list ? value.split(",") : [value];

  const text = textComparisons[comparison];
  if (text) {
    if (kind !== "text") return "predicate";
    const tests = givens.map((given) => (stored: unknown) => {
      if (stored === null) return false;
      return text(`${stored as string | number}`, given);
    });
    return nullable(join(tests, every));
  }
  const compare = comparisons[comparison];
  if (!compare) return "predicate";
  const read = toStored ?? ((value: unknown) => toComparable(kind, value));
  const comparables = givens.map(read);
  if (!toStored && comparables.includes(null)) return "value";
  if (comparison === "eq" && list && !toStored) {
    const wanted = new Set(comparables);
    return nullable((stored) => stored !== null && wanted.has(read(stored)));
  }
  const tests = comparables.map((given) => (stored: unknown) => {
    const comparable = stored === null ? null : read(stored);
    return comparable !== null && compare(comparable, given);
  });
  return nullable(join(tests, every));
}

function join(tests: readonly Test[], every: boolean): Test {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return every
    ? (stored) => tests.every((test) => test(stored))
    : (stored) => tests.some((test) => test(stored));
}

/** Makes a value comparable; null when it cannot be read as its kind. */
export function toComparable(
  kind: Attribute["kind"],
  value: unknown,
): Comparable {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case "text":
      return `${value as string | number}`;
    case "number": {
      const number = typeof value === "string" ? value.trim() : value;
      if (number === "") return null;
      return Number.isNaN(Number(number)) ? null : Number(number);
    }
    case "date": {
      const ms = Date.parse(value as string);
      return Number.isNaN(ms) ? null : ms;
    }
    case "boolean":
      if (typeof value === "boolean") return value;
      if (/^(1|t|true)$/i.test(value as string)) return true;
      return /^(0|f|false)$/i.test(value as string) ? false : null;
    case "json":
      return null;
  }
}

const likes = new Map<string, RegExp>();

function toLike(pattern: string): RegExp {
  let like = likes.get(pattern);
  if (!like) {
    const source = pattern.replace(
      /\\([%_\\])|[%_.*+?^${}()|[\]\\]/g,
      (special, escaped?: string) =>
        special === "%"
          ? ".*"
          : special === "_"
            ? "."
            : `\\${escaped ?? special}`.replace(/^\\([%_])/, "$1"),
    );
    like = new RegExp(`^${source}$`, "su");
    if (likes.size > 100) likes.clear();
    likes.set(pattern, like);
  }
  return like;
}

function parseObject(text: string): JsonValue | undefined {
  try {
    const parsed = JSON.parse(text) as JsonValue;
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

// Containment as PostgreSQL's `@>` has it.
function contains(stored: JsonValue, wanted: JsonValue): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(stored) &&
      wanted.every((item: JsonValue) =>
        stored.some((other: JsonValue) => contains(other, item)),
      )
    );
  if (typeof wanted === "object" && wanted !== null)
    return (
      typeof stored === "object" &&
      stored !== null &&
      !Array.isArray(stored) &&
      Object.entries(wanted).every(
        ([name, value]) =>
          Object.hasOwn(stored, name) &&
          contains((stored as Record<string, JsonValue>)[name] ?? null, value),
      )
    );
  return stored === wanted;
}
