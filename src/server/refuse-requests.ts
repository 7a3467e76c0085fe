import type { IncomingMessage, ServerResponse } from "node:http";
import { ClienteleError } from "../domain/errors";
import type { Caller } from "../graph/caller";
import type { ReportMasked } from "../graph/format-error";
import { RefusedRequest } from "./read-request-body";
import { type Report, codesOf } from "./report-operations";
import { sendAnswer } from "./send-answer";

export interface RefusalOptions {
  readonly report: Pick<Report, "refused">;
  /** Hears of errors that clients are not shown. */
  readonly reportMasked: ReportMasked;
}

/** A request on its way to an answer. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly startedAt: number;
  /** Whether it asks for an operation, and not for a page or a probe. */
  isOperation: boolean;
  /** Known once it is authenticated. */
  caller: Caller | undefined;
}

const statusOfCode: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
};

/** Answers what never became an operation, in GraphQL's form, and reports it. */
export function refuseRequest(
  options: RefusalOptions,
  visit: Visit,
  error: unknown,
): void {
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
  sendAnswer(
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

function refusalOf({ reportMasked }: RefusalOptions, error: unknown): Refusal {
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

/** Tells metrics and log of a request that was refused. */
export function reportRefused(
  { report }: RefusalOptions,
  { startedAt, isOperation, caller }: Visit,
  status: number,
  codes: readonly [string, ...string[]],
): void {
  const ms = performance.now() - startedAt;
  report.refused({ status, codes, ms, isOperation, caller });
}

/** The codes of the errors of an answer without data. */
export function codesIn(body: string): [string, ...string[]] {
  const { errors } = JSON.parse(body) as {
    readonly errors?: Parameters<typeof codesOf>[0];
  };
  const [first = "INTERNAL_SERVER_ERROR", ...others] = codesOf(errors);
  return [first, ...others];
}
