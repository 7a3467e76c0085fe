import type { UpstreamStore } from "../lib/upstream";
import { Rest } from "./rest";
import {
  type BigCommerceCategory,
  type BigCommerceGroup,
  type BigCommerceList,
  type BigCommerceNamed,
  type BigCommerceRule,
  type Named,
  toNamed,
} from "./wire";

interface Settings {
  readonly baseUrl: string;
  readonly storeHash: string;
  readonly credentials: { readonly accessToken: string };
}

type Id = number | string;
type Names = ReadonlyMap<string, Named>;

/** What the rules of groups refer to. */
interface Referred {
  readonly categories: Names;
  readonly products: Names;
  readonly priceLists: Names;
}

const nobody: Names = new Map();
/** One more than is shown, since a list does not tell where it ends. */
const groupsRead = 51;

/** The shapes' reads of a BigCommerce store. */
export class BigCommerceFloor {
  readonly #rest: Rest;
  readonly #root: string;

  constructor(store: UpstreamStore) {
    const { baseUrl, storeHash, credentials } =
      store.settings as unknown as Settings;
    this.#root = `/stores/${storeHash}`;
    this.#rest = new Rest(baseUrl, [
      ...["accept", "application/json"],
      ...["x-auth-token", credentials.accessToken],
    ]);
  }

  /** B5: the groups, then everything that they refer to at the same time. */
  async groupsWithRules(from: string) {
    const time = encodeURIComponent(from.slice(0, 19));
    const read = await this.#rest.get<readonly BigCommerceGroup[]>(
      `${this.#root}/v2/customer_groups?date_created%3Amin=${time}&page=1&limit=${groupsRead}`,
    );
    const groups = (read ?? []).slice(0, groupsRead - 1);
    const referred = await this.#referred(groups);
    return groups.map((group) => ({
      categoryAccess: {
        categories: (group.category_access.categories ?? []).flatMap(
          (id) => referred.categories.get(String(id)) ?? [],
        ),
      },
      discountRules: group.discount_rules.map((rule) => toRule(rule, referred)),
    }));
  }

  /** The BigCommerce part of S2; no answer has a body where no group is. */
  async groups(part: string): Promise<readonly Named[]> {
    const groups = await this.#rest.get<readonly BigCommerceGroup[]>(
      `${this.#root}/v2/customer_groups?name%3Alike=${encodeURIComponent(part)}&page=1&limit=6`,
    );
    return (groups ?? []).slice(0, 5).map(toNamed);
  }

  async #referred(groups: readonly BigCommerceGroup[]): Promise<Referred> {
    const categoryIds = new Set<Id>();
    const productIds = new Set<Id>();
    const priceListIds = new Set<Id>();
    for (const { category_access: access, discount_rules: rules } of groups) {
      for (const id of access.categories ?? []) categoryIds.add(String(id));
      for (const rule of rules) {
        if (rule.category_id) categoryIds.add(String(rule.category_id));
        if (rule.product_id) productIds.add(String(rule.product_id));
        if (rule.price_list_id) priceListIds.add(String(rule.price_list_id));
      }
    }
    const [categories, products, priceLists] = await Promise.all([
      this.#categories(categoryIds),
      this.#named("catalog/products", productIds, "&include_fields=id%2Cname"),
      this.#named("pricelists", priceListIds, ""),
    ]);
    return { categories, products, priceLists };
  }

  async #categories(ids: ReadonlySet<Id>): Promise<Names> {
    if (ids.size === 0) return nobody;
    const { data } = await this.#rest.read<
      BigCommerceList<BigCommerceCategory>
    >(
      `${this.#root}/v3/catalog/trees/categories?category_id%3Ain=${[...ids].join("%2C")}&limit=250&include_fields=category_id%2Cname`,
    );
    return new Map(data.map((row) => [String(row.category_id), toNamed(row)]));
  }

  async #named(
    path: string,
    ids: ReadonlySet<Id>,
    fields: string,
  ): Promise<Names> {
    if (ids.size === 0) return nobody;
    const { data } = await this.#rest.read<BigCommerceList<BigCommerceNamed>>(
      `${this.#root}/v3/${path}?id%3Ain=${[...ids].join("%2C")}&limit=250${fields}`,
    );
    return new Map(data.map((row) => [String(row.id), toNamed(row)]));
  }
}

function toRule(rule: BigCommerceRule, referred: Referred): object {
  switch (rule.type) {
    case "category":
      return { category: find(referred.categories, rule.category_id) };
    case "product":
      return { product: find(referred.products, rule.product_id) };
    case "price_list":
      return { priceList: find(referred.priceLists, rule.price_list_id) };
    default:
      return {};
  }
}

function find(names: Names, id: Id | undefined): Named | null {
  return names.get(String(id)) ?? null;
}
