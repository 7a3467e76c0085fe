import { isRecord } from "./is-record";

/** A store that did not answer, so that an older answer of it stands in. */
export interface StaleStore {
  readonly store: string;
  /** How old the oldest part of it was when it came, in milliseconds. */
  readonly ageMs: number;
  /** When that part was true, in milliseconds since 1970. */
  readonly asOf: number;
}

/**
 * Notes when an answer came: the server tells ages, which grow from then on.
 *
 * @param extensions of the answer, as they came.
 */
export function withArrival(
  extensions: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  return { ...extensions, arrivedAt: Date.now() };
}

/**
 * The stores of which older data is shown; none when all of them answered.
 *
 * @param extensions of an answer, with its arrival.
 */
export function toStale(extensions: unknown): readonly StaleStore[] {
  if (!isRecord(extensions)) return [];
  const { stale, arrivedAt } = extensions;
  if (!Array.isArray(stale) || typeof arrivedAt !== "number") return [];
  return stale.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const { store, ageMs } = entry;
    return typeof store === "string" && typeof ageMs === "number"
      ? [{ store, ageMs, asOf: arrivedAt - ageMs }]
      : [];
  });
}

/** Each store once, with the oldest of what is shown of it. */
export function oldestOf(stale: readonly StaleStore[]): readonly StaleStore[] {
  const oldest = new Map<string, StaleStore>();
  for (const entry of stale) {
    const known = oldest.get(entry.store);
    if (!known || entry.asOf < known.asOf) oldest.set(entry.store, entry);
  }
  return [...oldest.values()];
}

/** An age in its two greatest units, rounded up, as in "1 min 33 s". */
export function ageInWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return inTwoUnits(seconds, "min", "s");
  return inTwoUnits(Math.ceil(seconds / 60), "h", "min");
}

function inTwoUnits(count: number, great: string, small: string): string {
  const whole = `${Math.floor(count / 60)} ${great}`;
  const rest = count % 60;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}
