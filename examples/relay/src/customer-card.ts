import { graphql } from "relay-runtime";

/**
 * What a card shows of a customer of any platform, and what only its own
 * platform knows. It can be fetched again by itself.
 */
export const customerCard = graphql`
  fragment customerCard_customer on Customer
  @refetchable(queryName: "customerCardRefetchQuery") {
    id
    email
    name
    createdAt
    store {
      key
      platform
    }
    customerGroup {
      name
    }
    ... on CommerceLayerCustomer {
      status
      totalOrdersCount
    }
    ... on BigCommerceCustomer {
      company
      storeCredit
    }
    ... on EcwidCustomer {
      orderCount
      language
    }
  }
`;
