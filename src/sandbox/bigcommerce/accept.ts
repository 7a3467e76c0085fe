/** What an answer of v2 is written in. */
export type Format = "json" | "xml";

/**
 * The format that v2 takes for a request: JSON for a client that asks for it or
 * takes anything, or whose path ends in `.json`; XML for one that asks for XML
 * or for nothing (BigCommerce v2 docs, request headers, 2013).
 *
 * @returns undefined when the client reads neither: 406.
 */
export function toFormat(
  accept: string | undefined,
  asksBySuffix: boolean,
): Format | undefined {
  if (asksBySuffix) return "json";
  if (accept === undefined) return "xml";
  const types = toTypes(accept);
  if (types.some((type) => isJson(type))) return "json";
  if (types.some((type) => isXml(type))) return "xml";
  return undefined;
}

/** Whether a client reads JSON; true when it does not say what it reads. */
export function readsJson(accept: string | undefined): boolean {
  return accept === undefined || toTypes(accept).some((type) => isJson(type));
}

function toTypes(accept: string): readonly string[] {
  return accept
    .split(",")
    .map((range) => (range.split(";")[0] ?? "").trim().toLowerCase());
}

function isJson(type: string): boolean {
  return ["application/json", "application/*", "*/*"].includes(type);
}

function isXml(type: string): boolean {
  return ["application/xml", "text/xml", "application/xhtml+xml"].includes(
    type,
  );
}
