import type { EcwidSandboxServer } from "../../../src/sandbox/ecwid";

/** An answer with its body read; `body` is undefined unless it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** What a search answers. */
export interface Search {
  readonly total: number;
  readonly count: number;
  readonly offset: number;
  readonly limit: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly allCustomerCount?: number;
}

/**
 * Asks with the store's own token.
 *
 * @param path behind `/api/v3/{storeId}`.
 * @param headers replace the usual ones; an empty value removes one.
 */
export async function ask(
  server: EcwidSandboxServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<Answer> {
  const { storeId, credentials } = server.storeSettings;
  const all = {
    authorization: `Bearer ${credentials.accessToken}`,
    ...headers,
  };
  const answer = await fetch(`${server.origin}/api/v3/${storeId}${path}`, {
    method,
    headers: Object.entries(all).filter(([, value]) => value !== ""),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type") === "application/json";
  const body: unknown = isJson && text !== "" ? JSON.parse(text) : undefined;
  return { status: answer.status, headers: answer.headers, text, body };
}

/** A search that has to be answered with 200. */
export async function search(
  server: EcwidSandboxServer,
  path: string,
): Promise<Search> {
  const { status, body, text } = await ask(server, path);
  if (status !== 200) throw new Error(`${status} ${text}`);
  return body as Search;
}

/** The ids of one page. */
export async function idsOf(
  server: EcwidSandboxServer,
  path: string,
): Promise<readonly unknown[]> {
  return (await search(server, path)).items.map((item) => item["id"]);
}

/** The ids of all pages. */
export async function allIdsOf(
  server: EcwidSandboxServer,
  path: string,
): Promise<readonly unknown[]> {
  const sign = path.includes("?") ? "&" : "?";
  const ids: unknown[] = [];
  for (;;) {
    const page = await idsOf(server, `${path}${sign}offset=${ids.length}`);
    ids.push(...page);
    if (page.length < 100) return ids;
  }
}

/** The status and code of what has to be refused. */
export async function refusalOf(
  server: EcwidSandboxServer,
  path: string,
  method = "GET",
): Promise<string> {
  const { status, body, text } = await ask(server, path, {}, method);
  const code = (body as { errorCode?: string } | undefined)?.errorCode;
  return `${status} ${code ?? text}`;
}
