import { type HeaderValues, headerValues } from "./header-values";
import { type FaultKind, object, whole } from "./schema";

/** Sends these headers too, in place of those of the same name. */
export interface AddHeadersFault {
  readonly addHeaders: HeaderValues;
}
/** Sends so many headers more, each of so many bytes. */
export interface ManyHeadersFault {
  readonly manyHeaders: { readonly count: number; readonly bytes: number };
}

/** What can be wrong with headers. */
export type HeadersFault = AddHeadersFault | ManyHeadersFault;

/** How the faults of headers are checked. */
export const headersKinds = {
  addHeaders: { stage: "headers", shape: { addHeaders: headerValues() } },
  manyHeaders: {
    stage: "headers",
    shape: {
      manyHeaders: object({
        count: whole(1, 100_000),
        bytes: whole(20, 1_000_000),
      }),
    },
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** The headers that a fault adds, their names in lower case. */
export function toHeaders(fault: HeadersFault): HeaderValues {
  if ("addHeaders" in fault)
    return Object.fromEntries(
      Object.entries(fault.addHeaders).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]),
    );
  const { count, bytes } = fault.manyHeaders;
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const name = `x-filling-${index}`;
      // The colon, the blank and the end of the line count as well.
      return [name, "a".repeat(Math.max(1, bytes - name.length - 4))];
    }),
  );
}
