import { fromDate } from "./dates";
import { fold } from "./filters";
import type { CustomerRow } from "./rows";

/** A customer with what searching and sorting look at, worked out once. */
export interface IndexedCustomer {
  readonly row: CustomerRow;
  /** Folded, empty without a name. */
  readonly name: string;
  /** Folded. */
  readonly email: string;
  /** Those of addresses and contacts without spaces and signs. */
  readonly phones: readonly string[];
  /** Folded texts of the saved shipping addresses. */
  readonly cities: readonly string[];
  readonly postalCodes: readonly string[];
  readonly states: readonly string[];
  readonly countries: readonly string[];
  readonly companies: readonly string[];
  readonly orders: number;
  readonly salesValue: number;
  /** Milliseconds since 1970, as the other dates. */
  readonly registeredAt: number;
  readonly updatedAt: number;
  /** Undefined without orders. */
  readonly firstOrderAt: number | undefined;
  readonly lastOrderAt: number | undefined;
  readonly productIds: readonly number[];
}

/** What is left of a phone number when it is searched for. */
export function foldPhone(phone: string): string {
  return phone.replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Indexes a customer.
 *
 * @param productIds of what the customer has bought.
 */
export function toIndexed(
  row: CustomerRow,
  productIds: readonly number[],
): IndexedCustomer {
  const { billingPerson, shippingAddresses = [], contacts = [], stats } = row;
  const texts = (key: "city" | "postalCode" | "companyName" | "countryCode") =>
    foldAll(shippingAddresses.map((address) => address[key]));
  return {
    row,
    name: fold(billingPerson?.name ?? row.name ?? ""),
    email: fold(row.email),
    phones: foldAll([
      billingPerson?.phone,
      ...shippingAddresses.map(({ phone }) => phone),
      ...contacts.flatMap(({ type, contact }) =>
        type === "PHONE" ? [contact] : [],
      ),
    ]).map(foldPhone),
    cities: texts("city"),
    postalCodes: texts("postalCode"),
    states: foldAll(
      shippingAddresses.map((address) => address.stateOrProvinceCode),
    ),
    countries: texts("countryCode"),
    companies: texts("companyName"),
    orders: stats?.numberOfOrders ?? row.totalOrderCount ?? 0,
    salesValue: stats?.salesValue ?? 0,
    registeredAt: fromDate(row.registered) ?? 0,
    updatedAt: fromDate(row.updated) ?? 0,
    firstOrderAt: fromDate(stats?.firstOrderDate ?? ""),
    lastOrderAt: fromDate(stats?.lastOrderDate ?? ""),
    productIds,
  };
}

function foldAll(texts: readonly (string | undefined)[]): readonly string[] {
  return texts.flatMap((text) => (text === undefined ? [] : [fold(text)]));
}
