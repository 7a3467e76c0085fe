import type { Operation } from "./supergraph";

const customer = (store: string, id: string) =>
  `gid://clientele/Customer/${store}/${id}`;
const group = (store: string, id: string) =>
  `gid://clientele/CustomerGroup/${store}/${id}`;

export const ids = {
  john: customer("commerce-layer-demo", "xYZkjABcde"),
  vip: group("commerce-layer-demo", "xYZkjABcde"),
  gone: customer("commerce-layer-demo", "DeLeTeDxYz"),
  bigCommerce: customer("bigcommerce-demo", "6"),
  retail: group("bigcommerce-demo", "2"),
  ecwid: customer("ecwid-demo", "200000001"),
  general: group("ecwid-demo", "0"),
};

/** Operations that Clientele can answer alone, without an error. */
export const operations: Readonly<Record<string, Operation>> = {
  "one customer with its group": {
    query: `query ($id: ID!) {
      customer(id: $id) { id nativeId email name createdAt customerGroup { id name } }
    }`,
    variables: { id: ids.john },
  },
  "aliases of four entities, one twice": {
    query: `query ($john: ID!, $ruth: ID!, $ecwid: ID!) {
      a: customer(id: $john) { email }
      b: customer(id: $ruth) { mail: email group: customerGroup { label: name } }
      c: customer(id: $ecwid) { email }
      d: customer(id: $john) { updatedAt }
    }`,
    variables: { john: ids.john, ruth: ids.bigCommerce, ecwid: ids.ecwid },
  },
  "a page with its cursors": {
    query: `{ customers(first: 30) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id email customerGroup { id name } } }
    } }`,
  },
  "interface fields of three stores": {
    query: `{ stores { key platform mode
      customerGroups(first: 4) { totalCount nodes { id nativeId name createdAt store { key } } }
    } }`,
  },
  "a fragment for each platform": {
    query: `{ stores { customers(first: 5) { nodes {
      __typename id email
      ... on CommerceLayerCustomer { status metadata orders(first: 2) { nodes { number totalAmountCents } } }
      ... on BigCommerceCustomer { company storeCredit originChannelId }
      ... on EcwidCustomer { orderCount language acceptMarketing }
    } } } }`,
  },
  "links of links": {
    query: `query ($id: ID!) { customerGroup(id: $id) {
      name
      customers(first: 3) { totalCount nodes { email store { key } customerGroup { id name } } }
      ... on CommerceLayerCustomerGroup {
        metadata
        markets { nodes { name priceList { name currencyCode } } }
      }
    } }`,
    variables: { id: ids.vip },
  },
  "nodes of all kinds, one gone": {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) {
      __typename id
      ... on Customer { email }
      ... on CustomerGroup { name }
      ... on Store { key platform }
    } }`,
    variables: {
      ids: [
        ids.ecwid,
        ids.gone,
        ids.vip,
        "gid://clientele/Store/ecwid-demo",
        ids.john,
        ids.retail,
        ids.bigCommerce,
        ids.general,
      ],
    },
  },
  "personal data": {
    query: `{ stores { customers(first: 6) { nodes {
      email name
      addresses { name company line1 line2 city region postalCode countryCode phone }
    } } } }`,
  },
  "rules of groups with what they name": {
    query: `{ customerGroups(first: 20, filter: { platforms: [BIGCOMMERCE] }) { nodes {
      name
      ... on BigCommerceCustomerGroup {
        isDefault
        categoryAccess { type categoryIds categories { name parent { name } } }
        discountRules {
          __typename type method amount
          ... on BigCommerceProductDiscountRule { productId product { name price } }
          ... on BigCommerceCategoryDiscountRule { category { name } }
          ... on BigCommercePriceListDiscountRule { priceList { name active } }
          ... on BigCommerceOtherDiscountRule { raw }
        }
      }
    } } }`,
  },
  "a filter in variables": {
    query: `query ($first: Int, $filter: CustomerFilter) {
      customers(first: $first, filter: $filter) { nodes { email createdAt } }
    }`,
    variables: {
      first: 7,
      filter: {
        stores: ["ecwid-demo", "commerce-layer-demo"],
        createdAt: { min: "2023-01-01T00:00:00+01:00" },
      },
    },
  },
  "@skip and @include that leave out": {
    query: `query ($brief: Boolean!) { customers(first: 3) { nodes {
      id
      email @skip(if: $brief)
      customerGroup @include(if: $brief) { name }
      ... on CommerceLayerCustomer @skip(if: $brief) { addresses { city } }
    } } }`,
    variables: { brief: true },
  },
  "@skip and @include that let in": {
    query: `query ($brief: Boolean = false) { customers(first: 3) { nodes {
      id
      email @skip(if: $brief)
      customerGroup @include(if: $brief) { name }
      ... on CommerceLayerCustomer @skip(if: $brief) { addresses { city } }
    } } }`,
  },
  "named fragments in fragments": {
    query: `
      query { customersByEmail(email: "john@example.com") { ...Who sameEmail { ...Who } } }
      fragment Who on Customer { id email ...Where }
      fragment Where on Customer { store { key } customerGroup { name } }
    `,
  },
  "one of two operations": {
    query: `
      query Groups { customerGroups(first: 2) { nodes { name } } }
      query Customers { customers(first: 2) { nodes { email } } }
    `,
    operationName: "Customers",
  },
  "counts alone": {
    query: `{ stores { key customers(first: 0) { totalCount } customerGroups(first: 0) { totalCount } } }`,
  },
  "what no store is asked for": {
    query: `{ stores { id key platform } store(key: "ecwid-demo") { __typename id } }`,
  },
};
