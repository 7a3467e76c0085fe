import type { StatusFault } from "../faults/answer";

const HTML = { "content-type": "text/html; charset=utf-8" };
const JSON_TEXT = { "content-type": "application/json;charset=UTF-8" };

/**
 * Answers that the platform is known, or has to be expected, to send and this
 * room sends only when it is told to: pass one to `faults.add`, alone or with
 * `when`, `times` and `after` beside it. The README says where each comes from.
 */
export const readyFaults = {
  /** 429 as a rule: a whole number of seconds, short enough for a test. */
  rateLimited: {
    status: 429,
    headers: { "retry-after": "1" },
    body: error("RATE_LIMITED", "Too many requests"),
  },
  /** The same for longer than a client should make anybody wait. */
  rateLimitedForLong: {
    status: 429,
    headers: { "retry-after": "600" },
    body: error("RATE_LIMITED", "Too many requests"),
  },
  /** The header alone. */
  rateLimitedWithoutBody: { status: 429, headers: { "retry-after": "1" } },
  /** The body alone: nothing says how long to wait. */
  rateLimitedWithoutRetryAfter: {
    status: 429,
    body: error("RATE_LIMITED", "Too many requests"),
  },
  /** Neither header nor body. */
  rateLimitedBare: { status: 429 },
  /** 403 as observed for a missing and for a wrong token. */
  tokenRefused: { status: 403 },
  /** 403 as the table of error codes has it. */
  tokenRefusedWithBody: {
    status: 403,
    body: error("INVALID_API_TOKEN", "The token is not valid"),
  },
  /** 403 for a token that may not read customers. */
  missingScope: {
    status: 403,
    body: error(
      "INSUFFICIENT_APP_SCOPE",
      "The access scope read_customers is required",
    ),
  },
  /** 402: the plan of the shop has no API or no groups. */
  notOnPlan: {
    status: 402,
    body: error(
      "NOT_AVAILABLE_ON_CURRENT_PLAN",
      "The API is not available on the store's plan",
    ),
  },
  /** 402: the shop is paused. */
  storeSuspended: {
    status: 402,
    body: error("STORE_IS_SUSPENDED", "The store is suspended"),
  },
  /** 404 as observed for a store that does not exist. */
  storeNotFound: {
    status: 404,
    body: error("STORE_NOT_FOUND", "Store not found"),
  },
  /** 404 of a group, with the message alone. */
  customerGroupNotFound: {
    status: 404,
    body: { errorMessage: "Customer group #9999999 not found" },
  },
  /** 404 of a group with a code, which nobody has seen. */
  customerGroupNotFoundWithCode: {
    status: 404,
    body: error(
      "CUSTOMER_GROUP_NOT_FOUND",
      "Customer group #9999999 not found",
    ),
  },
  /** 404 of a customer, with the message alone. */
  customerNotFound: {
    status: 404,
    body: { errorMessage: "Customer #1 not found" },
  },
  /** 404 that does not say what is missing. */
  emptyNotFound: { status: 404 },
  /** 404 of something in front of the platform. */
  htmlNotFound: {
    status: 404,
    headers: HTML,
    body: "<html><head><title>404 Not Found</title></head></html>",
  },
  /** 400: a parameter cannot be read. */
  wrongParameter: {
    status: 400,
    body: error("WRONG_PARAMETER", "Wrong parameter 'limit': must be a number"),
  },
  /** The rarer third member of an error. */
  errorWithArgs: {
    status: 400,
    body: {
      ...error("WRONG_PARAMETER", "Wrong parameter"),
      args: { parameter: "limit" },
    },
  },
  /** 408: the platform took too long. */
  timeout: { status: 408, body: error("TIMEOUT", "The request timed out") },
  /** 500 as the table of error codes has it. */
  serverError: {
    status: 500,
    body: error("INTERNAL_ERROR", "Internal server error"),
  },
  /** 500 as a page for people. */
  htmlServerError: {
    status: 500,
    headers: HTML,
    body: "<!DOCTYPE html><html><body><h1>Internal Server Error</h1></body></html>",
  },
  /** 500 without a body. */
  emptyServerError: { status: 500 },
  /** 502 from a proxy. */
  htmlBadGateway: {
    status: 502,
    headers: HTML,
    body: "<html><head><title>502 Bad Gateway</title></head></html>",
  },
  /** 503 without a body. */
  unavailable: { status: 503 },
  /** 504 without a body. */
  gatewayTimeout: { status: 504 },
  /** 200 with an empty body, where JSON was to come. */
  emptyOk: { status: 200, headers: JSON_TEXT, body: "" },
  /** 200 with a page for people, where JSON was to come. */
  htmlOk: {
    status: 200,
    headers: HTML,
    body: "<!DOCTYPE html><html><body>Log in</body></html>",
  },
  /** 200 with JSON of a shape that nothing has. */
  unknownShape: { status: 200, body: { unexpected: [1, "two", null] } },
} as const satisfies Readonly<Record<string, StatusFault>>;

/** The name of a ready-made fault. */
export type ReadyFaultName = keyof typeof readyFaults;

function error(errorCode: string, errorMessage: string) {
  return { errorCode, errorMessage };
}
