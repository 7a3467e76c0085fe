const prefix = "gid://clientele/";

/** The form of Clientele's ids, so that values can be compared by them. */
export function toGlobalId(kind: string, store: string, id: string): string {
  return `${prefix}${kind}/${store}/${encodeURIComponent(id)}`;
}

/** @throws RangeError when the text is no such id. */
export function parseGlobalId(text: string): { store: string; id: string } {
  const [, store, id] = text.startsWith(prefix)
    ? text.slice(prefix.length).split("/")
    : [];
  if (store === undefined || id === undefined)
    throw new RangeError(`no global id: ${text}`);
  return { store, id: decodeURIComponent(id) };
}
