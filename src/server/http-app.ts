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
import {
  type RefusalOptions,
  type Visit,
  codesIn,
  refuseRequest,
  reportRefused,
} from "./refuse-requests";
import type { Report } from "./report-operations";
import { sendAnswer } from "./send-answer";
import { type JoinOperation, createJoinOperation } from "./share-operations";
import { Turns } from "./turns";

export interface HttpAppOptions extends RefusalOptions {
  readonly answer: AnswerOperation;
  readonly report: Pick<Report, "coalesced" | "refused" | "settled">;
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
/** One for all: to make an error takes longer than anything else here. */
const hasEnded = new TransportFailure("cancelled", "the operation has ended");

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
      const visit: Visit = {
        request,
        response,
        startedAt: performance.now(),
        isOperation: false,
        caller: undefined,
      };
      route(options, operations, visit, !isDraining).catch((error: unknown) => {
        refuseRequest(options, visit, error);
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
      sendAnswer(response, 200, "ok\n", plainText);
      return;
    case "/readyz": {
      const state = !isReady
        ? "stopping"
        : options.overload.isOverloaded()
          ? "overloaded"
          : "ready";
      sendAnswer(
        response,
        state === "ready" ? 200 : 503,
        `${state}\n`,
        plainText,
      );
      return;
    }
    case "/metrics": {
      const { type, text } = await options.metrics.page();
      sendAnswer(response, 200, text, { "content-type": type });
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
        cancellation.cancel(hasEnded);
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
    sendAnswer(response, answered.status, answered.body, answered.headers);
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

const plainText = { "content-type": "text/plain; charset=utf-8" };
