import type { IndexedCustomer } from "./customer-index";

/** What customers can be sorted by; each name takes `_ASC` and `_DESC`. */
const keys = {
  NAME: (one) => one.name,
  EMAIL: (one) => one.email,
  ORDER_COUNT: (one) => one.orders,
  REGISTERED_DATE: (one) => one.registeredAt,
  UPDATED_DATE: (one) => one.updatedAt,
  SALES_VALUE: (one) => one.salesValue,
  FIRST_ORDER_DATE: (one) => one.firstOrderAt ?? -Infinity,
  LAST_ORDER_DATE: (one) => one.lastOrderAt ?? -Infinity,
} as const satisfies Record<string, (one: IndexedCustomer) => string | number>;

type KeyName = keyof typeof keys;

/** A value of `sortBy`. */
export type SortBy = `${KeyName}_${"ASC" | "DESC"}`;

/** All values of `sortBy`. */
export const sortings = (Object.keys(keys) as KeyName[]).flatMap(
  (name) => [`${name}_ASC`, `${name}_DESC`] as const satisfies SortBy[],
);

/**
 * Customers in one of the orders; each order is made once. Equals are by id
 * ascending in both directions.
 */
export function createSorted(
  customers: readonly IndexedCustomer[],
): (sortBy: SortBy) => readonly IndexedCustomer[] {
  const made = new Map<SortBy, readonly IndexedCustomer[]>();
  return (sortBy) => {
    const known = made.get(sortBy);
    if (known) return known;
    const sorted = sort(customers, sortBy);
    made.set(sortBy, sorted);
    return sorted;
  };
}

function sort(
  customers: readonly IndexedCustomer[],
  sortBy: SortBy,
): readonly IndexedCustomer[] {
  const key = keys[sortBy.replace(/_(ASC|DESC)$/, "") as KeyName];
  const sign = sortBy.endsWith("_ASC") ? 1 : -1;
  return customers.toSorted((a, b) => {
    const left = key(a);
    const right = key(b);
    if (left === right) return a.row.id - b.row.id;
    return left < right ? -sign : sign;
  });
}
