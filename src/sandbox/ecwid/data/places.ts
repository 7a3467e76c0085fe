import { toDate } from "../dates";
import type { Random } from "../../random";
import type { BillingPersonRow, PlaceRow, ShippingAddressRow } from "../rows";
import { companies, places } from "./words";

/** Who the places of one customer belong to. */
export interface Person {
  /** Undefined when the name is kept nowhere. */
  readonly name: string | undefined;
  readonly phone: string | undefined;
  /** When the customer registered, in milliseconds since 1970. */
  readonly registeredAt: number;
}

/** The billing person; some have nothing but a name. */
export function createBillingPerson(
  random: Random,
  person: Person,
): BillingPersonRow {
  const { name, phone } = person;
  const [firstName = "", ...rest] = (name ?? "").split(" ");
  const names = {
    ...(name === undefined ? {} : { name }),
    ...(rest.length > 0 ? { firstName, lastName: rest.join(" ") } : {}),
  };
  if (random.chance(0.15)) return names;
  return {
    ...names,
    ...(random.chance(0.3) ? { companyName: random.pick(companies) } : {}),
    ...createPlace(random),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** Saved addresses: absent, none, or up to three. */
export function createShippingAddresses(
  random: Random,
  person: Person,
  nextId: () => number,
): readonly ShippingAddressRow[] | undefined {
  const kind = random.next();
  if (kind < 0.2) return undefined;
  if (kind < 0.35) return [];
  const count = kind < 0.85 ? 1 : random.int(2, 3);
  return Array.from({ length: count }, (_, n) =>
    createShippingAddress(random, person, nextId(), n),
  );
}

function createShippingAddress(
  random: Random,
  { name, phone, registeredAt }: Person,
  id: number,
  n: number,
): ShippingAddressRow {
  const place = createPlace(random);
  const parts = [
    place.street?.replace("\n", ", "),
    place.city,
    place.stateOrProvinceName,
    place.countryName,
  ];
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(random.chance(0.2) ? { companyName: random.pick(companies) } : {}),
    ...place,
    ...(phone === undefined ? {} : { phone }),
    ...(random.chance(0.1) ? { note: "Ring twice 🔔" } : {}),
    createdDate: toDate(registeredAt + n * 86_400_000),
    defaultAddress: n === 0,
    orderBy: n,
    addressFormatted: parts.filter((part) => part !== undefined).join(", "),
  };
}

function createPlace(random: Random): PlaceRow {
  const place = random.pick(places);
  const country = {
    countryCode: place.countryCode,
    countryName: place.countryName,
  };
  if (random.chance(0.05)) return country;
  const first = `${random.int(1, 250)} Sandbox Lane`;
  return {
    street: random.chance(0.25)
      ? `${first}\nFloor ${random.int(1, 30)}`
      : first,
    city: place.city,
    ...country,
    ...(place.postalCode === "" ? {} : { postalCode: place.postalCode }),
    ...(place.stateCode === ""
      ? {}
      : {
          stateOrProvinceCode: place.stateCode,
          stateOrProvinceName: place.stateName,
        }),
  };
}
