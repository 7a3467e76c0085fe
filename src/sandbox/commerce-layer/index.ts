import { listen } from "../listener";
import { Random } from "../random";
import type { SandboxRoom, SandboxRoomOptions, SandboxServer } from "../room";
import { createSettingsAccess } from "../settings";
import { type CommerceLayerData, createData } from "./data/create-data";
import { CommerceLayerHandler } from "./handler";
import { RateLimits } from "./rate-limits";
import { readyFaults } from "./ready-faults";
import {
  type CommerceLayerSandboxSettings,
  createSettings,
  settingsChanges,
} from "./settings";
import { Tables } from "./tables";
import { sandboxCredentials, Tokens } from "./tokens";

export type { CommerceLayerData } from "./data/create-data";
export { readyFaults, type ReadyFaultName } from "./ready-faults";
export type * from "./rows";
export type { Age } from "./schema";
export type { CommerceLayerSandboxSettings } from "./settings";
export { sandboxCredentials } from "./tokens";
export type { TypeName } from "./type-declarations";

/** A Commerce Layer room that is listening. */
export interface CommerceLayerSandboxServer extends SandboxServer {
  /**
   * Every record that it serves, to compare answers with; shared by the rooms of
   * one seed, so it must not be changed.
   */
  readonly data: CommerceLayerData;
  /** May be changed at any time; counts from the next request on. */
  readonly settings: CommerceLayerSandboxSettings;
  /** Ends all tokens given out so far, but not the fixed one. */
  revokeTokens(): void;
}

const PLATFORM = "commerce-layer";
const STORE_KEY = "commerce-layer-demo";

/** The room that speaks Commerce Layer's dialect. */
export const commerceLayerSandbox: SandboxRoom = {
  platform: PLATFORM,
  storeKey: STORE_KEY,
  start: startCommerceLayerSandbox,
};

/**
 * Starts the room and tells more of it than its contract: what
 * `commerceLayerSandbox.start` resolves to is this too.
 *
 * @throws when the port is taken.
 */
export async function startCommerceLayerSandbox({
  seed = 1,
  host,
  port,
}: SandboxRoomOptions = {}): Promise<CommerceLayerSandboxServer> {
  const data = getData(seed);
  const settings = createSettings();
  const random = new Random(seed);
  const now = () => Date.now() + settings.clockAheadMs;
  let tokens: Tokens | undefined;
  const listener = await listen({
    host,
    port,
    settings: createSettingsAccess(settings, settingsChanges),
    createHandler: (origin) => {
      tokens = new Tokens(
        origin,
        random.fork("tokens"),
        now,
        () => settings.tokenLifetimeSeconds,
      );
      return new CommerceLayerHandler({
        origin,
        tables: new Tables(data),
        tokens,
        rateLimits: new RateLimits(now),
        settings,
        random: random.fork("order"),
      });
    },
  });
  const { origin, journal, faults, settingsAccess } = listener;
  return {
    platform: PLATFORM,
    storeKey: STORE_KEY,
    origin,
    journal,
    faults,
    readyFaults,
    settingsAccess,
    data,
    settings,
    storeSettings: {
      baseUrl: origin,
      credentials: {
        tokenUrl: `${origin}/oauth/token`,
        clientId: sandboxCredentials.clientId,
        clientSecret: sandboxCredentials.clientSecret,
      },
    },
    get shuffled() {
      return settings.shuffled;
    },
    set shuffled(shuffled) {
      settings.shuffled = shuffled;
    },
    revokeTokens: () => tokens?.revokeAll(),
    close: () => listener.close(),
  };
}

let made:
  { readonly seed: number; readonly data: CommerceLayerData } | undefined;

// Rooms do not change their data, so those of one seed share it.
function getData(seed: number): CommerceLayerData {
  if (made?.seed !== seed) made = { seed, data: createData(seed) };
  return made.data;
}
