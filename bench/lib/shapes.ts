import { createData } from "../../src/sandbox/commerce-layer/data/create-data";
import { commerceLayerSeeds } from "./seeds";

/** Names of the upstream budget of each query; `entities` are a gateway's. */
export type ShapeName = "C3" | "C6" | "B5" | "E2" | "S2" | "entities";

/** A query that matters, as often as is wanted without two that are equal. */
export interface Shape {
  readonly name: ShapeName;
  /** What it asks for, in a few words. */
  readonly summary: string;
  /** One document: what differs is in the variables. */
  readonly query: string;
  /**
   * Equal for equal `n` modulo `variants`, distinct otherwise, and so is the
   * address that each platform is asked first. Every variant has rows.
   */
  variables(n: number): object;
  /** How many there are; more than twice as many as connections are used. */
  readonly variants: number;
}

/** Stores, as every server under test knows them. */
export const storeKeys = {
  commerceLayer: "commerce-layer-demo",
  bigCommerce: "bigcommerce-demo",
  ecwid: "ecwid-demo",
} as const;

const variants = 200;
const membersShown = 10;
const entitiesAsked = 100;

/** The n-th bound that is earlier than every row: it keeps them all. */
function before(n: number): { readonly from: string } {
  const minute = n % variants;
  return { from: new Date(Date.UTC(2000, 0, 1, 0, minute)).toISOString() };
}

/** Groups with more members than are shown. */
const groupIds = once(() => {
  const found = new Set<string>();
  for (const seed of commerceLayerSeeds) {
    const { customerGroups, customers } = createData(seed);
    const sizes = new Map<string | null, number>();
    for (const { customer_group_id: id } of customers)
      sizes.set(id, (sizes.get(id) ?? 0) + 1);
    for (const { id } of customerGroups)
      if ((sizes.get(id) ?? 0) >= membersShown) found.add(id);
  }
  return [...found].slice(0, variants);
});

const customerIds = once(() => createData(1).customers.map(({ id }) => id));

/**
 * Parts of names of at least three groups in every store. Stores take upper and
 * lower case for the same; an address does not.
 */
const nameParts = [
  ...["i", "p", "w", "h", "o", "l", "e", "s", "a", "r", "m", "y", "n", "t"],
  ...["c", "d", "u", "g", "k", "b", "f", "ho", "le", "es", "ne", "te", "er"],
  ...["nd", "en", "or", "ra", "ed", "as", "st", "rs", "ar", "ers"],
].flatMap(spellings);

function spellings(text: string): readonly string[] {
  return [...text].reduce<readonly string[]>(
    (begun, letter) =>
      begun.flatMap((part) => [part + letter, part + letter.toUpperCase()]),
    [""],
  );
}

function customerReferences(n: number): object {
  const ids = customerIds();
  // Requests have 25 ids, and 13 does not divide 25: no two windows have a
  // request in common.
  const from = (n % variants) * 13;
  return {
    representations: ids.slice(from, from + entitiesAsked).map((id) => ({
      __typename: "CommerceLayerCustomer",
      id: `gid://clientele/Customer/${storeKeys.commerceLayer}/${id}`,
    })),
  };
}

/** The six shapes that everything is measured with. */
export const shapes: readonly Shape[] = [
  {
    name: "C3",
    summary: "25 Commerce Layer customers with their groups",
    query: `query C3($from: DateTime!) {
  store(key: "${storeKeys.commerceLayer}") {
    customers(first: 25, filter: { createdAt: { min: $from } }) {
      nodes { customerGroup { name } }
    }
  }
}`,
    variables: before,
    variants,
  },
  {
    name: "C6",
    summary: "a Commerce Layer group with its first 10 members",
    query: `query C6($id: ID!) {
  customerGroup(id: $id) {
    name
    customers(first: ${membersShown}) { nodes { email } }
  }
}`,
    variables: (n) => {
      const ids = groupIds();
      return {
        id: `gid://clientele/CustomerGroup/${storeKeys.commerceLayer}/${ids[n % ids.length]}`,
      };
    },
    variants,
  },
  {
    name: "B5",
    summary: "50 BigCommerce groups with what their rules refer to",
    query: `query B5($from: DateTime!) {
  store(key: "${storeKeys.bigCommerce}") {
    customerGroups(first: 50, filter: { createdAt: { min: $from } }) {
      nodes {
        ... on BigCommerceCustomerGroup {
          categoryAccess { categories { name } }
          discountRules {
            ... on BigCommerceCategoryDiscountRule { category { name } }
            ... on BigCommerceProductDiscountRule { product { name } }
            ... on BigCommercePriceListDiscountRule { priceList { name } }
          }
        }
      }
    }
  }
}`,
    variables: before,
    variants,
  },
  {
    name: "E2",
    summary: "100 Ecwid customers with their groups",
    query: `query E2($from: DateTime!) {
  store(key: "${storeKeys.ecwid}") {
    customers(first: 100, filter: { createdAt: { min: $from } }) {
      nodes { customerGroup { id name } }
    }
  }
}`,
    variables: before,
    variants,
  },
  {
    name: "S2",
    summary: "the first 5 groups of each of the three stores",
    query: `query S2($part: String!) {
  stores {
    customerGroups(first: 5, filter: { nameContains: $part }) {
      nodes { name }
    }
  }
}`,
    variables: (n) => ({ part: nameParts[n % nameParts.length] }),
    variants: nameParts.length,
  },
  {
    name: "entities",
    summary: "100 Commerce Layer customers by reference, with their groups",
    query: `query Entities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on CommerceLayerCustomer { email customerGroup { name } }
  }
}`,
    variables: customerReferences,
    variants,
  },
];

/** @returns the shape of a name. */
export function shape(name: ShapeName): Shape {
  const found = shapes.find((one) => one.name === name);
  if (!found) throw new RangeError(`There is no shape ${name}.`);
  return found;
}

/**
 * The bodies of operations of a shape, made beforehand so that they cost nothing
 * while it is measured.
 *
 * @returns a function as the load wants it: all distinct, or all the same.
 */
export function bodies(
  one: Shape,
  which: "distinct" | "identical",
): (n: number) => string {
  const count = which === "distinct" ? one.variants : 1;
  const made = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ query: one.query, variables: one.variables(n) }),
  );
  return (n) => made[n % count] ?? "";
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
