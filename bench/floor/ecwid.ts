import type { UpstreamStore } from "../lib/upstream";
import { Rest } from "./rest";
import {
  type EcwidCustomer,
  type EcwidGroup,
  type EcwidList,
  type Named,
  toNamed,
} from "./wire";

interface Settings {
  readonly baseUrl: string;
  readonly storeId: number | string;
  readonly credentials: { readonly accessToken: string };
}

const fields = (ofItems: string) =>
  `&offset=0&limit=100&responseFields=${encodeURIComponent(`total,count,offset,limit,items(${ofItems})`)}`;
const customersTail = `&sortBy=REGISTERED_DATE_ASC${fields("id,customerGroupId,customerGroupName")}`;
const groupsTail = fields("id,name");

/** The shapes' reads of an Ecwid store. */
export class EcwidFloor {
  readonly #rest: Rest;
  readonly #root: string;
  readonly #groupId: string;

  constructor(store: UpstreamStore) {
    const { baseUrl, storeId, credentials } =
      store.settings as unknown as Settings;
    this.#root = `/api/v3/${storeId}`;
    this.#groupId = `gid://clientele/CustomerGroup/${store.key}/`;
    this.#rest = new Rest(baseUrl, [
      ...["accept", "application/json"],
      ...["authorization", `Bearer ${credentials.accessToken}`],
    ]);
  }

  /** E2. */
  async customers(from: string) {
    const { items } = await this.#rest.read<EcwidList<EcwidCustomer>>(
      `${this.#root}/customers?createdFrom=${Date.parse(from) / 1_000}${customersTail}`,
    );
    return items.map(({ customerGroupId: id, customerGroupName: name }) => ({
      customerGroup:
        id === undefined || id === null
          ? null
          : { id: this.#groupId + String(id), name: name || null },
    }));
  }

  /** The Ecwid part of S2: all that match, since the order is not promised. */
  async groups(part: string): Promise<readonly Named[]> {
    const { items } = await this.#rest.read<EcwidList<EcwidGroup>>(
      `${this.#root}/customer_groups?keyword=${encodeURIComponent(part)}${groupsTail}`,
    );
    return items
      .toSorted((one, other) => one.id - other.id)
      .slice(0, 5)
      .map(toNamed);
  }
}
