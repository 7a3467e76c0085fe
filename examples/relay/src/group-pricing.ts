import { graphql } from "relay-runtime";

/** What a group pays: a fragment for each platform that tells. */
export const groupPricingQuery = graphql`
  query groupPricingQuery($id: ID!) {
    node(id: $id) {
      ... on CustomerGroup {
        name
      }
      ... on CommerceLayerCustomerGroup {
        markets(first: 10) {
          nodes {
            name
            priceList {
              name
              currencyCode
            }
          }
        }
      }
      ... on BigCommerceCustomerGroup {
        discountRules {
          __typename
          method
          amount
          ... on BigCommerceCategoryDiscountRule {
            category {
              name
            }
          }
          ... on BigCommerceProductDiscountRule {
            product {
              name
              price
            }
          }
        }
        priceListAssignments {
          id
          channelId
          priceList {
            name
          }
        }
      }
    }
  }
`;
