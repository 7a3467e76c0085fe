import { ask } from "../lib/load";
import type { Upstream } from "../lib/upstream";

/** What there is to ask for in one store, by global id. */
export interface StoreWorld {
  readonly key: string;
  readonly groups: readonly string[];
  readonly customers: readonly string[];
}

/** A store of each platform. */
export interface World {
  readonly commerceLayer: StoreWorld;
  readonly bigCommerce: StoreWorld;
  readonly ecwid: StoreWorld;
}

interface IdPage {
  readonly data: {
    readonly store: {
      readonly rows: {
        readonly nodes: readonly { readonly id: string }[];
        readonly pageInfo: {
          readonly hasNextPage: boolean;
          readonly endCursor: string | null;
        };
      };
    };
  };
}

const pageSize = 100;

/**
 * Reads the ids that the operations ask for, so that no data is assumed.
 *
 * @param url of a Clientele over the stores.
 * @throws when a platform has no store there.
 */
export async function readWorld(
  url: string,
  stores: Upstream["stores"],
): Promise<World> {
  const read = async (platform: string): Promise<StoreWorld> => {
    const key = stores.find((store) => store.platform === platform)?.key;
    if (key === undefined) throw new RangeError(`no store of ${platform}`);
    return {
      key,
      groups: await readIds(url, key, "customerGroups", 100),
      customers: await readIds(url, key, "customers", 400),
    };
  };
  return {
    commerceLayer: await read("commerce-layer"),
    bigCommerce: await read("bigcommerce"),
    ecwid: await read("ecwid"),
  };
}

async function readIds(
  url: string,
  key: string,
  field: "customerGroups" | "customers",
  most: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { data } = (await ask(url, {
      query: `query ($key: String!, $first: Int, $after: String) { store(key: $key) { rows: ${field}(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`,
      variables: { key, first: pageSize, after },
    })) as IdPage;
    const { nodes, pageInfo } = data.store.rows;
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && ids.length < most);
  return ids.slice(0, most);
}
