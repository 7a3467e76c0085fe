import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from "node:http";
import type { Cancellation } from "../domain/cancellation";
import { ClienteleError } from "../domain/errors";
import type { Seat, Work } from "../domain/flights";
import {
  type ConnectedStore,
  createOperationContext,
} from "../graph/operation-context";
import { TransportFailure } from "../http/transport-failure";
import { inSpan, traceOf } from "../telemetry/spans";
import type { AnswerOperation, Answered } from "./answer-operations";
import type { Authenticate } from "./authenticate";
import type { Explorer } from "./explorer";
import type { Metrics } from "./metrics";
import type { Overload } from "./overload";
import {
  RefusedRequest,
  parseRequestText,
  readRequestText,
} from "./read-request-body";
import type { Report } from "./report-operations";
import { type JoinOperation, createJoinOperation } from "./share-operations";
import { Turns } from "./turns";

export interface HttpAppOptions {
  readonly answer: AnswerOperation;
  readonly report: Pick<Report, "coalesced">;
  readonly stores: readonly ConnectedStore[];
  readonly authenticate: Authenticate;
  readonly metrics: Metrics;
  /** Deadline of an operation, all its reads included. */
  readonly operationTimeoutMs: number;
  /** Whether equal operations under way are run once. */
  readonly coalesces: boolean;
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

/** What the operations of one server have in common. */
interface UnderWay {
  readonly join: JoinOperation;
  /** When one begins. */
  readonly turns: Turns;
}

/** The HTTP face: `/graphql`, `/healthz`, `/readyz` and `/metrics`. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  let isDraining = false;
  const operations: UnderWay = {
    join: createJoinOperation(options),
    turns: new Turns(),
  };
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
      route(options, operations, request, response, !isDraining).catch(
        (error: unknown) => {
          refuse(response, error);
        },
      );
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
  operations: UnderWay,
  request: IncomingMessage,
  response: ServerResponse,
  isReady: boolean,
): Promise<void> {
  const { pathname, search } = partsOf(request.url ?? "/");
  if (options.explorer?.answer(request, response, pathname, search)) return;
  switch (pathname) {
    case "/graphql":
      await answerGraphQL(options, operations, request, response, search);
      return;
    case "/healthz":
      answer(response, 200, "ok\n", plainText);
      return;
    case "/readyz": {
      const state = !isReady
        ? "stopping"
        : options.overload.isOverloaded()
          ? "overloaded"
          : "ready";
      answer(response, state === "ready" ? 200 : 503, `${state}\n`, plainText);
      return;
    }
    case "/metrics": {
      const { type, text } = await options.metrics.page();
      answer(response, 200, text, { "content-type": type });
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
  operations: UnderWay,
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
): Promise<void> {
  const { headers, method = "GET" } = request;
  const caller = await options.authenticate(headers.authorization);
  if (!caller) {
    response.setHeader("www-authenticate", "Bearer");
    throw new ClienteleError(
      "UNAUTHENTICATED",
      "The request needs an Authorization header with a valid bearer token.",
    );
  }
  const text =
    method === "POST"
      ? await readRequestText(request, maxBodyBytes)
      : undefined;
  const giveBack = options.overload.enter();
  if (!giveBack) {
    throw new RefusedRequest(
      503,
      "The server has all the operations in hand that it takes; ask again later.",
    );
  }
  const startedAt = performance.now();
  const showsUpstream =
    headers["clientele-debug"] === "upstream" && caller.scopes.has("debug");
  const run = async (cancellation: Cancellation): Promise<Answered> => {
    const timer = startDeadline(cancellation, options.operationTimeoutMs);
    try {
      const turn = operations.turns.take();
      if (turn) await turn;
      const context = createOperationContext({
        caller,
        stores: options.stores,
        signal: cancellation,
        deadlineAt: startedAt + options.operationTimeoutMs,
        showsUpstream,
      });
      const body = text === undefined ? undefined : parseRequestText(text);
      return await options.answer({ method, search, headers, body }, context);
    } finally {
      clearTimeout(timer);
    }
  };
  // What it cost upstream is each one's own.
  const sharedText = showsUpstream ? undefined : text;
  const { accept = "" } = headers;
  let seat: Seat<Work<Answered>> | undefined;
  let hasLeft = false;
  const leave = () => {
    if (hasLeft) return;
    hasLeft = true;
    response.off("close", leave);
    seat?.leave(() => new TransportFailure("cancelled", "the client has left"));
    giveBack();
  };
  response.on("close", leave);
  try {
    const answered = await inSpan(
      { name: "graphql", kind: "server", parent: traceOf(headers) },
      async () => {
        const joined = operations.join(
          { caller, search, accept, text: sharedText },
          run,
        );
        seat = joined;
        const value = await joined.work.value;
        if (!joined.isFirst && value.ended) {
          const ms = performance.now() - startedAt;
          options.report.coalesced(value.ended, ms, caller);
        }
        return value;
      },
    );
    answer(response, answered.status, answered.body, answered.headers);
  } finally {
    leave();
  }
}

/** Cancels an operation when its time is up. */
function startDeadline(
  operation: Cancellation,
  timeoutMs: number,
): NodeJS.Timeout {
  return setTimeout(() => {
    operation.cancel(
      new TransportFailure(
        "timeout",
        `the operation's deadline of ${timeoutMs} ms passed`,
      ),
    );
  }, timeoutMs);
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

const plainText = { "content-type": "text/plain; charset=utf-8" };

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
    JSON.stringify({ errors: [{ message, extensions: { code } }] }),
    { "content-type": "application/json; charset=utf-8" },
  );
}
