import { Random } from "../../random";
import type { CustomerGroupRow, CustomerRow } from "../rows";
import { createCustomerGroups } from "./customer-groups";
import { createCustomers } from "./customers";
import { createPurchases } from "./purchases";

/** All rows of a room as the wire carries them, each list by id ascending. */
export interface EcwidData {
  /** General first. */
  readonly customerGroups: readonly CustomerGroupRow[];
  /** As a search carries them. */
  readonly customers: readonly CustomerRow[];
  /**
   * What each customer has bought, by the customer's id; only the filter
   * `purchasedProductIds` tells of it.
   */
  readonly purchasedProductIds: ReadonlyMap<number, readonly number[]>;
}

/** Makes all rows; equal seeds make equal ones. */
export function createData(seed: number): EcwidData {
  const random = new Random(seed);
  const customerGroups = createCustomerGroups(random.fork("customer groups"));
  const customers = createCustomers(random.fork("customers"), customerGroups);
  return {
    customerGroups,
    customers,
    purchasedProductIds: createPurchases(random.fork("purchases"), customers),
  };
}
