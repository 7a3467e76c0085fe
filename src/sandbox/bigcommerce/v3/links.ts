import type { Query } from "../query";

const POSITION = ["page", "limit", "after", "before"];

/**
 * A link in `meta`: a query string alone, with everything that was asked but
 * the old position, then the new position.
 */
export function toLink(
  query: Query,
  position: readonly (readonly [name: string, value: string | number])[],
): string {
  const asked = [...query].filter(([name]) => !POSITION.includes(name));
  const pairs = [...asked, ...position].map(
    ([name, value]) => `${toQueryText(name)}=${toQueryText(String(value))}`,
  );
  return `?${pairs.join("&")}`;
}

function toQueryText(text: string): string {
  return encodeURIComponent(text).replace(/%3A/g, ":").replace(/%2C/g, ",");
}
