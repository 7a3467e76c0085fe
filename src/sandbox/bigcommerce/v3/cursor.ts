/**
 * The opaque cursor of a row. BigCommerce's sample decodes to the same form:
 * an object with the id.
 */
export function toCursor(id: number): string {
  return Buffer.from(JSON.stringify({ id })).toString("base64url");
}

/** The id in a cursor; undefined when it is not one of ours. */
export function fromCursor(cursor: string): number | undefined {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const id = /^\{"id":(\d+)\}$/.exec(text)?.[1];
  return id === undefined ? undefined : Number(id);
}
