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
import { type V3Page, narrowCount, narrowV2List, narrowV3Page } from "./wire";

/** Rows on a page at the most, and ids in one filter. */
export const maxPageSize = 250;

/** A query parameter, not yet encoded. */
export type Parameter = readonly [name: string, value: string];

export interface ApiSetup {
  readonly client: UpstreamClient;
  readonly baseUrl: URL;
  readonly storeHash: string;
  readonly store: string;
  readonly platform: string;
  /** Learns how many groups the store has. */
  readonly groups: KnownCount;
}

/** Without it, v2 may answer XML. */
const jsonHeaders = { accept: "application/json" };

/** What was asked, beside what it answered. */
export interface Answer<Value> {
  readonly value: Value;
  readonly call: PlatformCall;
}

/** The API's reads, within one operation. An equal read is sent once. */
export class BigCommerceApi {
  readonly #setup: ApiSetup;
  readonly #reads: Read;

  constructor(setup: ApiSetup, scope: ReadScope) {
    this.#setup = setup;
    this.#reads = createOperationReads(setup.client.send, scope);
  }

  /** Says what is asked for, for errors. */
  call(path: string): PlatformCall {
    const { store, platform } = this.#setup;
    return { store, platform, operation: `GET ${path}` };
  }

  /** @returns `null` when there is no such group. */
  async customerGroup(id: string): Promise<Answer<unknown> | null> {
    const call = this.call("/v2/customer_groups/{id}");
    const response = await this.#get(`/v2/customer_groups/${id}`, [], call);
    if (response.status === 404) return null;
    return { value: readJson(expectOk(response, call), call), call };
  }

  /** A page of groups; empty past the end. */
  async customerGroups(
    parameters: readonly Parameter[],
  ): Promise<Answer<readonly unknown[]>> {
    const call = this.call("/v2/customer_groups");
    const response = await this.#get("/v2/customer_groups", parameters, call);
    // An empty v2 list has no body (BigCommerce docs, status codes).
    if (response.status === 204) return { value: [], call };
    const json = readJson(expectOk(response, call), call);
    const value = narrowV2List(json, call);
    this.#noteEnd(parameters, value.length);
    return { value, call };
  }

  /** How many groups the store has. The endpoint takes no filter. */
  async countCustomerGroups(): Promise<number> {
    const call = this.call("/v2/customer_groups/count");
    const response = await this.#get("/v2/customer_groups/count", [], call);
    const json = readJson(expectOk(response, call), call);
    const count = narrowCount(json, call);
    this.#setup.groups.note(count);
    return count;
  }

  /** A page of a v3 list. */
  async list(
    path: string,
    parameters: readonly Parameter[],
  ): Promise<Answer<V3Page>> {
    const call = this.call(path);
    const response = await this.#get(path, parameters, call);
    const json = readJson(expectOk(response, call), call);
    return { value: narrowV3Page(json, call), call };
  }

  /** A page of the whole list that is not full ends it. */
  #noteEnd(parameters: readonly Parameter[], rows: number): void {
    const { page, limit, ...conditions } = Object.fromEntries(parameters);
    if (Object.keys(conditions).length > 0 || rows >= Number(limit)) return;
    this.#setup.groups.note((Number(page) - 1) * Number(limit) + rows);
  }

  #get(
    path: string,
    parameters: readonly Parameter[],
    call: PlatformCall,
  ): Promise<UpstreamResponse> {
    const { baseUrl, storeHash } = this.#setup;
    const root = baseUrl.pathname.replace(/\/+$/, "");
    const url = new URL(`${root}/stores/${storeHash}${path}`, baseUrl);
    for (const [name, value] of parameters)
      url.searchParams.append(name, value);
    return this.#reads(url, jsonHeaders, call, contentOf(path));
  }
}

const withoutCustomers =
  /^\/(v2\/customer_groups|v3\/(catalog|pricelists))(\/|$)/;

/** What the answers of a path tell of. */
function contentOf(path: string): ReadContent {
  return withoutCustomers.test(path) ? "groups" : "customers";
}

/**
 * Lets a good answer pass. Refusals come in many shapes (a v2 list, a v3
 * object, a bare object, plain text, HTML, XML, nothing); what they mean stands
 * in the status.
 */
function expectOk(
  response: UpstreamResponse,
  call: PlatformCall,
): UpstreamResponse {
  const { status } = response;
  if (status === 200) return response;
  const answered = `it answered HTTP ${status}`;
  switch (status) {
    case 401:
      throw PlatformError.denied(
        call,
        `${answered}: the access token is not valid; check credentials.accessToken`,
      );
    case 403: {
      const scope = missingScope(response, call);
      throw PlatformError.denied(
        call,
        scope
          ? `${answered}: the access token lacks the OAuth scope ${scope}`
          : `${answered}: the access token does not open this store; check storeHash, and whether the store's plan has this feature`,
        scope,
      );
    }
    case 404:
      throw PlatformError.contract(
        call,
        `${answered}: the API has no such list; check baseUrl and storeHash`,
      );
    case 429:
      throw PlatformError.throttled(
        call,
        `${answered}: the quota, which all apps of the store share, is used up`,
        waitAfterRefusalMs(response),
      );
    case 503:
      throw PlatformError.unavailable(
        call,
        `${answered}: the store is down for maintenance or suspended`,
      );
  }
  if (status >= 500) throw PlatformError.unavailable(call, answered);
  throw PlatformError.contract(
    call,
    status === 204
      ? `${answered}, no content, where content is promised`
      : `${answered}: it does not take a request that its documentation allows`,
  );
}

/** @returns the scope that the endpoint takes, where the answer blames a scope. */
function missingScope(
  { body }: UpstreamResponse,
  call: PlatformCall,
): string | undefined {
  if (!/\bscope\b/i.test(body.toString("latin1"))) return undefined;
  return /catalog|pricelists/.test(call.operation)
    ? "store_v2_products_read_only"
    : "store_v2_customers_read_only";
}
