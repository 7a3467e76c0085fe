import { createHash } from "node:crypto";

/** How far one store's part of a list has been read. */
export interface Position {
  /** The store's key in the configuration. */
  readonly store: string;
  /** The row of that store's part to go on with, counted from 0. */
  readonly next: number;
}

/**
 * Reads and writes the cursors of one list. A cursor is opaque to clients. It
 * holds how far the list has been read: a position for each store that was
 * begun and not finished, in the order of the list, and a fingerprint of the
 * list, so that the cursor of another list, or of the same list under another
 * filter, is recognised.
 */
export interface Cursors {
  /** @param positions at least one. */
  encode(positions: readonly Position[]): string;
  /** @returns the positions, or a sentence that says what is wrong. */
  decode(text: string): readonly Position[] | string;
}

const maxLength = 4_096;
const maxRow = 1_000_000_000;
const pattern = /^([\w-]{10})((?::[a-z0-9-]{1,40}:(?:0|[1-9]\d{0,9})){1,64})$/;

/**
 * @param list what makes the list this list and no other: the field, its
 *   parent's id, its filter. Page sizes do not belong to it.
 */
export function createCursors(list: readonly unknown[]): Cursors {
  let made: string | undefined;
  const fingerprint = () =>
    (made ??= createHash("sha256")
      .update(JSON.stringify(list))
      .digest("base64url")
      .slice(0, 10));
  return {
    encode: (positions) =>
      Buffer.from(
        [
          fingerprint(),
          ...positions.map(({ store, next }) => `${store}:${next}`),
        ].join(":"),
      ).toString("base64url"),
    decode: (text) => decode(text, fingerprint()),
  };
}

/**
 * Reads the positions of a cursor of whatever list: where reading would begin,
 * were it a cursor of the list that it is given to.
 *
 * @returns `null` for what is no cursor.
 */
export function positionsOf(text: string): readonly Position[] | null {
  return read(text)?.positions ?? null;
}

function decode(
  text: string,
  fingerprint: string,
): readonly Position[] | string {
  const cursor = read(text);
  if (!cursor) return "is not a cursor that this server gave";
  return cursor.list === fingerprint
    ? cursor.positions
    : "is a cursor of another list; use an endCursor of this field, with the same parent and the same filter";
}

function read(
  text: string,
): { readonly list: string; readonly positions: readonly Position[] } | null {
  const parts = text.length <= maxLength && pattern.exec(plainOf(text));
  if (!parts) return null;
  const [, list = "", content = ""] = parts;
  const positions = [...content.matchAll(/:([^:]+):(\d+)/g)].map(
    ([, store = "", digits]) => ({ store, next: Number(digits) }),
  );
  const stores = new Set(positions.map(({ store }) => store));
  const isCursor =
    stores.size === positions.length &&
    positions.every(({ next }) => next <= maxRow);
  return isCursor ? { list, positions } : null;
}

/** Empty for a spelling that `encode` does not write: Node's decoder skips what is no base64url. */
function plainOf(text: string): string {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes.toString("latin1") : "";
}
