import {
  type CommerceLayerSandboxServer,
  sandboxCredentials,
} from "../../../src/sandbox/commerce-layer";

/** A resource object as it comes over the wire. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly links: { readonly self: string };
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<
    Record<
      string,
      {
        readonly links: { readonly self: string; readonly related: string };
        readonly data?: Identifier | readonly Identifier[] | null;
      }
    >
  >;
  readonly meta: Readonly<Record<string, unknown>>;
}

export interface Identifier {
  readonly type: string;
  readonly id: string;
}

/** A JSON:API document, of any kind. */
export interface Document<Data> {
  readonly data: Data;
  readonly included?: readonly Resource[];
  readonly meta?: {
    readonly record_count: number;
    readonly page_count: number;
  };
  readonly links?: Readonly<Record<string, string>>;
  readonly errors?: readonly {
    readonly title: string;
    readonly detail: string;
    readonly code: string;
    readonly status: string | number;
  }[];
}

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly document: Document<Data>;
}

/** Asks the API with the fixed token. */
export async function ask<Data = readonly Resource[]>(
  { origin }: Pick<CommerceLayerSandboxServer, "origin">,
  path: string,
  init: RequestInit = {},
): Promise<Answer<Data>> {
  const answer = await fetch(origin + path, {
    ...init,
    headers: {
      authorization: `Bearer ${sandboxCredentials.accessToken}`,
      accept: "application/vnd.api+json",
      ...(init.headers as Record<string, string> | undefined),
    },
  });
  return {
    status: answer.status,
    headers: answer.headers,
    document: (await answer.json()) as Document<Data>,
  };
}

/** The ids of a whole list, all pages in their order. */
export async function idsOf(
  server: CommerceLayerSandboxServer,
  path: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const sign = path.includes("?") ? "&" : "?";
    const { document } = await ask(
      server,
      `${path}${sign}page[number]=${page}&page[size]=25`,
    );
    ids.push(...document.data.map(({ id }) => id));
    pages = document.meta?.page_count ?? 0;
  }
  return ids;
}

/** The code of the one error that is expected, with its status. */
export async function refusalOf(
  server: CommerceLayerSandboxServer,
  path: string,
  init?: RequestInit,
): Promise<string> {
  const { status, document } = await ask(server, path, init);
  const [error] = document.errors ?? [];
  return `${status} ${error?.code}`;
}
