import { type FaultKind, on } from "./schema";

/** Closes the port: connections are refused, those that are open are reset. */
export interface RefuseFault {
  readonly refuse: true;
}
/**
 * Takes no connection and refuses none: whoever connects waits for ever; those
 * that are open are reset. Works where a full queue of the port drops what
 * comes, as on Linux.
 */
export interface BlackHoleFault {
  readonly blackHole: true;
}

/** What can be wrong before there is a request. */
export type ConnectionFault = RefuseFault | BlackHoleFault;

/** How the faults of the connection are checked. */
export const connectionKinds = {
  refuse: { stage: "connection", shape: { refuse: on() } },
  blackHole: { stage: "connection", shape: { blackHole: on() } },
} as const satisfies Readonly<Record<string, FaultKind>>;
