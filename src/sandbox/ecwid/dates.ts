const DATE_INPUT =
  /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d)(?: ([+-]\d\d)(\d\d))?)?$/;

/**
 * Reads a date as a request may write it: unix seconds,
 * `yyyy-MM-dd HH:mm:ss Z`, the same without the offset (UTC), or `yyyy-MM-dd`,
 * which is that day's midnight in UTC.
 *
 * @returns milliseconds since 1970, or undefined when it is none of these.
 */
export function fromDate(text: string): number | undefined {
  if (/^\d{1,11}$/.test(text)) return Number(text) * 1000;
  const parts = DATE_INPUT.exec(text);
  if (!parts) return undefined;
  const [, day, time = "00:00:00", hours = "+00", minutes = "00"] = parts;
  const ms = Date.parse(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * Writes a date as the platform does: `yyyy-MM-dd HH:mm:ss Z`.
 *
 * @param ms milliseconds since 1970.
 * @param offsetHours whole hours east of UTC.
 */
export function toDate(ms: number, offsetHours = 0): string {
  const local = new Date(ms + offsetHours * 3_600_000).toISOString();
  const sign = offsetHours < 0 ? "-" : "+";
  const hours = String(Math.abs(offsetHours)).padStart(2, "0");
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${sign}${hours}00`;
}
