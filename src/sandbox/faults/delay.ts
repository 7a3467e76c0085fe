import type { Random } from "../random";
import { type FaultKind, whole } from "./schema";

/** Waits before it answers. */
export interface DelayFault {
  readonly delayMs: number;
  /** Up to so much longer, evenly spread by the fault's seed. Default 0. */
  readonly jitterMs?: number;
}

/** How a delay is checked. */
export const delayKinds = {
  delayMs: {
    stage: "delay",
    shape: { delayMs: whole(0), jitterMs: whole(0).optional() },
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** How long one request waits, in milliseconds. */
export function toDelayMs(
  { delayMs, jitterMs = 0 }: DelayFault,
  random: Random,
): number {
  return delayMs + random.int(0, jitterMs);
}
