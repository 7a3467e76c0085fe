import { listen } from "../listener";
import { Random } from "../random";
import type { SandboxRoom, SandboxRoomOptions, SandboxServer } from "../room";
import { createSettingsAccess } from "../settings";
import { createData, type EcwidData } from "./data/create-data";
import { createHandler } from "./handler";
import { RateLimits } from "./rate-limits";
import { readyFaults } from "./ready-faults";
import {
  createSettings,
  settingsChanges,
  type EcwidSandboxSettings,
} from "./settings";

export type { EcwidData } from "./data/create-data";
export { readyFaults, type ReadyFaultName } from "./ready-faults";
export type * from "./rows";
export type {
  EcwidSandboxSettings,
  GroupIdParameter,
  LimitAboveMaximum,
  Plan,
  Scope,
} from "./settings";

/** An Ecwid room that is listening. */
export interface EcwidSandboxServer extends SandboxServer {
  readonly storeSettings: EcwidStoreSettings;
  /** All rows that it serves, to compare answers with. */
  readonly data: EcwidData;
  /** May be changed at any time; counts from the next request on. */
  readonly settings: EcwidSandboxSettings;
  /**
   * How many calls came without a token that opened the store, since the start
   * or the last `reset`.
   */
  readonly refusedCalls: number;
  /**
   * As after the start: no faults, an empty journal, the settings that a room
   * starts with, and no request counted against a limit.
   */
  reset(): void;
}

/** What the configuration says of the sandbox's store. */
export interface EcwidStoreSettings extends Readonly<Record<string, unknown>> {
  /** Without the path: `/api/v3/{storeId}` follows. */
  readonly baseUrl: string;
  readonly storeId: number;
  readonly credentials: { readonly accessToken: string };
}

const PLATFORM = "ecwid";
const STORE_KEY = "ecwid-demo";
/** The store of Ecwid's own examples. */
const STORE_ID = 1003;
const ACCESS_TOKEN = "secret_sandbox_ecwid_access_token";

/** The room that speaks Ecwid's dialect. */
export const ecwidSandbox = {
  platform: PLATFORM,
  storeKey: STORE_KEY,
  start: startEcwidSandbox,
} satisfies SandboxRoom;

/**
 * Starts the room; the same as `ecwidSandbox.start`.
 *
 * @throws when the port is taken.
 */
export async function startEcwidSandbox({
  seed = 1,
  host,
  port,
}: SandboxRoomOptions = {}): Promise<EcwidSandboxServer> {
  const data = createData(seed);
  const settings = createSettings();
  const rateLimits = new RateLimits(
    settings,
    () => Date.now() + settings.clockAheadMs,
  );
  const listener = await listen({
    host,
    port,
    settings: createSettingsAccess(settings, settingsChanges),
    createHandler: () =>
      createHandler({
        data,
        settings,
        rateLimits,
        random: new Random(seed, "order"),
        storeId: STORE_ID,
        accessToken: ACCESS_TOKEN,
      }),
  });
  const { origin, journal, faults, settingsAccess } = listener;
  return {
    platform: PLATFORM,
    storeKey: STORE_KEY,
    origin,
    journal,
    faults,
    readyFaults: {
      ...readyFaults,
      throttled: readyFaults.rateLimited,
      throttledSilently: readyFaults.rateLimitedWithoutRetryAfter,
    },
    settingsAccess,
    data,
    settings,
    storeSettings: {
      baseUrl: origin,
      storeId: STORE_ID,
      credentials: { accessToken: ACCESS_TOKEN },
    },
    get shuffled() {
      return settings.shuffled;
    },
    set shuffled(shuffled) {
      settings.shuffled = shuffled;
    },
    get refusedCalls() {
      return rateLimits.refusedCalls;
    },
    reset: () => {
      faults.clear();
      journal.clear();
      Object.assign(settings, createSettings());
      rateLimits.clear();
    },
    close: () => listener.close(),
  };
}
