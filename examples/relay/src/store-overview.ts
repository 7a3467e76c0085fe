import { graphql } from "relay-runtime";

/** Every store with its first groups; a store that fails tells so by itself. */
export const storeOverviewQuery = graphql`
  query storeOverviewQuery($groups: Int!) {
    stores {
      key
      platform
      customerGroups(first: $groups) @catch(to: RESULT) {
        totalCount
        nodes {
          name
        }
      }
    }
  }
`;
