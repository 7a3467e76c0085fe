import { join } from "node:path";
import { type ServerProcess, startNodeServer } from "../lib/servers";
import type { Upstream } from "../lib/upstream";

/**
 * Starts the floor: the shapes' answers by hand, without GraphQL and with the
 * upstream requests that Clientele sends for them. It answers the shapes'
 * documents alone, to the letter.
 */
export function startFloor({
  stores,
}: Pick<Upstream, "stores">): Promise<ServerProcess> {
  return startNodeServer({
    name: "floor",
    script: join(__dirname, "floor-process.js"),
    env: { UPSTREAM: JSON.stringify(stores) },
  });
}
