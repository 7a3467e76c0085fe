import type { BigCommerceSandboxServer } from "../../../src/sandbox/bigcommerce";

/**
 * The sandbox's own data as the schema shows it, told here a second time and
 * without the product's code.
 */
type Data = BigCommerceSandboxServer["data"];
type GroupRow = Data["customerGroups"][number];
type CustomerRow = Data["customers"][number];

export function gid(
  kind: string,
  id: number | string,
  store = "bigcommerce-demo",
): string {
  return `gid://clientele/${kind}/${store}/${id}`;
}

export function textOf(value: string | null | undefined): string | null {
  return value ? value : null;
}

/** `2023-07-17 06:30:41`, in UTC, as RFC 3339. */
export function groupDateOf(value: GroupRow["date_created"]): string | null {
  return typeof value === "string" ? `${value.replace(" ", "T")}.000Z` : null;
}

/** ISO 8601 as RFC 3339 in UTC with milliseconds. */
export function dateOf(value: string): string {
  return new Date(value).toISOString();
}

/** Customers in the order in which they were added. */
export function inOrder(rows: readonly CustomerRow[]): CustomerRow[] {
  return [...rows].sort(
    (a, b) =>
      Date.parse(a.date_created) - Date.parse(b.date_created) || a.id - b.id,
  );
}

export function membersOf({ data }: BigCommerceSandboxServer, group: number) {
  return inOrder(
    data.customers.filter(
      ({ customer_group_id }) => customer_group_id === group,
    ),
  );
}

export function nameOf(row: {
  readonly first_name: string;
  readonly last_name: string;
}): string | null {
  return [row.first_name, row.last_name].filter(Boolean).join(" ") || null;
}

export function addressesOf(row: CustomerRow) {
  return row.addresses.map((address) => ({
    name: nameOf(address),
    company: textOf(address.company),
    line1: textOf(address.address1),
    line2: textOf(address.address2),
    city: textOf(address.city),
    region: textOf(address.state_or_province),
    postalCode: textOf(address.postal_code),
    countryCode: textOf(address.country_code),
    phone: textOf(address.phone),
  }));
}

const ruleTypes: Readonly<Record<string, string>> = {
  all: "BigCommerceStorewideDiscountRule",
  category: "BigCommerceCategoryDiscountRule",
  product: "BigCommerceProductDiscountRule",
  price_list: "BigCommercePriceListDiscountRule",
};
const methods = ["percent", "fixed", "price"];
const accessTypes = ["all", "specific", "none"];

/** A group as the operation `BigCommerceGroup` selects it. */
export function groupView({ data }: BigCommerceSandboxServer, row: GroupRow) {
  const categoryName = (id: number | string) => {
    const found = data.categories.find(
      ({ category_id }) => category_id === Number(id),
    );
    return found ? { name: found.name } : null;
  };
  const categories = row.category_access.categories ?? [];
  return {
    id: gid("CustomerGroup", row.id),
    nativeId: String(row.id),
    name: row.name,
    createdAt: groupDateOf(row.date_created),
    updatedAt: groupDateOf(row.date_modified),
    isDefault: row.is_default,
    isGroupForGuests: row.is_group_for_guests,
    categoryAccess: {
      type: accessTypes.includes(row.category_access.type)
        ? row.category_access.type.toUpperCase()
        : "UNKNOWN",
      categoryIds: categories.map(String),
      categories: categories.flatMap((id) => categoryName(id) ?? []),
    },
    discountRules: row.discount_rules.map((rule) => ({
      __typename: ruleTypes[rule.type] ?? "BigCommerceOtherDiscountRule",
      type: rule.type,
      method:
        rule.method === undefined
          ? null
          : methods.includes(rule.method)
            ? rule.method.toUpperCase()
            : "UNKNOWN",
      amount: rule.amount ?? null,
      ...(rule.type === "category" && {
        categoryId: String(rule.category_id),
        category: categoryName(rule.category_id!),
      }),
      ...(rule.type === "product" && {
        productId: String(rule.product_id),
        product: productView(data, rule.product_id!),
      }),
      ...(rule.type === "price_list" && {
        priceListId: String(rule.price_list_id),
        priceList: priceListView(data, rule.price_list_id!),
      }),
      ...(ruleTypes[rule.type] === undefined && { raw: rule }),
    })),
  };
}

function productView(data: Data, id: number | string) {
  const row = data.products.find((product) => product.id === Number(id));
  return row ? { name: row.name } : null;
}

export function priceListView(data: Data, id: number) {
  const row = data.priceLists.find((list) => list.id === id);
  return row ? { name: row.name } : null;
}
