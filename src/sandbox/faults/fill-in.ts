/**
 * Fills in what a fault's text leaves open: `{url}`, `{origin}`, `{path}` and
 * `{query}` (with its `?`, or nothing) of an address.
 */
export function fillIn(text: string, address: URL): string {
  const parts: Readonly<Record<string, string>> = {
    url: address.href,
    origin: address.origin,
    path: address.pathname,
    query: address.search,
  };
  return text.replace(
    /\{(url|origin|path|query)\}/g,
    (_, name: string) => parts[name] ?? "",
  );
}
