/** What an address shows. */
export type Route =
  | { readonly view: "all-stores" }
  | { readonly view: "store"; readonly storeKey: string }
  | {
      readonly view: "group";
      readonly storeKey: string;
      /** The platform's own id of the group. */
      readonly nativeId: string;
    }
  | { readonly view: "nothing" };

export const allStoresPath = "/";

export function storePath(storeKey: string): string {
  return `/stores/${encodeURIComponent(storeKey)}`;
}

export function groupPath(storeKey: string, nativeId: string): string {
  return `${storePath(storeKey)}/groups/${encodeURIComponent(nativeId)}`;
}

/** @param path without the query, as the browser gives it. */
export function toRoute(path: string): Route {
  if (path === allStoresPath) return { view: "all-stores" };
  const match = /^\/stores\/([^/]+)(?:\/groups\/([^/]+))?\/?$/.exec(path);
  const storeKey = decode(match?.[1]);
  if (storeKey === undefined) return { view: "nothing" };
  if (match?.[2] === undefined) return { view: "store", storeKey };
  const nativeId = decode(match[2]);
  return nativeId === undefined
    ? { view: "nothing" }
    : { view: "group", storeKey, nativeId };
}

/**
 * The group's global id. Its form is public, so an address needs no more than
 * the store's key and the platform's own id.
 */
export function groupId(storeKey: string, nativeId: string): string {
  return `gid://clientele/CustomerGroup/${storeKey}/${encodeURIComponent(nativeId)}`;
}

function decode(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
