import { bigcommerce } from "../../../src/platforms/bigcommerce";
import { startBigCommerceSandbox } from "../../../src/sandbox/bigcommerce";
import type { PlatformFixture } from "../fixture";
import { dateOf, groupDateOf, inOrder, membersOf } from "./truth";

export const bigcommerceFixture: PlatformFixture = {
  platform: bigcommerce,
  start: async () => {
    const server = await startBigCommerceSandbox();
    const { data } = server;
    return {
      server,
      facts: {
        groups: data.customerGroups.map((row) => ({
          nativeId: String(row.id),
          name: row.name,
          createdAt: groupDateOf(row.date_created),
          updatedAt: groupDateOf(row.date_modified),
          members: membersOf(server, row.id).map(({ id }) => String(id)),
        })),
        customers: inOrder(data.customers).map((row) => ({
          nativeId: String(row.id),
          email: row.email,
          createdAt: dateOf(row.date_created),
          updatedAt: dateOf(row.date_modified),
          group:
            row.customer_group_id === 0 ? null : String(row.customer_group_id),
          cities: row.addresses.map(({ city }) => city || null),
        })),
        missingId: "987654321",
        // However many, they are found in one list of all.
        groupsPerRequest: 250,
        customersPerRequest: 250,
      },
    };
  },
};
