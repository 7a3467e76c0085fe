import type { UpstreamStore } from "../lib/upstream";

/** What the stores' settings hold; each platform has some of it. */
export interface Settings {
  readonly baseUrl: string;
  /** Of BigCommerce. */
  readonly storeHash: string;
  /** Of Ecwid. */
  readonly storeId: number;
  readonly credentials: Credentials;
}

/** A token, or what one is asked for with. */
export interface Credentials {
  readonly accessToken: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type Platform = "commerce-layer" | "bigcommerce" | "ecwid";

/** @throws RangeError when there is no store of the platform. */
export function settingsOf(
  stores: readonly UpstreamStore[],
  platform: Platform,
): Settings {
  const store = stores.find((one) => one.platform === platform);
  if (!store) throw new RangeError(`There is no store of ${platform}.`);
  return store.settings as unknown as Settings;
}

/** A token of Commerce Layer. */
export interface Token {
  readonly value: string;
  /** A minute before it runs out, in milliseconds since 1970. */
  readonly goodUntil: number;
}

/** @throws Error when it is refused. */
export async function requestToken(credentials: Credentials): Promise<Token> {
  const answer = await fetch(credentials.tokenUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    }),
  });
  if (!answer.ok) throw new Error(`the token endpoint: ${answer.status}`);
  const { access_token: value, expires_in: seconds } =
    (await answer.json()) as { access_token: string; expires_in: number };
  return { value, goodUntil: Date.now() + (seconds - 60) * 1_000 };
}
