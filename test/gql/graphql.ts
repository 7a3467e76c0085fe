/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which categories a group's members may see. */
export type BigCommerceCategoryAccessType =
  /** Every category. */
  | 'ALL'
  /** No category. */
  | 'NONE'
  /** Those that are listed. */
  | 'SPECIFIC'
  /** A word that this server does not know. */
  | 'UNKNOWN';

/** How a discount's amount is to be taken. */
export type BigCommerceDiscountMethod =
  /** The new price. */
  | 'FIXED'
  /** So many percent off. */
  | 'PERCENT'
  /** So much off the price. */
  | 'PRICE'
  /** A word that this server does not know. */
  | 'UNKNOWN';

/** How far the removal of a customer's personal data has come. */
export type CommerceLayerAnonymizationStatus =
  /** Called off. */
  | 'CANCELLED'
  /** Done. */
  | 'COMPLETED'
  /** Ended without success. */
  | 'FAILED'
  /** Asked for, not begun. */
  | 'REQUESTED'
  /** Under way. */
  | 'STARTED'
  /** A word that this server does not know. */
  | 'UNKNOWN';

/** How far a customer has come, as Commerce Layer counts orders. */
export type CommerceLayerCustomerStatus =
  /** One order. */
  | 'ACQUIRED'
  /** No order yet. */
  | 'PROSPECT'
  /** Two orders or more. */
  | 'REPEAT'
  /** A word that this server does not know. */
  | 'UNKNOWN';

/** Conditions on customers; a customer meets all of them. A condition that a platform cannot answer gives the error `UNSUPPORTED_BY_PLATFORM` for its stores: it is never left out in silence. */
export type CustomerFilter = {
  /** When the customer was added. */
  createdAt?: DateTimeRange | null | undefined;
  /** The global id of the group that they are in. */
  customerGroup?: string | number | null | undefined;
  /** The whole e-mail address. Whether the case of letters counts is the platform's matter; `customersByEmail` leaves it aside everywhere. */
  email?: string | null | undefined;
  /** Global ids of customers, at most 100. */
  ids?: Array<string | number> | null | undefined;
  /** Only stores of these platforms; all when left out. */
  platforms?: Array<Platform> | null | undefined;
  /** Free text, as the platform itself searches: some look in names, some in e-mail addresses, some in both. */
  search?: string | null | undefined;
  /** Keys of the stores to look in; all when left out. */
  stores?: Array<string> | null | undefined;
  /** When the customer was last changed. */
  updatedAt?: DateTimeRange | null | undefined;
};

/** Conditions on customer groups; a group meets all of them. A condition that a platform cannot answer gives the error `UNSUPPORTED_BY_PLATFORM` for its stores: it is never left out in silence. */
export type CustomerGroupFilter = {
  /** When the group was made. */
  createdAt?: DateTimeRange | null | undefined;
  /** Global ids of groups, at most 100. */
  ids?: Array<string | number> | null | undefined;
  /** Whether new customers join the group by themselves. */
  isDefault?: boolean | null | undefined;
  /** Whether the group stands for visitors without an account. */
  isGroupForGuests?: boolean | null | undefined;
  /** The whole name. */
  name?: string | null | undefined;
  /** A part of the name. */
  nameContains?: string | null | undefined;
  /** Only stores of these platforms; all when left out. */
  platforms?: Array<Platform> | null | undefined;
  /** Keys of the stores to look in; all when left out. */
  stores?: Array<string> | null | undefined;
  /** When the group was last changed. */
  updatedAt?: DateTimeRange | null | undefined;
};

/** A stretch of time. Both ends are inclusive, and may be left out. */
export type DateTimeRange = {
  /** Not after this. */
  max?: string | null | undefined;
  /** Not before this. */
  min?: string | null | undefined;
};

/** The environment that an account or a record belongs to. */
export type Mode =
  /** Real customers. */
  | 'LIVE'
  /** Test data: nothing that was really bought. */
  | 'TEST';

/** The commerce platforms that a store can be an account of. */
export type Platform =
  /** BigCommerce. */
  | 'BIGCOMMERCE'
  /** Commerce Layer. */
  | 'COMMERCE_LAYER'
  /** Ecwid. */
  | 'ECWID';

export type FindCustomersQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type FindCustomersQuery = { customers: { totalCount: number | null, nodes: Array<
      | { company: string | null, storeCredit: string | null, email: string | null, name: string | null, addresses: Array<{ city: string | null, countryCode: string | null }> | null }
      | { email: string | null, name: string | null, addresses: Array<{ city: string | null, countryCode: string | null }> | null }
      | { email: string | null, name: string | null, addresses: Array<{ city: string | null, countryCode: string | null }> | null }
     | null> } | null };

export type CustomerDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerDetailsQuery = { customer:
    | { email: string | null, createdAt: string | null, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null, addresses: Array<{ name: string | null, line1: string | null, city: string | null, postalCode: string | null, countryCode: string | null }> | null }
    | { status: CommerceLayerCustomerStatus | null, totalOrdersCount: number | null, email: string | null, createdAt: string | null, orders: { totalCount: number | null, nodes: Array<{ number: string | null, status: string | null, totalAmountCents: number | null, currencyCode: string | null, placedAt: string | null } | null> } | null, customerSubscriptions: { nodes: Array<{ reference: string | null } | null> } | null, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null, addresses: Array<{ name: string | null, line1: string | null, city: string | null, postalCode: string | null, countryCode: string | null }> | null }
    | { email: string | null, createdAt: string | null, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null, addresses: Array<{ name: string | null, line1: string | null, city: string | null, postalCode: string | null, countryCode: string | null }> | null }
   | null };

export type CustomersPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type CustomersPageQuery = { customers: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { id: string, email: string | null, customerGroup:
          | { name: string }
          | { name: string }
          | { name: string }
         | null }
      | { id: string, email: string | null, customerGroup:
          | { name: string }
          | { name: string }
          | { name: string }
         | null }
      | { id: string, email: string | null, customerGroup:
          | { name: string }
          | { name: string }
          | { name: string }
         | null }
     | null> } | null };

export type EcwidCustomersAndGroupsQueryVariables = Exact<{ [key: string]: never; }>;


export type EcwidCustomersAndGroupsQuery = { customers: { nodes: Array<
      | { name: string | null, email: string | null, customerGroup:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null }
      | { name: string | null, email: string | null, customerGroup:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null }
      | { orderCount: number | null, acceptMarketing: boolean | null, name: string | null, email: string | null, customerGroup:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null }
     | null> } | null };

export type GroupsOfAllStoresQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type GroupsOfAllStoresQuery = { customerGroups: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node:
        | { id: string, name: string, store: { key: string, platform: Platform } }
        | { id: string, name: string, store: { key: string, platform: Platform } }
        | { id: string, name: string, store: { key: string, platform: Platform } }
       } | null> } | null };

export type MarketsOfGroupsQueryVariables = Exact<{ [key: string]: never; }>;


export type MarketsOfGroupsQuery = { customerGroups: { nodes: Array<
      | { name: string }
      | { name: string, markets: { nodes: Array<{ name: string, priceList: { name: string, currencyCode: string | null } | null } | null> } | null }
      | { name: string }
     | null> } | null };

export type PriceListsByChannelQueryVariables = Exact<{ [key: string]: never; }>;


export type PriceListsByChannelQuery = { customerGroups: { nodes: Array<
      | { name: string, priceListAssignments: Array<{ channelId: string | null, priceList: { name: string, active: boolean | null } | null }> | null }
      | { name: string }
      | { name: string }
     | null> } | null };

export type PricingQueryVariables = Exact<{ [key: string]: never; }>;


export type PricingQuery = { customerGroups: { nodes: Array<
      | { isDefault: boolean, isGroupForGuests: boolean, name: string, categoryAccess: { type: BigCommerceCategoryAccessType, categories: Array<{ name: string, path: string | null }> | null }, discountRules: Array<
          | { categoryId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, category: { name: string } | null }
          | { raw: Record<string, unknown>, type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
          | { priceListId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, priceList: { name: string, active: boolean | null } | null }
          | { productId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, product: { name: string, price: string | null } | null }
          | { type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
        > }
      | { name: string }
      | { name: string }
     | null> } | null };

export type SameCustomerQueryVariables = Exact<{
  email: string;
}>;


export type SameCustomerQuery = { customersByEmail: Array<
    | { name: string | null, store: { key: string }, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null, sameEmail: Array<
        | { store: { key: string } }
        | { store: { key: string } }
        | { store: { key: string } }
      > | null }
    | { name: string | null, store: { key: string }, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null, sameEmail: Array<
        | { store: { key: string } }
        | { store: { key: string } }
        | { store: { key: string } }
      > | null }
    | { name: string | null, store: { key: string }, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null, sameEmail: Array<
        | { store: { key: string } }
        | { store: { key: string } }
        | { store: { key: string } }
      > | null }
   | null> | null };

export type StoresQueryVariables = Exact<{ [key: string]: never; }>;


export type StoresQuery = { stores: Array<{ key: string, platform: Platform, mode: Mode | null, customerGroups: { totalCount: number | null, nodes: Array<
        | { id: string, name: string }
        | { id: string, name: string }
        | { id: string, name: string }
       | null> } | null }> };

export type VipGroupQueryVariables = Exact<{
  id: string | number;
}>;


export type VipGroupQuery = { customerGroup:
    | { name: string, createdAt: string | null, customers: { totalCount: number | null, nodes: Array<
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
         | null> } | null }
    | { reference: string | null, metadata: Record<string, unknown> | null, mode: Mode | null, name: string, createdAt: string | null, markets: { nodes: Array<{ name: string } | null> } | null, customers: { totalCount: number | null, nodes: Array<
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
         | null> } | null }
    | { name: string, createdAt: string | null, customers: { totalCount: number | null, nodes: Array<
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
          | { email: string | null, customerGroup:
              | { name: string }
              | { name: string }
              | { name: string }
             | null }
         | null> } | null }
   | null };

export type BigCommerceGroupFragment = { id: string, nativeId: string, name: string, createdAt: string | null, updatedAt: string | null, isDefault: boolean, isGroupForGuests: boolean, categoryAccess: { type: BigCommerceCategoryAccessType, categoryIds: Array<string>, categories: Array<{ name: string }> | null }, discountRules: Array<
    | { __typename: 'BigCommerceCategoryDiscountRule', categoryId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, category: { name: string } | null }
    | { __typename: 'BigCommerceOtherDiscountRule', raw: Record<string, unknown>, type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
    | { __typename: 'BigCommercePriceListDiscountRule', priceListId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, priceList: { name: string } | null }
    | { __typename: 'BigCommerceProductDiscountRule', productId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, product: { name: string } | null }
    | { __typename: 'BigCommerceStorewideDiscountRule', type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
  > };

export type BigCommerceGroupByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type BigCommerceGroupByIdQuery = { customerGroup:
    | { id: string, nativeId: string, name: string, createdAt: string | null, updatedAt: string | null, isDefault: boolean, isGroupForGuests: boolean, categoryAccess: { type: BigCommerceCategoryAccessType, categoryIds: Array<string>, categories: Array<{ name: string }> | null }, discountRules: Array<
        | { __typename: 'BigCommerceCategoryDiscountRule', categoryId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, category: { name: string } | null }
        | { __typename: 'BigCommerceOtherDiscountRule', raw: Record<string, unknown>, type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
        | { __typename: 'BigCommercePriceListDiscountRule', priceListId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, priceList: { name: string } | null }
        | { __typename: 'BigCommerceProductDiscountRule', productId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, product: { name: string } | null }
        | { __typename: 'BigCommerceStorewideDiscountRule', type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
      > }
    | Record<PropertyKey, never>
   | null };

export type BigCommerceGroupsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CustomerGroupFilter | null | undefined;
}>;


export type BigCommerceGroupsQuery = { customerGroups: { nodes: Array<
      | { id: string, nativeId: string, name: string, createdAt: string | null, updatedAt: string | null, isDefault: boolean, isGroupForGuests: boolean, categoryAccess: { type: BigCommerceCategoryAccessType, categoryIds: Array<string>, categories: Array<{ name: string }> | null }, discountRules: Array<
          | { __typename: 'BigCommerceCategoryDiscountRule', categoryId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, category: { name: string } | null }
          | { __typename: 'BigCommerceOtherDiscountRule', raw: Record<string, unknown>, type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
          | { __typename: 'BigCommercePriceListDiscountRule', priceListId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, priceList: { name: string } | null }
          | { __typename: 'BigCommerceProductDiscountRule', productId: string, type: string, method: BigCommerceDiscountMethod | null, amount: string | null, product: { name: string } | null }
          | { __typename: 'BigCommerceStorewideDiscountRule', type: string, method: BigCommerceDiscountMethod | null, amount: string | null }
        > }
      | Record<PropertyKey, never>
     | null> } | null };

export type BigCommerceAssignmentsQueryVariables = Exact<{
  first: number;
}>;


export type BigCommerceAssignmentsQuery = { customerGroups: { nodes: Array<
      | { nativeId: string, priceListAssignments: Array<{ id: string, channelId: string | null, priceListId: string, priceList: { name: string } | null }> | null }
      | { nativeId: string }
      | { nativeId: string }
     | null> } | null };

export type BigCommerceCustomersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type BigCommerceCustomersQuery = { customers: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { firstName: string | null, lastName: string | null, company: string | null, phone: string | null, taxExemptCategory: string | null, storeCredit: string | null, originChannelId: string | null, id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
      | { id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
      | { id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
     | null> } | null };

export type CountGroupQueryVariables = Exact<{
  id: string | number;
}>;


export type CountGroupQuery = { customerGroup:
    | { id: string, nativeId: string, name: string, createdAt: string | null, updatedAt: string | null }
    | { code: string | null, reference: string | null, referenceOrigin: string | null, metadata: Record<string, unknown> | null, mode: Mode | null, url: string | null, id: string, nativeId: string, name: string, createdAt: string | null, updatedAt: string | null }
    | { id: string, nativeId: string, name: string, createdAt: string | null, updatedAt: string | null }
   | null };

export type CountCustomerQueryVariables = Exact<{
  id: string | number;
}>;


export type CountCustomerQuery = { customer:
    | { id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null }
    | { status: CommerceLayerCustomerStatus | null, hasPassword: boolean | null, totalOrdersCount: number | null, shopperReference: string | null, profileId: string | null, taxExemptionCode: string | null, anonymizationStatus: CommerceLayerAnonymizationStatus | null, reference: string | null, referenceOrigin: string | null, metadata: Record<string, unknown> | null, mode: Mode | null, url: string | null, id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, anonymizationInfo: { status: CommerceLayerAnonymizationStatus | null, requestedAt: string | null, startedAt: string | null, completedAt: string | null, failedAt: string | null, cancelledAt: string | null } | null }
    | { id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null }
   | null };

export type CountNodesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type CountNodesQuery = { nodes: Array<
    | { id: string }
    | { email: string | null, id: string }
    | { name: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { email: string | null, id: string }
    | { id: string }
    | { name: string, id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { email: string | null, id: string }
    | { name: string, id: string }
    | { id: string }
   | null> };

export type CountNodesWithGroupQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type CountNodesWithGroupQuery = { nodes: Array<
    | { nativeId: string, email: string | null, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null }
    | { nativeId: string, email: string | null, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null }
    | { nativeId: string, email: string | null, customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null }
    | Record<PropertyKey, never>
   | null> };

export type CountCustomersWithGroupQueryVariables = Exact<{
  first: number;
}>;


export type CountCustomersWithGroupQuery = { customers: { nodes: Array<
      | { nativeId: string, customerGroup:
          | { name: string }
          | { name: string }
          | { name: string }
         | null }
      | { nativeId: string, customerGroup:
          | { name: string }
          | { name: string }
          | { name: string }
         | null }
      | { nativeId: string, customerGroup:
          | { name: string }
          | { name: string }
          | { name: string }
         | null }
     | null> } | null };

export type CountCustomerWithGroupQueryVariables = Exact<{
  id: string | number;
}>;


export type CountCustomerWithGroupQuery = { customer:
    | { customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null }
    | { customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null }
    | { customerGroup:
        | { name: string }
        | { name: string }
        | { name: string }
       | null }
   | null };

export type CountMembersQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type CountMembersQuery = { customerGroup:
    | { name: string, customers: { nodes: Array<
          | { nativeId: string, email: string | null }
          | { nativeId: string, email: string | null }
          | { nativeId: string, email: string | null }
         | null> } | null }
    | { name: string, customers: { nodes: Array<
          | { nativeId: string, email: string | null }
          | { nativeId: string, email: string | null }
          | { nativeId: string, email: string | null }
         | null> } | null }
    | { name: string, customers: { nodes: Array<
          | { nativeId: string, email: string | null }
          | { nativeId: string, email: string | null }
          | { nativeId: string, email: string | null }
         | null> } | null }
   | null };

export type CountMembersWithGroupQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type CountMembersWithGroupQuery = { customerGroup:
    | { name: string, customers: { nodes: Array<
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
         | null> } | null }
    | { name: string, customers: { nodes: Array<
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
         | null> } | null }
    | { name: string, customers: { nodes: Array<
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
          | { nativeId: string, email: string | null, customerGroup:
              | { id: string, name: string }
              | { id: string, name: string }
              | { id: string, name: string }
             | null }
         | null> } | null }
   | null };

export type CountMembersOfGroupsQueryVariables = Exact<{
  first: number;
  members: number;
}>;


export type CountMembersOfGroupsQuery = { customerGroups: { nodes: Array<
      | { nativeId: string, customers: { nodes: Array<
            | { nativeId: string, email: string | null }
            | { nativeId: string, email: string | null }
            | { nativeId: string, email: string | null }
           | null> } | null }
      | { nativeId: string, customers: { nodes: Array<
            | { nativeId: string, email: string | null }
            | { nativeId: string, email: string | null }
            | { nativeId: string, email: string | null }
           | null> } | null }
      | { nativeId: string, customers: { nodes: Array<
            | { nativeId: string, email: string | null }
            | { nativeId: string, email: string | null }
            | { nativeId: string, email: string | null }
           | null> } | null }
     | null> } | null };

export type CountMarketsOfGroupsQueryVariables = Exact<{
  first: number;
  markets: number;
}>;


export type CountMarketsOfGroupsQuery = { customerGroups: { nodes: Array<
      | { nativeId: string }
      | { nativeId: string, markets: { totalCount: number | null, pageInfo: { hasNextPage: boolean }, nodes: Array<{ nativeId: string, name: string, priceList: { name: string } | null } | null> } | null }
      | { nativeId: string }
     | null> } | null };

export type CountAddressesQueryVariables = Exact<{
  first: number;
}>;


export type CountAddressesQuery = { customers: { nodes: Array<
      | { nativeId: string, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
      | { nativeId: string, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
      | { nativeId: string, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
     | null> } | null };

export type CountCustomersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type CountCustomersQuery = { customers: { nodes: Array<
      | { nativeId: string, email: string | null }
      | { nativeId: string, email: string | null }
      | { nativeId: string, email: string | null }
     | null> } | null };

export type CountTotalBesidePageQueryVariables = Exact<{
  first: number;
}>;


export type CountTotalBesidePageQuery = { customers: { totalCount: number | null, nodes: Array<
      | { nativeId: string }
      | { nativeId: string }
      | { nativeId: string }
     | null> } | null };

export type CountTotalAloneQueryVariables = Exact<{
  id: string | number;
}>;


export type CountTotalAloneQuery = { customerGroup:
    | { customers: { totalCount: number | null } | null }
    | { customers: { totalCount: number | null } | null }
    | { customers: { totalCount: number | null } | null }
   | null };

export type CountTotalOnlyQueryVariables = Exact<{ [key: string]: never; }>;


export type CountTotalOnlyQuery = { customers: { totalCount: number | null } | null };

export type CountStoresQueryVariables = Exact<{ [key: string]: never; }>;


export type CountStoresQuery = { stores: Array<{ __typename: 'Store', id: string, key: string, platform: Platform }>, store: { __typename: 'Store', key: string } | null };

export type GroupLinksQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type GroupLinksQuery = { customerGroup:
    | { markets: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { nativeId: string, name: string, code: string | null, reference: string | null, referenceOrigin: string | null, metadata: Record<string, unknown> | null, createdAt: string | null, updatedAt: string | null, priceList: { nativeId: string, name: string, code: string | null, currencyCode: string | null, taxIncluded: boolean | null, reference: string | null, createdAt: string | null } | null } } | null> } | null, attachments: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, description: string | null, url: string | null, reference: string | null, metadata: Record<string, unknown> | null, createdAt: string | null, updatedAt: string | null } | null> } | null, priceList: { name: string, currencyCode: string | null } | null }
    | Record<PropertyKey, never>
   | null };

export type CustomerLinksFragment = { nativeId: string, customerAddresses: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, reference: string | null, address: { name: string | null, city: string | null, line1: string | null } | null } | null> } | null, customerPaymentSources: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, reference: string | null } | null> } | null, customerSubscriptions: { totalCount: number | null, nodes: Array<{ nativeId: string, customerEmail: string | null, reference: string | null } | null> } | null, orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean }, nodes: Array<{ nativeId: string, number: string | null, status: string | null, paymentStatus: string | null, fulfillmentStatus: string | null, currencyCode: string | null, totalAmountCents: number | null, placedAt: string | null } | null> } | null, orderSubscriptions: { totalCount: number | null, nodes: Array<{ nativeId: string, number: string | null, status: string | null, frequency: string | null } | null> } | null, returns: { totalCount: number | null, nodes: Array<{ nativeId: string, number: string | null, status: string | null } | null> } | null, attachments: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null } | null> } | null };

export type CustomerLinksOfOneQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type CustomerLinksOfOneQuery = { customer:
    | { nativeId: string, customerAddresses: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, reference: string | null, address: { name: string | null, city: string | null, line1: string | null } | null } | null> } | null, customerPaymentSources: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, reference: string | null } | null> } | null, customerSubscriptions: { totalCount: number | null, nodes: Array<{ nativeId: string, customerEmail: string | null, reference: string | null } | null> } | null, orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean }, nodes: Array<{ nativeId: string, number: string | null, status: string | null, paymentStatus: string | null, fulfillmentStatus: string | null, currencyCode: string | null, totalAmountCents: number | null, placedAt: string | null } | null> } | null, orderSubscriptions: { totalCount: number | null, nodes: Array<{ nativeId: string, number: string | null, status: string | null, frequency: string | null } | null> } | null, returns: { totalCount: number | null, nodes: Array<{ nativeId: string, number: string | null, status: string | null } | null> } | null, attachments: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null } | null> } | null }
    | Record<PropertyKey, never>
   | null };

export type CustomerLinksOfManyQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
  first: number;
}>;


export type CustomerLinksOfManyQuery = { nodes: Array<
    | { nativeId: string, customerAddresses: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, reference: string | null, address: { name: string | null, city: string | null, line1: string | null } | null } | null> } | null, customerPaymentSources: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null, reference: string | null } | null> } | null, customerSubscriptions: { totalCount: number | null, nodes: Array<{ nativeId: string, customerEmail: string | null, reference: string | null } | null> } | null, orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean }, nodes: Array<{ nativeId: string, number: string | null, status: string | null, paymentStatus: string | null, fulfillmentStatus: string | null, currencyCode: string | null, totalAmountCents: number | null, placedAt: string | null } | null> } | null, orderSubscriptions: { totalCount: number | null, nodes: Array<{ nativeId: string, number: string | null, status: string | null, frequency: string | null } | null> } | null, returns: { totalCount: number | null, nodes: Array<{ nativeId: string, number: string | null, status: string | null } | null> } | null, attachments: { totalCount: number | null, nodes: Array<{ nativeId: string, name: string | null } | null> } | null }
    | Record<PropertyKey, never>
   | null> };

export type GroupPriceListQueryVariables = Exact<{
  id: string | number;
}>;


export type GroupPriceListQuery = { customerGroup:
    | { name: string }
    | { code: string | null, mode: Mode | null, name: string, priceList: { name: string, currencyCode: string | null } | null, markets: { nodes: Array<{ name: string } | null> } | null }
    | { name: string }
   | null };

export type EcwidGroupsQueryVariables = Exact<{
  first: number;
  filter?: CustomerGroupFilter | null | undefined;
}>;


export type EcwidGroupsQuery = { customerGroups: { totalCount: number | null, nodes: Array<
      | { id: string, nativeId: string, name: string, createdAt: string | null }
      | { id: string, nativeId: string, name: string, createdAt: string | null }
      | { isDefault: boolean, externalReferenceId: string | null, id: string, nativeId: string, name: string, createdAt: string | null }
     | null> } | null };

export type EcwidCustomersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type EcwidCustomersQuery = { customers: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
      | { id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
      | { orderCount: number | null, taxExempt: boolean | null, acceptMarketing: boolean | null, language: string | null, id: string, nativeId: string, email: string | null, name: string | null, createdAt: string | null, updatedAt: string | null, addresses: Array<{ name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, postalCode: string | null, countryCode: string | null, phone: string | null }> | null }
     | null> } | null };

export type EcwidCustomersWithGroupQueryVariables = Exact<{
  first: number;
}>;


export type EcwidCustomersWithGroupQuery = { customers: { nodes: Array<
      | { nativeId: string, customerGroup:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null }
      | { nativeId: string, customerGroup:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null }
      | { nativeId: string, customerGroup:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null }
     | null> } | null };

export type SameEmailQueryVariables = Exact<{
  email: string;
}>;


export type SameEmailQuery = { customersByEmail: Array<
    | { id: string, email: string | null, store: { key: string }, sameEmail: Array<
        | { id: string, email: string | null }
        | { id: string, email: string | null }
        | { id: string, email: string | null }
      > | null }
    | { id: string, email: string | null, store: { key: string }, sameEmail: Array<
        | { id: string, email: string | null }
        | { id: string, email: string | null }
        | { id: string, email: string | null }
      > | null }
    | { id: string, email: string | null, store: { key: string }, sameEmail: Array<
        | { id: string, email: string | null }
        | { id: string, email: string | null }
        | { id: string, email: string | null }
      > | null }
   | null> | null };

export type GroupsPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CustomerGroupFilter | null | undefined;
}>;


export type GroupsPageQuery = { customerGroups: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node:
        | { nativeId: string, name: string }
        | { nativeId: string, name: string }
        | { nativeId: string, name: string }
       } | null> } | null };

export type FilteredCustomersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
}>;


export type FilteredCustomersQuery = { customers: { totalCount: number | null, pageInfo: { hasNextPage: boolean }, nodes: Array<
      | { nativeId: string, email: string | null, createdAt: string | null, updatedAt: string | null }
      | { nativeId: string, email: string | null, createdAt: string | null, updatedAt: string | null }
      | { nativeId: string, email: string | null, createdAt: string | null, updatedAt: string | null }
     | null> } | null };

export type StoreListsQueryVariables = Exact<{ [key: string]: never; }>;


export type StoreListsQuery = { stores: Array<{ key: string, platform: Platform, mode: Mode | null, customerGroups: { nodes: Array<
        | { name: string }
        | { name: string }
        | { name: string }
       | null> } | null }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const BigCommerceGroupFragmentDoc = new TypedDocumentString(`
    fragment BigCommerceGroup on BigCommerceCustomerGroup {
  id
  nativeId
  name
  createdAt
  updatedAt
  isDefault
  isGroupForGuests
  categoryAccess {
    type
    categoryIds
    categories {
      name
    }
  }
  discountRules {
    __typename
    type
    method
    amount
    ... on BigCommerceCategoryDiscountRule {
      categoryId
      category {
        name
      }
    }
    ... on BigCommerceProductDiscountRule {
      productId
      product {
        name
      }
    }
    ... on BigCommercePriceListDiscountRule {
      priceListId
      priceList {
        name
      }
    }
    ... on BigCommerceOtherDiscountRule {
      raw
    }
  }
}
    `, {"fragmentName":"BigCommerceGroup"}) as unknown as TypedDocumentString<BigCommerceGroupFragment, unknown>;
export const CustomerLinksFragmentDoc = new TypedDocumentString(`
    fragment CustomerLinks on CommerceLayerCustomer {
  nativeId
  customerAddresses(first: $first) {
    totalCount
    nodes {
      nativeId
      name
      reference
      address {
        name
        city
        line1
      }
    }
  }
  customerPaymentSources(first: $first) {
    totalCount
    nodes {
      nativeId
      name
      reference
    }
  }
  customerSubscriptions(first: $first) {
    totalCount
    nodes {
      nativeId
      customerEmail
      reference
    }
  }
  orders(first: $first) {
    totalCount
    pageInfo {
      hasNextPage
    }
    nodes {
      nativeId
      number
      status
      paymentStatus
      fulfillmentStatus
      currencyCode
      totalAmountCents
      placedAt
    }
  }
  orderSubscriptions(first: $first) {
    totalCount
    nodes {
      nativeId
      number
      status
      frequency
    }
  }
  returns(first: $first) {
    totalCount
    nodes {
      nativeId
      number
      status
    }
  }
  attachments(first: $first) {
    totalCount
    nodes {
      nativeId
      name
    }
  }
}
    `, {"fragmentName":"CustomerLinks"}) as unknown as TypedDocumentString<CustomerLinksFragment, unknown>;
export const FindCustomersDocument = new TypedDocumentString(`
    query FindCustomers($search: String) {
  customers(first: 10, filter: {platforms: [BIGCOMMERCE], search: $search}) {
    totalCount
    nodes {
      email
      name
      ... on BigCommerceCustomer {
        company
        storeCredit
      }
      addresses {
        city
        countryCode
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FindCustomersQuery, FindCustomersQueryVariables>;
export const CustomerDetailsDocument = new TypedDocumentString(`
    query CustomerDetails($id: ID!) {
  customer(id: $id) {
    email
    createdAt
    customerGroup {
      name
    }
    addresses {
      name
      line1
      city
      postalCode
      countryCode
    }
    ... on CommerceLayerCustomer {
      status
      totalOrdersCount
      orders(first: 3) {
        totalCount
        nodes {
          number
          status
          totalAmountCents
          currencyCode
          placedAt
        }
      }
      customerSubscriptions(first: 3) {
        nodes {
          reference
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerDetailsQuery, CustomerDetailsQueryVariables>;
export const CustomersPageDocument = new TypedDocumentString(`
    query CustomersPage($first: Int = 25, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      email
      customerGroup {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomersPageQuery, CustomersPageQueryVariables>;
export const EcwidCustomersAndGroupsDocument = new TypedDocumentString(`
    query EcwidCustomersAndGroups {
  customers(first: 20, filter: {platforms: [ECWID]}) {
    nodes {
      name
      email
      customerGroup {
        id
        name
      }
      ... on EcwidCustomer {
        orderCount
        acceptMarketing
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EcwidCustomersAndGroupsQuery, EcwidCustomersAndGroupsQueryVariables>;
export const GroupsOfAllStoresDocument = new TypedDocumentString(`
    query GroupsOfAllStores($first: Int = 20, $after: String) {
  customerGroups(first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        name
        store {
          key
          platform
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GroupsOfAllStoresQuery, GroupsOfAllStoresQueryVariables>;
export const MarketsOfGroupsDocument = new TypedDocumentString(`
    query MarketsOfGroups {
  customerGroups(first: 25) {
    nodes {
      name
      ... on CommerceLayerCustomerGroup {
        markets {
          nodes {
            name
            priceList {
              name
              currencyCode
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MarketsOfGroupsQuery, MarketsOfGroupsQueryVariables>;
export const PriceListsByChannelDocument = new TypedDocumentString(`
    query PriceListsByChannel {
  customerGroups(first: 50, filter: {platforms: [BIGCOMMERCE]}) {
    nodes {
      name
      ... on BigCommerceCustomerGroup {
        priceListAssignments {
          channelId
          priceList {
            name
            active
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PriceListsByChannelQuery, PriceListsByChannelQueryVariables>;
export const PricingDocument = new TypedDocumentString(`
    query Pricing {
  customerGroups(first: 50, filter: {platforms: [BIGCOMMERCE]}) {
    nodes {
      name
      ... on BigCommerceCustomerGroup {
        isDefault
        isGroupForGuests
        categoryAccess {
          type
          categories {
            name
            path
          }
        }
        discountRules {
          type
          method
          amount
          ... on BigCommerceCategoryDiscountRule {
            categoryId
            category {
              name
            }
          }
          ... on BigCommerceProductDiscountRule {
            productId
            product {
              name
              price
            }
          }
          ... on BigCommercePriceListDiscountRule {
            priceListId
            priceList {
              name
              active
            }
          }
          ... on BigCommerceOtherDiscountRule {
            raw
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PricingQuery, PricingQueryVariables>;
export const SameCustomerDocument = new TypedDocumentString(`
    query SameCustomer($email: String!) {
  customersByEmail(email: $email) {
    store {
      key
    }
    name
    customerGroup {
      name
    }
    sameEmail {
      store {
        key
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SameCustomerQuery, SameCustomerQueryVariables>;
export const StoresDocument = new TypedDocumentString(`
    query Stores {
  stores {
    key
    platform
    mode
    customerGroups(first: 3) {
      totalCount
      nodes {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoresQuery, StoresQueryVariables>;
export const VipGroupDocument = new TypedDocumentString(`
    query VipGroup($id: ID!) {
  customerGroup(id: $id) {
    name
    createdAt
    ... on CommerceLayerCustomerGroup {
      reference
      metadata
      mode
      markets {
        nodes {
          name
        }
      }
    }
    customers(first: 5) {
      totalCount
      nodes {
        email
        customerGroup {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<VipGroupQuery, VipGroupQueryVariables>;
export const BigCommerceGroupByIdDocument = new TypedDocumentString(`
    query BigCommerceGroupById($id: ID!) {
  customerGroup(id: $id) {
    ...BigCommerceGroup
  }
}
    fragment BigCommerceGroup on BigCommerceCustomerGroup {
  id
  nativeId
  name
  createdAt
  updatedAt
  isDefault
  isGroupForGuests
  categoryAccess {
    type
    categoryIds
    categories {
      name
    }
  }
  discountRules {
    __typename
    type
    method
    amount
    ... on BigCommerceCategoryDiscountRule {
      categoryId
      category {
        name
      }
    }
    ... on BigCommerceProductDiscountRule {
      productId
      product {
        name
      }
    }
    ... on BigCommercePriceListDiscountRule {
      priceListId
      priceList {
        name
      }
    }
    ... on BigCommerceOtherDiscountRule {
      raw
    }
  }
}`) as unknown as TypedDocumentString<BigCommerceGroupByIdQuery, BigCommerceGroupByIdQueryVariables>;
export const BigCommerceGroupsDocument = new TypedDocumentString(`
    query BigCommerceGroups($first: Int!, $after: String, $filter: CustomerGroupFilter) {
  customerGroups(first: $first, after: $after, filter: $filter) {
    nodes {
      ...BigCommerceGroup
    }
  }
}
    fragment BigCommerceGroup on BigCommerceCustomerGroup {
  id
  nativeId
  name
  createdAt
  updatedAt
  isDefault
  isGroupForGuests
  categoryAccess {
    type
    categoryIds
    categories {
      name
    }
  }
  discountRules {
    __typename
    type
    method
    amount
    ... on BigCommerceCategoryDiscountRule {
      categoryId
      category {
        name
      }
    }
    ... on BigCommerceProductDiscountRule {
      productId
      product {
        name
      }
    }
    ... on BigCommercePriceListDiscountRule {
      priceListId
      priceList {
        name
      }
    }
    ... on BigCommerceOtherDiscountRule {
      raw
    }
  }
}`) as unknown as TypedDocumentString<BigCommerceGroupsQuery, BigCommerceGroupsQueryVariables>;
export const BigCommerceAssignmentsDocument = new TypedDocumentString(`
    query BigCommerceAssignments($first: Int!) {
  customerGroups(first: $first) {
    nodes {
      nativeId
      ... on BigCommerceCustomerGroup {
        priceListAssignments {
          id
          channelId
          priceListId
          priceList {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BigCommerceAssignmentsQuery, BigCommerceAssignmentsQueryVariables>;
export const BigCommerceCustomersDocument = new TypedDocumentString(`
    query BigCommerceCustomers($first: Int!, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      nativeId
      email
      name
      createdAt
      updatedAt
      addresses {
        name
        company
        line1
        line2
        city
        region
        postalCode
        countryCode
        phone
      }
      ... on BigCommerceCustomer {
        firstName
        lastName
        company
        phone
        taxExemptCategory
        storeCredit
        originChannelId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BigCommerceCustomersQuery, BigCommerceCustomersQueryVariables>;
export const CountGroupDocument = new TypedDocumentString(`
    query CountGroup($id: ID!) {
  customerGroup(id: $id) {
    id
    nativeId
    name
    createdAt
    updatedAt
    ... on CommerceLayerCustomerGroup {
      code
      reference
      referenceOrigin
      metadata
      mode
      url
    }
  }
}
    `) as unknown as TypedDocumentString<CountGroupQuery, CountGroupQueryVariables>;
export const CountCustomerDocument = new TypedDocumentString(`
    query CountCustomer($id: ID!) {
  customer(id: $id) {
    id
    nativeId
    email
    name
    createdAt
    updatedAt
    ... on CommerceLayerCustomer {
      status
      hasPassword
      totalOrdersCount
      shopperReference
      profileId
      taxExemptionCode
      anonymizationStatus
      anonymizationInfo {
        status
        requestedAt
        startedAt
        completedAt
        failedAt
        cancelledAt
      }
      reference
      referenceOrigin
      metadata
      mode
      url
    }
  }
}
    `) as unknown as TypedDocumentString<CountCustomerQuery, CountCustomerQueryVariables>;
export const CountNodesDocument = new TypedDocumentString(`
    query CountNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on CustomerGroup {
      name
    }
    ... on Customer {
      email
    }
  }
}
    `) as unknown as TypedDocumentString<CountNodesQuery, CountNodesQueryVariables>;
export const CountNodesWithGroupDocument = new TypedDocumentString(`
    query CountNodesWithGroup($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Customer {
      nativeId
      email
      customerGroup {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountNodesWithGroupQuery, CountNodesWithGroupQueryVariables>;
export const CountCustomersWithGroupDocument = new TypedDocumentString(`
    query CountCustomersWithGroup($first: Int!) {
  customers(first: $first) {
    nodes {
      nativeId
      customerGroup {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountCustomersWithGroupQuery, CountCustomersWithGroupQueryVariables>;
export const CountCustomerWithGroupDocument = new TypedDocumentString(`
    query CountCustomerWithGroup($id: ID!) {
  customer(id: $id) {
    customerGroup {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<CountCustomerWithGroupQuery, CountCustomerWithGroupQueryVariables>;
export const CountMembersDocument = new TypedDocumentString(`
    query CountMembers($id: ID!, $first: Int!) {
  customerGroup(id: $id) {
    name
    customers(first: $first) {
      nodes {
        nativeId
        email
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountMembersQuery, CountMembersQueryVariables>;
export const CountMembersWithGroupDocument = new TypedDocumentString(`
    query CountMembersWithGroup($id: ID!, $first: Int!) {
  customerGroup(id: $id) {
    name
    customers(first: $first) {
      nodes {
        nativeId
        email
        customerGroup {
          id
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountMembersWithGroupQuery, CountMembersWithGroupQueryVariables>;
export const CountMembersOfGroupsDocument = new TypedDocumentString(`
    query CountMembersOfGroups($first: Int!, $members: Int!) {
  customerGroups(first: $first) {
    nodes {
      nativeId
      customers(first: $members) {
        nodes {
          nativeId
          email
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountMembersOfGroupsQuery, CountMembersOfGroupsQueryVariables>;
export const CountMarketsOfGroupsDocument = new TypedDocumentString(`
    query CountMarketsOfGroups($first: Int!, $markets: Int!) {
  customerGroups(first: $first) {
    nodes {
      nativeId
      ... on CommerceLayerCustomerGroup {
        markets(first: $markets) {
          totalCount
          pageInfo {
            hasNextPage
          }
          nodes {
            nativeId
            name
            priceList {
              name
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountMarketsOfGroupsQuery, CountMarketsOfGroupsQueryVariables>;
export const CountAddressesDocument = new TypedDocumentString(`
    query CountAddresses($first: Int!) {
  customers(first: $first) {
    nodes {
      nativeId
      addresses {
        name
        company
        line1
        line2
        city
        region
        postalCode
        countryCode
        phone
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CountAddressesQuery, CountAddressesQueryVariables>;
export const CountCustomersDocument = new TypedDocumentString(`
    query CountCustomers($first: Int!, $after: String) {
  customers(first: $first, after: $after) {
    nodes {
      nativeId
      email
    }
  }
}
    `) as unknown as TypedDocumentString<CountCustomersQuery, CountCustomersQueryVariables>;
export const CountTotalBesidePageDocument = new TypedDocumentString(`
    query CountTotalBesidePage($first: Int!) {
  customers(first: $first) {
    totalCount
    nodes {
      nativeId
    }
  }
}
    `) as unknown as TypedDocumentString<CountTotalBesidePageQuery, CountTotalBesidePageQueryVariables>;
export const CountTotalAloneDocument = new TypedDocumentString(`
    query CountTotalAlone($id: ID!) {
  customerGroup(id: $id) {
    customers(first: 0) {
      totalCount
    }
  }
}
    `) as unknown as TypedDocumentString<CountTotalAloneQuery, CountTotalAloneQueryVariables>;
export const CountTotalOnlyDocument = new TypedDocumentString(`
    query CountTotalOnly {
  customers(first: 0) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<CountTotalOnlyQuery, CountTotalOnlyQueryVariables>;
export const CountStoresDocument = new TypedDocumentString(`
    query CountStores {
  stores {
    __typename
    id
    key
    platform
  }
  store(key: "commerce-layer-demo") {
    __typename
    key
  }
}
    `) as unknown as TypedDocumentString<CountStoresQuery, CountStoresQueryVariables>;
export const GroupLinksDocument = new TypedDocumentString(`
    query GroupLinks($id: ID!, $first: Int!, $after: String) {
  customerGroup(id: $id) {
    ... on CommerceLayerCustomerGroup {
      markets(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        edges {
          cursor
          node {
            nativeId
            name
            code
            reference
            referenceOrigin
            metadata
            createdAt
            updatedAt
            priceList {
              nativeId
              name
              code
              currencyCode
              taxIncluded
              reference
              createdAt
            }
          }
        }
      }
      attachments(first: $first) {
        totalCount
        nodes {
          nativeId
          name
          description
          url
          reference
          metadata
          createdAt
          updatedAt
        }
      }
      priceList {
        name
        currencyCode
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GroupLinksQuery, GroupLinksQueryVariables>;
export const CustomerLinksOfOneDocument = new TypedDocumentString(`
    query CustomerLinksOfOne($id: ID!, $first: Int!) {
  customer(id: $id) {
    ...CustomerLinks
  }
}
    fragment CustomerLinks on CommerceLayerCustomer {
  nativeId
  customerAddresses(first: $first) {
    totalCount
    nodes {
      nativeId
      name
      reference
      address {
        name
        city
        line1
      }
    }
  }
  customerPaymentSources(first: $first) {
    totalCount
    nodes {
      nativeId
      name
      reference
    }
  }
  customerSubscriptions(first: $first) {
    totalCount
    nodes {
      nativeId
      customerEmail
      reference
    }
  }
  orders(first: $first) {
    totalCount
    pageInfo {
      hasNextPage
    }
    nodes {
      nativeId
      number
      status
      paymentStatus
      fulfillmentStatus
      currencyCode
      totalAmountCents
      placedAt
    }
  }
  orderSubscriptions(first: $first) {
    totalCount
    nodes {
      nativeId
      number
      status
      frequency
    }
  }
  returns(first: $first) {
    totalCount
    nodes {
      nativeId
      number
      status
    }
  }
  attachments(first: $first) {
    totalCount
    nodes {
      nativeId
      name
    }
  }
}`) as unknown as TypedDocumentString<CustomerLinksOfOneQuery, CustomerLinksOfOneQueryVariables>;
export const CustomerLinksOfManyDocument = new TypedDocumentString(`
    query CustomerLinksOfMany($ids: [ID!]!, $first: Int!) {
  nodes(ids: $ids) {
    ...CustomerLinks
  }
}
    fragment CustomerLinks on CommerceLayerCustomer {
  nativeId
  customerAddresses(first: $first) {
    totalCount
    nodes {
      nativeId
      name
      reference
      address {
        name
        city
        line1
      }
    }
  }
  customerPaymentSources(first: $first) {
    totalCount
    nodes {
      nativeId
      name
      reference
    }
  }
  customerSubscriptions(first: $first) {
    totalCount
    nodes {
      nativeId
      customerEmail
      reference
    }
  }
  orders(first: $first) {
    totalCount
    pageInfo {
      hasNextPage
    }
    nodes {
      nativeId
      number
      status
      paymentStatus
      fulfillmentStatus
      currencyCode
      totalAmountCents
      placedAt
    }
  }
  orderSubscriptions(first: $first) {
    totalCount
    nodes {
      nativeId
      number
      status
      frequency
    }
  }
  returns(first: $first) {
    totalCount
    nodes {
      nativeId
      number
      status
    }
  }
  attachments(first: $first) {
    totalCount
    nodes {
      nativeId
      name
    }
  }
}`) as unknown as TypedDocumentString<CustomerLinksOfManyQuery, CustomerLinksOfManyQueryVariables>;
export const GroupPriceListDocument = new TypedDocumentString(`
    query GroupPriceList($id: ID!) {
  customerGroup(id: $id) {
    name
    ... on CommerceLayerCustomerGroup {
      code
      mode
      priceList {
        name
        currencyCode
      }
      markets {
        nodes {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GroupPriceListQuery, GroupPriceListQueryVariables>;
export const EcwidGroupsDocument = new TypedDocumentString(`
    query EcwidGroups($first: Int!, $filter: CustomerGroupFilter) {
  customerGroups(first: $first, filter: $filter) {
    totalCount
    nodes {
      id
      nativeId
      name
      createdAt
      ... on EcwidCustomerGroup {
        isDefault
        externalReferenceId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EcwidGroupsQuery, EcwidGroupsQueryVariables>;
export const EcwidCustomersDocument = new TypedDocumentString(`
    query EcwidCustomers($first: Int!, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      nativeId
      email
      name
      createdAt
      updatedAt
      addresses {
        name
        company
        line1
        line2
        city
        region
        postalCode
        countryCode
        phone
      }
      ... on EcwidCustomer {
        orderCount
        taxExempt
        acceptMarketing
        language
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EcwidCustomersQuery, EcwidCustomersQueryVariables>;
export const EcwidCustomersWithGroupDocument = new TypedDocumentString(`
    query EcwidCustomersWithGroup($first: Int!) {
  customers(first: $first) {
    nodes {
      nativeId
      customerGroup {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EcwidCustomersWithGroupQuery, EcwidCustomersWithGroupQueryVariables>;
export const SameEmailDocument = new TypedDocumentString(`
    query SameEmail($email: String!) {
  customersByEmail(email: $email) {
    id
    email
    store {
      key
    }
    sameEmail {
      id
      email
    }
  }
}
    `) as unknown as TypedDocumentString<SameEmailQuery, SameEmailQueryVariables>;
export const GroupsPageDocument = new TypedDocumentString(`
    query GroupsPage($first: Int, $after: String, $filter: CustomerGroupFilter) {
  customerGroups(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    edges {
      cursor
      node {
        nativeId
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GroupsPageQuery, GroupsPageQueryVariables>;
export const FilteredCustomersDocument = new TypedDocumentString(`
    query FilteredCustomers($first: Int, $after: String, $filter: CustomerFilter) {
  customers(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
    }
    nodes {
      nativeId
      email
      createdAt
      updatedAt
    }
  }
}
    `) as unknown as TypedDocumentString<FilteredCustomersQuery, FilteredCustomersQueryVariables>;
export const StoreListsDocument = new TypedDocumentString(`
    query StoreLists {
  stores {
    key
    platform
    mode
    customerGroups(first: 5) {
      nodes {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoreListsQuery, StoreListsQueryVariables>;