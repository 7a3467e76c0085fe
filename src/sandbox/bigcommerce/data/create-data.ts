import { Random } from "../../random";
import type {
  CategoryRow,
  CustomerAddressRow,
  CustomerGroupRow,
  CustomerRow,
  PriceListAssignmentRow,
  PriceListRow,
  ProductRow,
} from "../rows";
import { createCategories } from "./categories";
import { createCustomerGroups } from "./customer-groups";
import { createCustomers } from "./customers";
import { createPriceListAssignments, createPriceLists } from "./price-lists";
import { createProducts } from "./products";

/** All rows of a room as the wire carries them, each list by id ascending. */
export interface BigCommerceData {
  readonly customerGroups: readonly CustomerGroupRow[];
  readonly customers: readonly CustomerRow[];
  /** Those of all customers; each stands in its customer's row too. */
  readonly addresses: readonly CustomerAddressRow[];
  readonly categories: readonly CategoryRow[];
  readonly products: readonly ProductRow[];
  readonly priceLists: readonly PriceListRow[];
  readonly priceListAssignments: readonly PriceListAssignmentRow[];
}

/** Makes all rows; equal seeds make equal ones. */
export function createData(seed: number): BigCommerceData {
  const random = new Random(seed);
  const categories = createCategories(random.fork("categories"));
  const products = createProducts(random.fork("products"), categories);
  const priceLists = createPriceLists(random.fork("price lists"));
  const customerGroups = createCustomerGroups(
    random.fork("customer groups"),
    categories,
    products,
  );
  const customers = createCustomers(random.fork("customers"), customerGroups);
  return {
    customerGroups,
    customers,
    addresses: customers.flatMap((customer) => customer.addresses),
    categories,
    products,
    priceLists,
    priceListAssignments: createPriceListAssignments(
      random.fork("assignments"),
      customerGroups,
      priceLists,
    ),
  };
}
