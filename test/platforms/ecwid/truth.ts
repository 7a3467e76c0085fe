import type { EcwidSandboxServer } from "../../../src/sandbox/ecwid";

/**
 * The sandbox's own data as the schema shows it, told here a second time and
 * without the product's code.
 */
type CustomerRow = EcwidSandboxServer["data"]["customers"][number];
type Place = NonNullable<CustomerRow["shippingAddresses"]>[number];

export function gid(
  kind: string,
  id: number | string,
  store = "ecwid-demo",
): string {
  return `gid://clientele/${kind}/${store}/${id}`;
}

export function textOf(value: string | null | undefined): string | null {
  return value ? value : null;
}

/** `2024-06-04 21:15:10 +0000` as RFC 3339. */
export function dateOf(value: string): string {
  const [day = "", time = "", zone = ""] = value.split(" ");
  const local = `${day}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`;
  return new Date(local).toISOString();
}

/** Customers in the order in which they were registered. */
export function inOrder(rows: readonly CustomerRow[]): CustomerRow[] {
  return [...rows].sort(
    (a, b) =>
      Date.parse(dateOf(a.registered)) - Date.parse(dateOf(b.registered)) ||
      a.id - b.id,
  );
}

export function membersOf({ data }: EcwidSandboxServer, group: number) {
  return inOrder(
    data.customers.filter(({ customerGroupId }) => customerGroupId === group),
  );
}

export function addressesOf(row: CustomerRow) {
  const saved = row.shippingAddresses ?? [];
  if (saved.length > 0) return saved.map(addressView);
  const billing = row.billingPerson;
  const hasPlace =
    billing &&
    [
      billing.street,
      billing.city,
      billing.postalCode,
      billing.countryCode,
    ].some(Boolean);
  return hasPlace ? [addressView(billing)] : [];
}

function addressView(place: Omit<Place, "id"> | CustomerRow["billingPerson"]) {
  const [line1, line2] = (place?.street ?? "").split("\n");
  return {
    name: textOf(place?.name),
    company: textOf(place?.companyName),
    line1: textOf(line1),
    line2: textOf(line2),
    city: textOf(place?.city),
    region:
      textOf(place?.stateOrProvinceCode) ?? textOf(place?.stateOrProvinceName),
    postalCode: textOf(place?.postalCode),
    countryCode: textOf(place?.countryCode),
    phone: textOf(place?.phone),
  };
}

/** A customer as the operation `EcwidCustomers` selects it. */
export function customerView(row: CustomerRow) {
  return {
    id: gid("Customer", row.id),
    nativeId: String(row.id),
    email: textOf(row.email),
    name: textOf(row.name) ?? textOf(row.billingPerson?.name),
    createdAt: dateOf(row.registered),
    updatedAt: dateOf(row.updated),
    addresses: addressesOf(row),
    orderCount: row.stats?.numberOfOrders ?? row.totalOrderCount ?? null,
    taxExempt: row.taxExempt ?? null,
    acceptMarketing: row.acceptMarketing ?? null,
    language: textOf(row.lang),
  };
}
