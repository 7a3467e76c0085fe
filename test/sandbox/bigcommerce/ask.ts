import type { BigCommerceSandboxServer } from "../../../src/sandbox/bigcommerce";

/** An answer with its body read; `body` is undefined unless it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** A list of v3. */
export interface List {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly meta: {
    readonly pagination?: {
      readonly total: number;
      readonly count: number;
      readonly per_page: number;
      readonly current_page: number;
      readonly total_pages: number;
      readonly links: Readonly<Record<string, string>>;
    };
    readonly cursor_pagination?: {
      readonly count: number;
      readonly per_page: number;
      readonly start_cursor?: string;
      readonly end_cursor?: string;
      readonly links: Readonly<Record<string, string>>;
    };
  };
}

/**
 * Asks with the store's own token.
 *
 * @param path behind `/stores/{hash}`.
 * @param headers replace the usual ones; an empty value removes one.
 */
export async function ask(
  server: BigCommerceSandboxServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<Answer> {
  const { storeHash, credentials } = server.storeSettings;
  const all = {
    accept: "application/json",
    "x-auth-token": credentials.accessToken,
    ...headers,
  };
  const answer = await fetch(`${server.origin}/stores/${storeHash}${path}`, {
    method,
    headers: Object.entries(all).filter(([, value]) => value !== ""),
  });
  const text = await answer.text();
  const type = answer.headers.get("content-type");
  const body: unknown =
    type === "application/json" && text !== "" ? JSON.parse(text) : undefined;
  return { status: answer.status, headers: answer.headers, text, body };
}

/** A list of v3 that has to be answered with 200. */
export async function askList(
  server: BigCommerceSandboxServer,
  path: string,
): Promise<List> {
  const { status, body, text } = await ask(server, path);
  if (status !== 200) throw new Error(`${status} ${text}`);
  return body as List;
}

/** The ids of the first page of a v3 list, 250 rows long. */
export async function idsOf(
  server: BigCommerceSandboxServer,
  path: string,
  id = "id",
): Promise<readonly unknown[]> {
  const sign = path.includes("?") ? "&" : "?";
  const { data } = await askList(server, `${path}${sign}limit=250`);
  return data.map((row) => row[id]);
}

/** The status and body of what has to be refused. */
export async function refusalOf(
  server: BigCommerceSandboxServer,
  path: string,
): Promise<unknown> {
  const { status, body, text } = await ask(server, path);
  return [status, body ?? text];
}

/** The body of a 422 of v3. */
export function unreadable(errors: Readonly<Record<string, string>>) {
  return [
    422,
    {
      status: 422,
      title: "JSON data is missing or invalid",
      type: STATUS_CODES,
      errors,
    },
  ];
}

/** What `type` of an error points to. */
export const STATUS_CODES =
  "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";
