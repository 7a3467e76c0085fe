const SECOND = 1000;
const DAY = 86_400_000;

// The colon behind T stands in an example of BigCommerce's own documentation
// (Get Customer Group: `2019-09-04T:00:00:00`).
const DATE_INPUT =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:T:?| )(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** A stretch of time in milliseconds since 1970; both ends belong to it. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * What a date in a request stands for: a date its whole day, a date with a time
 * that second. Without an offset it is UTC.
 *
 * @returns undefined when it is neither.
 */
export function toTimeSpan(text: string): TimeSpan | undefined {
  const parts = DATE_INPUT.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second = "00", offset = "Z"] = parts;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return toSpan(`${date}T00:00:00Z`, DAY);
  const zone = offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  return toSpan(`${date}T${hour}:${minute}:${second}${zone}`, SECOND);
}

function toSpan(iso: string, length: number): TimeSpan | undefined {
  const from = Date.parse(iso);
  if (Number.isNaN(from)) return undefined;
  return { from, to: from + length - 1 };
}

/** A group's date, `YYYY-MM-DD HH:MM:SS`; its zone is unstated, UTC here. */
export function toGroupDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** A date of v3's customers and price lists: ISO 8601 in whole seconds. */
export function toIsoDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A date of v3's catalog: ISO 8601 with a numeric offset. */
export function toCatalogDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}

/** Milliseconds since 1970 of any date that this room writes. */
export function fromDate(date: unknown): number | undefined {
  return typeof date === "string" ? toTimeSpan(date)?.from : undefined;
}
