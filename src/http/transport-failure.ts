/**
 * Why no readable answer came.
 *
 * - `refused`: nobody listens there, or the name is unknown.
 * - `untrusted`: it did not prove by TLS that it is the platform.
 * - `reset`: the connection broke before the answer was complete.
 * - `timeout`: the deadline of the attempt passed.
 * - `cancelled`: the operation ended: its deadline passed or its client left.
 * - `redirect`: the answer points elsewhere; it is never followed.
 * - `oversized`: the answer is larger than is read.
 * - `undecodable`: the answer is no correct HTTP, or its encoding is broken.
 */
export type TransportFailureKind =
  | "refused"
  | "untrusted"
  | "reset"
  | "timeout"
  | "cancelled"
  | "redirect"
  | "oversized"
  | "undecodable";

/** The wire's own failures, before anybody knows which store they concern. */
export class TransportFailure extends Error {
  override readonly name = "TransportFailure";

  /** @param problem a sentence of ours: never a parser's or a peer's text. */
  constructor(
    readonly kind: TransportFailureKind,
    problem: string,
  ) {
    super(problem);
  }
}
