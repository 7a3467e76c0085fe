import type { Bench } from "../lib/section";
import { startUpstream } from "../lib/upstream";
import { checkVariants } from "./adapter";
import { report } from "./report";
import { compareMeasured } from "./same-answers";
import {
  type Peer,
  type PeerName,
  installedEngines,
  startPeer,
} from "./servers";
import { type SpeedExtent, allShapes, measureSpeed } from "./speed";
import { countCosts, countSparse } from "./upstream-cost";
import { checkValues } from "./wrong-answers";

/** How much is measured. */
interface Extent extends SpeedExtent {
  /** Of each shape, whose values are compared row by row. */
  readonly checks: number;
}

const full: Extent = {
  connections: 50,
  rounds: 3,
  seconds: 1,
  warmUpSeconds: 0.5,
  variants: 100,
  measured: allShapes,
  busySeconds: 2.5,
  checks: checkVariants,
};
const smoke: Extent = {
  connections: 2,
  rounds: 1,
  seconds: 0.1,
  warmUpSeconds: 0,
  variants: 2,
  measured: ["C3"],
  busySeconds: 0.4,
  checks: 1,
};

const always = ["Clientele", "floor", "DataLoaders", "naive"] as const;

/**
 * How does Clientele do beside what one would otherwise use: an Apollo Server
 * with loaders written by hand, one without, GraphQL Mesh, and Tailcall? All give
 * the same answers from the same upstream.
 */
export const run: Bench = async (options) => {
  const extent = options.smoke ? smoke : full;
  // They take seconds to start.
  const engines = options.smoke ? [] : installedEngines();
  const upstream = await startUpstream();
  const peers: Peer[] = [];
  try {
    for (const name of [...always, ...engines])
      peers.push(await startPeer(name, upstream));
    await compareMeasured(peers, extent.variants);
    const costs = await countCosts(upstream, peers);
    const sparse = await countSparse(upstream, peer(peers, "Clientele"));
    const speeds = await measureSpeed(peers, extent, costs);
    if (engines.includes("Mesh"))
      peers.push(await startPeer("Mesh by place", upstream));
    const checked = await checkValues(
      upstream,
      peer(peers, "naive"),
      peers.filter(({ name }) => name !== "floor"),
      extent.checks,
    );
    return report({ ...extent, costs, sparse, speeds, checked });
  } finally {
    await Promise.all(peers.map(({ server }) => server.stop()));
    await upstream.stop();
  }
};

function peer(peers: readonly Peer[], name: PeerName): Peer {
  const found = peers.find((one) => one.name === name);
  if (!found) throw new Error(`${name} has not been started.`);
  return found;
}
