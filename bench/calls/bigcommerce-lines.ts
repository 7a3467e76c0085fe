import { type Lines, entitiesOf, inStore, nodesOf, oneOf } from "./line";

const onGroup = "... on CustomerGroup { name }";
const ofPage = "an answer holds 250 rows";

const rules =
  "... on BigCommerceCategoryDiscountRule { category { name } } ... on BigCommerceProductDiscountRule { product { name } } ... on BigCommercePriceListDiscountRule { priceList { name } }";

/** B1 to B9: what a BigCommerce store may be asked. */
export const bigCommerceLines: Lines = ({
  bigCommerce: { key, groups, customers },
}) => [
  {
    id: "B1",
    shown: "`customerGroup(id)`",
    atMost: 1,
    least: 1,
    reason: "the row is nowhere but at the platform",
    ...oneOf("customerGroup", groups[6], "name"),
  },
  ...[2, 30, 60].map((count) => ({
    id: "B2",
    shown: `${count} groups by \`nodes\`, of a store with ${groups.length}`,
    atMost: 1,
    least: 1,
    reason: "one page holds all groups",
    ...nodesOf(groups.slice(-count), onGroup),
  })),
  {
    id: "B3",
    shown: "`customers(first: 100) { nodes { customerGroup { name } } }`",
    atMost: 2,
    least: 2,
    reason: "customers carry the ids of groups alone",
    query: inStore(
      key,
      "customers(first: 100) { nodes { customerGroup { name } } }",
    ),
  },
  {
    id: "B4",
    shown: "300 customers by `_entities`",
    atMost: 2,
    least: 2,
    reason: ofPage,
    ...entitiesOf(customers.slice(0, 300), "BigCommerceCustomer", "email"),
  },
  {
    id: "B5",
    shown:
      "`customerGroups(first: 50) { nodes { categoryAccess { categories { name } } discountRules { … names } } }`",
    atMost: 4,
    least: 4,
    reason: "groups, categories, products and price lists are four lists",
    query: inStore(
      key,
      `customerGroups(first: 50) { nodes { ... on BigCommerceCustomerGroup { categoryAccess { categories { name } } discountRules { ${rules} } } } }`,
    ),
  },
  {
    id: "B6",
    shown: "`customerGroups(first: 10) { nodes { customers(first: 10) … } }`",
    atMost: 11,
    least: 11,
    reason: "no list is paged for each of its owners",
    query: inStore(
      key,
      "customerGroups(first: 10) { nodes { customers(first: 10) { nodes { email } } } }",
    ),
  },
  {
    id: "B7",
    shown:
      "`customerGroups(first: 50) { nodes { priceListAssignments { priceList { name } } } }`",
    atMost: 3,
    least: 3,
    reason: "groups, assignments and price lists are three lists",
    query: inStore(
      key,
      "customerGroups(first: 50) { nodes { ... on BigCommerceCustomerGroup { priceListAssignments { priceList { name } } } } }",
    ),
  },
  {
    id: "B8",
    shown: "`customers(first: 50) { nodes { addresses { city } } }`",
    atMost: 1,
    least: 1,
    reason: "addresses come included",
    query: inStore(
      key,
      "customers(first: 50) { nodes { addresses { city } } }",
    ),
  },
  {
    id: "B9",
    shown: "`customerGroups(first: 0) { totalCount }`",
    atMost: 1,
    least: 1,
    reason: "the count is nowhere but at the platform",
    query: inStore(key, "customerGroups(first: 0) { totalCount }"),
  },
];
