import type { IncomingHttpHeaders } from "node:http";
import type { RoomAnswer, RoomHandler, RoomRequest } from "../listener";
import type { Random } from "../random";
import { anatomy } from "./anatomy";
import { createCustomerGroupRoutes } from "./customer-groups";
import { createCustomerRoutes } from "./customers";
import type { EcwidData } from "./data/create-data";
import { ApiError, RateLimited, toErrorAnswer } from "./errors";
import { checkNames, toQuery } from "./query";
import type { RateLimits } from "./rate-limits";
import { selectFields } from "./response-fields";
import type { Route } from "./route";
import type { EcwidSandboxSettings } from "./settings";

/** What a handler is made of. */
export interface HandlerOptions {
  readonly data: EcwidData;
  readonly settings: Readonly<EcwidSandboxSettings>;
  readonly rateLimits: RateLimits;
  /** Decides the order of rows while the room is shuffled. */
  readonly random: Random;
  readonly storeId: number;
  readonly accessToken: string;
}

const PATH = /^\/api\/v3\/([^/]+)\/(.+)$/;
// Observed: nothing but the status tells of a missing or a wrong token.
const REFUSED: RoomAnswer = { status: 403, headers: {}, body: undefined };

/** Knows the platform: routes, credentials, limits and plans. */
export function createHandler({
  data,
  settings,
  rateLimits,
  random,
  storeId,
  accessToken,
}: HandlerOptions): RoomHandler {
  const routes: readonly Route[] = [
    ...createCustomerGroupRoutes(data.customerGroups),
    ...createCustomerRoutes(data),
  ];
  const isAuthorized = (headers: IncomingHttpHeaders) =>
    !settings.tokenRevoked && toToken(headers) === accessToken;
  const arrange = <Row>(rows: readonly Row[]) =>
    settings.shuffled ? random.shuffle(rows) : rows;

  const answerRoute = (
    { method, query: parameters }: RoomRequest,
    path: string,
  ): RoomAnswer => {
    if (settings.storeSuspended)
      throw new ApiError(402, "The store is suspended", "STORE_IS_SUSPENDED");
    const found = findRoute(routes, path);
    if (settings.plan === "without-api")
      throw notOnPlan("The API is not available on the store's plan");
    if (!found) throw new ApiError(404, "Not found");
    const { route, id } = found;
    if (settings.plan === "without-groups" && route.isAboutGroups)
      throw notOnPlan("Customer groups are not available on the store's plan");
    if (method !== "GET")
      throw new ApiError(
        405,
        `The method ${method} is not allowed`,
        "METHOD_NOT_ALLOWED",
      );
    if (!settings.scopes.includes("read_customers"))
      throw new ApiError(
        403,
        "The access scope read_customers is required",
        "INSUFFICIENT_APP_SCOPE",
      );
    const query = toQuery(parameters);
    if (settings.strictParameters)
      checkNames(query, [...route.parameters, "responseFields"]);
    const body = selectFields(
      route.answer({ id, query, settings, arrange }),
      query,
      settings.strictResponseFields ? route.fields : undefined,
    );
    return { status: 200, headers: {}, body };
  };

  const answer = (request: RoomRequest): RoomAnswer => {
    const { headers, ip } = request;
    const [, store, path = ""] = PATH.exec(request.path) ?? [];
    if (store !== undefined && store !== String(storeId))
      throw new ApiError(404, "Store not found", "STORE_NOT_FOUND");
    const opens = isAuthorized(headers);
    const wait = opens
      ? rateLimits.countServed(ip)
      : rateLimits.countRefused(toToken(headers), ip);
    if (settings.rateLimited && wait !== undefined) throw new RateLimited(wait);
    return opens ? answerRoute(request, path) : REFUSED;
  };

  return {
    kindOf: () => "api",
    isAuthorized,
    anatomy,
    answer: (request) => {
      try {
        return answer(request);
      } catch (error) {
        if (error instanceof ApiError) return toErrorAnswer(error);
        throw error;
      }
    },
  };
}

function toToken({ authorization = "" }: IncomingHttpHeaders): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
}

function notOnPlan(message: string): ApiError {
  return new ApiError(402, message, "NOT_AVAILABLE_ON_CURRENT_PLAN");
}

function findRoute(
  routes: readonly Route[],
  path: string,
): { readonly route: Route; readonly id: number } | undefined {
  const [, list = path, id] = /^([^/]+)\/(-?\d{1,15})$/.exec(path) ?? [];
  const wanted = id === undefined ? list : `${list}/{id}`;
  const route = routes.find((route) => route.path === wanted);
  return route && { route, id: Number(id ?? 0) };
}
