import type { World } from "../calls/world";
import type { Operation } from "../lib/load";

/** One kind of operation, as often as is wanted. */
type Kind = (n: number) => Operation;

/** The account that is refused for its rate. */
const limited = "limited";

/**
 * Operations of many kinds, the n-th always the same: reads by id and of lists,
 * of one store and of all, documents never seen before, and wrong ones.
 */
export function createOperations(world: World): (n: number) => Operation {
  const { commerceLayer, bigCommerce, ecwid } = world;
  const stores = [commerceLayer, bigCommerce, ecwid];
  const storeAt = (n: number) => stores[n % stores.length] ?? commerceLayer;
  const groupAt = (n: number) => pick(storeAt(n).groups, n);
  const customerAt = (n: number) => pick(storeAt(n).customers, n);

  const kinds: readonly Kind[] = [
    (n) => ({
      query:
        "query Group($id: ID!) { customerGroup(id: $id) { id name createdAt } }",
      variables: { id: groupAt(n) },
    }),
    (n) => ({
      query:
        "query Customer($id: ID!) { customer(id: $id) { id email customerGroup { id name } } }",
      variables: { id: customerAt(n) },
    }),
    (n) => ({
      query:
        "query Customers($key: String!, $from: DateTime!) { store(key: $key) { customers(first: 5, filter: { createdAt: { min: $from } }) { totalCount nodes { email customerGroup { name } addresses { city } } pageInfo { endCursor } } } }",
      variables: { key: storeAt(n).key, from: earlier(n) },
    }),
    (n) => ({
      query:
        "query Members($id: ID!) { customerGroup(id: $id) { name customers(first: 5) { nodes { email } } } }",
      variables: { id: groupAt(n) },
    }),
    (n) => ({
      query:
        "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on Customer { email } ... on CustomerGroup { name } } }",
      variables: {
        ids: [n, n + 1, n + 2, n + 3].flatMap((m) => [
          groupAt(m),
          customerAt(m),
        ]),
      },
    }),
    (n) => ({
      query:
        "query Entities($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { email } } }",
      variables: {
        representations: [n, n + 3, n + 6, n + 9].map((m) => ({
          __typename: "Customer",
          id: customerAt(m),
        })),
      },
    }),
    () => ({ query: "query Stores { stores { __typename id key platform } }" }),
    (n) => ({
      query:
        'query Rules($first: Int!) { customerGroups(first: $first, filter: { stores: ["bigcommerce"] }) { nodes { ... on BigCommerceCustomerGroup { categoryAccess { categories { name } } discountRules { type ... on BigCommerceProductDiscountRule { product { name } } } } } } }',
      variables: { first: 1 + (n % 5) },
    }),
    (n) => ({
      query:
        "query Counts($key: String!) { store(key: $key) { customers(first: 0) { totalCount } customerGroups(first: 0) { totalCount } } }",
      variables: { key: storeAt(n).key },
    }),
    (n) => ({
      query:
        "query Lists($first: Int!) { stores { key customerGroups(first: $first) { nodes { name } } } }",
      variables: { first: 1 + (n % 10) },
    }),
    (n) => ({
      query:
        "query All($first: Int!) { customerGroups(first: $first) { nodes { store { key } name } pageInfo { hasNextPage endCursor } } }",
      variables: { first: 1 + (n % 100) },
    }),
    (n) => ({
      query:
        "query SameEmail($email: String!) { customersByEmail(email: $email) { email store { key } } }",
      variables: { email: `nobody-${n}@mail.example.test` },
    }),
    (n) => documentAt(`Document${n}`),
    (n) => wrongAt(n),
  ];
  return (n) => {
    // Rare: most of its operations are refused at once.
    if (n % 50 === 49) return ofLimited(n);
    const kind = pick(kinds, n);
    return kind(Math.floor(n / kinds.length));
  };
}

/** A document that no other name leads to. */
export function documentAt(name: string): Operation {
  return {
    query: `query ${name} { ${name}: stores { key } store(key: "ecwid") { customers(first: 1) { nodes { ${name}: email } } } }`,
  };
}

/** Of the account that is refused for its rate. */
function ofLimited(n: number): Operation {
  return {
    query:
      "query Limited($key: String!, $from: DateTime!) { store(key: $key) { customers(first: 5, filter: { createdAt: { min: $from } }) { nodes { email } } } }",
    variables: { key: limited, from: earlier(n) },
  };
}

/** What cannot be answered: no document, no such field, no id, too much. */
function wrongAt(n: number): Operation {
  switch (n % 4) {
    case 0:
      return { query: `{ broken${n}` };
    case 1:
      return { query: `{ unknown${n} }` };
    case 2:
      return {
        query: "query Wrong($id: ID!) { customer(id: $id) { email } }",
        variables: { id: `no id ${n}` },
      };
    default:
      return { query: `{ ${`a${n}: stores { key } `.repeat(150)} }` };
  }
}

/** A bound before all rows: it keeps them, and makes addresses distinct. */
function earlier(n: number): string {
  return new Date(Date.UTC(2000, 0, 1, 0, 0, n % 100_000)).toISOString();
}

function pick<Item>(items: readonly Item[], n: number): Item {
  return items[n % items.length] as Item;
}
