import type { Random } from "../../random";
import type { CustomerRow } from "../rows";

const FIRST_PRODUCT = 689000001;
const PRODUCTS = 120;
const MOST_PRODUCTS = 5;

/** The number of a product. */
export function pickProduct(random: Random): number {
  return FIRST_PRODUCT + random.int(0, PRODUCTS - 1);
}

/** What each customer with orders has bought, by the customer's id. */
export function createPurchases(
  random: Random,
  customers: readonly CustomerRow[],
): ReadonlyMap<number, readonly number[]> {
  return new Map(
    customers.flatMap(({ id, stats }) => {
      const orders = stats?.numberOfOrders ?? 0;
      if (orders === 0) return [];
      const products = Array.from(
        { length: Math.min(orders, MOST_PRODUCTS) },
        () => pickProduct(random),
      );
      return [[id, [...new Set(products)]] as const];
    }),
  );
}
