import type { ListArguments } from "../hand-written/filters";
import { parseGlobalId } from "../hand-written/identifiers";
import type { PeerStore } from "../hand-written/stores";
import type { BigCommerceRule } from "../hand-written/wire";
import { type BigCommerceGroupModel, BigCommerceSource } from "./bigcommerce";
import { CommerceLayerSource } from "./commerce-layer";
import { EcwidSource } from "./ecwid";
import type { CustomerModel, GroupModel, Source } from "./source";

/** What the resolvers of one operation share. */
export interface Context {
  readonly sources: ReadonlyMap<string, Source>;
}

/** A rule with the store that it is of. */
interface RuleModel {
  readonly __typename: string;
  readonly type: string;
  readonly source: BigCommerceSource;
  readonly categoryId: string;
  readonly productId: string;
  readonly priceListId: string;
}

/** A context with loaders of its own. */
export function createContext(stores: readonly PeerStore[]): Context {
  const sources = {
    "commerce-layer": CommerceLayerSource,
    bigcommerce: BigCommerceSource,
    ecwid: EcwidSource,
  };
  return {
    sources: new Map(
      stores.map((store) => [store.key, new sources[store.platform](store)]),
    ),
  };
}

export const resolvers = {
  Query: {
    stores: (_: unknown, __: unknown, { sources }: Context) => [
      ...sources.values(),
    ],
    store: (_: unknown, { key }: { key: string }, { sources }: Context) =>
      sources.get(key),
    customerGroup: (_: unknown, { id }: { id: string }, context: Context) =>
      readGroup(id, context),
  },
  Store: {
    customers: async (source: Source, page: ListArguments) =>
      source.customers ? { nodes: await source.customers(page) } : null,
    customerGroups: async (source: Source, page: ListArguments) => ({
      nodes: await source.groups(page),
    }),
  },
  CommerceLayerCustomer: {
    __resolveReference: ({ id }: CustomerModel, context: Context) => {
      const { store, id: nativeId } = parseGlobalId(id);
      return commerceLayer(store, context)?.customer(nativeId);
    },
  },
  CommerceLayerCustomerGroup: {
    __resolveReference: ({ id }: GroupModel, context: Context) =>
      readGroup(id, context),
    customers: async (
      { id }: GroupModel,
      page: ListArguments,
      context: Context,
    ) => {
      const { store, id: nativeId } = parseGlobalId(id);
      const source = commerceLayer(store, context);
      return source && { nodes: await source.customersOfGroup(nativeId, page) };
    },
  },
  BigCommerceCustomerGroup: {
    __resolveReference: ({ id }: GroupModel, context: Context) =>
      readGroup(id, context),
    categoryAccess: ({ wire, source }: BigCommerceGroupModel) => ({
      categories: async () => {
        const ids = wire.category_access?.categories ?? [];
        const found = await Promise.all(
          ids.map((id) => source.categories.load(String(id))),
        );
        return found.filter((category) => category !== null);
      },
    }),
    discountRules: ({ wire, source }: BigCommerceGroupModel) =>
      (wire.discount_rules ?? []).map((rule) => toRule(rule, source)),
  },
  BigCommerceCategoryDiscountRule: {
    category: ({ source, categoryId }: RuleModel) =>
      source.categories.load(categoryId),
  },
  BigCommerceProductDiscountRule: {
    product: ({ source, productId }: RuleModel) =>
      source.products.load(productId),
  },
  BigCommercePriceListDiscountRule: {
    priceList: ({ source, priceListId }: RuleModel) =>
      source.priceLists.load(priceListId),
  },
  EcwidCustomerGroup: {
    __resolveReference: ({ id }: GroupModel, context: Context) =>
      readGroup(id, context),
  },
};

function readGroup(id: string, { sources }: Context) {
  const { store, id: nativeId } = parseGlobalId(id);
  return sources.get(store)?.group(nativeId) ?? null;
}

function commerceLayer(
  key: string,
  { sources }: Context,
): CommerceLayerSource | null {
  const source = sources.get(key);
  return source instanceof CommerceLayerSource ? source : null;
}

const ruleTypes: Readonly<Record<string, string>> = {
  category: "BigCommerceCategoryDiscountRule",
  product: "BigCommerceProductDiscountRule",
  price_list: "BigCommercePriceListDiscountRule",
};

function toRule(rule: BigCommerceRule, source: BigCommerceSource): RuleModel {
  return {
    __typename: ruleTypes[rule.type] ?? "BigCommerceOtherDiscountRule",
    type: rule.type,
    source,
    categoryId: String(rule.category_id),
    productId: String(rule.product_id),
    priceListId: String(rule.price_list_id),
  };
}
