const decimal = /^[+-]?\d+(\.\d+)?$/;
const exponential = /^([+-]?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/;

/**
 * Carries an amount as an exact decimal text: a text keeps its digits
 * (`"5.0000"` stays `"5.0000"`), a JSON number is written without rounding
 * noise and without an exponent (`1e-7` becomes `"0.0000001"`).
 *
 * @returns `null` when the value is no decimal number.
 */
export function toDecimal(value: unknown): string | null {
  if (typeof value === "number") {
    return Number.isFinite(value) ? plain(String(value)) : null;
  }
  if (typeof value !== "string") return null;
  return decimal.test(value) ? value.replace(/^\+/, "") : null;
}

/** The shortest text that reads back as the number, its exponent written out. */
function plain(text: string): string {
  const match = exponential.exec(text);
  if (!match) return text === "-0" ? "0" : text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, "0");
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
