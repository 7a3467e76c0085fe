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
import { countAnswerFields } from "../graph/limits/count-answer-fields";
import { countIds } from "../graph/limits/count-ids";
import { createEstimate } from "../graph/limits/estimate-requests";
import type { OperationLimits } from "../graph/limits/operation-limits";
import type { PlannedOperation } from "../graph/limits/planned-operation";
import {
  type Selections,
  createSelections,
} from "../graph/limits/selected-fields";
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
      let tooManyTokens: QueryTooComplexError | null = null;
      return Promise.resolve({
        parsingDidStart: () =>
          Promise.resolve((error) => {
            tooManyTokens = tokensRefused(error, limits);
            return Promise.resolve();
          }),
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
          if (response.body.kind !== "single") return Promise.resolve();
          const { singleResult } = response.body;
          if (tooManyTokens) {
            const { message, details, code } = tooManyTokens;
            singleResult.errors = [
              { message, extensions: { ...details, code } },
            ];
          }
          const extensions = extensionsOf(contextValue);
          if (extensions) {
            singleResult.extensions = {
              ...singleResult.extensions,
              ...extensions,
            };
          }
          return Promise.resolve();
        },
      });
    },
  };
}

/** What is looked at with the values of variables. */
export type PlanLimits = Pick<
  OperationLimits,
  "maxIds" | "maxAnswerFields" | "maxUpstreamRequests"
>;

/**
 * Tells the stores what an operation asks for, and looks whether it may run.
 *
 * @throws ClienteleError when it is too much.
 */
export function planOperation(
  planned: PlannedOperation,
  limits: PlanLimits,
): void {
  const { schema, document, operation, variables, context } = planned;
  // Whatever follows looks at each of them.
  requireFewIds(countIds(planned), limits.maxIds);
  const { scopes } = context.caller;
  context.plan(projectionOf(schema, document, operation, variables, scopes));
  const selections = createSelections(planned);
  allow(planned, selections, limits.maxUpstreamRequests);
  requireFewFields(
    countAnswerFields(planned, selections),
    limits.maxAnswerFields,
  );
}

function requireFewIds(actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QueryTooComplexError(
    "ids",
    limit,
    actual,
    `The operation's arguments hold ${actual} ids, representations and other entries of lists, those of all fields together, and may hold ${limit}: ask for them in parts.`,
  );
}

function requireFewFields(actual: number, limit: number): void {
  if (actual <= limit) return;
  throw new QueryTooComplexError(
    "answerFields",
    limit,
    actual,
    `The answer can have ${actual} fields in all its rows, and may have ${limit}: ask for smaller pages, or for less of each row.`,
  );
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
function allow(
  planned: PlannedOperation,
  selections: Selections,
  limit: number,
): void {
  const { ledger } = planned.context;
  const estimate = createEstimate(planned, selections, limit);
  const most = estimate("most");
  if (most.requests > limit) {
    const { requests, mostly } = estimate("usual");
    if (requests > limit) {
      ledger.allow(requests, limit);
      throw new QueryTooComplexError(
        "upstreamRequests",
        limit,
        requests,
        `The operation can cause ${requests} upstream requests or more, most of them for ${mostly}, and may cause ${limit}: ask for smaller pages or fewer ids, or for what lies deeper in an operation of its own.`,
      );
    }
  }
  ledger.allow(Math.min(most.requests, limit), limit);
}

/** How graphql's parser ends a document that is too long for it. */
const tooLong = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

/**
 * Tells of a document whose parsing was given up that it has too many tokens:
 * nobody counts how many more.
 */
function tokensRefused(
  error: Error | undefined,
  { maxTokens: limit }: OperationLimits,
): QueryTooComplexError | null {
  if (!error || !tooLong.test(error.message)) return null;
  const actual = limit + 1;
  return new QueryTooComplexError(
    "tokens",
    limit,
    actual,
    `The document has ${actual} tokens or more, and may have ${limit}: send fewer operations at once, or less in each.`,
  );
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
    // What is wrong is not asked for.
    { maxErrors: 0 },
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
