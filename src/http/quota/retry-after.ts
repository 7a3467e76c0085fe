import type { UpstreamResponse } from "../exchange";

/** A longer wait that a platform names is not believed. */
export const maxWaitMs = 60_000;

const httpDate =
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long an answer asks to wait, by its header `Retry-After` (or another of
 * the same form): a number of seconds, or a date. A date is compared with the
 * answer's own `Date`, since our clock may be wrong.
 *
 * @returns from 0 to {@link maxWaitMs} milliseconds; `null` when the header is
 *   absent or holds neither.
 */
export function readRetryAfter(
  { headers }: UpstreamResponse,
  name = "retry-after",
): number | null {
  const text = headers[name]?.trim();
  if (text === undefined) return null;
  if (/^\d{1,12}$/.test(text)) return clampWait(Number(text) * 1_000);
  if (!httpDate.test(text)) return null;
  const sent = headers["date"]?.trim() ?? "";
  const now = httpDate.test(sent) ? Date.parse(sent) : Date.now();
  const wait = Date.parse(text) - now;
  return Number.isNaN(wait) ? null : clampWait(wait);
}

/** Keeps a wait between 0 and {@link maxWaitMs}. */
export function clampWait(ms: number): number {
  return Math.min(Math.max(0, ms), maxWaitMs);
}

/** A header that holds a count; `null` when it is absent or holds another text. */
export function countHeader(
  { headers }: UpstreamResponse,
  name: string,
): number | null {
  const text = headers[name]?.trim();
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/**
 * How long to wait before asking again, for the error of a refused request: as
 * long as its store is left alone.
 */
export function waitAfterRefusalMs({ retryAfterMs }: UpstreamResponse): number {
  // Only what never was in a store's turn has none.
  return retryAfterMs ?? 1_000;
}
