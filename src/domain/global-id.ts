/** The parts of a global id, decoded. */
export interface GlobalId {
  /** What it names: `CustomerGroup`, `Customer`, `Store`, a platform's kind. */
  readonly kind: string;
  /** The store's key in the configuration. */
  readonly store: string;
  /** The platform's own id; absent in the id of a store itself. */
  readonly nativeId?: string;
}

const prefix = "gid://clientele/";
const maxLength = 512;
const pattern =
  /^gid:\/\/clientele\/([A-Z][A-Za-z0-9]{0,63})\/([a-z0-9-]{1,40})(?:\/([^/?#\s]+))?$/;

/**
 * Writes a global id. The form is public and stable: another subgraph that
 * knows a store's key and a native id may write it without asking us.
 */
export function toGlobalId(
  kind: string,
  store: string,
  nativeId: string,
): string {
  return `${prefix}${kind}/${store}/${encodeURIComponent(nativeId)}`;
}

/** Writes the global id of a store itself. */
export function toStoreGlobalId(store: string): string {
  return `${prefix}Store/${store}`;
}

/**
 * Reads a global id. Only the one spelling that {@link toGlobalId} writes is
 * accepted, so that an entity has one id.
 *
 * @returns the parts, or a sentence that says what is wrong with the text.
 */
export function parseGlobalId(text: string): GlobalId | string {
  const form = `a global id has the form ${prefix}<Kind>/<store key>/<native id>`;
  if (text.length > maxLength) {
    return `is longer than ${maxLength} characters; ${form}`;
  }
  const match = pattern.exec(text);
  if (!match) return `is not a global id; ${form}`;
  const [, kind = "", store = "", encoded] = match;
  if (kind === "Store") {
    return encoded === undefined
      ? { kind, store }
      : `is not a global id; a store's has the form ${prefix}Store/<store key>`;
  }
  if (encoded === undefined) return `is not a global id; ${form}`;
  const nativeId = decode(encoded);
  if (nativeId === null) {
    return `is not a global id; its native id is not percent-encoded as it should be; ${form}`;
  }
  return { kind, store, nativeId };
}

function decode(text: string): string | null {
  // As most ids are: nothing is encoded, and nothing should have been.
  if (/^[\w.~-]*$/.test(text)) return text;
  try {
    const decoded = decodeURIComponent(text);
    return encodeURIComponent(decoded) === text ? decoded : null;
  } catch {
    return null;
  }
}
