import type { JsonObject } from "../../json";
import type { Random } from "../../random";
import type { CustomerGroupRow, CustomerRow, TagRow } from "../rows";
import { createIds, FIRST_ID } from "./ids";
import { stamp, toRows } from "./stamp";
import { mailDomains, mailNames } from "./words";

const CUSTOMERS = 3000;
const HOUR = 3_600_000;
const FROM = Date.UTC(2019, 0, 10);
const EVERY = 20 * HOUR;
/** Shares of all customers. */
const NEWSLETTER_SHARE = 0.4;
const NO_GROUP_SHARE = 0.12;
const MOST_ORDERS = 140;
const MOST_ORDERS_AT = 6;

/** Groups of a size that is made on purpose: around a page, one, nobody. */
const sizes: Readonly<Record<string, number>> = {
  VIP: 2,
  Newsletter: CUSTOMERS * NEWSLETTER_SHARE,
  Employees: 25,
  Press: 26,
  Wholesale: 50,
  Founders: 1,
  Archive: 0,
  Charity: 0,
  Museums: 0,
  "Do not contact": 0,
  "顧客様 ゴールド": 0,
  "0": 0,
};

/** The customer of Commerce Layer's documentation, as it stands there. */
const john: CustomerRow = {
  key: 1,
  id: FIRST_ID,
  old: true,
  email: "john@example.com",
  status: "prospect",
  has_password: false,
  total_orders_count: null,
  shopper_reference: null,
  profile_id: null,
  tax_exemption_code: null,
  created_at: "2018-01-01T12:00:00.000Z",
  updated_at: "2018-01-01T12:00:00.000Z",
  reference: "ANY-EXTERNAL-REFEFERNCE",
  reference_origin: "ANY-EXTERNAL-REFEFERNCE-ORIGIN",
  jwt_custom_claim: null,
  metadata: { foo: "bar" },
  anonymization_info: null,
  anonymization_status: null,
  customer_group_id: FIRST_ID,
  tag_ids: [],
};

/** A handful of tags. */
export function createTags(random: Random): readonly TagRow[] {
  const nextId = createIds(random);
  const names = ["new", "loyal", "b2b", "fraud-check", "très-cher", "重要"];
  return toRows(
    names.map((name, n) => ({
      name,
      ...stamp(random, nextId(), FROM + n * HOUR),
    })),
  );
}

/** 3,000 customers, john@example.com first. */
export function createCustomers(
  random: Random,
  groups: readonly CustomerGroupRow[],
  tags: readonly TagRow[],
): readonly CustomerRow[] {
  const nextId = createIds(random, [FIRST_ID]);
  const members = membership(random.fork("members"), groups);
  const drafts: CustomerRow[] = [john];
  for (let n = 1; n < CUSTOMERS; n++) {
    const id = nextId();
    // Ten were imported in one go, so that a date alone does not order them.
    const step = n > 100 && n < 110 ? 100 : n;
    const jitter = step === n ? random.int(0, EVERY - 1) : 0;
    const orders =
      n === MOST_ORDERS_AT
        ? MOST_ORDERS
        : random.chance(0.3)
          ? 0
          : random.chance(0.35)
            ? 1
            : random.int(2, 6);
    const anonymization = n % 300 === 299 ? random.pick(ANONYMIZED) : null;
    drafts.push({
      email: email(random, n),
      status: orders === 0 ? "prospect" : orders === 1 ? "acquired" : "repeat",
      has_password: n % 97 === 0 ? null : random.chance(0.6),
      total_orders_count: orders,
      shopper_reference: `shp-${id.toLowerCase()}`,
      profile_id: `prf-${id.toLowerCase()}`,
      tax_exemption_code: random.chance(0.03) ? `EXEMPT-${n}` : null,
      jwt_custom_claim: {},
      anonymization_info: anonymization?.info ?? null,
      anonymization_status: anonymization?.status ?? null,
      customer_group_id: members[n] ?? null,
      tag_ids: random.chance(0.08)
        ? random
            .shuffle(tags)
            .slice(0, random.int(1, 3))
            .map((tag) => tag.id)
        : [],
      ...stamp(random, id, FROM + step * EVERY + jitter),
    });
  }
  return toRows(drafts);
}

function email(random: Random, n: number): string {
  const name = random.pick(mailNames);
  const domain = random.pick(mailDomains);
  if (n % 200 === 50) return `${name}+tag.${n}@${domain}`;
  if (n % 200 === 100) return `${name}.O'Example${n}@${domain}`;
  if (n % 200 === 150) return `${name.toUpperCase()}_${n}@${domain}`;
  return `${name}${n}@${domain}`;
}

/** The group's id of each customer by its number; undefined for none. */
function membership(
  random: Random,
  groups: readonly CustomerGroupRow[],
): readonly (string | undefined)[] {
  const places: (string | undefined)[] = [];
  const others: string[] = [];
  for (const group of groups) {
    const size = sizes[group.name];
    if (size === undefined) others.push(group.id);
    else for (let n = 0; n < size; n++) places.push(group.id);
  }
  for (let n = 0; n < CUSTOMERS * NO_GROUP_SHARE; n++) places.push(undefined);
  places.push(...others);
  while (places.length < CUSTOMERS - 1) places.push(random.pick(others));
  return [FIRST_ID, ...random.shuffle(places)];
}

// These dates are not in the form of the others: Commerce Layer's schema shows
// them so.
const ANONYMIZED: readonly { status: string; info: JsonObject }[] = [
  {
    status: "requested",
    info: {
      status: "requested",
      requested_at: "2025-03-15 11:39:21 UTC",
      requester: { fullName: "Sandbox Requester", email: "dpo@example.com" },
    },
  },
  {
    status: "cancelled",
    info: {
      status: "cancelled",
      requested_at: "2025-03-15 11:39:21 UTC",
      cancelled_at: "2025-03-16 08:00:00 UTC",
      cancellation_requester: {
        fullName: "Sandbox Requester",
        email: "dpo@example.com",
      },
    },
  },
];
