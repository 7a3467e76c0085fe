import { startBigCommerceSandbox } from "../../src/sandbox/bigcommerce";
import { startCommerceLayerSandbox } from "../../src/sandbox/commerce-layer";
import { startEcwidSandbox } from "../../src/sandbox/ecwid";
import type { SandboxServer } from "../../src/sandbox/room";
import type { SandboxCommand, SandboxGreeting } from "./sandbox";

/** More than a run can use: accounts that are not held up for their quota. */
const plenty = 1_000_000_000;
/** How often what the sandbox was asked is forgotten. */
const forgetEveryMs = 2_000;

async function main(): Promise<void> {
  const servers = await startServers();
  const added = new Map<string, { remove(): void }[]>();
  process.on("message", (message) => {
    const { store, fault } = message as SandboxCommand;
    const server = servers.get(store);
    const faults = added.get(store) ?? [];
    if (server && fault) {
      added.set(store, [...faults, server.faults.add(fault)]);
    } else {
      for (const spoilt of faults) spoilt.remove();
      added.delete(store);
    }
  });
  // Whoever started it is gone.
  process.on("disconnect", () => process.exit());
  process.on("SIGTERM", () => process.exit());
  setInterval(() => {
    for (const { journal } of servers.values()) journal.clear();
  }, forgetEveryMs);
  const greeting: SandboxGreeting = {
    stores: [...servers].map(([key, { platform, storeSettings }]) => ({
      key,
      platform,
      settings: { ...storeSettings },
    })),
  };
  process.send?.(greeting);
}

/**
 * The three platforms, and an Ecwid account that is refused whatever goes over
 * its 600 requests a minute: no answer can tell it of a larger quota.
 */
async function startServers(): Promise<ReadonlyMap<string, SandboxServer>> {
  const [commerceLayer, bigCommerce, ecwid, limited] = await Promise.all([
    startCommerceLayerSandbox(),
    startBigCommerceSandbox(),
    startEcwidSandbox(),
    startEcwidSandbox(),
  ]);
  commerceLayer.faults.add({
    when: { kind: "api" },
    addHeaders: {
      "x-ratelimit-limit": String(plenty),
      "x-ratelimit-remaining": String(plenty),
      "x-ratelimit-interval": "60",
    },
  });
  bigCommerce.settings.quota = plenty;
  limited.settings.rateLimited = true;
  return new Map<string, SandboxServer>([
    ["commerce-layer", commerceLayer],
    ["bigcommerce", bigCommerce],
    ["ecwid", ecwid],
    ["limited", limited],
  ]);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The sandbox did not start: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
