import { commerceLayer } from "../../../src/platforms/commerce-layer";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import type { PlatformFixture } from "../fixture";

export const commerceLayerFixture: PlatformFixture = {
  platform: commerceLayer,
  start: async () => {
    const server = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    const { data } = server;
    const cities = new Map(data.addresses.map(({ id, city }) => [id, city]));
    return {
      server,
      facts: {
        groups: data.customerGroups.map((row) => ({
          nativeId: row.id,
          name: row.name,
          createdAt: row.created_at,
          updatedAt: row.updated_at,
          members: data.customers
            .filter(({ customer_group_id }) => customer_group_id === row.id)
            .map(({ id }) => id),
        })),
        customers: data.customers.map((row) => ({
          nativeId: row.id,
          email: row.email,
          createdAt: row.created_at,
          updatedAt: row.updated_at,
          group: row.customer_group_id,
          cities: data.customerAddresses
            .filter(({ customer_id }) => customer_id === row.id)
            .map(({ address_id }) => cities.get(address_id) ?? null),
        })),
        missingId: "zzzzzzzzzz",
        groupsPerRequest: 25,
        customersPerRequest: 25,
        unsupportedGroupCriteria: { isDefault: true },
      },
    };
  },
};
