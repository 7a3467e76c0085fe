import { type Lines, inStore, nodesOf, oneOf } from "./line";

const onGroup = "... on CustomerGroup { name }";
const ofRow = "the row is nowhere but at the platform";

/** E1 to E6: what an Ecwid store may be asked. */
export const ecwidLines: Lines = ({ ecwid: { key, groups, customers } }) => [
  {
    id: "E1",
    shown: "`customerGroup(id)`",
    atMost: 1,
    least: 1,
    reason: ofRow,
    ...oneOf("customerGroup", groups[1], "name"),
  },
  {
    id: "E1",
    shown: "`customerGroup(id)` of group 0",
    atMost: 1,
    least: 1,
    reason: ofRow,
    ...oneOf("customerGroup", `gid://clientele/CustomerGroup/${key}/0`, "name"),
  },
  {
    id: "E2",
    shown: "`customers(first: 100) { nodes { customerGroup { id name } } }`",
    atMost: 1,
    least: 1,
    reason: "the name stands in the customer",
    query: inStore(
      key,
      "customers(first: 100) { nodes { customerGroup { id name } } }",
    ),
  },
  ...[2, 40, groups.length].map((count) => ({
    id: "E3",
    shown: `${count} groups by \`nodes\``,
    atMost: Math.ceil(count / 100),
    least: Math.ceil(count / 100),
    reason: "an answer holds 100 rows",
    ...nodesOf(groups.slice(-count), onGroup),
  })),
  {
    id: "E4",
    shown: "40 customers by `nodes`",
    atMost: 40,
    least: 40,
    reason: "the platform has no filter by ids",
    ...nodesOf(customers.slice(200, 240), "... on Customer { email }"),
  },
  {
    id: "E5",
    shown: "`customerGroup(id) { customers(first: 0) { totalCount } }`",
    atMost: 1,
    least: 1,
    reason: "the count is nowhere but at the platform",
    ...oneOf("customerGroup", groups[1], "customers(first: 0) { totalCount }"),
  },
  {
    id: "E5",
    shown: "`customerGroup(id) { name customers(first: 0) { totalCount } }`",
    atMost: 2,
    least: 2,
    reason: "a group tells no count, a count no name",
    ...oneOf(
      "customerGroup",
      groups[1],
      "name customers(first: 0) { totalCount }",
    ),
  },
  {
    id: "E6",
    shown: "`customerGroups(first: 10) { nodes { customers(first: 10) … } }`",
    atMost: 11,
    least: 11,
    reason: "no list is paged for each of its owners",
    query: inStore(
      key,
      "customerGroups(first: 10) { nodes { customers(first: 10) { nodes { email } } } }",
    ),
  },
];
