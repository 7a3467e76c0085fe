import type { ShapeName } from "../lib/shapes";
import { type Adapter, checkVariables, nativeId } from "./adapter";
import { storeKeys } from "../lib/shapes";

/** A document that asks what a shape asks, with ids, and how it is read. */
interface CheckDocument {
  readonly query: string;
  readonly entries: (
    data: never,
    variables: Record<string, unknown>,
  ) => readonly Entry[];
}

type Entry = readonly [key: string, value: string | null];

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Rows<Row> {
  readonly nodes: readonly Row[];
}

interface Customer {
  readonly id: string;
  readonly email: string;
  readonly customerGroup: Named | null;
}

interface Rule {
  readonly categoryId?: string;
  readonly category?: Named | null;
  readonly productId?: string;
  readonly product?: Named | null;
  readonly priceListId?: string;
  readonly priceList?: Named | null;
}

interface PricedGroup {
  readonly id: string;
  readonly categoryAccess: { readonly categories: readonly Named[] };
  readonly discountRules: readonly Rule[];
}

const documents: Readonly<Record<ShapeName, CheckDocument>> = {
  C3: customersOf(storeKeys.commerceLayer, 25),
  E2: customersOf(storeKeys.ecwid, 100),
  C6: {
    query: `query ($id: ID!) {
      customerGroup(id: $id) { id name customers(first: 10) { nodes { id email } } }
    }`,
    entries: ({
      customerGroup: { id, name, customers },
    }: {
      customerGroup: Named & { customers: Rows<Customer> };
    }) => [
      [`group ${nativeId(id)}`, name],
      ...customers.nodes.map((member): Entry => [
        `customer ${nativeId(member.id)}`,
        member.email,
      ]),
    ],
  },
  B5: {
    query: `query ($from: DateTime!) {
      store(key: "${storeKeys.bigCommerce}") {
        customerGroups(first: 50, filter: { createdAt: { min: $from } }) {
          nodes {
            ... on BigCommerceCustomerGroup {
              id
              categoryAccess { categories { id name } }
              discountRules {
                ... on BigCommerceCategoryDiscountRule { categoryId category { id name } }
                ... on BigCommerceProductDiscountRule { productId product { id name } }
                ... on BigCommercePriceListDiscountRule { priceListId priceList { id name } }
              }
            }
          }
        }
      }
    }`,
    entries: ({ store }: { store: { customerGroups: Rows<PricedGroup> } }) =>
      store.customerGroups.nodes.flatMap(pricingOf),
  },
  S2: {
    query: `query ($part: String!) {
      stores {
        key
        customerGroups(first: 5, filter: { nameContains: $part }) { nodes { id name } }
      }
    }`,
    entries: ({
      stores,
    }: {
      stores: readonly { key: string; customerGroups: Rows<Named> }[];
    }) =>
      stores.flatMap(({ key, customerGroups: { nodes } }) =>
        nodes.map(({ id, name }): Entry => [
          `${key} group ${nativeId(id)}`,
          name,
        ]),
      ),
  },
  entities: {
    query: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on CommerceLayerCustomer { id email customerGroup { id name } }
      }
    }`,
    // By the place of the reference: that is what federation promises.
    entries: (
      { _entities: found }: { _entities: readonly (Customer | null)[] },
      variables,
    ) =>
      (variables["representations"] as readonly { id: string }[]).flatMap(
        ({ id }, place): readonly Entry[] => [
          [`customer ${nativeId(id)}`, found[place]?.email ?? null],
          ...groupOf(id, found[place]?.customerGroup),
        ],
      ),
  },
};

/** For servers that know Clientele's schema. */
export const graphAdapter: Adapter = {
  operation: (shape, n) => ({
    query: shape.query,
    variables: shape.variables(n),
  }),
  check: (shape, n) => {
    const { query, entries } = documents[shape.name];
    const variables = checkVariables(shape, n);
    return {
      operation: { query, variables },
      toValues: (data) => new Map(entries(data as never, variables)),
    };
  },
};

function customersOf(store: string, first: number): CheckDocument {
  return {
    query: `query ($from: DateTime!) {
      store(key: "${store}") {
        customers(first: ${first}, filter: { createdAt: { min: $from } }) {
          nodes { id customerGroup { id name } }
        }
      }
    }`,
    entries: ({
      store: { customers },
    }: {
      store: { customers: Rows<Customer> };
    }) =>
      customers.nodes.flatMap(({ id, customerGroup }) =>
        groupOf(id, customerGroup),
      ),
  };
}

function groupOf(
  customer: string,
  group: Named | null | undefined,
): readonly Entry[] {
  const key = `customer ${nativeId(customer)} group`;
  return [
    [`${key} id`, group ? nativeId(group.id) : null],
    [`${key} name`, group?.name ?? null],
  ];
}

function pricingOf({
  id,
  categoryAccess,
  discountRules,
}: PricedGroup): readonly Entry[] {
  const key = `group ${nativeId(id)}`;
  return [
    ...categoryAccess.categories.map((category): Entry => [
      `${key} access ${nativeId(category.id)}`,
      category.name,
    ]),
    ...discountRules.flatMap((rule) => [
      ...referred(`${key} category`, rule.categoryId, rule.category),
      ...referred(`${key} product`, rule.productId, rule.product),
      ...referred(`${key} price list`, rule.priceListId, rule.priceList),
    ]),
  ];
}

function referred(
  key: string,
  id: string | undefined,
  row: Named | null | undefined,
): readonly Entry[] {
  return id === undefined ? [] : [[`${key} ${id}`, row?.name ?? null]];
}
