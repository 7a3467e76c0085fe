import {
  type Line,
  type Lines,
  aliasesOf,
  entitiesOf,
  inStore,
  nodesOf,
  oneOf,
} from "./line";
import type { StoreWorld } from "./world";

const onGroup = "... on CustomerGroup { name }";
const withGroup = "... on Customer { email customerGroup { name } }";
const ofPage = "an answer holds 25 rows";
const ofRow = "the row is nowhere but at the platform";

/** C1 to C12: what a Commerce Layer account may be asked. */
export const commerceLayerLines: Lines = ({ commerceLayer: store }) => [
  ...byId(store),
  ...customers(store),
  ...members(store),
  ...others(store),
];

const byId = ({ groups, customers }: StoreWorld): Line[] => [
  {
    id: "C1",
    shown: "`customerGroup(id)`, own attributes",
    atMost: 1,
    least: 1,
    reason: ofRow,
    ...oneOf("customerGroup", groups[4], "name createdAt updatedAt"),
  },
  {
    id: "C1",
    shown: "`customer(id)`, own attributes",
    atMost: 1,
    least: 1,
    reason: ofRow,
    ...oneOf("customer", customers[4], "email createdAt updatedAt"),
  },
  ...[2, 25, 26, 60].map((count) => ({
    id: "C2",
    shown: `${count} groups by \`nodes\``,
    atMost: Math.ceil(count / 25),
    least: Math.ceil(count / 25),
    reason: ofPage,
    ...nodesOf(groups.slice(0, count), onGroup),
  })),
  {
    id: "C2",
    shown: "30 customers by aliases",
    atMost: 2,
    least: 2,
    reason: ofPage,
    ...aliasesOf("customer", customers.slice(100, 130), "email"),
  },
  {
    id: "C2",
    shown: "400 customers by `_entities`",
    atMost: 16,
    least: 16,
    reason: ofPage,
    ...entitiesOf(customers, "CommerceLayerCustomer", "email"),
  },
];

const customers = ({ key, customers: ids }: StoreWorld): Line[] => [
  {
    id: "C3",
    shown: "`customers(first: 25) { nodes { customerGroup { name } } }`",
    atMost: 1,
    least: 1,
    reason: "groups come included",
    query: inStore(
      key,
      "customers(first: 25) { nodes { customerGroup { name } } }",
    ),
  },
  {
    id: "C4",
    shown: "60 customers by id with their groups",
    atMost: 3,
    least: 3,
    reason: `${ofPage}; groups come included`,
    ...nodesOf(ids.slice(200, 260), withGroup),
  },
  {
    id: "C5",
    shown: "`customer(id) { customerGroup { name } }`",
    atMost: 1,
    least: 1,
    reason: "the group comes included",
    ...oneOf("customer", ids[0], "customerGroup { name }"),
  },
];

const members = ({ key, groups }: StoreWorld): Line[] => [
  {
    id: "C6",
    shown:
      "`customerGroup(id) { name customers(first: 10) { nodes { email } } }`",
    atMost: 2,
    least: 2,
    reason:
      "what is included cannot be paged; members alone would not tell of a group that has none",
    ...oneOf(
      "customerGroup",
      groups[0],
      "name customers(first: 10) { nodes { email } }",
    ),
  },
  {
    id: "C7",
    shown:
      "`customerGroups(first: 10) { nodes { customers(first: 10) { nodes { email } } } }`",
    atMost: 11,
    least: 11,
    reason: "no list is paged for each of its owners",
    query: inStore(
      key,
      "customerGroups(first: 10) { nodes { customers(first: 10) { nodes { email } } } }",
    ),
  },
  {
    id: "C12",
    shown: "a group's customers, each with its `customerGroup { id name }`",
    atMost: 2,
    least: 2,
    reason: "as C6; the group is known",
    ...oneOf(
      "customerGroup",
      groups[0],
      "name customers(first: 10) { nodes { customerGroup { id name } } }",
    ),
  },
];

const others = ({ key, groups }: StoreWorld): Line[] => [
  {
    id: "C8",
    shown:
      "`customerGroups(first: 25) { nodes { markets { nodes { name priceList { name } } } } }`",
    atMost: 2,
    least: 2,
    reason: "what is included cannot be paged; price lists come included",
    query: inStore(
      key,
      "customerGroups(first: 25) { nodes { ... on CommerceLayerCustomerGroup { markets { nodes { name priceList { name } } } } } }",
    ),
  },
  {
    id: "C9",
    shown: "`customers(first: 25) { nodes { addresses { city } } }`",
    atMost: 1,
    least: 1,
    reason: "addresses come included",
    query: inStore(
      key,
      "customers(first: 25) { nodes { addresses { city } } }",
    ),
  },
  {
    id: "C10",
    shown: "`customers(first: 60)`",
    atMost: 3,
    least: 3,
    reason: ofPage,
    query: inStore(key, "customers(first: 60) { nodes { email } }"),
  },
  {
    id: "C11",
    shown: "`customers(first: 10) { totalCount nodes { email } }`",
    atMost: 1,
    least: 1,
    reason: "every page tells the total",
    query: inStore(key, "customers(first: 10) { totalCount nodes { email } }"),
  },
  {
    id: "C11",
    shown: "`customers(first: 0) { totalCount }`",
    atMost: 1,
    least: 1,
    reason: ofRow,
    query: inStore(key, "customers(first: 0) { totalCount }"),
  },
  {
    id: "C11",
    shown: "`customerGroup(id) { customers(first: 0) { totalCount } }`",
    atMost: 2,
    least: 2,
    reason: "the count, and whether there is such a group",
    ...oneOf("customerGroup", groups[0], "customers(first: 0) { totalCount }"),
  },
];
