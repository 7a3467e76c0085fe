import { startBigCommerceSandbox } from "../../src/sandbox/bigcommerce";
import {
  sandboxCredentials,
  startCommerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { startEcwidSandbox } from "../../src/sandbox/ecwid";
import type { SandboxServer } from "../../src/sandbox/room";
import { commerceLayerSeeds } from "./seeds";
import { type Replay, type ReplaySource, startReplay } from "./replay";
import type { UpstreamCommand, UpstreamReply, UpstreamStore } from "./upstream";

async function main(): Promise<void> {
  const [commerceLayer, bigCommerce, ecwid] = await Promise.all([
    Promise.all(
      commerceLayerSeeds.map((seed) => startCommerceLayerSandbox({ seed })),
    ),
    startBigCommerceSandbox(),
    startEcwidSandbox(),
  ]);
  const [first, ...others] = commerceLayer;
  if (!first) throw new Error("There are no Commerce Layer data.");
  const authorization = `Bearer ${sandboxCredentials.accessToken}`;
  const served = await Promise.all([
    serve(
      first,
      others.map(({ origin }) => ({ origin, headers: { authorization } })),
    ),
    serve(bigCommerce),
    serve(ecwid),
  ]);
  const replays = served.map(({ replay }) => replay);
  process.on("message", (message) => {
    const { id, ...command } = message as UpstreamCommand & { id: number };
    tell({ id, count: obey(replays, command) });
  });
  // Whoever started it is gone.
  process.on("disconnect", () => process.exit());
  process.on("SIGTERM", () => process.exit());
  tell({ stores: served.map(({ store }) => store) });
}

async function serve(
  room: SandboxServer,
  others: readonly ReplaySource[] = [],
): Promise<{ readonly replay: Replay; readonly store: UpstreamStore }> {
  const replay = await startReplay([{ origin: room.origin }, ...others]);
  return { replay, store: toStore(room, replay) };
}

function obey(replays: readonly Replay[], command: UpstreamCommand) {
  if (command.name === "reset") for (const replay of replays) replay.reset();
  if (command.name === "set")
    for (const replay of replays) replay.set(command.change);
  const counts = replays.map((replay) => replay.count());
  return {
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function toStore(room: SandboxServer, replay: Replay): UpstreamStore {
  const settings = JSON.stringify(room.storeSettings).replaceAll(
    room.origin,
    replay.origin,
  );
  return {
    key: room.storeKey,
    platform: room.platform,
    settings: JSON.parse(settings) as Record<string, unknown>,
  };
}

function tell(reply: UpstreamReply): void {
  process.send?.(reply);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The upstream process did not start: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
