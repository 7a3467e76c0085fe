import type { Random } from "../../random";
import type {
  AddressRow,
  AttachmentRow,
  CustomerAddressRow,
  CustomerGroupRow,
  CustomerPaymentSourceRow,
  CustomerRow,
  CustomerSubscriptionRow,
  EventRow,
  SkuListRow,
} from "../rows";
import { createIds, FIRST_ID } from "./ids";
import { stamp, toRows } from "./stamp";
import { familyNames, givenNames, places } from "./words";

const HOUR = 3_600_000;

function soonAfter(random: Random, row: { created_at: string }): number {
  return Date.parse(row.created_at) + random.int(1, 500 * HOUR);
}

function isFirst(customer: CustomerRow): boolean {
  return customer.id === FIRST_ID;
}

/** Up to three addresses for a customer, each with what links it. */
export function createAddresses(
  random: Random,
  customers: readonly CustomerRow[],
): {
  readonly addresses: readonly AddressRow[];
  readonly customerAddresses: readonly CustomerAddressRow[];
} {
  const nextId = createIds(random);
  const nextLinkId = createIds(random);
  const addresses: AddressRow[] = [];
  const customerAddresses: CustomerAddressRow[] = [];
  for (const customer of customers) {
    const count = isFirst(customer) ? 2 : random.int(0, 3);
    for (let n = 0; n < count; n++) {
      const madeAt = soonAfter(random, customer);
      const place = random.pick(places);
      const business = random.chance(0.15);
      const given = business ? null : random.pick(givenNames);
      const family = business ? null : random.pick(familyNames);
      const company = business ? `${random.pick(familyNames)} & Co.` : null;
      const fullName = company ?? `${given} ${family}`;
      const line = `${random.pick(STREETS)} ${random.int(1, 200)}`;
      const full = [line, place.zip, place.city, place.country]
        .filter((part) => part !== null)
        .join(" ");
      const located = random.chance(0.2);
      const address: AddressRow = {
        business,
        first_name: given,
        last_name: family,
        company,
        full_name: fullName,
        line_1: line,
        line_2: random.chance(0.7)
          ? null
          : random.chance(0.3)
            ? ""
            : "c/o Démo",
        city: place.city,
        zip_code: place.zip,
        state_code: place.state,
        country_code: place.country,
        phone: `+1 555 01${String(random.int(0, 99)).padStart(2, "0")}`,
        full_address: full,
        name: `${fullName}, ${full}`,
        email: random.chance(0.3) ? customer.email : null,
        notes: random.chance(0.1) ? "Ring twice\nthen wait" : null,
        lat: located ? random.int(-9000, 9000) / 100 : null,
        lng: located ? random.int(-18000, 18000) / 100 : null,
        is_localized: located,
        is_geocoded: located,
        ...stamp(random, nextId(), madeAt),
      };
      addresses.push(address);
      customerAddresses.push({
        name: address.name,
        customer_email: customer.email,
        customer_id: customer.id,
        address_id: address.id,
        ...stamp(random, nextLinkId(), madeAt + 20),
      });
    }
  }
  return {
    addresses: toRows(addresses),
    customerAddresses: toRows(customerAddresses),
  };
}

/** Means of payment for a fifth of the customers, each with its canaries. */
export function createPaymentSources(
  random: Random,
  customers: readonly CustomerRow[],
): readonly CustomerPaymentSourceRow[] {
  const nextId = createIds(random);
  const drafts: CustomerPaymentSourceRow[] = [];
  for (const customer of customers) {
    if (!isFirst(customer) && !random.chance(0.2)) continue;
    const count = isFirst(customer) ? 1 : random.int(1, 2);
    for (let n = 0; n < count; n++) {
      const number = drafts.length + 1;
      drafts.push({
        name: random.chance(0.1) ? null : "XXXX-XXXX-XXXX-0000",
        customer_token: `canary-customer-token-${number}`,
        payment_source_token: `canary-payment-token-${number}`,
        customer_id: customer.id,
        ...stamp(random, nextId(), soonAfter(random, customer)),
      });
    }
  }
  return toRows(drafts);
}

/** Subscriptions to a mailing for a tenth of the customers. */
export function createCustomerSubscriptions(
  random: Random,
  customers: readonly CustomerRow[],
): readonly CustomerSubscriptionRow[] {
  const nextId = createIds(random);
  return toRows(
    customers
      .filter((customer) => isFirst(customer) || random.chance(0.1))
      .map((customer) => ({
        customer_email: customer.email,
        customer_id: customer.id,
        ...stamp(random, nextId(), soonAfter(random, customer)),
        reference: random.pick(["newsletter", "back-in-stock", "sales"]),
      })),
  );
}

/** One or two attachments for a tenth of the groups and customers. */
export function createAttachments(
  random: Random,
  groups: readonly CustomerGroupRow[],
  customers: readonly CustomerRow[],
): readonly AttachmentRow[] {
  const nextId = createIds(random);
  const drafts: AttachmentRow[] = [];
  const attach = (
    type: AttachmentRow["attachable_type"],
    owner: CustomerGroupRow | CustomerRow,
  ) => {
    if (owner.id !== FIRST_ID && !random.chance(0.1)) return;
    const count = owner.id === FIRST_ID ? 1 : random.int(1, 2);
    for (let n = 0; n < count; n++) {
      const number = drafts.length + 1;
      drafts.push({
        name: random.pick(["Contract", "Reçu", "領収書", "Logo"]),
        description: random.pick([null, "", "Signed by both"]),
        url: random.chance(0.1)
          ? null
          : `https://files.example.com/${number}.pdf`,
        attachable_type: type,
        attachable_id: owner.id,
        ...stamp(random, nextId(), soonAfter(random, owner)),
      });
    }
  };
  for (const group of groups) attach("customer_groups", group);
  for (const customer of customers) attach("customers", customer);
  return toRows(drafts);
}

/** Wish lists of a few customers; none for the old one. */
export function createSkuLists(
  random: Random,
  customers: readonly CustomerRow[],
): readonly SkuListRow[] {
  const nextId = createIds(random);
  return toRows(
    customers
      .filter((customer) => !customer.old && random.chance(0.02))
      .map((customer, n) => ({
        name: `Wish list ${n + 1}`,
        slug: `wish-list-${n + 1}`,
        description: null,
        image_url: null,
        manual: true,
        sku_code_regex: null,
        customer_id: customer.id,
        ...stamp(random, nextId(), soonAfter(random, customer)),
      })),
  );
}

/** What happened to a few customers; nothing to the old one. */
export function createEvents(
  random: Random,
  customers: readonly CustomerRow[],
): readonly EventRow[] {
  const nextId = createIds(random);
  return toRows(
    customers.slice(1, 51).map((customer) => ({
      name: "customers.create",
      subject_type: "customers" as const,
      subject_id: customer.id,
      ...stamp(random, nextId(), Date.parse(customer.created_at) + 40),
    })),
  );
}

const STREETS: readonly string[] = [
  ...["Rue de l’Exemple", "Musterstraße", "Próba utca", "Testgade", "試験通り"],
  ...["Avenida da Amostra", "شارع التجربة", "Sample Street"],
];
