import { setMaxListeners } from "node:events";
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from "node:http";
import {
  type ApolloServer,
  HeaderMap,
  type HTTPGraphQLRequest,
} from "@apollo/server";
import { ClienteleError } from "../domain/errors";
import {
  type ConnectedStore,
  type OperationContext,
  createOperationContext,
} from "../graph/operation-context";
import { TransportFailure } from "../http/transport-failure";
import { inSpan, traceOf } from "../telemetry/spans";
import type { Authenticate } from "./authenticate";
import type { Explorer } from "./explorer";
import type { Metrics } from "./metrics";
import type { Overload } from "./overload";
import { RefusedRequest, readRequestBody } from "./read-request-body";

export interface HttpAppOptions {
  readonly apollo: ApolloServer<OperationContext>;
  readonly stores: readonly ConnectedStore[];
  readonly authenticate: Authenticate;
  readonly metrics: Metrics;
  /** Deadline of an operation, all its reads included. */
  readonly operationTimeoutMs: number;
  /** Absent when a browser is answered as everybody. */
  readonly explorer?: Explorer | undefined;
  readonly overload: Overload;
}

const maxBodyBytes = 256 * 1024;

/** The HTTP face, not yet listening. */
export interface HttpApp {
  readonly server: Server;
  /**
   * Says at `/readyz` that it stops. From now on every answer ends its
   * connection, so that no client sends its next request into a closing one.
   */
  drain(): void;
}

/** The HTTP face: `/graphql`, `/healthz`, `/readyz` and `/metrics`. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  let isDraining = false;
  const underWay = new Set<ServerResponse>();
  const server = createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      response.shouldKeepAlive &&= !isDraining;
      underWay.add(response);
      response.once("close", () => underWay.delete(response));
      route(options, request, response, !isDraining).catch((error: unknown) => {
        refuse(response, error);
      });
    },
  );
  return {
    server,
    drain: () => {
      isDraining = true;
      for (const response of underWay) response.shouldKeepAlive = false;
    },
  };
}

async function route(
  options: HttpAppOptions,
  request: IncomingMessage,
  response: ServerResponse,
  isReady: boolean,
): Promise<void> {
  const { pathname, search } = partsOf(request.url ?? "/");
  if (options.explorer?.answer(request, response, pathname, search)) return;
  switch (pathname) {
    case "/graphql":
      await answerGraphQL(options, request, response, search);
      return;
    case "/healthz":
      answer(response, 200, "text/plain; charset=utf-8", "ok\n");
      return;
    case "/readyz": {
      const state = !isReady
        ? "stopping"
        : options.overload.isOverloaded()
          ? "overloaded"
          : "ready";
      answer(
        response,
        state === "ready" ? 200 : 503,
        "text/plain; charset=utf-8",
        `${state}\n`,
      );
      return;
    }
    case "/metrics": {
      const { type, text } = await options.metrics.page();
      answer(response, 200, type, text);
      return;
    }
    default:
      throw new RefusedRequest(404, "There is nothing here; see /graphql.");
  }
}

/** Splits a request's target; nothing in it is decoded, so nothing can fail. */
function partsOf(target: string): {
  readonly pathname: string;
  readonly search: string;
} {
  const mark = target.indexOf("?");
  return mark < 0
    ? { pathname: target, search: "" }
    : { pathname: target.slice(0, mark), search: target.slice(mark) };
}

async function answerGraphQL(
  options: HttpAppOptions,
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
): Promise<void> {
  const caller = await options.authenticate(request.headers.authorization);
  if (!caller) {
    response.setHeader("www-authenticate", "Bearer");
    throw new ClienteleError(
      "UNAUTHENTICATED",
      "The request needs an Authorization header with a valid bearer token.",
    );
  }
  const body =
    request.method === "POST"
      ? await readRequestBody(request, maxBodyBytes)
      : undefined;
  const leave = options.overload.enter();
  if (!leave) {
    throw new RefusedRequest(
      503,
      "The server has all the operations in hand that it takes; ask again later.",
    );
  }
  const operation = beginOperation(response, options.operationTimeoutMs);
  try {
    const context = createOperationContext({
      caller,
      stores: options.stores,
      signal: operation.signal,
      deadlineAt: operation.deadlineAt,
      showsUpstream:
        request.headers["clientele-debug"] === "upstream" &&
        caller.scopes.has("debug"),
    });
    const answered = await inSpan(
      { name: "graphql", kind: "server", parent: traceOf(request.headers) },
      () =>
        options.apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: toGraphQLRequest(request, search, body),
          context: () => Promise.resolve(context),
        }),
    );
    for (const [name, value] of answered.headers) {
      response.setHeader(name, value);
    }
    if (answered.body.kind !== "complete") {
      throw new RefusedRequest(406, "Answers in parts are not supported.");
    }
    answer(
      response,
      answered.status ?? 200,
      answered.headers.get("content-type") ?? "application/json; charset=utf-8",
      answered.body.string,
      answered.headers.get("cache-control"),
    );
  } finally {
    operation.end();
    leave();
  }
}

/** The signal of an operation: fires at its deadline, or when its client leaves. */
function beginOperation(
  response: ServerResponse,
  timeoutMs: number,
): { readonly signal: AbortSignal; readonly deadlineAt: number; end(): void } {
  const controller = new AbortController();
  const deadlineAt = performance.now() + timeoutMs;
  // Every upstream request of the operation listens to it.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(() => {
    controller.abort(
      new TransportFailure(
        "timeout",
        `the operation's deadline of ${timeoutMs} ms passed`,
      ),
    );
  }, timeoutMs);
  const leave = () => {
    controller.abort(new TransportFailure("cancelled", "the client has left"));
  };
  response.once("close", leave);
  return {
    signal: controller.signal,
    deadlineAt,
    end: () => {
      clearTimeout(timer);
      response.off("close", leave);
    },
  };
}

function toGraphQLRequest(
  request: IncomingMessage,
  search: string,
  body: unknown,
): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
  }
  return { method: request.method ?? "GET", headers, search, body };
}

function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  cacheControl = "no-store",
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": cacheControl,
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

const statusOfCode: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
};

/** Answers what never became an operation, in GraphQL's form. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const [status, code, message] =
    error instanceof RefusedRequest
      ? [
          error.status,
          error.status === 503 ? "SERVICE_UNAVAILABLE" : "BAD_REQUEST",
          error.message,
        ]
      : error instanceof ClienteleError
        ? [statusOfCode[error.code] ?? 400, error.code, error.message]
        : [500, "INTERNAL_SERVER_ERROR", "Something went wrong."];
  if (status === 503) response.setHeader("retry-after", "1");
  // What is left of a refused body is not read.
  if (!response.req.complete) response.setHeader("connection", "close");
  answer(
    response,
    status,
    "application/json; charset=utf-8",
    JSON.stringify({ errors: [{ message, extensions: { code } }] }),
  );
}
