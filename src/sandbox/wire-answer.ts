import { STATUS_CODES } from "node:http";
import type { HeaderValues } from "./faults/header-values";
import type { WireBody } from "./wire-body";

/** An answer whose bytes are settled. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case; without those that frame the body. */
  readonly headers: HeaderValues;
  readonly body: WireBody;
}

/** The headers with the body's length, in the form that Node takes. */
export function toNodeHeaders({
  status,
  headers,
  body: { length },
}: WireAnswer): Record<string, string | string[]> {
  const hasLength = length !== undefined && status !== 204 && status !== 304;
  return {
    ...(hasLength ? { "content-length": String(length) } : {}),
    ...toMutable(headers),
  };
}

/** The bytes before the body, just as they are given. */
export function toHead(status: number, headers: HeaderValues): Buffer {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  return Buffer.from(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`,
    "latin1",
  );
}

function toMutable(headers: HeaderValues): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === "string" ? value : [...value],
    ]),
  );
}
