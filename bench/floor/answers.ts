import { type ShapeName, shapes, storeKeys } from "../lib/shapes";
import type { UpstreamStore } from "../lib/upstream";
import { BigCommerceFloor } from "./bigcommerce";
import { CommerceLayerFloor } from "./commerce-layer";
import { EcwidFloor } from "./ecwid";

/** The data of a shape's answer. */
export type Answer = (variables: never) => Promise<object>;

interface Floors {
  readonly commerceLayer: CommerceLayerFloor;
  readonly bigCommerce: BigCommerceFloor;
  readonly ecwid: EcwidFloor;
}

/** @returns how each shape's document is answered. */
export async function createAnswers(
  stores: readonly UpstreamStore[],
): Promise<ReadonlyMap<string, Answer>> {
  const find = (key: string) => {
    const found = stores.find((store) => store.key === key);
    if (!found) throw new Error(`There is no store ${key}.`);
    return found;
  };
  const answers = answersOf({
    commerceLayer: await CommerceLayerFloor.connect(
      find(storeKeys.commerceLayer),
    ),
    bigCommerce: new BigCommerceFloor(find(storeKeys.bigCommerce)),
    ecwid: new EcwidFloor(find(storeKeys.ecwid)),
  });
  return new Map(shapes.map(({ name, query }) => [query, answers[name]]));
}

function answersOf({
  commerceLayer,
  bigCommerce,
  ecwid,
}: Floors): Readonly<Record<ShapeName, Answer>> {
  return {
    C3: async ({ from }: { from: string }) => ({
      store: { customers: { nodes: await commerceLayer.customers(from) } },
    }),
    C6: async ({ id }: { id: string }) => ({
      customerGroup: await commerceLayer.groupWithMembers(nativeIdOf(id)),
    }),
    B5: async ({ from }: { from: string }) => ({
      store: {
        customerGroups: { nodes: await bigCommerce.groupsWithRules(from) },
      },
    }),
    E2: async ({ from }: { from: string }) => ({
      store: { customers: { nodes: await ecwid.customers(from) } },
    }),
    S2: async ({ part }: { part: string }) => {
      const groups = await Promise.all([
        commerceLayer.groups(part),
        bigCommerce.groups(part),
        ecwid.groups(part),
      ]);
      return {
        stores: groups.map((nodes) => ({ customerGroups: { nodes } })),
      };
    },
    entities: async ({
      representations,
    }: {
      representations: readonly { readonly id: string }[];
    }) => ({
      _entities: await commerceLayer.customersById(
        representations.map(({ id }) => nativeIdOf(id)),
      ),
    }),
  };
}

function nativeIdOf(globalId: string): string {
  return globalId.slice(globalId.lastIndexOf("/") + 1);
}
