import { type Operation, ask } from "../lib/load";
import { shape, shapes } from "../lib/shapes";
import type { Upstream, UpstreamCount } from "../lib/upstream";
import { openStores } from "./hand-written/stores";
import type { Peer } from "./servers";

/** What one operation of a shape cost upstream. */
export interface Cost extends UpstreamCount {
  readonly peer: string;
  readonly shape: string;
}

/** What two fields of customers and groups cost, and what whole ones do. */
export interface SparseCost {
  readonly sparse: UpstreamCount;
  readonly whole: UpstreamCount;
}

/** Counts one operation of each shape for each server that has it. */
export async function countCosts(
  upstream: Upstream,
  peers: readonly Peer[],
): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (const one of shapes)
    for (const { name: peer, server, adapter } of peers) {
      const operation = adapter.operation(one, 0);
      if (!operation) continue;
      const cost = await countOne(upstream, () => ask(server.url, operation));
      costs.push({ peer, shape: one.name, ...cost });
    }
  return costs;
}

/** C3 with two fields, against the same list without sparse fieldsets. */
export async function countSparse(
  upstream: Upstream,
  { server }: Peer,
): Promise<SparseCost> {
  const c3 = shape("C3");
  const { from } = c3.variables(0) as { from: string };
  const operation: Operation = {
    query: c3.query.replace("nodes {", "nodes { email"),
    variables: { from },
  };
  const store = openStores(upstream.stores).find(
    ({ platform }) => platform === "commerce-layer",
  );
  if (!store) throw new Error("There is no store of Commerce Layer.");
  return {
    sparse: await countOne(upstream, () => ask(server.url, operation)),
    whole: await countOne(upstream, () =>
      store.rest.get("/customers", {
        "filter[q][created_at_gteq]": from,
        sort: "id",
        "page[number]": "1",
        "page[size]": "25",
        include: "customer_group",
      }),
    ),
  };
}

/** The first time is for what comes once, such as a token. */
async function countOne(
  upstream: Upstream,
  act: () => Promise<unknown>,
): Promise<UpstreamCount> {
  await act();
  await upstream.reset();
  await act();
  return upstream.count();
}
