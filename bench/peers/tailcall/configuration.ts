import type { UpstreamStore } from "../../lib/upstream";
import { settingsOf } from "../settings";

type Pairs = Readonly<Record<string, string>>;

/** Writes an `@http` below one address, with the same headers each time. */
type Http = (path: string, query?: Pairs) => string;

/**
 * The three platforms in Tailcall's configuration. Its batches repeat a parameter
 * (`?id=1&id=2`), where the platforms want commas: each link is a request.
 *
 * @param token of Commerce Layer.
 * @returns text in GraphQL's schema language, with credentials.
 */
export function writeConfiguration(
  stores: readonly UpstreamStore[],
  token: string,
  port: number,
): string {
  const layer = settingsOf(stores, "commerce-layer");
  const big = settingsOf(stores, "bigcommerce");
  const small = settingsOf(stores, "ecwid");
  return toSchema(
    port,
    http(`${layer.baseUrl}/api`, {
      accept: "application/vnd.api+json",
      authorization: `Bearer ${token}`,
    }),
    http(`${big.baseUrl}/stores/${big.storeHash}`, {
      accept: "application/json",
      "x-auth-token": big.credentials.accessToken,
    }),
    http(`${small.baseUrl}/api/v3/${small.storeId}`, {
      accept: "application/json",
      authorization: `Bearer ${small.credentials.accessToken}`,
    }),
  );
}

function toSchema(
  port: number,
  commerceLayer: Http,
  bigCommerce: Http,
  ecwid: Http,
): string {
  const groupName = { "fields[customer_groups]": "name" };
  const email = { "fields[customers]": "email" };
  const first = { "page[size]": "{{.args.first}}" };
  return `
schema @server(port: ${port}, hostname: "127.0.0.1", enableFederation: true) {
  query: Query
}
type Query {
  commerceLayerCustomers(from: String, first: Int): CommerceLayerCustomers
    ${commerceLayer("/customers", {
      "filter[q][created_at_gteq]": "{{.args.from}}",
      ...first,
      ...email,
    })}
  commerceLayerGroup(id: String!): CommerceLayerGroupDocument
    ${commerceLayer("/customer_groups/{{.args.id}}", groupName)}
  commerceLayerGroups(nameContains: String, first: Int): CommerceLayerGroups
    ${commerceLayer("/customer_groups", {
      "filter[q][name_i_cont]": "{{.args.nameContains}}",
      ...first,
      ...groupName,
    })}
  bigCommerceGroups(nameContains: String, first: Int): [NamedRow]
    ${bigCommerce("/v2/customer_groups", {
      "name:like": "{{.args.nameContains}}",
      limit: "{{.args.first}}",
    })}
  ecwidCustomers(from: Int, first: Int): EcwidCustomers
    ${ecwid("/customers", {
      createdFrom: "{{.args.from}}",
      limit: "{{.args.first}}",
      sortBy: "REGISTERED_DATE_ASC",
      responseFields: "items(id,customerGroupId,customerGroupName)",
    })}
  ecwidGroups(nameContains: String, first: Int): EcwidGroups
    ${ecwid("/customer_groups", {
      keyword: "{{.args.nameContains}}",
      limit: "{{.args.first}}",
      responseFields: "items(id,name)",
    })}
}
type CommerceLayerCustomers {
  data: [CommerceLayerCustomer]
}
type CommerceLayerCustomer {
  id: String!
  attributes: CommerceLayerCustomerAttributes
  customerGroup: CommerceLayerGroupDocument
    ${commerceLayer("/customers/{{.value.id}}/customer_group", groupName)}
}
type CommerceLayerCustomerAttributes {
  email: String
}
type CommerceLayerCustomerDocument
  ${commerceLayer("/customers/{{.value.id}}", email)} {
  id: String!
  data: CommerceLayerCustomer
}
type CommerceLayerGroupDocument {
  data: CommerceLayerGroup
}
type CommerceLayerGroups {
  data: [CommerceLayerGroup]
}
type CommerceLayerGroup {
  id: String!
  attributes: CommerceLayerGroupAttributes
  customers(first: Int): CommerceLayerCustomers
    ${commerceLayer("/customer_groups/{{.value.id}}/customers", {
      ...first,
      ...email,
    })}
}
type CommerceLayerGroupAttributes {
  name: String
}
type EcwidCustomers {
  items: [EcwidCustomer]
}
type EcwidCustomer {
  id: Int
  customerGroupId: Int
  customerGroupName: String
}
type EcwidGroups {
  items: [NamedRow]
}
type NamedRow {
  id: Int
  name: String
}
`;
}

function http(base: string, headers: Pairs): Http {
  return (path, query = {}) =>
    `@http(url: ${quote(base + path)}, query: ${pairs(query)}, headers: ${pairs(headers)})`;
}

function pairs(entries: Pairs): string {
  const written = Object.entries(entries).map(
    ([key, value]) => `{ key: ${quote(key)}, value: ${quote(value)} }`,
  );
  return `[${written.join(", ")}]`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
