import { listen } from "../listener";
import { Random } from "../random";
import type { SandboxRoom, SandboxRoomOptions, SandboxServer } from "../room";
import { createSettingsAccess } from "../settings";
import { createData, type BigCommerceData } from "./data/create-data";
import { createHandler } from "./handler";
import { readyFaults } from "./ready-faults";
import {
  createSettings,
  settingsChanges,
  type BigCommerceSandboxSettings,
} from "./settings";

export type { BigCommerceData } from "./data/create-data";
export { readyFaults, type ReadyFaultName } from "./ready-faults";
export type * from "./rows";
export type {
  BigCommerceSandboxSettings,
  LimitAboveMaximum,
  Scope,
} from "./settings";

/** A BigCommerce room that is listening. */
export interface BigCommerceSandboxServer extends SandboxServer {
  readonly storeSettings: BigCommerceStoreSettings;
  /** All rows that it serves, to compare answers with. */
  readonly data: BigCommerceData;
  /** May be changed at any time; counts from the next request on. */
  readonly settings: BigCommerceSandboxSettings;
  /**
   * Uses up units of the quota, as other apps of the store do: the headers show
   * it at once, and `rateLimited` makes it felt.
   */
  drain(units: number): void;
}

/** What the configuration says of the sandbox's store. */
export interface BigCommerceStoreSettings extends Readonly<
  Record<string, unknown>
> {
  /** Without the path: `/stores/{hash}/v2` follows. */
  readonly baseUrl: string;
  readonly storeHash: string;
  readonly credentials: { readonly accessToken: string };
}

const PLATFORM = "bigcommerce";
const STORE_KEY = "bigcommerce-demo";
const STORE_HASH = "sandboxhash";
const ACCESS_TOKEN = "sandbox-bigcommerce-access-token";

/** The room that speaks BigCommerce's dialect. */
export const bigcommerceSandbox = {
  platform: PLATFORM,
  storeKey: STORE_KEY,
  start: startBigCommerceSandbox,
} satisfies SandboxRoom;

/**
 * Starts the room; the same as `bigcommerceSandbox.start`.
 *
 * @throws when the port is taken.
 */
export async function startBigCommerceSandbox({
  seed = 1,
  host,
  port,
}: SandboxRoomOptions = {}): Promise<BigCommerceSandboxServer> {
  const data = createData(seed);
  const { settings, quota } = createSettings();
  const listener = await listen({
    host,
    port,
    settings: createSettingsAccess(settings, settingsChanges),
    createHandler: () =>
      createHandler({
        data,
        settings,
        quota,
        random: new Random(seed, "order"),
        storeHash: STORE_HASH,
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
      throttled: readyFaults.quotaUsedUp,
      throttledSilently: readyFaults.overloaded,
    },
    settingsAccess,
    data,
    settings,
    storeSettings: {
      baseUrl: origin,
      storeHash: STORE_HASH,
      credentials: { accessToken: ACCESS_TOKEN },
    },
    get shuffled() {
      return settings.shuffled;
    },
    set shuffled(shuffled) {
      settings.shuffled = shuffled;
    },
    drain: (units) => quota.drain(units),
    close: () => listener.close(),
  };
}
