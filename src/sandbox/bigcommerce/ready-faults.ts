import type { StatusFault } from "../faults/answer";

const TYPE =
  "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";
const HTML = { "content-type": "text/html; charset=utf-8" };
const XML = { "content-type": "application/xml; charset=utf-8" };
const JSON_TEXT = { "content-type": "application/json" };

/**
 * Answers that the platform is known to send and this room sends only when it
 * is told to: pass one to `faults.add`, alone or with `when`, `times` and
 * `after` beside it. The README says where each comes from.
 */
export const readyFaults = {
  /** 429 as a rule: the window ends in 200 ms. */
  quotaUsedUp: {
    status: 429,
    headers: {
      "x-rate-limit-requests-left": "0",
      "x-rate-limit-requests-quota": "150",
      "x-rate-limit-time-reset-ms": "200",
      "x-rate-limit-time-window-ms": "30000",
    },
    body: v3(429, "Too many requests", {}),
  },
  /** Two waits that contradict each other: the longer one is meant. */
  quotaUsedUpWithRetryAfter: {
    status: 429,
    headers: {
      "x-rate-limit-requests-left": "0",
      "x-rate-limit-requests-quota": "150",
      "x-rate-limit-time-reset-ms": "200",
      "x-rate-limit-time-window-ms": "30000",
      "x-retry-after": "1",
    },
    body: v3(429, "Too many requests", {}),
  },
  /** 429 for the platform's own load: nothing says how long to wait. */
  overloaded: { status: 429, body: v3(429, "Too many requests", {}) },
  /** Shape a: what v2 says of most things. */
  v2Array: { status: 400, body: [{ status: 400, message: "Bad request" }] },
  /** Shape a with a reason. */
  v2ArrayWithDetails: {
    status: 400,
    body: [
      {
        status: 400,
        message: "The field 'name' is invalid.",
        details: { invalid_reason: "name must be a text" },
      },
    ],
  },
  /** Shape b: what v3 says of most things. */
  v3Object: {
    status: 422,
    body: v3(422, "JSON data is missing or invalid", { name: "is missing" }),
  },
  /** Shape b without `errors` but with the rarer fields. */
  v3ObjectWithDetail: {
    status: 400,
    body: {
      status: 400,
      title: "Input is invalid",
      type: TYPE,
      detail: "Syntax error",
      instance: "/v3/customers",
      code: 40000,
    },
  },
  /** Shape c: v2's single group. */
  v2Errors: {
    status: 400,
    body: { errors: [{ status: 400, title: "Bad request", type: TYPE }] },
  },
  /** Shape d: some corners of v3. */
  codeAndMessage: {
    status: 403,
    body: { code: 403, message: "Missing scope" },
  },
  /** Shape e: deleting price lists while the platform is busy. */
  degraded: {
    status: 503,
    body: {
      error: {
        code: "SERVICE_DEGRADED",
        message: "Service temporarily unavailable",
        details: "Too many records are being written",
        retry_after_seconds: 30,
        timestamp: "2024-01-01T00:00:00.000Z",
      },
    },
  },
  /** Shape f: the gateway turns a token away. */
  plainTextUnauthorized: {
    status: 401,
    body: "X-Auth-Token header should have correct format",
  },
  /** Shape g: a page for people. */
  htmlServerError: {
    status: 500,
    headers: HTML,
    body: "<!DOCTYPE html><html><body><h1>Internal Server Error</h1></body></html>",
  },
  /** Shape g from the proxy. */
  htmlBadGateway: {
    status: 502,
    headers: HTML,
    body: "<html><head><title>502 Bad Gateway</title></head></html>",
  },
  /** Shape g as XML. */
  xmlServerError: {
    status: 500,
    headers: XML,
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<errors><error><status>500</status><message>Internal error</message></error></errors>\n',
  },
  /** 403 as observed, whatever the scopes of the token are. */
  missingScope: {
    status: 403,
    body: v3(403, "You don't have a required scope to access the endpoint", {}),
  },
  /** 409 with what it collides with. */
  conflict: {
    status: 409,
    body: v3(409, "The name is taken", { name: "must be unique" }),
  },
  /** 503: the store is being upgraded or suspended. */
  maintenance: {
    status: 503,
    headers: HTML,
    body: "<html><body>The store is down for maintenance.</body></html>",
  },
  /** 504 without a body. */
  gatewayTimeout: { status: 504 },
  /** 507: a limit of the plan is reached. */
  planLimit: {
    status: 507,
    body: v3(507, "The limit of the plan is reached", {}),
  },
  /** 207: written, but not all of it. */
  partialSuccess: {
    status: 207,
    body: { status: 207, message: "The storewide discount was not updated" },
  },
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

function v3<Errors extends Readonly<Record<string, string>>>(
  status: number,
  title: string,
  errors: Errors,
) {
  return { status, title, type: TYPE, errors };
}
