import { toDateTime } from "../../domain/date-time";
import type { StoreSignals } from "../platform";

/** An attribute has another type than Commerce Layer promises. */
export class AttributeMismatch extends Error {
  override readonly name = "AttributeMismatch";

  constructor(readonly expected: string) {
    super(`expected ${expected}`);
  }
}

/**
 * Reads an attribute's value; `undefined` when the document lacks it.
 *
 * @returns an AttributeMismatch when the field alone cannot be shown.
 * @throws AttributeMismatch when the document cannot be trusted.
 */
export type ReadAttribute = (value: unknown, signals: StoreSignals) => unknown;

/** A text that is always there. */
export const requiredText: ReadAttribute = (value) => {
  if (typeof value !== "string") throw new AttributeMismatch("a text");
  return value;
};

/** A text or nothing. Recorded answers hold `""` where others hold `null`. */
export const text: ReadAttribute = (value) => {
  if (isAbsent(value) || value === "") return null;
  return requiredText(value, quiet);
};

/** Texts that some answers carry as numbers: `orders.number`. */
export const textOrNumber: ReadAttribute = (value, signals) =>
  typeof value === "number" && Number.isSafeInteger(value)
    ? String(value)
    : text(value, signals);

export const boolean: ReadAttribute = (value) => {
  if (isAbsent(value)) return null;
  if (typeof value !== "boolean") throw new AttributeMismatch("a boolean");
  return value;
};

/**
 * A whole number. One that GraphQL's Int cannot hold is returned as the error
 * of its field alone: nothing is wrong with the row.
 */
export const integer: ReadAttribute = (value) => {
  if (isAbsent(value)) return null;
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new AttributeMismatch("a whole number");
  }
  return value === (value | 0)
    ? value
    : new AttributeMismatch("a whole number of at most 32 bits");
};

/** A JSON object or nothing. */
export const object: ReadAttribute = (value) => {
  if (isAbsent(value)) return null;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new AttributeMismatch("an object");
  }
  return value;
};

/** A date in any known form; an unreadable one is taken as absent and counted. */
export const dateTime: ReadAttribute = (value, signals) => {
  if (isAbsent(value) || value === "") return null;
  if (typeof value !== "string") throw new AttributeMismatch("a date");
  const time = toDateTime(value);
  if (time === null) signals.unreadableDate();
  return time;
};

/** An absolute http or https address; anything else is taken as absent. */
export const webAddress: ReadAttribute = (value, signals) => {
  const address = text(value, signals);
  return typeof address === "string" &&
    /^https?:\/\//i.test(address) &&
    URL.canParse(address)
    ? address
    : null;
};

/** A word of a fixed set, in upper case; `UNKNOWN` for a newer one. */
export function word(known: Readonly<Record<string, string>>): ReadAttribute {
  return (value, signals) => {
    const name = text(value, signals);
    if (typeof name !== "string") return null;
    return known[name.toUpperCase()] ?? "UNKNOWN";
  };
}

/** The members of an object, each read by its own rule. */
export function members(
  rules: Readonly<Record<string, { wire: string; read: ReadAttribute }>>,
): ReadAttribute {
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

const quiet: StoreSignals = { unreadableDate: () => undefined };

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
