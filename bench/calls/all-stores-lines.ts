import { type Lines, entitiesOf } from "./line";

const ofStore = "each store answers for itself alone";

/** S1 to S4: what all stores together may be asked. */
export const allStoresLines: Lines = ({ commerceLayer: store }) => [
  {
    id: "S1",
    shown: "`customerGroups(first: 20)` over three stores",
    atMost: 1,
    least: 1,
    reason: "the first store fills the page",
    query: "{ customerGroups(first: 20) { nodes { name } } }",
  },
  {
    id: "S1",
    shown: "`customerGroups(first: 20) { totalCount … }` over three stores",
    atMost: 3,
    least: 3,
    reason: ofStore,
    query: "{ customerGroups(first: 20) { totalCount nodes { name } } }",
  },
  {
    id: "S2",
    shown: "`stores { customerGroups(first: 5) { nodes { name } } }`",
    atMost: 3,
    least: 3,
    reason: ofStore,
    query: "{ stores { customerGroups(first: 5) { nodes { name } } } }",
  },
  {
    id: "S3",
    shown: "one customer in five places",
    atMost: 1,
    least: 1,
    reason: "the row is nowhere but at the platform",
    query:
      "query ($id: ID!) { a: customer(id: $id) { email } b: customer(id: $id) { createdAt } c: node(id: $id) { ... on Customer { updatedAt } } d: nodes(ids: [$id, $id]) { ... on Customer { email } } }",
    variables: { id: store.customers[0] },
  },
  {
    id: "S3",
    shown: "one list in two places",
    atMost: 1,
    least: 1,
    reason: "the rows are nowhere but at the platform",
    query: `{ a: store(key: "${store.key}") { customers(first: 5) { nodes { email } } } b: store(key: "${store.key}") { customers(first: 5) { totalCount nodes { createdAt } } } }`,
  },
  {
    id: "S4",
    shown: "`stores { __typename id key platform }`",
    atMost: 0,
    least: 0,
    reason: "the configuration tells",
    query: "{ stores { __typename id key platform } }",
  },
  {
    id: "S4",
    shown: "ids and stores of 10 references",
    atMost: 0,
    least: 0,
    reason: "the references tell",
    ...entitiesOf(
      store.customers.slice(0, 10),
      "CommerceLayerCustomer",
      "id nativeId store { key }",
    ),
  },
];
