import {
  type ListArguments,
  toFilterParameters,
} from "../hand-written/filters";
import { parseGlobalId, toGlobalId } from "../hand-written/identifiers";
import type { PeerStore } from "../hand-written/stores";
import type { Platform } from "../settings";
import type {
  BigCommerceCategoryRow,
  BigCommerceGroup,
  BigCommerceList,
  BigCommerceNamedRow,
  BigCommerceRule,
  CustomerAttributes,
  EcwidCustomerRow,
  EcwidGroupRow,
  EcwidSearch,
  GroupAttributes,
  JsonApiDocument,
  Resource,
} from "../hand-written/wire";

/** What the resolvers of all operations share. */
export interface Context {
  readonly stores: ReadonlyMap<string, PeerStore>;
}

/** A row as the platform sent it, and where it is from. */
interface Model<Row> {
  readonly __typename: string;
  readonly store: PeerStore;
  readonly row: Row;
}

type CommerceLayerCustomer = Model<Resource<CustomerAttributes>>;
type CommerceLayerGroup = Model<Resource<GroupAttributes>>;
type Reference = { readonly id: string };

/**
 * Every field reads what it needs by itself, whole and one by one: what is
 * written first, before anybody counts requests.
 */
export const resolvers = {
  Query: {
    stores: (_: unknown, __: unknown, { stores }: Context) => [
      ...stores.values(),
    ],
    store: (_: unknown, { key }: { key: string }, { stores }: Context) =>
      stores.get(key),
    customerGroup: (_: unknown, reference: Reference, context: Context) =>
      readGroup(reference, context),
  },
  Store: {
    customers: async (store: PeerStore, page: ListArguments) => {
      const read = readCustomers[store.platform];
      return read ? { nodes: await read(store, page) } : null;
    },
    customerGroups: async (store: PeerStore, page: ListArguments) => ({
      nodes: await readGroups[store.platform](store, page),
    }),
  },
  CommerceLayerCustomer: {
    __resolveReference: readCommerceLayerCustomer,
    id: ({ store, row }: CommerceLayerCustomer) =>
      toGlobalId("Customer", store.key, row.id),
    email: ({ row }: CommerceLayerCustomer) => row.attributes.email,
    customerGroup: async ({ store, row }: CommerceLayerCustomer) =>
      toCommerceLayerGroup(
        store,
        await store.rest.get(`/customers/${row.id}/customer_group`),
      ),
  },
  CommerceLayerCustomerGroup: {
    __resolveReference: readGroup,
    id: ({ store, row }: CommerceLayerGroup) =>
      toGlobalId("CustomerGroup", store.key, row.id),
    name: ({ row }: CommerceLayerGroup) => row.attributes.name,
    customers: async (
      { store, row }: CommerceLayerGroup,
      { first }: ListArguments,
    ) => {
      const path = `/customer_groups/${row.id}/customers`;
      const parameters = { "page[size]": String(first) };
      return {
        nodes: toCustomers(store, await store.rest.get(path, parameters)),
      };
    },
  },
  EcwidCustomer: {
    id: ({ store, row }: Model<EcwidCustomerRow>) =>
      toGlobalId("Customer", store.key, String(row.id)),
    email: ({ row }: Model<EcwidCustomerRow>) => row.email,
    customerGroup: ({ store, row }: Model<EcwidCustomerRow>) =>
      readGroupOf[store.platform](store, String(row.customerGroupId ?? 0)),
  },
  EcwidCustomerGroup: {
    __resolveReference: readGroup,
    id: ({ store, row }: Model<EcwidGroupRow>) =>
      toGlobalId("CustomerGroup", store.key, String(row.id)),
    name: ({ row }: Model<EcwidGroupRow>) => row.name,
  },
  BigCommerceCustomerGroup: {
    __resolveReference: readGroup,
    id: ({ store, row }: Model<BigCommerceGroup>) =>
      toGlobalId("CustomerGroup", store.key, String(row.id)),
    name: ({ row }: Model<BigCommerceGroup>) => row.name,
    categoryAccess: ({ store, row }: Model<BigCommerceGroup>) => ({
      categories: async () => {
        const ids = row.category_access?.categories ?? [];
        const found = await Promise.all(
          ids.map((id) => readCategory(store, id)),
        );
        return found.filter((category) => category !== null);
      },
    }),
    discountRules: ({ store, row }: Model<BigCommerceGroup>) =>
      (row.discount_rules ?? []).map((rule) => ({
        __typename: ruleTypes[rule.type] ?? "BigCommerceOtherDiscountRule",
        type: rule.type,
        store,
        row: rule,
      })),
  },
  BigCommerceCategoryDiscountRule: {
    categoryId: ({ row }: Model<BigCommerceRule>) => row.category_id,
    category: ({ store, row }: Model<BigCommerceRule>) =>
      readCategory(store, row.category_id),
  },
  BigCommerceProductDiscountRule: {
    productId: ({ row }: Model<BigCommerceRule>) => row.product_id,
    product: ({ store, row }: Model<BigCommerceRule>) =>
      readNamed(store, `/v3/catalog/products/${row.product_id}`),
  },
  BigCommercePriceListDiscountRule: {
    priceListId: ({ row }: Model<BigCommerceRule>) => row.price_list_id,
    priceList: ({ store, row }: Model<BigCommerceRule>) =>
      readNamed(store, `/v3/pricelists/${row.price_list_id}`),
  },
};

const ruleTypes: Readonly<Record<string, string>> = {
  category: "BigCommerceCategoryDiscountRule",
  product: "BigCommerceProductDiscountRule",
  price_list: "BigCommercePriceListDiscountRule",
};

async function readCategory(store: PeerStore, id: number | string | undefined) {
  const { data } = (await store.rest.get("/v3/catalog/trees/categories", {
    "category_id:in": String(id),
  })) as BigCommerceList<BigCommerceCategoryRow>;
  const [row] = data;
  return row ? { id: row.category_id, name: row.name } : null;
}

async function readNamed(store: PeerStore, path: string) {
  const answer = (await store.rest.get(path)) as {
    readonly data: BigCommerceNamedRow;
  } | null;
  return answer?.data ?? null;
}

async function readCommerceLayerCustomer(
  reference: Reference,
  { stores }: Context,
): Promise<CommerceLayerCustomer | null> {
  const { store: key, id } = parseGlobalId(reference.id);
  const store = stores.get(key);
  const answer = (await store?.rest.get(`/customers/${id}`)) as JsonApiDocument<
    Resource<CustomerAttributes>
  > | null;
  return store && answer ? toCustomer(store, answer.data) : null;
}

function readGroup(reference: Reference, { stores }: Context) {
  const { store: key, id } = parseGlobalId(reference.id);
  const store = stores.get(key);
  return store ? readGroupOf[store.platform](store, id) : null;
}

const readGroupOf: Readonly<
  Record<Platform, (store: PeerStore, id: string) => Promise<unknown>>
> = {
  "commerce-layer": async (store, id) =>
    toCommerceLayerGroup(store, await store.rest.get(`/customer_groups/${id}`)),
  bigcommerce: async (store, id) => {
    const row = await store.rest.get(`/v2/customer_groups/${id}`);
    return row && { __typename: "BigCommerceCustomerGroup", store, row };
  },
  ecwid: async (store, id) => {
    const row = await store.rest.get(`/customer_groups/${id}`);
    return row && { __typename: "EcwidCustomerGroup", store, row };
  },
};

type ReadPage = (
  store: PeerStore,
  page: ListArguments,
) => Promise<readonly unknown[]>;

const readGroups: Readonly<Record<Platform, ReadPage>> = {
  "commerce-layer": async (store, page) => {
    const { data } = (await store.rest.get("/customer_groups", {
      ...toFilterParameters(store.platform, page),
      "page[size]": String(page.first),
    })) as JsonApiDocument<readonly Resource<GroupAttributes>[]>;
    return data.map((row) => toCommerceLayerGroup(store, { data: row }));
  },
  bigcommerce: async (store, page) => {
    const rows = (await store.rest.get("/v2/customer_groups", {
      ...toFilterParameters(store.platform, page),
      limit: String(page.first),
    })) as readonly BigCommerceGroup[] | null;
    return (rows ?? []).map((row) => ({
      __typename: "BigCommerceCustomerGroup",
      store,
      row,
    }));
  },
  ecwid: async (store, page) => {
    const { items } = (await store.rest.get("/customer_groups", {
      ...toFilterParameters(store.platform, page),
      limit: String(page.first),
    })) as EcwidSearch<EcwidGroupRow>;
    return items.map((row) => ({
      __typename: "EcwidCustomerGroup",
      store,
      row,
    }));
  },
};

const readCustomers: Readonly<Partial<Record<Platform, ReadPage>>> = {
  "commerce-layer": async (store, page) =>
    toCustomers(
      store,
      await store.rest.get("/customers", {
        ...toFilterParameters(store.platform, page),
        "page[size]": String(page.first),
      }),
    ),
  ecwid: async (store, page) => {
    const { items } = (await store.rest.get("/customers", {
      ...toFilterParameters(store.platform, page),
      sortBy: "REGISTERED_DATE_ASC",
      limit: String(page.first),
    })) as EcwidSearch<EcwidCustomerRow>;
    return items.map((row) => ({ __typename: "EcwidCustomer", store, row }));
  },
};

function toCustomers(
  store: PeerStore,
  answer: unknown,
): readonly CommerceLayerCustomer[] {
  const { data } = answer as JsonApiDocument<
    readonly Resource<CustomerAttributes>[]
  >;
  return data.map((row) => toCustomer(store, row));
}

function toCustomer(
  store: PeerStore,
  row: Resource<CustomerAttributes>,
): CommerceLayerCustomer {
  return { __typename: "CommerceLayerCustomer", store, row };
}

/** @param answer the document of one group; null or without data: no group. */
function toCommerceLayerGroup(
  store: PeerStore,
  answer: unknown,
): CommerceLayerGroup | null {
  const row = (answer as JsonApiDocument<Resource<GroupAttributes> | null>)
    ?.data;
  return row ? { __typename: "CommerceLayerCustomerGroup", store, row } : null;
}
