// What stands for a body that has no end where all of it is needed.
const ENDLESS_BYTES = 128 * 1024;

/** The bytes of a body, in pieces so that a large one need not be held. */
export interface WireBody {
  /** Undefined for a body that has no end. */
  readonly length: number | undefined;
  /** All of it, where that is held. */
  readonly whole?: Buffer;
  /** From the first byte on, at each call. */
  readonly pieces: () => Iterable<Buffer>;
}

/** A body that is there as a whole. */
export function wholeBody(bytes: Buffer): WireBody {
  return { length: bytes.length, whole: bytes, pieces: () => [bytes] };
}

/** All bytes of a body; the beginning of one that has no end. */
export function toBytes({ length, whole, pieces }: WireBody): Buffer {
  if (whole) return whole;
  const all =
    length === undefined ? firstBytes(pieces(), ENDLESS_BYTES) : pieces();
  return Buffer.concat([...all]);
}

/** The first half of a body; the beginning of one that has no end. */
export function toHalf({ length, pieces }: WireBody): Iterable<Buffer> {
  return firstBytes(pieces(), Math.floor((length ?? ENDLESS_BYTES) / 2));
}

/** The first bytes of a body; fewer when it has fewer. */
export function* firstBytes(
  pieces: Iterable<Buffer>,
  count: number,
): Iterable<Buffer> {
  let left = count;
  if (left <= 0) return;
  for (const piece of pieces) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}

/** The same bytes in pieces of one size; the last of each may be smaller. */
export function* slices(
  pieces: Iterable<Buffer>,
  size: number,
): Iterable<Buffer> {
  for (const piece of pieces)
    for (let from = 0; from < piece.length; from += size)
      yield piece.subarray(from, from + size);
}
