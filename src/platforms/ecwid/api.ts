import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { ReadContent, UpstreamResponse } from "../../http/exchange";
import {
  type Read,
  type ReadScope,
  createOperationReads,
} from "../../http/operation-reads";
import { readJson } from "../../http/read-json";
import type { UpstreamClient } from "../../http/upstream-client";
import type { KnownCount } from "../known-count";
import { waitAfterRefusalMs } from "../../http/quota/retry-after";
import { isRefusedToken } from "./quota";
import {
  type SearchAnswer,
  errorCodeOf,
  narrowSearch,
  narrowTotal,
} from "./wire";

/** Rows on a page at the most, and ids in one filter. */
export const maxPageSize = 100;

/** A query parameter, not yet encoded. */
export type Parameter = readonly [name: string, value: string];

/** What can be read, as it stands in a path. */
export type Collection = "customer_groups" | "customers";

export interface ApiSetup {
  readonly client: UpstreamClient;
  readonly baseUrl: URL;
  readonly storeId: number;
  readonly store: string;
  readonly platform: string;
  /** Learns how many groups the store has. */
  readonly groups: KnownCount;
}

/** What was asked, beside what it answered. */
export interface Answer<Value> {
  readonly value: Value;
  readonly call: PlatformCall;
}

/** The API's reads, within one operation. An equal read is sent once. */
export class EcwidApi {
  readonly #setup: ApiSetup;
  readonly #reads: Read;

  constructor(setup: ApiSetup, scope: ReadScope) {
    this.#setup = setup;
    this.#reads = createOperationReads(setup.client.send, scope);
  }

  /** Says what is asked for, for errors. */
  call(collection: Collection, suffix = ""): PlatformCall {
    const { store, platform } = this.#setup;
    return { store, platform, operation: `GET /${collection}${suffix}` };
  }

  /** @returns `null` when there is no such entry. */
  async get(
    collection: Collection,
    id: string,
    fields: string,
  ): Promise<Answer<unknown> | null> {
    const call = this.call(collection, "/{id}");
    const response = await this.#send(
      `${collection}/${id}`,
      [["responseFields", fields]],
      call,
    );
    if (
      response.status === 404 &&
      errorCodeOf(response.body) !== "STORE_NOT_FOUND"
    ) {
      return null;
    }
    return { value: readJson(expectOk(response, call), call), call };
  }

  /** @param fields of one item, as `responseFields` takes them. */
  async search(
    collection: Collection,
    parameters: readonly Parameter[],
    fields: string,
  ): Promise<Answer<SearchAnswer>> {
    const call = this.call(collection);
    const response = await this.#send(
      collection,
      [
        ...parameters,
        ["responseFields", `total,count,offset,limit,items(${fields})`],
      ],
      call,
    );
    const json = readJson(expectOk(response, call), call);
    const value = narrowSearch(json, call);
    this.#noteTotal(collection, parameters, value.total);
    return { value, call };
  }

  /** How many entries meet the conditions, without reading them. */
  async count(
    collection: Collection,
    parameters: readonly Parameter[],
  ): Promise<number> {
    const call = this.call(collection);
    const response = await this.#send(
      collection,
      [...parameters, ["limit", "1"], ["responseFields", "total"]],
      call,
    );
    const json = readJson(expectOk(response, call), call);
    const total = narrowTotal(json, call);
    this.#noteTotal(collection, parameters, total);
    return total;
  }

  #noteTotal(
    collection: Collection,
    parameters: readonly Parameter[],
    total: number,
  ): void {
    const isWhole = parameters.every(
      ([name]) => name === "offset" || name === "limit",
    );
    if (isWhole && collection === "customer_groups") {
      this.#setup.groups.note(total);
    }
  }

  #send(
    path: string,
    parameters: readonly Parameter[],
    call: PlatformCall,
  ): Promise<UpstreamResponse> {
    const { baseUrl, storeId } = this.#setup;
    const root = baseUrl.pathname.replace(/\/+$/, "");
    const url = new URL(`${root}/api/v3/${storeId}/${path}`, baseUrl);
    for (const [name, value] of parameters)
      url.searchParams.append(name, value);
    const headers = { accept: "application/json" };
    return this.#reads(url, headers, call, contentOf(path));
  }
}

/** What the answers of a path tell of. */
function contentOf(path: string): ReadContent {
  return /^customer_groups(\/|$)/.test(path) ? "groups" : "customers";
}

/** Lets a good answer pass: anything but 200 is an error here. */
function expectOk(
  response: UpstreamResponse,
  call: PlatformCall,
): UpstreamResponse {
  const { status, body } = response;
  if (status === 200) return response;
  const code = errorCodeOf(body);
  const answered = `it answered HTTP ${code ? `${status} ${code}` : status}`;
  if (isRefusedToken(response)) {
    throw PlatformError.denied(
      call,
      `${answered}: the access token is not valid; check credentials.accessToken`,
    );
  }
  switch (status) {
    case 402:
      throw PlatformError.denied(
        call,
        `${answered}: the store's plan does not include this, or the store is suspended`,
      );
    case 403:
      throw PlatformError.denied(
        call,
        `${answered}: the access token lacks the scope read_customers`,
        "read_customers",
      );
    case 404:
      throw PlatformError.contract(
        call,
        `${answered}: there is no such store; check storeId and baseUrl`,
      );
    case 429:
      throw PlatformError.throttled(
        call,
        `${answered}: the quota is used up`,
        waitAfterRefusalMs(response),
      );
    case 408:
      throw PlatformError.unavailable(call, answered);
  }
  if (status >= 500) throw PlatformError.unavailable(call, answered);
  throw PlatformError.contract(
    call,
    `${answered}: it does not take a request that its documentation allows`,
  );
}
