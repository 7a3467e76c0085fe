import type { ReadyFaults } from "../room";
import {
  JSON_API,
  invalidToken,
  tooManyRequests,
  unauthorized,
} from "./errors";

const HTML = { "content-type": "text/html; charset=utf-8" };

/**
 * Answers that the platform is known, or has to be expected, to send and this
 * room sends only when it is told to: pass one to `faults.add`, alone or with
 * `when`, `times` and `after` beside it. The README says where each comes from.
 */
export const readyFaults = {
  /** 429 with the headers of the average window, used up. */
  throttled: {
    status: 429,
    headers: {
      "content-type": JSON_API,
      "x-ratelimit-limit": "100",
      "x-ratelimit-interval": "60",
      "x-ratelimit-remaining": "0",
    },
    body: documentOf(tooManyRequests()),
  },
  /** 429 of the burst window, which no header tells of. */
  throttledByBurst: {
    status: 429,
    headers: {
      "content-type": JSON_API,
      "x-ratelimit-limit": "100",
      "x-ratelimit-interval": "60",
      "x-ratelimit-remaining": "61",
    },
    body: documentOf(tooManyRequests()),
  },
  /** 429 without any header. */
  throttledSilently: {
    status: 429,
    headers: { "content-type": JSON_API },
    body: documentOf(tooManyRequests()),
  },
  /** 429 with a wait, which one source has and another has not. */
  throttledWithRetryAfter: {
    status: 429,
    headers: { "content-type": JSON_API, "retry-after": "1" },
    body: documentOf(tooManyRequests()),
  },
  /** 429 of the token endpoint, whose statuses are numbers. */
  throttledToken: {
    status: 429,
    body: {
      errors: [
        {
          title: "too_many_requests",
          detail: "The rate limit is exceeded. Please slow down.",
          code: "TOO_MANY_REQUESTS",
          status: 429,
        },
      ],
    },
  },
  /** 401: the token has expired or was revoked. */
  tokenRefused: {
    status: 401,
    headers: { "content-type": JSON_API },
    body: documentOf(invalidToken()),
  },
  /** 401: the credential may not read this. */
  accessDenied: {
    status: 401,
    headers: { "content-type": JSON_API },
    body: documentOf(unauthorized()),
  },
  /** 200 that holds errors and nothing else. */
  errorsWithOk: {
    status: 200,
    headers: { "content-type": JSON_API },
    body: documentOf(unauthorized()),
  },
  /** 500 as the framework writes it. */
  serverError: {
    status: 500,
    headers: { "content-type": JSON_API },
    body: {
      errors: [
        {
          title: "Internal Server Error",
          detail: "Internal Server Error",
          code: "INTERNAL_SERVER_ERROR",
          status: "500",
        },
      ],
    },
  },
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
  /** 200 with an empty body, where a document was to come. */
  emptyOk: { status: 200, headers: { "content-type": JSON_API }, body: "" },
  /** 200 with a page for people, where a document was to come. */
  htmlOk: {
    status: 200,
    headers: HTML,
    body: "<!DOCTYPE html><html><body>Log in</body></html>",
  },
  /** 200 with JSON of a shape that nothing has. */
  unknownShape: { status: 200, body: { unexpected: [1, "two", null] } },
} as const satisfies ReadyFaults;

/** The name of a ready-made fault. */
export type ReadyFaultName = keyof typeof readyFaults;

function documentOf({
  title,
  detail,
  code,
  status,
}: ReturnType<typeof tooManyRequests>) {
  return { errors: [{ title, detail, code, status: String(status) }] };
}
