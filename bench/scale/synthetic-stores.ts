import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { adopt, end } from "../lib/children";
import type { UpstreamStore } from "../lib/upstream";

/** Stores with 10,000 customers each, in a process of their own. */
export interface SyntheticStores {
  /** So many stores, of the platforms in turn; the first are always the same. */
  take(count: number): readonly UpstreamStore[];
  /** The first store of a platform. */
  of(platform: PlatformName): UpstreamStore;
  /** How many requests they were sent since this was last asked. */
  countRequests(): Promise<number>;
  stop(): Promise<void>;
}

export const platformNames = [
  "commerce-layer",
  "bigcommerce",
  "ecwid",
] as const;
export type PlatformName = (typeof platformNames)[number];

/** @throws when the process does not start. */
export async function startSyntheticStores(): Promise<SyntheticStores> {
  const child = fork(join(__dirname, "synthetic-process.js"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  adopt(child);
  const failed = once(child, "exit").then(() => {
    throw new Error("The process of the synthetic stores ended too early.");
  });
  failed.catch(() => undefined);
  const told = async () => {
    const [message] = (await Promise.race([
      once(child, "message"),
      failed,
    ])) as [unknown];
    return message;
  };
  const { origin } = (await told()) as { readonly origin: string };
  const storeAt = (index: number): UpstreamStore => {
    const platform = platformNames[
      index % platformNames.length
    ] as PlatformName;
    const key = `${platform}-${Math.floor(index / platformNames.length) + 1}`;
    return { key, platform, settings: settingsOf(platform, key, origin) };
  };
  return {
    take: (count) =>
      Array.from({ length: count }, (_, index) => storeAt(index)),
    of: (platform) => storeAt(platformNames.indexOf(platform)),
    countRequests: async () => {
      const reply = told();
      child.send("count");
      return ((await reply) as { readonly requests: number }).requests;
    },
    stop: () => end(child),
  };
}

function settingsOf(
  platform: PlatformName,
  key: string,
  origin: string,
): Record<string, unknown> {
  const common = {
    baseUrl: `${origin}/${platform}/${key}`,
    credentials: { accessToken: `token-of-${key}` },
  };
  switch (platform) {
    case "commerce-layer":
      return common;
    case "bigcommerce":
      return { ...common, storeHash: "synthetic" };
    case "ecwid":
      return { ...common, storeId: 1003 };
  }
}
