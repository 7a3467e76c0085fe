import { startBigCommerceSandbox } from "../../../src/sandbox/bigcommerce";
import {
  sandboxCredentials,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { startEcwidSandbox } from "../../../src/sandbox/ecwid";
import type { SandboxServer } from "../../../src/sandbox/room";

/** A row as it comes. */
export type Row = Record<string, any>;

/** How the lists of one room are asked and read. */
export interface RoomUnderTest {
  readonly name: string;
  readonly start: () => Promise<SandboxServer>;
  readonly headers: Readonly<Record<string, string>>;
  /** A list of more than a hundred rows; the page counts from 0. */
  readonly list: (page: number, size: number) => string;
  /** One row of that list, by its id. */
  readonly single: (id: unknown) => string;
  readonly rowsOf: (body: any) => readonly Row[] | Row | null;
  readonly singleOf: (body: any) => Row | null;
  readonly totalsOf: (body: any) => readonly unknown[];
  readonly parentOf: (row: Row) => unknown;
  /** Whether pages have links to one another. */
  readonly nextOf: ((body: any) => string | undefined) | undefined;
}

export const roomsUnderTest: readonly RoomUnderTest[] = [
  {
    name: "Commerce Layer",
    start: startCommerceLayerSandbox,
    headers: { authorization: `Bearer ${sandboxCredentials.accessToken}` },
    list: (page, size) =>
      `/api/customers?page[number]=${page + 1}&page[size]=${size}&include=customer_group`,
    single: (id) => `/api/customers/${String(id)}`,
    rowsOf: (body) => body.data,
    singleOf: (body) => body.data,
    totalsOf: (body) => [body.meta.record_count, body.meta.page_count],
    parentOf: (row) => row["relationships"].customer_group.data?.id,
    nextOf: (body) => body.links.next,
  },
  {
    name: "BigCommerce v3",
    start: startBigCommerceSandbox,
    headers: { "x-auth-token": "sandbox-bigcommerce-access-token" },
    list: (page, size) =>
      `/stores/sandboxhash/v3/customers?page=${page + 1}&limit=${size}`,
    single: (id) => `/stores/sandboxhash/v3/customers?id:in=${String(id)}`,
    rowsOf: (body) => body.data,
    singleOf: (body) => body.data[0] ?? null,
    totalsOf: (body) => [
      body.meta.pagination.total,
      body.meta.pagination.total_pages,
    ],
    parentOf: (row) => row["customer_group_id"],
    nextOf: (body) => body.meta.pagination.links.next,
  },
  {
    name: "BigCommerce v2",
    start: startBigCommerceSandbox,
    headers: {
      "x-auth-token": "sandbox-bigcommerce-access-token",
      accept: "application/json",
    },
    list: (page, size) =>
      `/stores/sandboxhash/v2/customer_groups?page=${page + 1}&limit=${size}`,
    single: (id) => `/stores/sandboxhash/v2/customer_groups/${String(id)}`,
    rowsOf: (body) => body,
    singleOf: (body) => body,
    totalsOf: () => [],
    parentOf: () => undefined,
    nextOf: undefined,
  },
  {
    name: "Ecwid",
    start: startEcwidSandbox,
    headers: { authorization: "Bearer secret_sandbox_ecwid_access_token" },
    list: (page, size) =>
      `/api/v3/1003/customers?offset=${page * size}&limit=${size}`,
    single: (id) => `/api/v3/1003/customers/${String(id)}`,
    rowsOf: (body) => body.items,
    singleOf: (body) => body,
    totalsOf: (body) => [body.total],
    parentOf: (row) => row["customerGroupId"],
    nextOf: undefined,
  },
];

/** Asks a room as its platform wants to be asked. */
export async function askRoom(
  { origin }: SandboxServer,
  { headers }: RoomUnderTest,
  path: string,
): Promise<{
  readonly status: number;
  readonly text: string;
  readonly body: any;
}> {
  const answer = await fetch(origin + path, { headers, redirect: "manual" });
  const text = await answer.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: answer.status, text, body };
}
