import { graphql } from "relay-runtime";

/** A group and the first page of its members. */
export const groupMembersQuery = graphql`
  query groupMembersQuery($id: ID!, $count: Int!) {
    customerGroup(id: $id) {
      id
      ...groupMembers_group @arguments(count: $count)
    }
  }
`;

/** The members of a group of any platform; the next page is asked of `node`. */
export const groupMembers = graphql`
  fragment groupMembers_group on CustomerGroup
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "groupMembersPaginationQuery") {
    name
    customers(first: $count, after: $cursor)
      @connection(key: "groupMembers_customers") {
      edges {
        node {
          id
          ...customerContact_customer
        }
      }
    }
  }
`;
