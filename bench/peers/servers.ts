import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startFloor } from "../floor/start-floor";
import { repository } from "../lib/paths";
import {
  type ServerProcess,
  startClientele,
  startNodeServer,
} from "../lib/servers";
import type { UpstreamStore } from "../lib/upstream";
import type { Adapter } from "./adapter";
import { graphAdapter } from "./graph-adapter";
import { meshAdapter } from "./mesh/adapter";
import { requestToken, settingsOf } from "./settings";
import { tailcallAdapter } from "./tailcall/adapter";
import { startTailcall } from "./tailcall/start";

/** A server that runs, and how it is asked. */
export interface Peer {
  readonly name: PeerName;
  readonly server: PeerServer;
  readonly adapter: Adapter;
}

export type PeerName =
  | "floor"
  | "Clientele"
  | "DataLoaders"
  | "naive"
  | "Mesh"
  | "Mesh by place"
  | "Tailcall";

export type PeerServer = Pick<ServerProcess, "url" | "cpuMs" | "stop">;

type Stores = readonly UpstreamStore[];

const folder = join(repository, "bench/peers");
const tailcall = join(
  folder,
  "node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall",
);

/** Those that `node scripts/install-packages.mjs bench/peers` puts there. */
export function installedEngines(): readonly PeerName[] {
  const engines: PeerName[] = [];
  if (existsSync(join(folder, "node_modules/@graphql-mesh/compose-cli")))
    engines.push("Mesh");
  // It is there for one system alone, and needs a C library that is new enough.
  if (spawnSync(tailcall, ["--version"]).status === 0) engines.push("Tailcall");
  return engines;
}

interface Start {
  readonly start: (stores: Stores) => Promise<PeerServer>;
  readonly adapter: Adapter;
}

const starts: Readonly<Record<PeerName, Start>> = {
  floor: {
    start: (stores) => startFloor({ stores }),
    adapter: graphAdapter,
  },
  Clientele: {
    start: (stores) => startClientele({ stores }),
    adapter: graphAdapter,
  },
  DataLoaders: {
    start: startNode(join(__dirname, "dataloaders/main.js")),
    adapter: graphAdapter,
  },
  naive: {
    start: startNode(join(__dirname, "naive/main.js")),
    adapter: graphAdapter,
  },
  Mesh: {
    start: startMesh("by key"),
    adapter: meshAdapter,
  },
  "Mesh by place": {
    start: startMesh("by place"),
    adapter: meshAdapter,
  },
  Tailcall: {
    start: (stores) => startTailcall(tailcall, stores),
    adapter: tailcallAdapter,
  },
};

/** @throws when it does not start. */
export async function startPeer(
  name: PeerName,
  { stores }: { readonly stores: Stores },
): Promise<Peer> {
  const { start, adapter } = starts[name];
  return { name, server: await start(stores), adapter };
}

function startMesh(matching: "by key" | "by place") {
  return async (stores: Stores): Promise<PeerServer> => {
    const { credentials } = settingsOf(stores, "commerce-layer");
    // It holds for hours, so that nothing renews it.
    const token = await requestToken(credentials);
    return startNode(join(folder, "mesh/main.mjs"), {
      COMMERCE_LAYER_TOKEN: token.value,
      MESH_MATCHING: matching,
    })(stores);
  };
}

function startNode(script: string, env: Readonly<Record<string, string>> = {}) {
  return (stores: Stores): Promise<PeerServer> =>
    startNodeServer({
      name: script,
      script,
      env: {
        ...env,
        NODE_ENV: "production",
        UPSTREAM: JSON.stringify(stores),
      },
    });
}
