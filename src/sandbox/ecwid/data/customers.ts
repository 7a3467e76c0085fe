import { toDate } from "../dates";
import type { Random } from "../../random";
import type {
  ContactRow,
  CustomerGroupRow,
  CustomerRow,
  ExtraFieldRow,
  StatsRow,
} from "../rows";
import { general, sizedGroups, vip } from "./customer-groups";
import { createCounter, createIds } from "./ids";
import {
  createBillingPerson,
  createShippingAddresses,
  type Person,
} from "./places";
import { pickProduct } from "./purchases";
import {
  familyNames,
  givenNames,
  languages,
  mailDomains,
  mailNames,
  sharedMailAddresses,
  singleNames,
} from "./words";

const CUSTOMERS = 3000;
const FIRST_ID = 200000001;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2020, 2, 4, 9, 15, 27);
const EVERY = 17 * HOUR;
const GENERAL_SHARE = 0.12;
const VIP_SIZE = 12;
const SHARED_EVERY = 80;
const SHARED_AT = 7;
const TWINS_EVERY = 250;
const TWIN_AT = 101;
// Old examples of Ecwid's documentation have dates with this offset.
const OLD_OFFSET_HOURS = 4;
const OLD_CUSTOMERS = [3, 4, 5];

/** Numbers of what belongs to customers, over all customers. */
interface Counters {
  readonly address: () => number;
  readonly contact: () => number;
}

/** What is decided before a customer is made. */
interface Draft {
  readonly id: number;
  readonly n: number;
  readonly email: string;
  readonly group: CustomerGroupRow;
}

/** 3,000 customers, john@example.com first. */
export function createCustomers(
  random: Random,
  groups: readonly CustomerGroupRow[],
): readonly CustomerRow[] {
  const ids = createIds(FIRST_ID, CUSTOMERS);
  const members = createMembership(random.fork("members"), groups);
  const emails = createEmails(random.fork("emails"), ids);
  const counters: Counters = {
    address: createCounter(190000001),
    contact: createCounter(170000001),
  };
  return ids.map((id, n) =>
    createCustomer(random, counters, {
      id,
      n,
      email: emails[n] ?? "",
      group: members[n] ?? general,
    }),
  );
}

/** The group of each customer, in the order of the customers. */
function createMembership(
  random: Random,
  groups: readonly CustomerGroupRow[],
): readonly CustomerGroupRow[] {
  const sizes = new Map<string, number>([
    [vip.name, VIP_SIZE - 1],
    [general.name, CUSTOMERS * GENERAL_SHARE],
    ...sizedGroups.map(
      ({ name, share = 0, size = CUSTOMERS * share }) => [name, size] as const,
    ),
  ]);
  const members = groups.flatMap((group) =>
    Array.from({ length: sizes.get(group.name) ?? 0 }, () => group),
  );
  const others = groups.filter(({ name }) => !sizes.has(name));
  while (members.length < CUSTOMERS - 1) members.push(random.pick(others));
  return [vip, ...random.shuffle(members)];
}

function createEmails(
  random: Random,
  ids: readonly number[],
): readonly string[] {
  const emails: string[] = ["john@example.com"];
  for (let n = 1; n < ids.length; n++) {
    const shared =
      n % SHARED_EVERY === SHARED_AT
        ? sharedMailAddresses[Math.floor(n / SHARED_EVERY)]
        : undefined;
    const twin =
      n % TWINS_EVERY === TWIN_AT
        ? toOtherCase(emails[n - 1] ?? "")
        : undefined;
    emails.push(shared ?? twin ?? createEmail(random, n));
  }
  return emails;
}

function createEmail(random: Random, n: number): string {
  const name = random.pick(mailNames);
  const domain = random.pick(mailDomains);
  if (n % 200 === 40) return `${name}+shop.${n}@${domain}`;
  if (n % 200 === 80) return `${name}.O'Fixture${n}@${domain}`;
  return `${name}.${n}@${domain}`;
}

function toOtherCase(email: string): string {
  const [name = "", domain = ""] = email.split("@");
  return `${name.toUpperCase()}@${domain}`;
}

function createCustomer(
  random: Random,
  counters: Counters,
  { id, n, email, group }: Draft,
): CustomerRow {
  // Some were imported in one go: a date alone does not order them.
  const step = n >= 200 && n < 215 ? 200 : n;
  const registeredAt = FROM + step * EVERY;
  const updatedAt = random.chance(0.4)
    ? registeredAt
    : registeredAt + random.int(1, 300) * DAY + random.int(0, DAY);
  const offset = OLD_CUSTOMERS.includes(n) ? OLD_OFFSET_HOURS : 0;
  const isBusiness = random.chance(0.15);
  const dates = {
    registered: toDate(registeredAt, offset),
    updated: toDate(updatedAt, offset),
  };
  const membership = {
    customerGroupId: group.id,
    customerGroupName: group.name,
  };
  const kind = { b2b_b2c: isBusiness ? "b2b" : "b2c" } as const;
  // Ecwid's Java client takes everything else for optional.
  if (n % 100 === 60)
    return { id, email, ...dates, ...membership, ...kind, favorites: [] };

  const person: Person = {
    name: createName(random, n),
    phone: n === 0 || random.chance(0.6) ? toPhone(n) : undefined,
    registeredAt,
  };
  const { name } = person;
  const hasBilling = n === 0 || random.chance(0.75);
  const billingPerson = hasBilling
    ? createBillingPerson(random, person)
    : undefined;
  const shippingAddresses = createShippingAddresses(
    random,
    person,
    counters.address,
  );
  const stats = createStats(random, registeredAt);
  return {
    id,
    // Not every answer repeats the billing person's name (Ecwid docs, get
    // customer).
    ...(name === undefined || (hasBilling && n % 100 === 30) ? {} : { name }),
    email,
    ...dates,
    ...(random.chance(0.9) ? { totalOrderCount: stats.numberOfOrders } : {}),
    ...membership,
    ...(billingPerson === undefined ? {} : { billingPerson }),
    ...(shippingAddresses === undefined ? {} : { shippingAddresses }),
    ...(random.chance(0.9)
      ? { contacts: createContacts(random, counters, email, person) }
      : {}),
    ...kind,
    ...createTaxes(random, isBusiness, n),
    ...(random.chance(0.7) ? { acceptMarketing: random.chance(0.6) } : {}),
    ...(random.chance(0.6) ? { lang: random.pick(languages) } : {}),
    ...(random.chance(0.92) ? { stats } : {}),
    ...(random.chance(0.9)
      ? { privateAdminNotes: random.chance(0.5) ? `canary-note-${n}` : "" }
      : {}),
    favorites: random.chance(0.1)
      ? [
          {
            productId: pickProduct(random),
            addedTimestamp: toDate(registeredAt + DAY),
          },
        ]
      : [],
    ...(random.chance(0.1)
      ? { extrafields: [createExtraField(`C-${n}`)] }
      : {}),
    ...(random.chance(0.1) ? { externalReferenceId: `crm-${n}` } : {}),
  };
}

/** Of one word, of several, empty, or none at all; some are the same. */
function createName(random: Random, n: number): string | undefined {
  const given = random.pick(givenNames);
  const family = random.pick(familyNames);
  if (n === 0) return "John";
  if (n % 60 === 10) return "";
  if (n % 60 === 20) return undefined;
  if (n % 60 === 25) return random.pick(singleNames);
  if (n % 60 === 35) return "Alex Sample";
  if (n % 60 === 45) return `${given} ${random.pick(givenNames)} ${family}`;
  return `${given} ${family}`;
}

// No number of the North American plan has 555 for its area and begins with 0.
function toPhone(n: number): string {
  return `+1 555 01${String(n).padStart(5, "0")}`;
}

function createStats(random: Random, registeredAt: number): StatsRow {
  const numberOfOrders = random.chance(0.35) ? 0 : random.int(1, 9);
  if (numberOfOrders === 0)
    return { numberOfOrders, salesValue: 0, averageOrderValue: 0 };
  const salesValue = (numberOfOrders * random.int(500, 20_000)) / 100;
  const firstOrderAt = registeredAt + random.int(0, 30 * DAY);
  const lastOrderAt =
    numberOfOrders === 1
      ? firstOrderAt
      : firstOrderAt + random.int(1, 90) * DAY;
  return {
    numberOfOrders,
    salesValue,
    averageOrderValue:
      Math.floor((salesValue / numberOfOrders) * 10_000) / 10_000,
    firstOrderDate: toDate(firstOrderAt),
    lastOrderDate: toDate(lastOrderAt),
  };
}

function createContacts(
  random: Random,
  counters: Counters,
  email: string,
  { phone, registeredAt }: Person,
): readonly ContactRow[] {
  const toContact = (
    type: string,
    contact: string,
    rest: { readonly handle?: string; readonly note?: string } = {},
  ): ContactRow => ({
    id: counters.contact(),
    contact,
    ...rest,
    type,
    default: true,
    orderBy: 0,
    timestamp: toDate(registeredAt),
  });
  return [
    toContact("EMAIL", email),
    ...(phone === undefined ? [] : [toContact("PHONE", phone)]),
    ...(random.chance(0.1)
      ? [
          toContact("FACEBOOK", "https://social.example.com/sample", {
            handle: "sample",
            note: "met at a fair",
          }),
        ]
      : []),
  ];
}

function createTaxes(
  random: Random,
  isBusiness: boolean,
  n: number,
): Partial<CustomerRow> {
  if (random.chance(0.1)) return {};
  const isItalian = n % 50 === 15;
  return {
    taxExempt: random.chance(0.1),
    taxId: isBusiness ? `TEST${String(n).padStart(6, "0")}` : "",
    taxIdValid: true,
    fiscalCode: isItalian ? `TSTTST${String(n).padStart(4, "0")}` : "",
    electronicInvoicePecEmail: isItalian ? `pec.${n}@pec.test` : "",
    electronicInvoiceSdiCode: isItalian ? `T${n}` : "",
  };
}

function createExtraField(value: string): ExtraFieldRow {
  return {
    key: "6r0fUGw",
    title: "Offline card ID",
    value,
    orderBy: 0,
    type: "TEXT",
    entityTypes: ["CUSTOMERS"],
  };
}
