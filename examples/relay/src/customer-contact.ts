import { graphql } from "relay-runtime";

/** How to reach a customer; null for one who cannot be reached. */
export const customerContact = graphql`
  fragment customerContact_customer on Customer {
    id
    email @required(action: NONE)
    name
  }
`;
