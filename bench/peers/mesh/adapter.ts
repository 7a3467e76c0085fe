import {
  type CustomerResource,
  type Document,
  type Entry,
  type GroupResource,
  type Named,
  groupOf,
  plainShapes,
  toAdapter,
} from "../rest-shapes";

/** One row, or a list of it: a link to a list has a list for each key. */
type Row = Named | readonly Named[] | null;

interface Customers {
  readonly commerceLayerCustomers: Document<
    readonly (CustomerResource & {
      readonly customerGroup: GroupResource | null;
    })[]
  >;
}

interface PricedGroups {
  readonly bigCommerceGroups: readonly PricedGroup[];
}

interface PricedGroup {
  readonly id: number;
  readonly category_access: {
    readonly categories: readonly number[] | null;
    readonly categoryRows: readonly Row[] | null;
  } | null;
  readonly discount_rules: readonly {
    readonly category_id: number | null;
    readonly category: Row;
    readonly product_id: number | null;
    readonly product: Row;
    readonly price_list_id: number | null;
    readonly priceList: Row;
  }[];
}

/**
 * For the supergraph of Mesh. It has no `_entities`: a gateway serves those only
 * for a single subgraph, and then as one batch, while a page of Commerce Layer
 * ends at 25 rows.
 */
export const meshAdapter = toAdapter({
  ...plainShapes,
  C3: {
    query: customers("customerGroup { attributes { name } }"),
    checkQuery: customers("id customerGroup { id attributes { name } }"),
    variables: (variables) => variables,
    entries: ({ commerceLayerCustomers: { data } }: Customers) =>
      data.flatMap(({ id, customerGroup: group }) =>
        groupOf(id, group?.id ?? null, group?.attributes.name ?? null),
      ),
  },
  B5: {
    query: pricing(
      "category_access { categoryRows { name } }",
      "category { name } product { name } priceList { name }",
    ),
    checkQuery: pricing(
      "id category_access { categories categoryRows { name } }",
      "category_id category { name } product_id product { name } price_list_id priceList { name }",
    ),
    variables: ({ from }: { from: string }) => ({ from: from.slice(0, 19) }),
    entries: ({ bigCommerceGroups: groups }: PricedGroups) =>
      groups.flatMap(pricingOf),
  },
});

function customers(fields: string): string {
  return `query C3($from: String) {
    commerceLayerCustomers(from: $from, first: 25) { data { ${fields} } }
  }`;
}

function pricing(fields: string, rules: string): string {
  return `query B5($from: String) {
    bigCommerceGroups(from: $from, first: 50) { ${fields} discount_rules { ${rules} } }
  }`;
}

function pricingOf({
  id,
  category_access: access,
  discount_rules: rules,
}: PricedGroup): readonly Entry[] {
  const key = `group ${id}`;
  return [
    ...(access?.categories ?? [])
      .map((category, place): Entry => [
        `${key} access ${category}`,
        nameOf(access?.categoryRows?.[place] ?? null),
      ])
      // Deleted ones are left out elsewhere.
      .filter(([, name]) => name !== null),
    ...rules.flatMap((rule) => [
      ...referred(`${key} category`, rule.category_id, rule.category),
      ...referred(`${key} product`, rule.product_id, rule.product),
      ...referred(`${key} price list`, rule.price_list_id, rule.priceList),
    ]),
  ];
}

function referred(key: string, id: number | null, row: Row): readonly Entry[] {
  return id === null ? [] : [[`${key} ${id}`, nameOf(row)]];
}

function nameOf(row: Row): string | null {
  return [row].flat()[0]?.name ?? null;
}
