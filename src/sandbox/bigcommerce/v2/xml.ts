/**
 * A v2 answer as XML, which is what v2 sends to a client that does not ask for
 * JSON. An array becomes one element for each item, named in the singular.
 *
 * @param name of the outermost element.
 */
export function toXml(name: string, value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value)}\n`;
}

function element(name: string, value: unknown): string {
  const content = toContent(name, value);
  return content === "" ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

function toContent(name: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    const item = toSingular(name);
    return value.map((one) => element(item, one)).join("");
  }
  if (typeof value === "object")
    return Object.entries(value)
      .map(([key, one]) => element(key, one))
      .join("");
  return escape(typeof value === "string" ? value : JSON.stringify(value));
}

function toSingular(name: string): string {
  return name.endsWith("ies")
    ? `${name.slice(0, -3)}y`
    : name.replace(/s$/, "");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
