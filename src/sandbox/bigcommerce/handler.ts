import type { IncomingHttpHeaders } from "node:http";
import type { RoomAnswer, RoomHandler, RoomRequest } from "../listener";
import type { Random } from "../random";
import { readsJson, toFormat, type Format } from "./accept";
import { anatomy } from "./anatomy";
import type { BigCommerceData } from "./data/create-data";
import {
  ApiError,
  toGatewayAnswer,
  toErrorAnswer,
  type ApiVersion,
} from "./errors";
import type { Quota } from "./quota";
import type { Route } from "./route";
import type { BigCommerceSandboxSettings } from "./settings";
import { createCustomerGroupRoutes } from "./v2/customer-groups";
import { toXml } from "./v2/xml";
import { createCategoryRoutes } from "./v3/categories";
import { createCustomerRoutes } from "./v3/customers";
import { createPriceListRoutes } from "./v3/price-lists";
import { createProductRoutes } from "./v3/products";

/** What a handler is made of. */
export interface HandlerOptions {
  readonly data: BigCommerceData;
  readonly settings: Readonly<BigCommerceSandboxSettings>;
  readonly quota: Quota;
  /** Decides the order of rows while the room is shuffled. */
  readonly random: Random;
  readonly storeHash: string;
  readonly accessToken: string;
}

const PATH = /^\/stores\/([^/]+)\/(v[23])(\/.+)$/;
const XML_HEADERS = { "content-type": "application/xml; charset=utf-8" };

/** Knows the platform: routes, credentials, quota and formats. */
export function createHandler({
  data,
  settings,
  quota,
  random,
  storeHash,
  accessToken,
}: HandlerOptions): RoomHandler {
  const routes: readonly Route[] = [
    ...createCustomerGroupRoutes(data.customerGroups),
    ...createCustomerRoutes(data.customers, data.addresses),
    ...createCategoryRoutes(data.categories),
    ...createProductRoutes(data.products),
    ...createPriceListRoutes(data.priceLists, data.priceListAssignments),
  ];
  const isAuthorized = (headers: IncomingHttpHeaders) =>
    headers["x-auth-token"] === accessToken;
  const arrange = <Row>(rows: readonly Row[]) =>
    settings.shuffled ? random.shuffle(rows) : rows;

  const toAnswer = (request: RoomRequest): RoomAnswer => {
    if (request.headers["x-auth-token"] === undefined)
      return toGatewayAnswer(401, "X-Auth-Token header is required");
    if (!isAuthorized(request.headers))
      return toGatewayAnswer(
        401,
        "X-Auth-Token header should have correct format",
      );
    const found = findRoute(routes, request.path);
    if (!found)
      return toGatewayAnswer(404, "The route is not found, check the URL");
    const { route, hash, id, asksForJson } = found;
    const { accept } = request.headers;
    const format = toAnswerFormat(route.version, accept, asksForJson);
    const answer = checked(route.version, () => {
      if (hash !== storeHash)
        throw new ApiError(403, "You don't have access to this store");
      const hasQuota = quota.take();
      if (settings.rateLimited && !hasQuota)
        throw new ApiError(429, "Too many requests");
      if (!route.scopes.some((scope) => settings.scopes.includes(scope)))
        throw new ApiError(
          403,
          "You don't have a required scope to access the endpoint",
        );
      if (request.method !== "GET")
        throw new ApiError(405, "The method is not allowed");
      if (format === undefined)
        throw new ApiError(406, "The requested format is not available");
      const query = new Map(request.query);
      return route.answer({ id, query, settings, arrange });
    });
    return format === "xml" ? toXmlAnswer(answer, found.name) : answer;
  };

  return {
    kindOf: () => "api",
    isAuthorized,
    anatomy,
    answer: (request) => {
      const { status, headers, body } = toAnswer(request);
      return { status, headers: { ...quota.headers(), ...headers }, body };
    },
  };
}

function findRoute(routes: readonly Route[], path: string) {
  const [, hash = "", version, whole = ""] = PATH.exec(path) ?? [];
  const asksForJson = version === "v2" && whole.endsWith(".json");
  const segments = (asksForJson ? whole.slice(0, -".json".length) : whole)
    .slice(1)
    .split("/");
  for (const route of routes) {
    const wanted = route.path.slice(1).split("/");
    const fits =
      route.version === version &&
      wanted.length === segments.length &&
      wanted.every((one, n) => one === "{id}" || one === segments[n]);
    if (!fits) continue;
    const id = segments[wanted.indexOf("{id}")] ?? "";
    const name = id === "" ? (wanted[0] ?? "") : "customer_group";
    return { route, hash, id, name, asksForJson };
  }
  return undefined;
}

function toAnswerFormat(
  version: ApiVersion,
  accept: string | undefined,
  asksForJson: boolean,
): Format | undefined {
  if (version === "v2") return toFormat(accept, asksForJson);
  return readsJson(accept) ? "json" : undefined;
}

function checked(version: ApiVersion, answer: () => RoomAnswer): RoomAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ApiError) return toErrorAnswer(error, version);
    throw error;
  }
}

function toXmlAnswer(answer: RoomAnswer, name: string): RoomAnswer {
  const { status, headers, body } = answer;
  if (body === undefined) return answer;
  const text = toXml(status < 400 ? name : "errors", body);
  return { status, headers: { ...headers, ...XML_HEADERS }, body: text };
}
