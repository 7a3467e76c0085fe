import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from "node:http";
import type { Cancellation } from "../domain/cancellation";
import { ClienteleError } from "../domain/errors";
import type { Seat, Work } from "../domain/flights";
import type { Caller } from "../graph/caller";
import type { ReportMasked } from "../graph/format-error";
import {
  type ConnectedStore,
  createOperationContext,
} from "../graph/operation-context";
import { TransportFailure } from "../http/transport-failure";
import { failSpan, inSpan, traceOf } from "../telemetry/spans";
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
import { type Report, codesOf } from "./report-operations";
import { type JoinOperation, createJoinOperation } from "./share-operations";
import { Turns } from "./turns";

export interface HttpAppOptions {
  readonly answer: AnswerOperation;
  readonly report: Pick<Report, "coalesced" | "refused" | "settled">;
  /** Hears of errors that clients are not shown. */
  readonly reportMasked: ReportMasked;
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

/** A request on its way to an answer. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly startedAt: number;
  /** Whether it asks for an operation, and not for a page or a probe. */
  isOperation: boolean;
  /** Known once it is authenticated. */
  caller: Caller | undefined;
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
      const visit: Visit = {
        request,
        response,
        startedAt: performance.now(),
        isOperation: false,
        caller: undefined,
      };
      route(options, operations, visit, !isDraining).catch((error: unknown) => {
        refuse(options, visit, error);
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
  operations: UnderWay,
  visit: Visit,
  isReady: boolean,
): Promise<void> {
  const { request, response } = visit;
  const { pathname, search } = partsOf(request.url ?? "/");
  if (options.explorer?.answer(request, response, pathname, search)) return;
  switch (pathname) {
    case "/graphql":
      visit.isOperation = true;
      await answerGraphQL(options, operations, visit, search);
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

/**
 * A place is taken for an operation before its body is read: bodies that wait
 * to be complete are work in hand too. Whoever has no right to ask gets none.
 */
async function answerGraphQL(
  options: HttpAppOptions,
  operations: UnderWay,
  visit: Visit,
  search: string,
): Promise<void> {
  const { request, response } = visit;
  requireMethod(request, response);
  const caller = await authenticate(options, visit);
  const giveBack = options.overload.enter();
  if (!giveBack) {
    throw new RefusedRequest(
      503,
      "The server has all the operations in hand that it takes; ask again later.",
    );
  }
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
    const { headers, method = "GET" } = request;
    const text =
      method === "POST"
        ? await readRequestText(request, maxBodyBytes)
        : undefined;
    const startedAt = performance.now();
    const showsUpstream =
      headers["clientele-debug"] === "upstream" && caller.scopes.has("debug");
    const run = async (cancellation: Cancellation): Promise<Answered> => {
      const context = createOperationContext({
        caller,
        stores: options.stores,
        signal: cancellation,
        deadlineAt: startedAt + options.operationTimeoutMs,
        showsUpstream,
      });
      const timer = startDeadline(cancellation, options.operationTimeoutMs);
      try {
        const turn = operations.turns.take();
        if (turn) await turn;
        const body = text === undefined ? undefined : parseRequestText(text);
        return await options.answer({ method, search, headers, body }, context);
      } finally {
        clearTimeout(timer);
        // An error may have ended a field whose other reads go on for nobody.
        cancellation.cancel(
          new TransportFailure("cancelled", "the operation has ended"),
        );
        // What was under way is in the ledger once it knows that it is over.
        setImmediate(() => {
          options.report.settled(context.ledger);
        });
      }
    };
    // What it cost upstream is each one's own.
    const sharedText = showsUpstream ? undefined : text;
    const { accept = "" } = headers;
    const answered = await inSpan(
      { name: "graphql", kind: "server", parent: traceOf(headers) },
      async (span) => {
        const joined = operations.join(
          { caller, search, accept, text: sharedText },
          run,
        );
        seat = joined;
        const value = await joined.work.value;
        if (!value.ended) {
          const codes = codesIn(value.body);
          reportRefused(options, visit, value.status, codes);
          failSpan(span, codes[0]);
        } else if (!joined.isFirst) {
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

/** @throws RefusedRequest 405. */
function requireMethod(
  { method }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method === "GET" || method === "POST") return;
  response.setHeader("allow", "GET, POST");
  throw new RefusedRequest(405, "Operations are sent by POST, or by GET.");
}

/** @throws ClienteleError for nobody that we know. */
async function authenticate(
  options: HttpAppOptions,
  visit: Visit,
): Promise<Caller> {
  const { request, response } = visit;
  const caller = await options.authenticate(request.headers.authorization);
  if (!caller) {
    response.setHeader("www-authenticate", "Bearer");
    throw new ClienteleError(
      "UNAUTHENTICATED",
      "The request needs an Authorization header with a valid bearer token.",
    );
  }
  visit.caller = caller;
  return caller;
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
function refuse(options: HttpAppOptions, visit: Visit, error: unknown): void {
  const { response } = visit;
  if (response.headersSent) {
    options.reportMasked(error);
    response.destroy();
    return;
  }
  const { status, message, extensions } = refusalOf(options, error);
  reportRefused(options, visit, status, [extensions.code]);
  if (status === 503) response.setHeader("retry-after", "1");
  // What is left of a refused body is not read.
  if (!response.req.complete) response.setHeader("connection", "close");
  answer(
    response,
    status,
    JSON.stringify({ errors: [{ message, extensions }] }),
    { "content-type": "application/json; charset=utf-8" },
  );
}

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly extensions: { readonly code: string; readonly id?: string };
}

function refusalOf({ reportMasked }: HttpAppOptions, error: unknown): Refusal {
  if (error instanceof RefusedRequest) {
    const { status, message } = error;
    const code = status === 503 ? "SERVICE_UNAVAILABLE" : "BAD_REQUEST";
    return { status, message, extensions: { code } };
  }
  if (error instanceof ClienteleError) {
    const { code, message } = error;
    return { status: statusOfCode[code] ?? 400, message, extensions: { code } };
  }
  return {
    status: 500,
    message:
      "Something went wrong inside the server. Give the id to its operator.",
    extensions: { code: "INTERNAL_SERVER_ERROR", id: reportMasked(error) },
  };
}

function reportRefused(
  { report }: HttpAppOptions,
  { startedAt, isOperation, caller }: Visit,
  status: number,
  codes: readonly [string, ...string[]],
): void {
  const ms = performance.now() - startedAt;
  report.refused({ status, codes, ms, isOperation, caller });
}

/** The codes of the errors of an answer without data. */
function codesIn(body: string): [string, ...string[]] {
  const { errors } = JSON.parse(body) as {
    readonly errors?: Parameters<typeof codesOf>[0];
  };
  const [first = "INTERNAL_SERVER_ERROR", ...others] = codesOf(errors);
  return [first, ...others];
}
