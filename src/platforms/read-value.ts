import { toDateTime } from "../domain/date-time";
import { toDecimal } from "../domain/decimal";
import type { StoreSignals } from "./platform";

/** A value has another type than the platform promises. */
export class ValueMismatch extends Error {
  override readonly name = "ValueMismatch";

  constructor(readonly expected: string) {
    super(`expected ${expected}`);
  }
}

/**
 * Reads a value of a platform's answer; `undefined` when the answer lacks it.
 *
 * @returns a ValueMismatch when the field alone cannot be shown.
 * @throws ValueMismatch when the whole row cannot be trusted.
 */
export type ReadValue = (value: unknown, signals: StoreSignals) => unknown;

/** A text that is always there. */
export const requiredText: ReadValue = (value) => {
  if (typeof value !== "string") throw new ValueMismatch("a text");
  return value;
};

/** A text or nothing: platforms write `""` and `null` for the same absence. */
export const text: ReadValue = (value) => {
  if (isAbsent(value) || value === "") return null;
  return requiredText(value, quiet);
};

/** A text that some answers carry as a number. */
export const textOrNumber: ReadValue = (value, signals) =>
  typeof value === "number" && Number.isSafeInteger(value)
    ? String(value)
    : text(value, signals);

export const boolean: ReadValue = (value) => {
  if (isAbsent(value)) return null;
  if (typeof value !== "boolean") throw new ValueMismatch("a boolean");
  return value;
};

/**
 * A whole number. One that GraphQL's Int cannot hold is returned as the error
 * of its field alone: nothing is wrong with the row.
 */
export const integer: ReadValue = (value) => {
  if (isAbsent(value)) return null;
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new ValueMismatch("a whole number");
  }
  return value === (value | 0)
    ? value
    : new ValueMismatch("a whole number of at most 32 bits");
};

/** Deeper values could not be written into an answer again. */
const maxDepth = 100;

/** A JSON object or nothing. */
export const object: ReadValue = (value) => {
  if (isAbsent(value)) return null;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new ValueMismatch("an object");
  }
  if (isDeeperThan(maxDepth, value)) {
    throw new ValueMismatch(`an object of at most ${maxDepth} levels`);
  }
  return value;
};

/** A date in any known form; an unreadable one is taken as absent and counted. */
export const dateTime: ReadValue = (value, signals) => {
  if (isAbsent(value) || value === "") return null;
  if (typeof value !== "string") throw new ValueMismatch("a date");
  const time = toDateTime(value);
  if (time === null) signals.unreadableDate();
  return time;
};

/**
 * An amount, as a text with its digits or as a JSON number.
 *
 * @throws ValueMismatch also for a text that is no decimal number.
 */
export const decimal: ReadValue = (value) => {
  if (isAbsent(value) || value === "") return null;
  const amount = toDecimal(value);
  if (amount === null) throw new ValueMismatch("a decimal number");
  return amount;
};

/** An absolute http or https address; anything else is taken as absent. */
export const webAddress: ReadValue = (value, signals) => {
  const address = text(value, signals);
  return typeof address === "string" &&
    /^https?:\/\//i.test(address) &&
    URL.canParse(address)
    ? address
    : null;
};

/** A word of a fixed set, in upper case; `UNKNOWN` for a newer one. */
export function word(known: Readonly<Record<string, string>>): ReadValue {
  return (value, signals) => {
    const name = text(value, signals);
    if (typeof name !== "string") return null;
    return known[name.toUpperCase()] ?? "UNKNOWN";
  };
}

/** The members of an object, each read by its own rule. */
export function members(
  rules: Readonly<Record<string, { wire: string; read: ReadValue }>>,
): ReadValue {
  return (value, signals) => {
    const source = object(value, signals) as Record<string, unknown> | null;
    if (source === null || Object.keys(source).length === 0) return null;
    return Object.fromEntries(
      Object.entries(rules).map(([name, { wire, read }]) => [
        name,
        read(source[wire], signals),
      ]),
    );
  };
}

function isDeeperThan(levels: number, value: object): boolean {
  if (levels === 0) return true;
  return Object.values(value).some(
    (member: unknown) =>
      typeof member === "object" &&
      member !== null &&
      isDeeperThan(levels - 1, member),
  );
}

const quiet: StoreSignals = { unreadableDate: () => undefined };

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
