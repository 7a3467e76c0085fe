import { parse } from "graphql";

/**
 * What the six shapes need of Clientele's schema, under the same names: both
 * hand-written servers are subgraphs with it. What no shape asks for, such as
 * customers of BigCommerce, is null.
 */
export const typeDefs = parse(/* GraphQL */ `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

  scalar DateTime

  type Query {
    stores: [Store!]!
    store(key: String!): Store
    customerGroup(id: ID!): CustomerGroup
  }

  type Store {
    key: String!
    customers(first: Int = 20, filter: CustomerFilter): CustomerConnection
    customerGroups(
      first: Int = 20
      filter: CustomerGroupFilter
    ): CustomerGroupConnection
  }

  input DateTimeRange {
    min: DateTime
  }

  input CustomerFilter {
    createdAt: DateTimeRange
  }

  input CustomerGroupFilter {
    createdAt: DateTimeRange
    nameContains: String
  }

  type CustomerConnection {
    nodes: [Customer]!
  }

  type CustomerGroupConnection {
    nodes: [CustomerGroup]!
  }

  interface Customer @key(fields: "id") {
    id: ID!
    email: String
    customerGroup: CustomerGroup
  }

  interface CustomerGroup @key(fields: "id") {
    id: ID!
    name: String!
    customers(first: Int = 20): CustomerConnection
  }

  type CommerceLayerCustomer implements Customer @key(fields: "id") {
    id: ID!
    email: String
    customerGroup: CustomerGroup
  }

  type CommerceLayerCustomerGroup implements CustomerGroup @key(fields: "id") {
    id: ID!
    name: String!
    customers(first: Int = 20): CustomerConnection
  }

  type EcwidCustomer implements Customer @key(fields: "id") {
    id: ID!
    email: String
    customerGroup: CustomerGroup
  }

  type EcwidCustomerGroup implements CustomerGroup @key(fields: "id") {
    id: ID!
    name: String!
    customers(first: Int = 20): CustomerConnection
  }

  type BigCommerceCustomerGroup implements CustomerGroup @key(fields: "id") {
    id: ID!
    name: String!
    customers(first: Int = 20): CustomerConnection
    categoryAccess: BigCommerceCategoryAccess!
    discountRules: [BigCommerceDiscountRule!]!
  }

  type BigCommerceCategoryAccess {
    categories: [BigCommerceCategory!]
  }

  interface BigCommerceDiscountRule {
    type: String!
  }

  type BigCommerceCategoryDiscountRule implements BigCommerceDiscountRule {
    type: String!
    categoryId: ID!
    category: BigCommerceCategory
  }

  type BigCommerceProductDiscountRule implements BigCommerceDiscountRule {
    type: String!
    productId: ID!
    product: BigCommerceProduct
  }

  type BigCommercePriceListDiscountRule implements BigCommerceDiscountRule {
    type: String!
    priceListId: ID!
    priceList: BigCommercePriceList
  }

  type BigCommerceOtherDiscountRule implements BigCommerceDiscountRule {
    type: String!
  }

  type BigCommerceCategory {
    id: ID!
    name: String!
  }

  type BigCommerceProduct {
    id: ID!
    name: String!
  }

  type BigCommercePriceList {
    id: ID!
    name: String!
  }
`);
