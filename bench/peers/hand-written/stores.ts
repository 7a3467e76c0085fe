import type { UpstreamStore } from "../../lib/upstream";
import {
  type Credentials,
  type Platform,
  type Settings,
  type Token,
  requestToken,
} from "../settings";
import { type Rest, createRest } from "./rest";

/** A store with the reads of its platform's API. */
export interface PeerStore {
  readonly key: string;
  readonly platform: Platform;
  readonly rest: Rest;
}

const open: Readonly<Record<Platform, (settings: Settings) => Rest>> = {
  "commerce-layer": ({ baseUrl, credentials }) => {
    const token = createTokenSource(credentials);
    return createRest(`${baseUrl}/api`, async () => ({
      accept: "application/vnd.api+json",
      authorization: `Bearer ${await token()}`,
    }));
  },
  bigcommerce: ({ baseUrl, storeHash, credentials }) =>
    createRest(`${baseUrl}/stores/${storeHash}`, () => ({
      accept: "application/json",
      "x-auth-token": credentials.accessToken,
    })),
  ecwid: ({ baseUrl, storeId, credentials }) =>
    createRest(`${baseUrl}/api/v3/${storeId}`, () => ({
      accept: "application/json",
      authorization: `Bearer ${credentials.accessToken}`,
    })),
};

/** Opens the stores that the environment's `UPSTREAM` tells of. */
export function openStoresOfEnvironment(): readonly PeerStore[] {
  return openStores(
    JSON.parse(process.env["UPSTREAM"] ?? "[]") as readonly UpstreamStore[],
  );
}

/** Nothing is asked before the first read. */
export function openStores(
  stores: readonly UpstreamStore[],
): readonly PeerStore[] {
  return stores.map(({ key, platform, settings }) => ({
    key,
    platform: platform as Platform,
    rest: open[platform as Platform](settings as unknown as Settings),
  }));
}

function createTokenSource(credentials: Credentials): () => Promise<string> {
  let token: Promise<Token> | undefined;
  return async () => {
    token ??= requestToken(credentials);
    const { value, goodUntil } = await token;
    if (goodUntil < Date.now()) token = undefined;
    return value;
  };
}
