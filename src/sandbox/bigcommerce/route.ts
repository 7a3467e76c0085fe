import type { RoomAnswer } from "../listener";
import type { ApiVersion } from "./errors";
import type { Query } from "./query";
import type { BigCommerceSandboxSettings, Scope } from "./settings";

/** What a route gets of a request. */
export interface RouteRequest {
  /** What stood in the path in place of `{id}`; empty without one. */
  readonly id: string;
  readonly query: Query;
  readonly settings: Readonly<BigCommerceSandboxSettings>;
  /** In a new random order while the room is shuffled, else as they are. */
  readonly arrange: <Row>(rows: readonly Row[]) => readonly Row[];
}

/** One thing that can be read. */
export interface Route {
  readonly version: ApiVersion;
  /** Behind `/stores/{hash}/v2` or `/v3`, with `{id}` for one segment. */
  readonly path: string;
  /** Either of them opens it. */
  readonly scopes: readonly Scope[];
  /**
   * Answers a GET.
   *
   * @throws ApiError when the request cannot be served.
   */
  answer(request: RouteRequest): RoomAnswer;
}

/** The scopes that open customers and groups (BigCommerce docs, OAuth). */
export const customerScopes: readonly Scope[] = [
  "store_v2_customers_read_only",
  "store_v2_customers",
];

/** The scopes that open the catalog and price lists. */
export const productScopes: readonly Scope[] = [
  "store_v2_products_read_only",
  "store_v2_products",
];

/** A JSON answer with status 200. */
export function toOk(body: unknown): RoomAnswer {
  return { status: 200, headers: {}, body };
}
