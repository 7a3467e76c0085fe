import { createHash } from "node:crypto";

/** Where a row stands: in which store's list, and how many rows before it. */
export interface Position {
  /** The store's key in the configuration. */
  readonly store: string;
  /** Counted from 0 in that store's list. */
  readonly index: number;
}

/**
 * Reads and writes the cursors of one list. A cursor is opaque to clients: it
 * holds the row's position and a fingerprint of the list, so that the cursor
 * of another list, or of the same list under another filter, is recognised.
 */
export interface Cursors {
  encode(position: Position): string;
  /** @returns the position, or a sentence that says what is wrong. */
  decode(text: string): Position | string;
}

const maxLength = 256;
const maxIndex = 1_000_000_000;
const form = /^([\w-]{10}):([a-z0-9-]{1,40}):(0|[1-9]\d{0,9})$/;

/**
 * @param list what makes the list this list and no other: the field, its
 *   parent's id, its filter. Page sizes do not belong to it.
 */
export function createCursors(list: readonly unknown[]): Cursors {
  const fingerprint = createHash("sha256")
    .update(JSON.stringify(list))
    .digest("base64url")
    .slice(0, 10);
  return {
    encode: ({ store, index }) =>
      Buffer.from(`${fingerprint}:${store}:${index}`).toString("base64url"),
    decode: (text) => decode(text, fingerprint),
  };
}

function decode(text: string, fingerprint: string): Position | string {
  const parts = text.length <= maxLength && form.exec(plainOf(text));
  if (!parts) return "is not a cursor that this server gave";
  const [, list, store = "", digits] = parts;
  const index = Number(digits);
  if (index > maxIndex) return "is not a cursor that this server gave";
  if (list !== fingerprint) {
    return "is a cursor of another list; use an endCursor of this field, with the same parent and the same filter";
  }
  return { store, index };
}

/** Empty for a spelling that `encode` does not write: Node's decoder skips what is no base64url. */
function plainOf(text: string): string {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes.toString("latin1") : "";
}
