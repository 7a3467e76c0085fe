import type { ResetFault } from "./answer";
import { type FaultKind, object, on, oneOf, whole } from "./schema";

/** Ends the connection after half of the body that the headers promised. */
export interface TruncateFault {
  readonly truncate: true;
}
/**
 * Sends the body in small pieces with pauses between; without a pause each is
 * still sent on its own.
 */
export interface DripFault {
  readonly drip: { readonly bytes: number; readonly everyMs: number };
}
/** Sends the body no faster than that. */
export interface BandwidthFault {
  readonly bytesPerSecond: number;
}
/** Stops sending and keeps the connection open. */
export interface StallFault {
  readonly stall: "after-headers" | "mid-body" | "before-end";
}

/** What can be wrong with the framing of a body; see {@link FramingFault}. */
export const framings = [
  "content-length-too-large",
  "content-length-too-small",
  "second-response",
  "two-content-lengths",
  "content-length-and-chunked",
  "chunked-cut",
  "chunked-unfinished",
  "chunked-garbage",
  "without-length",
] as const;

/**
 * Breaks the framing of HTTP/1.1 around the honest bytes.
 *
 * - `content-length-too-large`: the whole body comes, ten bytes fewer than were
 *   promised, and the end of the connection.
 * - `content-length-too-small`: the body is ten bytes longer than was promised,
 *   and the connection stays open.
 * - `second-response`: behind the correct answer comes another one that nobody
 *   asked for, `{"poisoned":true}`, and the connection stays open.
 * - `two-content-lengths`: two that differ. `content-length-and-chunked`: both
 *   framings at once.
 * - `chunked-cut`: the connection ends in the middle of a chunk;
 *   `chunked-unfinished`: the body is whole but for the chunk that ends it;
 *   `chunked-garbage`: a chunk's size is no number.
 * - `without-length`: neither, and the end of the connection ends the body; that
 *   is allowed, but nobody can tell whether it is whole.
 */
export interface FramingFault {
  readonly framing: (typeof framings)[number];
}

/** What can be wrong on the way of the bytes to the client. */
export type DeliveryFault =
  | TruncateFault
  | DripFault
  | BandwidthFault
  | StallFault
  | FramingFault
  | (ResetFault & { readonly reset: "mid-body" });

/** How the faults of delivery are checked. */
export const deliveryKinds = {
  truncate: { stage: "delivery", shape: { truncate: on() } },
  drip: {
    stage: "delivery",
    shape: { drip: object({ bytes: whole(1), everyMs: whole(0) }) },
  },
  bytesPerSecond: { stage: "delivery", shape: { bytesPerSecond: whole(1) } },
  stall: {
    stage: "delivery",
    shape: { stall: oneOf(["after-headers", "mid-body", "before-end"]) },
  },
  framing: { stage: "delivery", shape: { framing: oneOf(framings) } },
} as const satisfies Readonly<Record<string, FaultKind>>;
