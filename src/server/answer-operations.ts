import type { IncomingHttpHeaders } from "node:http";
import {
  type ApolloServer,
  HeaderMap,
  type HTTPGraphQLRequest,
} from "@apollo/server";
import type {
  ExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
} from "graphql";
import { LRUCache } from "lru-cache";
import { ClienteleError } from "../domain/errors";
import type { OperationContext } from "../graph/operation-context";
import type { Ledger } from "../http/ledger";
import { cachePolicyOf } from "./allow-caching";
import type { KnownOperation, KnownOperations } from "./known-operations";
import {
  type PlanLimits,
  coerceVariables,
  extensionsOf,
  planOperation,
} from "./plan-operations";
import { RefusedRequest } from "./read-request-body";
import {
  type EndedOperation,
  type Report,
  codesOf,
  identityOf,
} from "./report-operations";

/** A request to `/graphql` whose body was read. */
export interface OperationRequest {
  readonly method: string;
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** As JSON; undefined for a body of another media type. */
  readonly body: unknown;
}

/** What is answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What was reported of the operation; absent when nothing was run. */
  readonly ended?: EndedOperation;
}

export interface AnswerOptions {
  readonly apollo: ApolloServer<OperationContext>;
  readonly schema: GraphQLSchema;
  readonly limits: PlanLimits;
  readonly known: KnownOperations;
  readonly report: Report;
  readonly formatError: (
    formatted: GraphQLFormattedError,
    error: unknown,
  ) => GraphQLFormattedError;
  /** How operations ended that Apollo Server answered, by their ledger. */
  readonly endings: WeakMap<Ledger, EndedOperation>;
}

/** Answers a request to `/graphql`. */
export type AnswerOperation = (
  request: OperationRequest,
  context: OperationContext,
) => Promise<Answered>;

/** A longer `accept` is negotiated every time. */
const maxAcceptLength = 200;

/**
 * Answers operations. One that is known, and asked for in the plain way, runs
 * at once: parsing, validation, negotiation and the checks of a request were
 * done when it came first. Everything else is Apollo Server's, and so is
 * whatever turns out to be wrong with a known one before it runs: there is one
 * way only to refuse.
 */
export function createAnswerOperation(options: AnswerOptions): AnswerOperation {
  // What Apollo Server answered with, by what it was asked to accept.
  const contentTypes = new LRUCache<string, string>({ max: 100 });

  return async (request, context) => {
    const plain = plainOf(request);
    const accept = request.headers.accept ?? "";
    if (plain) {
      const known = options.known.get(plain.query, plain.operationName);
      const contentType = contentTypes.get(accept);
      const answered =
        known &&
        contentType !== undefined &&
        (await answerKnown(options, known, plain.variables, context));
      if (answered) {
        return {
          ...answered,
          headers: { "content-type": contentType, ...answered.headers },
        };
      }
    }
    const answered = await answerByApollo(options, request, context);
    const type = answered.headers["content-type"];
    if (
      plain &&
      answered.status === 200 &&
      type !== undefined &&
      accept.length <= maxAcceptLength
    ) {
      contentTypes.set(accept, type);
    }
    return answered;
  };
}

/** @returns `null` when the operation cannot be run as it came. */
async function answerKnown(
  options: AnswerOptions,
  { document, operation, compiled }: KnownOperation,
  given: Readonly<Record<string, unknown>> | undefined,
  context: OperationContext,
): Promise<Answered | null> {
  const startedAt = performance.now();
  const { schema } = options;
  const variables = coerceVariables(schema, operation, given);
  if (!variables) return null;
  try {
    planOperation(
      { schema, document, operation, variables, context },
      options.limits,
    );
  } catch (error) {
    if (error instanceof ClienteleError) return null;
    throw error;
  }
  const result = await compiled.execute(context, variables);
  const errors = result.errors?.map((error) => format(error, options));
  const ended = {
    identity: identityOf(document, operation),
    codes: codesOf(errors),
  };
  options.report.ended(ended, performance.now() - startedAt, context);
  return {
    status: 200,
    headers: cachePolicyOf(context.caller, errors === undefined) ?? {},
    body: toText(errors, result.data, extensionsOf(context)),
    ended,
  };
}

/** As Apollo Server does before it asks `formatError`. */
function format(
  error: GraphQLError,
  { formatError }: AnswerOptions,
): GraphQLFormattedError {
  const { code = "INTERNAL_SERVER_ERROR", ...others } = error.extensions;
  return formatError(
    { ...error.toJSON(), extensions: { ...others, code } },
    error,
  );
}

/** As Apollo Server writes it: errors first, and a line's end. */
function toText(
  errors: readonly GraphQLFormattedError[] | undefined,
  data: ExecutionResult["data"],
  extensions: object | undefined,
): string {
  return `${JSON.stringify({
    ...(errors ? { errors } : {}),
    data,
    ...(extensions ? { extensions } : {}),
  })}\n`;
}

async function answerByApollo(
  { apollo, endings }: AnswerOptions,
  request: OperationRequest,
  context: OperationContext,
): Promise<Answered> {
  const answered = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: toGraphQLRequest(request),
    context: () => Promise.resolve(context),
  });
  if (answered.body.kind !== "complete") {
    throw new RefusedRequest(406, "Answers in parts are not supported.");
  }
  const ended = endings.get(context.ledger);
  return {
    status: answered.status ?? 200,
    headers: Object.fromEntries(answered.headers),
    body: answered.body.string,
    ...(ended ? { ended } : {}),
  };
}

function toGraphQLRequest({
  method,
  search,
  headers: given,
  body,
}: OperationRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
  }
  return { method, headers, search, body };
}

interface PlainOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** A POST of JSON that holds an operation and nothing beside it. */
function plainOf({
  method,
  body,
}: OperationRequest): PlainOperation | undefined {
  if (method !== "POST" || !isObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  const isPlain =
    typeof query === "string" &&
    isAbsentOr(operationName, typeof operationName === "string") &&
    isAbsentOr(variables, isObject(variables)) &&
    isAbsentOr(extensions, false);
  return isPlain
    ? {
        query,
        operationName: (operationName as string | null) ?? undefined,
        variables: (variables as Record<string, unknown> | null) ?? undefined,
      }
    : undefined;
}

function isAbsentOr(value: unknown, isRight: boolean): boolean {
  return value === undefined || value === null || isRight;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
