import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  getVariableValues,
  parse,
} from "graphql";
import { ClienteleError, QueryTooComplexError } from "../domain/errors";
import { checkDocument } from "../graph/limits/check-document";
import {
  type PlannedOperation,
  estimateRequests,
} from "../graph/limits/estimate-requests";
import type { OperationLimits } from "../graph/limits/operation-limits";
import type { OperationContext } from "../graph/operation-context";
import { projectionOf } from "../graph/projection";
import { compiledOperationOf } from "../graph/execution/compile-operation";
import type { StaleStore, UpstreamSummary } from "../http/ledger";
import type { KnownOperations } from "./known-operations";

/** Stands for a document that is refused; see {@link planOperations}. */
export const refusedDocument = parse("{ __typename }", { noLocation: true });

/**
 * Refuses operations that are too large, before they cost anything, tells the
 * stores what the others ask for, before their first read, and notes them as
 * known.
 *
 * A document is checked between its parsing and its validation, which is what
 * a hostile one would wear out. Apollo Server lets nobody refuse there: so
 * validation is given an empty document, and the refusal comes after it.
 */
export function planOperations(
  limits: OperationLimits,
  known: KnownOperations,
): ApolloServerPlugin<OperationContext> {
  return {
    requestDidStart: () => {
      let refusal: QueryTooComplexError | null = null;
      return Promise.resolve({
        validationDidStart: (request) => {
          refusal = checkDocument(request.document, limits);
          if (refusal) setDocument(request, refusedDocument);
          return Promise.resolve();
        },
        didResolveOperation: (request) => {
          if (refusal) {
            // Nobody is to take the empty one for what was sent.
            setDocument(request, undefined);
            throw toGraphQLError(refusal);
          }
          const { schema, document, operation, contextValue } = request;
          if (!operation) return Promise.resolve();
          requireQuery(schema, operation);
          const variables = coerceVariables(
            schema,
            operation,
            request.request.variables,
          );
          // Execution will say what is wrong with them.
          if (!variables) return Promise.resolve();
          try {
            planOperation(
              {
                schema,
                document,
                operation,
                variables,
                context: contextValue,
              },
              limits,
            );
          } catch (error) {
            throw error instanceof ClienteleError
              ? toGraphQLError(error)
              : error;
          }
          known.add(request.source, request.request.operationName, {
            document,
            operation,
            compiled: compiledOperationOf(schema, document, operation),
          });
          return Promise.resolve();
        },
        willSendResponse: ({ response, contextValue }) => {
          const extensions = extensionsOf(contextValue);
          if (extensions && response.body.kind === "single") {
            response.body.singleResult.extensions = {
              ...response.body.singleResult.extensions,
              ...extensions,
            };
          }
          return Promise.resolve();
        },
      });
    },
  };
}

/**
 * Tells the stores what an operation asks for, and looks whether it may run.
 *
 * @throws ClienteleError when it is too much.
 */
export function planOperation(
  planned: PlannedOperation,
  { maxUpstreamRequests }: Pick<OperationLimits, "maxUpstreamRequests">,
): void {
  const { schema, document, operation, variables, context } = planned;
  context.plan(projectionOf(schema, document, operation, variables));
  allow(planned, maxUpstreamRequests);
}

/** What stands in an answer beside its data and errors. */
export interface AnswerExtensions {
  /** The stores of which older data stands in for what could not be had. */
  readonly stale?: readonly StaleStore[];
  /** What it cost, for those to whom that is shown. */
  readonly upstream?: UpstreamSummary;
}

/** @returns `undefined` when there is nothing to say. */
export function extensionsOf({
  showsUpstream,
  ledger,
}: OperationContext): AnswerExtensions | undefined {
  const { stale } = ledger;
  if (stale.length === 0 && !showsUpstream) return undefined;
  return {
    ...(stale.length > 0 ? { stale } : {}),
    ...(showsUpstream ? { upstream: ledger.summary() } : {}),
  };
}

/**
 * Lets an operation send what it can cause. What only reading can tell, such
 * as how long a list is, makes the most that can come of it far more than what
 * does: so an operation is judged by what is usual, and the ledger sees to it
 * that no more than the limit is sent.
 *
 * @throws ClienteleError when it is too much.
 */
function allow(planned: PlannedOperation, limit: number): void {
  const { ledger } = planned.context;
  const most = estimateRequests(planned, "most");
  if (most.requests > limit) {
    const { requests, mostly } = estimateRequests(planned, "usual");
    if (requests > limit) {
      ledger.allow(requests, limit);
      throw new QueryTooComplexError(
        "upstreamRequests",
        limit,
        requests,
        `The operation can cause ${requests} upstream requests, most of them for ${mostly}, and may cause ${limit}: ask for smaller pages or fewer ids, or for what lies deeper in an operation of its own.`,
      );
    }
  }
  ledger.allow(Math.min(most.requests, limit), limit);
}

/** Validation lets pass what the schema has no type for. */
function requireQuery(
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
): void {
  if (schema.getRootType(operation)) return;
  throw new GraphQLError(`There are no ${operation}s here, only queries.`, {
    extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } },
  });
}

/** @returns `null` when they are not what the operation declares. */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> | null {
  const { coerced } = getVariableValues(
    schema,
    variableDefinitions,
    variables,
    { maxErrors: 1 },
  );
  return coerced ?? null;
}

function setDocument(
  request: { readonly document: DocumentNode },
  document: DocumentNode | undefined,
): void {
  (request as { document: DocumentNode | undefined }).document = document;
}

/** As an answer of its own: nothing of the operation is run. */
function toGraphQLError(error: ClienteleError): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: 400 } },
  });
}
