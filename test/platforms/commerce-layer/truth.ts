import type { CommerceLayerSandboxServer } from "../../../src/sandbox/commerce-layer";

/**
 * The sandbox's own data as the schema shows it, told here a second time and
 * without the product's code: what it misreads is not repeated.
 */
type Data = CommerceLayerSandboxServer["data"];
type GroupRow = Data["customerGroups"][number];
type CustomerRow = Data["customers"][number];
type MarketRow = Data["markets"][number];

export function gid(
  kind: string,
  id: string,
  store = "commerce-layer-demo",
): string {
  return `gid://clientele/${kind}/${store}/${id}`;
}

/** Empty texts and absent ones are the same to a client. */
export function textOf(value: string | null | undefined): string | null {
  return value ? value : null;
}

export function groupsOf({
  data,
}: CommerceLayerSandboxServer): ReadonlyMap<string, GroupRow> {
  return new Map(data.customerGroups.map((row) => [row.id, row]));
}

export function membersOf(
  { data }: CommerceLayerSandboxServer,
  group: string,
): CustomerRow[] {
  return data.customers.filter(
    ({ customer_group_id }) => customer_group_id === group,
  );
}

export function marketsOf(
  { data }: CommerceLayerSandboxServer,
  group: string,
): MarketRow[] {
  return data.markets.filter(
    ({ customer_group_id }) => customer_group_id === group,
  );
}

export function groupView(
  { origin }: CommerceLayerSandboxServer,
  row: GroupRow,
) {
  return {
    id: gid("CustomerGroup", row.id),
    nativeId: row.id,
    name: row.name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    code: row.old ? null : textOf(row.code),
    reference: textOf(row.reference),
    referenceOrigin: textOf(row.reference_origin),
    metadata: row.metadata,
    mode: "TEST",
    url: `${origin}/api/customer_groups/${row.id}`,
  };
}

export function customerView(
  { origin }: CommerceLayerSandboxServer,
  row: CustomerRow,
) {
  const info = row.old ? null : row.anonymization_info;
  const hasInfo = info !== null && Object.keys(info).length > 0;
  return {
    id: gid("Customer", row.id),
    nativeId: row.id,
    email: row.email,
    name: null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    status: row.status.toUpperCase(),
    hasPassword: row.has_password,
    totalOrdersCount: row.old ? null : row.total_orders_count,
    shopperReference: row.old ? null : textOf(row.shopper_reference),
    profileId: row.old ? null : textOf(row.profile_id),
    taxExemptionCode: row.old ? null : textOf(row.tax_exemption_code),
    anonymizationStatus: row.old
      ? null
      : (textOf(row.anonymization_status)?.toUpperCase() ?? null),
    anonymizationInfo: hasInfo
      ? {
          status: textOf(info["status"] as string)?.toUpperCase() ?? null,
          requestedAt: utcOf(info["requested_at"]),
          startedAt: utcOf(info["started_at"]),
          completedAt: utcOf(info["completed_at"]),
          failedAt: utcOf(info["failed_at"]),
          cancelledAt: utcOf(info["cancelled_at"]),
        }
      : null,
    reference: textOf(row.reference),
    referenceOrigin: textOf(row.reference_origin),
    metadata: row.metadata,
    mode: "TEST",
    url: `${origin}/api/customers/${row.id}`,
  };
}

/** `2025-03-15 11:39:21 UTC` as RFC 3339. */
function utcOf(value: unknown): string | null {
  return typeof value === "string" && value !== ""
    ? value.replace(" UTC", ".000Z").replace(" ", "T")
    : null;
}

export function addressOf(
  { data }: CommerceLayerSandboxServer,
  customer: string,
) {
  const addresses = new Map(data.addresses.map((row) => [row.id, row]));
  return data.customerAddresses
    .filter(({ customer_id }) => customer_id === customer)
    .flatMap(({ address_id }) => {
      const row = addresses.get(address_id);
      return row
        ? [
            {
              name: textOf(row.full_name),
              company: textOf(row.company),
              line1: textOf(row.line_1),
              line2: textOf(row.line_2),
              city: textOf(row.city),
              region: textOf(row.state_code),
              postalCode: textOf(row.zip_code),
              countryCode: textOf(row.country_code),
              phone: textOf(row.phone),
            },
          ]
        : [];
    });
}
