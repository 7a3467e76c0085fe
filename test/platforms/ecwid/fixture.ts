import { ecwid } from "../../../src/platforms/ecwid";
import { startEcwidSandbox } from "../../../src/sandbox/ecwid";
import type { PlatformFixture } from "../fixture";
import { addressesOf, dateOf, inOrder, membersOf } from "./truth";

export const ecwidFixture: PlatformFixture = {
  platform: ecwid,
  start: async () => {
    const server = await startEcwidSandbox();
    const { data } = server;
    return {
      server,
      facts: {
        groups: data.customerGroups.map((row) => ({
          nativeId: String(row.id),
          name: row.name,
          createdAt: null,
          updatedAt: null,
          members: membersOf(server, row.id).map(({ id }) => String(id)),
        })),
        customers: inOrder(data.customers).map((row) => ({
          nativeId: String(row.id),
          email: row.email || null,
          createdAt: dateOf(row.registered),
          updatedAt: dateOf(row.updated),
          group: String(row.customerGroupId),
          cities: addressesOf(row).map(({ city }) => city),
        })),
        missingId: "987654321",
        groupsPerRequest: 100,
        // The platform has no filter by ids.
        customersPerRequest: 1,
        unsupportedGroupCriteria: { isGroupForGuests: true },
      },
    };
  },
};
