import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import introspection from "./introspection.json";

const partOfItsParent = () => null;

/** Values without a global id: they are kept as a part of their parent. */
export const keys = {
  BigCommerceCategoryAccess: partOfItsParent,
  BigCommerceCategoryDiscountRule: partOfItsParent,
  BigCommerceOtherDiscountRule: partOfItsParent,
  BigCommercePriceListDiscountRule: partOfItsParent,
  BigCommerceProductDiscountRule: partOfItsParent,
  BigCommerceStorewideDiscountRule: partOfItsParent,
  CommerceLayerAnonymizationInfo: partOfItsParent,
  CustomerAddress: partOfItsParent,
  // Its id is BigCommerce's own, which may be the same in two stores.
  BigCommercePriceListAssignment: partOfItsParent,
};

/** @param url of `/graphql`. */
export function createUrqlClient(url: string): Client {
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        // Tells which types a fragment on an interface is for, and which
        // fields may be null.
        schema: introspection,
        keys,
        resolvers: {
          Query: {
            customers: relayPagination(),
            customerGroups: relayPagination(),
          },
          Store: {
            customers: relayPagination(),
            customerGroups: relayPagination(),
          },
          // Graphcache takes no resolver for the interface.
          BigCommerceCustomerGroup: { customers: relayPagination() },
          CommerceLayerCustomerGroup: { customers: relayPagination() },
          EcwidCustomerGroup: { customers: relayPagination() },
        },
      }),
      fetchExchange,
    ],
  });
}
