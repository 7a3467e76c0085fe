import { graphql } from "relay-runtime";

/** The first page of the customers of all stores. */
export const customerListQuery = graphql`
  query customerListQuery($count: Int!, $filter: CustomerFilter) {
    ...customerList_query @arguments(count: $count, filter: $filter)
  }
`;

/** A list that grows by a page at a time, for `usePaginationFragment`. */
export const customerList = graphql`
  fragment customerList_query on Query
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    filter: { type: "CustomerFilter" }
  )
  @refetchable(queryName: "customerListPaginationQuery") {
    customers(first: $count, after: $cursor, filter: $filter)
      @connection(key: "customerList_customers") {
      totalCount
      edges {
        node {
          id
          ...customerCard_customer
        }
      }
    }
  }
`;
