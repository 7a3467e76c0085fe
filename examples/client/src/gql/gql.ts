/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment BigCommerceTags on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    discountRules {\n      type\n    }\n    categoryAccess {\n      type\n    }\n  }\n": typeof types.BigCommerceTagsFragmentDoc,
    "\n  fragment BigCommerceDiscounts on BigCommerceCustomerGroup {\n    discountRules {\n      __typename\n      type\n      method\n      amount\n      ... on BigCommerceCategoryDiscountRule {\n        categoryId\n        category {\n          name\n        }\n      }\n      ... on BigCommerceProductDiscountRule {\n        productId\n        product {\n          name\n          sku\n        }\n      }\n      ... on BigCommercePriceListDiscountRule {\n        priceListId\n        priceList {\n          name\n        }\n      }\n      ... on BigCommerceOtherDiscountRule {\n        raw\n      }\n    }\n  }\n": typeof types.BigCommerceDiscountsFragmentDoc,
    "\n  fragment BigCommerceCategories on BigCommerceCustomerGroup {\n    categoryAccess {\n      type\n      categoryIds\n      categories {\n        nativeId\n        name\n        path\n      }\n    }\n  }\n": typeof types.BigCommerceCategoriesFragmentDoc,
    "\n  fragment BigCommercePriceLists on BigCommerceCustomerGroup {\n    priceListAssignments {\n      id\n      channelId\n      priceListId\n      priceList {\n        name\n        active\n      }\n    }\n  }\n": typeof types.BigCommercePriceListsFragmentDoc,
    "\n  fragment BigCommerceGroup on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    ...BigCommerceDiscounts\n    ...BigCommerceCategories\n    ...BigCommercePriceLists\n  }\n": typeof types.BigCommerceGroupFragmentDoc,
    "\n  fragment CommerceLayerTags on CommerceLayerCustomerGroup {\n    code\n    reference\n  }\n": typeof types.CommerceLayerTagsFragmentDoc,
    "\n  fragment CommerceLayerRecord on CommerceLayerCustomerGroup {\n    code\n    reference\n    referenceOrigin\n    metadata\n  }\n": typeof types.CommerceLayerRecordFragmentDoc,
    "\n  fragment CommerceLayerMarkets on CommerceLayerCustomerGroup {\n    markets(first: 25) {\n      totalCount\n      nodes {\n        id\n        name\n        code\n        priceList {\n          ...CommerceLayerPrices\n        }\n      }\n    }\n    priceList {\n      ...CommerceLayerPrices\n    }\n  }\n": typeof types.CommerceLayerMarketsFragmentDoc,
    "\n  fragment CommerceLayerPrices on CommerceLayerPriceList {\n    name\n    currencyCode\n    taxIncluded\n  }\n": typeof types.CommerceLayerPricesFragmentDoc,
    "\n  fragment CommerceLayerGroup on CommerceLayerCustomerGroup {\n    ...CommerceLayerRecord\n    ...CommerceLayerMarkets\n  }\n": typeof types.CommerceLayerGroupFragmentDoc,
    "\n  fragment EcwidTags on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n": typeof types.EcwidTagsFragmentDoc,
    "\n  fragment EcwidGroup on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n": typeof types.EcwidGroupFragmentDoc,
    "\n  query AllStores {\n    stores {\n      key\n      platform\n      mode\n      customerGroups(first: 6) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n      }\n    }\n  }\n": typeof types.AllStoresDocument,
    "\n  fragment GroupRow on CustomerGroup {\n    __typename\n    nativeId\n    name\n    createdAt\n    store {\n      key\n    }\n    ...BigCommerceTags\n    ...CommerceLayerTags\n    ...EcwidTags\n  }\n": typeof types.GroupRowFragmentDoc,
    "\n  query Group($store: String!, $id: ID!) {\n    store(key: $store) {\n      key\n    }\n    customerGroup(id: $id) {\n      __typename\n      id\n      nativeId\n      name\n      createdAt\n      updatedAt\n      store {\n        key\n        platform\n        mode\n      }\n      ...BigCommerceGroup\n      ...CommerceLayerGroup\n      ...EcwidGroup\n    }\n  }\n": typeof types.GroupDocument,
    "\n  fragment Member on Customer {\n    email\n    name\n    createdAt\n  }\n": typeof types.MemberFragmentDoc,
    "\n  query GroupMembers(\n    $store: String!\n    $group: ID!\n    $first: Int!\n    $after: String\n  ) {\n    customers(\n      first: $first\n      after: $after\n      filter: { stores: [$store], customerGroup: $group }\n    ) {\n      totalCount\n      nodes {\n        id\n        ...Member\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.GroupMembersDocument,
    "\n  query StoreGroups($key: String!, $first: Int!, $after: String) {\n    store(key: $key) {\n      platform\n      mode\n      customerGroups(first: $first, after: $after) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.StoreGroupsDocument,
    "\n  query StoreMenu {\n    stores {\n      key\n      platform\n      mode\n    }\n  }\n": typeof types.StoreMenuDocument,
};
const documents: Documents = {
    "\n  fragment BigCommerceTags on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    discountRules {\n      type\n    }\n    categoryAccess {\n      type\n    }\n  }\n": types.BigCommerceTagsFragmentDoc,
    "\n  fragment BigCommerceDiscounts on BigCommerceCustomerGroup {\n    discountRules {\n      __typename\n      type\n      method\n      amount\n      ... on BigCommerceCategoryDiscountRule {\n        categoryId\n        category {\n          name\n        }\n      }\n      ... on BigCommerceProductDiscountRule {\n        productId\n        product {\n          name\n          sku\n        }\n      }\n      ... on BigCommercePriceListDiscountRule {\n        priceListId\n        priceList {\n          name\n        }\n      }\n      ... on BigCommerceOtherDiscountRule {\n        raw\n      }\n    }\n  }\n": types.BigCommerceDiscountsFragmentDoc,
    "\n  fragment BigCommerceCategories on BigCommerceCustomerGroup {\n    categoryAccess {\n      type\n      categoryIds\n      categories {\n        nativeId\n        name\n        path\n      }\n    }\n  }\n": types.BigCommerceCategoriesFragmentDoc,
    "\n  fragment BigCommercePriceLists on BigCommerceCustomerGroup {\n    priceListAssignments {\n      id\n      channelId\n      priceListId\n      priceList {\n        name\n        active\n      }\n    }\n  }\n": types.BigCommercePriceListsFragmentDoc,
    "\n  fragment BigCommerceGroup on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    ...BigCommerceDiscounts\n    ...BigCommerceCategories\n    ...BigCommercePriceLists\n  }\n": types.BigCommerceGroupFragmentDoc,
    "\n  fragment CommerceLayerTags on CommerceLayerCustomerGroup {\n    code\n    reference\n  }\n": types.CommerceLayerTagsFragmentDoc,
    "\n  fragment CommerceLayerRecord on CommerceLayerCustomerGroup {\n    code\n    reference\n    referenceOrigin\n    metadata\n  }\n": types.CommerceLayerRecordFragmentDoc,
    "\n  fragment CommerceLayerMarkets on CommerceLayerCustomerGroup {\n    markets(first: 25) {\n      totalCount\n      nodes {\n        id\n        name\n        code\n        priceList {\n          ...CommerceLayerPrices\n        }\n      }\n    }\n    priceList {\n      ...CommerceLayerPrices\n    }\n  }\n": types.CommerceLayerMarketsFragmentDoc,
    "\n  fragment CommerceLayerPrices on CommerceLayerPriceList {\n    name\n    currencyCode\n    taxIncluded\n  }\n": types.CommerceLayerPricesFragmentDoc,
    "\n  fragment CommerceLayerGroup on CommerceLayerCustomerGroup {\n    ...CommerceLayerRecord\n    ...CommerceLayerMarkets\n  }\n": types.CommerceLayerGroupFragmentDoc,
    "\n  fragment EcwidTags on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n": types.EcwidTagsFragmentDoc,
    "\n  fragment EcwidGroup on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n": types.EcwidGroupFragmentDoc,
    "\n  query AllStores {\n    stores {\n      key\n      platform\n      mode\n      customerGroups(first: 6) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n      }\n    }\n  }\n": types.AllStoresDocument,
    "\n  fragment GroupRow on CustomerGroup {\n    __typename\n    nativeId\n    name\n    createdAt\n    store {\n      key\n    }\n    ...BigCommerceTags\n    ...CommerceLayerTags\n    ...EcwidTags\n  }\n": types.GroupRowFragmentDoc,
    "\n  query Group($store: String!, $id: ID!) {\n    store(key: $store) {\n      key\n    }\n    customerGroup(id: $id) {\n      __typename\n      id\n      nativeId\n      name\n      createdAt\n      updatedAt\n      store {\n        key\n        platform\n        mode\n      }\n      ...BigCommerceGroup\n      ...CommerceLayerGroup\n      ...EcwidGroup\n    }\n  }\n": types.GroupDocument,
    "\n  fragment Member on Customer {\n    email\n    name\n    createdAt\n  }\n": types.MemberFragmentDoc,
    "\n  query GroupMembers(\n    $store: String!\n    $group: ID!\n    $first: Int!\n    $after: String\n  ) {\n    customers(\n      first: $first\n      after: $after\n      filter: { stores: [$store], customerGroup: $group }\n    ) {\n      totalCount\n      nodes {\n        id\n        ...Member\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.GroupMembersDocument,
    "\n  query StoreGroups($key: String!, $first: Int!, $after: String) {\n    store(key: $key) {\n      platform\n      mode\n      customerGroups(first: $first, after: $after) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.StoreGroupsDocument,
    "\n  query StoreMenu {\n    stores {\n      key\n      platform\n      mode\n    }\n  }\n": types.StoreMenuDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BigCommerceTags on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    discountRules {\n      type\n    }\n    categoryAccess {\n      type\n    }\n  }\n"): (typeof documents)["\n  fragment BigCommerceTags on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    discountRules {\n      type\n    }\n    categoryAccess {\n      type\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BigCommerceDiscounts on BigCommerceCustomerGroup {\n    discountRules {\n      __typename\n      type\n      method\n      amount\n      ... on BigCommerceCategoryDiscountRule {\n        categoryId\n        category {\n          name\n        }\n      }\n      ... on BigCommerceProductDiscountRule {\n        productId\n        product {\n          name\n          sku\n        }\n      }\n      ... on BigCommercePriceListDiscountRule {\n        priceListId\n        priceList {\n          name\n        }\n      }\n      ... on BigCommerceOtherDiscountRule {\n        raw\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment BigCommerceDiscounts on BigCommerceCustomerGroup {\n    discountRules {\n      __typename\n      type\n      method\n      amount\n      ... on BigCommerceCategoryDiscountRule {\n        categoryId\n        category {\n          name\n        }\n      }\n      ... on BigCommerceProductDiscountRule {\n        productId\n        product {\n          name\n          sku\n        }\n      }\n      ... on BigCommercePriceListDiscountRule {\n        priceListId\n        priceList {\n          name\n        }\n      }\n      ... on BigCommerceOtherDiscountRule {\n        raw\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BigCommerceCategories on BigCommerceCustomerGroup {\n    categoryAccess {\n      type\n      categoryIds\n      categories {\n        nativeId\n        name\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment BigCommerceCategories on BigCommerceCustomerGroup {\n    categoryAccess {\n      type\n      categoryIds\n      categories {\n        nativeId\n        name\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BigCommercePriceLists on BigCommerceCustomerGroup {\n    priceListAssignments {\n      id\n      channelId\n      priceListId\n      priceList {\n        name\n        active\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment BigCommercePriceLists on BigCommerceCustomerGroup {\n    priceListAssignments {\n      id\n      channelId\n      priceListId\n      priceList {\n        name\n        active\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BigCommerceGroup on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    ...BigCommerceDiscounts\n    ...BigCommerceCategories\n    ...BigCommercePriceLists\n  }\n"): (typeof documents)["\n  fragment BigCommerceGroup on BigCommerceCustomerGroup {\n    isDefault\n    isGroupForGuests\n    ...BigCommerceDiscounts\n    ...BigCommerceCategories\n    ...BigCommercePriceLists\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommerceLayerTags on CommerceLayerCustomerGroup {\n    code\n    reference\n  }\n"): (typeof documents)["\n  fragment CommerceLayerTags on CommerceLayerCustomerGroup {\n    code\n    reference\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommerceLayerRecord on CommerceLayerCustomerGroup {\n    code\n    reference\n    referenceOrigin\n    metadata\n  }\n"): (typeof documents)["\n  fragment CommerceLayerRecord on CommerceLayerCustomerGroup {\n    code\n    reference\n    referenceOrigin\n    metadata\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommerceLayerMarkets on CommerceLayerCustomerGroup {\n    markets(first: 25) {\n      totalCount\n      nodes {\n        id\n        name\n        code\n        priceList {\n          ...CommerceLayerPrices\n        }\n      }\n    }\n    priceList {\n      ...CommerceLayerPrices\n    }\n  }\n"): (typeof documents)["\n  fragment CommerceLayerMarkets on CommerceLayerCustomerGroup {\n    markets(first: 25) {\n      totalCount\n      nodes {\n        id\n        name\n        code\n        priceList {\n          ...CommerceLayerPrices\n        }\n      }\n    }\n    priceList {\n      ...CommerceLayerPrices\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommerceLayerPrices on CommerceLayerPriceList {\n    name\n    currencyCode\n    taxIncluded\n  }\n"): (typeof documents)["\n  fragment CommerceLayerPrices on CommerceLayerPriceList {\n    name\n    currencyCode\n    taxIncluded\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CommerceLayerGroup on CommerceLayerCustomerGroup {\n    ...CommerceLayerRecord\n    ...CommerceLayerMarkets\n  }\n"): (typeof documents)["\n  fragment CommerceLayerGroup on CommerceLayerCustomerGroup {\n    ...CommerceLayerRecord\n    ...CommerceLayerMarkets\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EcwidTags on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n"): (typeof documents)["\n  fragment EcwidTags on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EcwidGroup on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n"): (typeof documents)["\n  fragment EcwidGroup on EcwidCustomerGroup {\n    isDefault\n    externalReferenceId\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllStores {\n    stores {\n      key\n      platform\n      mode\n      customerGroups(first: 6) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AllStores {\n    stores {\n      key\n      platform\n      mode\n      customerGroups(first: 6) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupRow on CustomerGroup {\n    __typename\n    nativeId\n    name\n    createdAt\n    store {\n      key\n    }\n    ...BigCommerceTags\n    ...CommerceLayerTags\n    ...EcwidTags\n  }\n"): (typeof documents)["\n  fragment GroupRow on CustomerGroup {\n    __typename\n    nativeId\n    name\n    createdAt\n    store {\n      key\n    }\n    ...BigCommerceTags\n    ...CommerceLayerTags\n    ...EcwidTags\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Group($store: String!, $id: ID!) {\n    store(key: $store) {\n      key\n    }\n    customerGroup(id: $id) {\n      __typename\n      id\n      nativeId\n      name\n      createdAt\n      updatedAt\n      store {\n        key\n        platform\n        mode\n      }\n      ...BigCommerceGroup\n      ...CommerceLayerGroup\n      ...EcwidGroup\n    }\n  }\n"): (typeof documents)["\n  query Group($store: String!, $id: ID!) {\n    store(key: $store) {\n      key\n    }\n    customerGroup(id: $id) {\n      __typename\n      id\n      nativeId\n      name\n      createdAt\n      updatedAt\n      store {\n        key\n        platform\n        mode\n      }\n      ...BigCommerceGroup\n      ...CommerceLayerGroup\n      ...EcwidGroup\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Member on Customer {\n    email\n    name\n    createdAt\n  }\n"): (typeof documents)["\n  fragment Member on Customer {\n    email\n    name\n    createdAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupMembers(\n    $store: String!\n    $group: ID!\n    $first: Int!\n    $after: String\n  ) {\n    customers(\n      first: $first\n      after: $after\n      filter: { stores: [$store], customerGroup: $group }\n    ) {\n      totalCount\n      nodes {\n        id\n        ...Member\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupMembers(\n    $store: String!\n    $group: ID!\n    $first: Int!\n    $after: String\n  ) {\n    customers(\n      first: $first\n      after: $after\n      filter: { stores: [$store], customerGroup: $group }\n    ) {\n      totalCount\n      nodes {\n        id\n        ...Member\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoreGroups($key: String!, $first: Int!, $after: String) {\n    store(key: $key) {\n      platform\n      mode\n      customerGroups(first: $first, after: $after) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query StoreGroups($key: String!, $first: Int!, $after: String) {\n    store(key: $key) {\n      platform\n      mode\n      customerGroups(first: $first, after: $after) {\n        totalCount\n        nodes {\n          id\n          ...GroupRow\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoreMenu {\n    stores {\n      key\n      platform\n      mode\n    }\n  }\n"): (typeof documents)["\n  query StoreMenu {\n    stores {\n      key\n      platform\n      mode\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;