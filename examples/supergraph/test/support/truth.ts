import { createData as createBigCommerceData } from "../../../../src/sandbox/bigcommerce/data/create-data";
import { createData as createCommerceLayerData } from "../../../../src/sandbox/commerce-layer/data/create-data";
import { createData as createEcwidData } from "../../../../src/sandbox/ecwid/data/create-data";

/**
 * The sandbox's own data as the schema shows it, told here without the
 * product's code: what it misreads is not repeated.
 */
export interface CustomerTruth {
  readonly email: string | null;
  readonly customerGroup: { readonly name: string } | null;
}

/** The seed of the sandbox that `npm start` serves. */
const seed = 1;

/** Every customer of the three stores by global id. */
export function readCustomers(): ReadonlyMap<string, CustomerTruth> {
  const commerceLayer = createCommerceLayerData(seed);
  const bigCommerce = createBigCommerceData(seed);
  const ecwid = createEcwidData(seed);
  return new Map([
    ...customersOf(
      "commerce-layer-demo",
      commerceLayer.customers.map(({ id, email, customer_group_id }) => ({
        id,
        email,
        group: customer_group_id,
      })),
      commerceLayer.customerGroups,
    ),
    ...customersOf(
      "bigcommerce-demo",
      bigCommerce.customers.map(({ id, email, customer_group_id }) => ({
        id,
        email,
        group: customer_group_id,
      })),
      bigCommerce.customerGroups,
    ),
    ...customersOf(
      "ecwid-demo",
      ecwid.customers.map(({ id, email, customerGroupId }) => ({
        id,
        email,
        group: customerGroupId,
      })),
      ecwid.customerGroups,
    ),
  ]);
}

function customersOf(
  store: string,
  customers: readonly {
    readonly id: string | number;
    readonly email: string | undefined;
    readonly group: string | number | null | undefined;
  }[],
  groups: readonly { readonly id: string | number; readonly name: string }[],
): [string, CustomerTruth][] {
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return customers.map(({ id, email, group }) => {
    const name = names.get(group ?? "");
    return [
      `gid://clientele/Customer/${store}/${id}`,
      {
        email: email ? email : null,
        customerGroup: name === undefined ? null : { name },
      },
    ];
  });
}
