import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLError, type GraphQLSchema, parse } from "graphql";
import type { Ledger, Membership, Program, Reference } from "./ledger";

const mostCustomers = 100;

/** Where the subgraph's SDL and its data stand. */
export const loyaltyFolder = join(__dirname, "../../loyalty");

/** The subgraph: `schema.graphql` with its resolvers. */
export function createLoyaltySchema(ledger: Ledger): GraphQLSchema {
  const resolveReference = (reference: Reference) => ({ id: reference.id });
  return buildSubgraphSchema([
    {
      typeDefs: parse(
        readFileSync(join(loyaltyFolder, "schema.graphql"), "utf8"),
      ),
      resolvers: {
        Query: {
          topCustomers: (_: unknown, { first }: { readonly first: number }) => {
            if (first < 0 || first > mostCustomers) {
              throw new GraphQLError(
                `first must be from 0 to ${mostCustomers}, and is ${first}`,
                { extensions: { code: "BAD_USER_INPUT", argument: "first" } },
              );
            }
            return ledger.memberships
              .slice(0, first)
              .map(({ customer }) => customer);
          },
          loyaltyPrograms: (): readonly Program[] => ledger.programs,
        },
        Customer: {
          __resolveReference: resolveReference,
          loyalty: ({ id }: Reference): Membership | undefined =>
            ledger.membershipOf(id),
        },
        CustomerGroup: {
          __resolveReference: resolveReference,
          loyaltyProgram: ({ id }: Reference): Program | undefined =>
            ledger.programOf(id),
        },
      },
    },
  ]);
}
