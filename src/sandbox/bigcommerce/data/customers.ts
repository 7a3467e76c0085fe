import { toIsoDate } from "../dates";
import type { Random } from "../../random";
import type {
  CustomerAddressRow,
  CustomerAttributeRow,
  CustomerGroupRow,
  CustomerRow,
} from "../rows";
import { createIds, toUuid } from "./ids";
import {
  companies,
  firstNames,
  lastNames,
  mailDomains,
  mailNames,
  places,
} from "./words";

const CUSTOMERS = 3000;
const FIRST_ID = 5;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2020, 0, 5);
const EVERY = 18 * HOUR;
const NO_GROUP = 0;
const NO_GROUP_SHARE = 0.12;
const SEGMENTS = 5;

/**
 * How many members a group has, by its number, where it is made on purpose:
 * 40 % of all customers, one, nobody, and a little more than a page.
 */
const sizes: ReadonlyMap<number, number> = new Map([
  [1, 12],
  [2, CUSTOMERS * 0.4],
  [3, 51],
  [4, 0],
  [5, 1],
  [6, 0],
  [9, 251],
  [12, 0],
  [14, 0],
]);

/** 3,000 customers with all that belongs to them. */
export function createCustomers(
  random: Random,
  groups: readonly CustomerGroupRow[],
): readonly CustomerRow[] {
  const ids = createIds(FIRST_ID, CUSTOMERS);
  const members = createMembership(random.fork("members"), groups);
  const segments = Array.from({ length: SEGMENTS }, () => toUuid(random));
  const draft: Drafting = { nextAddressId: 11, nextAttributeId: 1 };
  return ids.map((id, n) =>
    createCustomer(random, draft, {
      id,
      n,
      groupId: members[n] ?? NO_GROUP,
      segments,
    }),
  );
}

/** The group's number of each customer, in the order of the customers. */
function createMembership(
  random: Random,
  groups: readonly CustomerGroupRow[],
): readonly number[] {
  const members: number[] = [];
  const others: number[] = [];
  for (const { id } of groups) {
    const size = sizes.get(id);
    if (size === undefined) others.push(id);
    for (let n = 0; n < (size ?? 0); n++) members.push(id);
  }
  for (let n = 0; n < CUSTOMERS * NO_GROUP_SHARE; n++) members.push(NO_GROUP);
  while (members.length < CUSTOMERS) members.push(random.pick(others));
  return random.shuffle(members);
}

interface Drafting {
  nextAddressId: number;
  nextAttributeId: number;
}

function createCustomer(
  random: Random,
  draft: Drafting,
  {
    id,
    n,
    groupId,
    segments,
  }: { id: number; n: number; groupId: number; segments: readonly string[] },
): CustomerRow {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  const company = random.chance(0.6) ? "" : random.pick(companies);
  const phone = random.chance(0.4) ? "" : toPhone(id);
  // Some were imported in one go: a date alone does not order them.
  const step = n >= 100 && n < 112 ? 100 : n;
  const madeAt = FROM + step * EVERY;
  const changedAt = random.chance(0.4)
    ? madeAt
    : madeAt + random.int(1, 300) * DAY + random.int(0, DAY);
  const origin = random.chance(0.8) ? 1 : random.int(2, 3);
  const addresses = Array.from({ length: toAddressCount(random) }, () =>
    createAddress(random, draft.nextAddressId++, {
      customer_id: id,
      first_name: firstName,
      last_name: lastName,
      company,
      phone,
    }),
  );
  const attributes = random.chance(0.1)
    ? createAttributes(random, draft, id, toIsoDate(madeAt))
    : [];
  return {
    id,
    email: `${toMailName(random, n)}${id}@${random.pick(mailDomains)}`,
    first_name: firstName,
    last_name: lastName,
    company,
    phone,
    registration_ip_address: random.chance(0.5)
      ? ""
      : `192.0.2.${random.int(1, 254)}`,
    notes: n % 6 === 0 ? `canary-note-${id}` : "",
    tax_exempt_category: random.chance(0.9)
      ? ""
      : random.pick(["Non-profit", "B2B", "Éducation"]),
    customer_group_id: groupId,
    date_created: toIsoDate(madeAt),
    date_modified: toIsoDate(changedAt),
    address_count: addresses.length,
    attribute_count: attributes.length,
    authentication: { force_password_reset: random.chance(0.03) },
    accepts_product_review_abandoned_cart_emails: random.chance(0.5),
    origin_channel_id: origin,
    channel_ids: random.chance(0.5) ? null : origin === 1 ? [1] : [1, origin],
    addresses,
    attributes,
    form_fields: random.chance(0.1)
      ? [
          { name: "Heard of us", value: "Fair", customer_id: id },
          { name: "Sizes", value: ["S", "XL"], customer_id: id },
          { name: "Shoe size", value: 42.5, customer_id: id },
        ]
      : [],
    store_credit_amounts: [{ amount: toCredit(random, n) }],
    shopper_profile_id: toUuid(random),
    segment_ids: random.chance(0.8) ? [] : [random.pick(segments)],
  };
}

function toMailName(random: Random, n: number): string {
  const name = random.pick(mailNames);
  if (n % 150 === 40) return `${name}+list.`;
  if (n % 150 === 80) return `${name}.O'Sample`;
  if (n % 150 === 120) return name.toUpperCase();
  return name;
}

// No country has the code 999, so nobody can be called.
function toPhone(id: number): string {
  return `+999 0 ${String(id).padStart(5, "0")}`;
}

function toAddressCount(random: Random): number {
  const chance = random.next();
  if (chance < 0.25) return 0;
  if (chance < 0.75) return 1;
  return random.int(2, 4);
}

/** Amounts as JSON numbers, some of which binary fractions cannot write. */
function toCredit(random: Random, n: number): number {
  if (n === 0) return 12.3;
  if (n === 1) return 0.1 + 0.2;
  return random.chance(0.7) ? 0 : random.int(1, 99_999) / 100;
}

function createAddress(
  random: Random,
  id: number,
  person: Pick<
    CustomerAddressRow,
    "customer_id" | "first_name" | "last_name" | "company" | "phone"
  >,
): CustomerAddressRow {
  const place = random.pick(places);
  const { customer_id, first_name, last_name, company, phone } = person;
  return {
    id,
    customer_id,
    first_name,
    last_name,
    company,
    address1: `${random.int(1, 250)} Sandbox Street`,
    address2: random.chance(0.7) ? "" : `Floor ${random.int(1, 30)}`,
    city: place.city,
    state_or_province: place.state,
    postal_code: place.postalCode,
    country: place.country,
    country_code: place.countryCode,
    phone,
    address_type: random.chance(0.8) ? "residential" : "commercial",
    form_fields: random.chance(0.05)
      ? [{ name: "Hint", value: "Ring twice", address_id: id }]
      : [],
  };
}

function createAttributes(
  random: Random,
  draft: Drafting,
  customerId: number,
  date: string,
): readonly CustomerAttributeRow[] {
  return Array.from({ length: random.int(1, 3) }, (_, n) => ({
    id: draft.nextAttributeId++,
    attribute_id: n + 1,
    attribute_value: random.pick(["Yes", "42", "2021-05-06", "はい"]),
    customer_id: customerId,
    date_created: date,
    date_modified: date,
  }));
}
