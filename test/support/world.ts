import {
  type IntrospectionQuery,
  buildClientSchema,
  getIntrospectionQuery,
} from "graphql";
import type { BigCommerceSandboxServer } from "../../src/sandbox/bigcommerce";
import type { CommerceLayerSandboxServer } from "../../src/sandbox/commerce-layer";
import type { EcwidSandboxServer } from "../../src/sandbox/ecwid";
import type { Sandbox } from "../../src/sandbox/start";
import { type Clientele, dataOf } from "./clientele";
import type { World } from "./random-operations";

/** Reads from the sandbox's own data what operations can speak of. */
export async function createWorld(
  sandbox: Sandbox,
  clientele: Clientele,
): Promise<World> {
  const commerceLayer = sandbox.server(
    "commerce-layer-demo",
  ) as CommerceLayerSandboxServer;
  const bigCommerce = sandbox.server(
    "bigcommerce-demo",
  ) as BigCommerceSandboxServer;
  const ecwid = sandbox.server("ecwid-demo") as EcwidSandboxServer;
  const introspection = dataOf(
    await clientele.send(getIntrospectionQuery()),
  ) as IntrospectionQuery;
  const stores = sandbox.servers.map(({ storeKey }) => storeKey);
  const gids = (
    kind: string,
    store: string,
    ids: readonly (string | number)[],
  ) => ids.map((id) => `gid://clientele/${kind}/${store}/${id}`);
  const idsOf = (rows: readonly { readonly id: string | number }[]) =>
    rows.slice(0, 400).map(({ id }) => id);
  const cl = "commerce-layer-demo";
  const bc = "bigcommerce-demo";
  return {
    schema: buildClientSchema(introspection),
    stores,
    ids: {
      Store: stores.map((key) => `gid://clientele/Store/${key}`),
      CustomerGroup: [
        ...gids("CustomerGroup", cl, idsOf(commerceLayer.data.customerGroups)),
        ...gids("CustomerGroup", bc, idsOf(bigCommerce.data.customerGroups)),
        ...gids("CustomerGroup", "ecwid-demo", [
          ...idsOf(ecwid.data.customerGroups),
          999_999_999,
        ]),
      ],
      Customer: [
        ...gids("Customer", cl, idsOf(commerceLayer.data.customers)),
        ...gids("Customer", bc, idsOf(bigCommerce.data.customers)),
        ...gids("Customer", "ecwid-demo", idsOf(ecwid.data.customers)),
      ],
      CommerceLayerMarket: gids(
        "CommerceLayerMarket",
        cl,
        idsOf(commerceLayer.data.markets),
      ),
      CommerceLayerOrder: gids(
        "CommerceLayerOrder",
        cl,
        idsOf(commerceLayer.data.orders),
      ),
      BigCommerceCategory: gids(
        "BigCommerceCategory",
        bc,
        bigCommerce.data.categories.map(({ category_id: id }) => id),
      ),
      BigCommerceProduct: gids(
        "BigCommerceProduct",
        bc,
        idsOf(bigCommerce.data.products),
      ),
    },
    emails: [
      "john@example.com",
      "nobody@example.com",
      ...commerceLayer.data.customers.slice(0, 20).map(({ email }) => email),
      ...ecwid.data.customers.slice(0, 20).map(({ email }) => email),
    ].filter((email) => email !== null && email !== ""),
    cursors: await cursorsOf(clientele),
  };
}

/** Cursors from all over the lists of all stores. */
async function cursorsOf(clientele: Clientele): Promise<World["cursors"]> {
  const cursors: Record<string, string[]> = {};
  for (const list of ["customers", "customerGroups"]) {
    const found: string[] = [];
    let after: string | null = null;
    for (const first of [7, 13, 25, 50, 100, 26]) {
      const page = dataOf(
        await clientele.send(
          `query ($first: Int, $after: String) { ${list}(first: $first, after: $after) { pageInfo { endCursor hasNextPage } } }`,
          { first, after },
        ),
      )[list].pageInfo as { endCursor: string; hasNextPage: boolean };
      found.push(page.endCursor);
      after = page.endCursor;
    }
    cursors[`Query.${list}`] = found;
  }
  return cursors;
}
