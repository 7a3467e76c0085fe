import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import { type ReportMasked, formatError } from "../graph/format-error";
import type { OperationContext } from "../graph/operation-context";
import { projectionOf } from "../graph/projection";
import { type ReportOptions, reportOperations } from "./report-operations";

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly report: ReportOptions;
  readonly reportMasked: ReportMasked;
}

/**
 * How much source of parsed and validated documents is kept, in characters: a
 * document takes some hundred times its source in memory.
 */
const maxSource = 500_000;
/** A longer document is parsed every time. */
const maxSourceOfOne = 50_000;

export function createApolloServer(
  options: ApolloOptions,
): ApolloServer<OperationContext> {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: maxSource,
    maxEntrySize: maxSourceOfOne,
    sizeCalculation: ({ loc }) => Math.max(loc?.end ?? 0, 1_000),
  });
  return new ApolloServer<OperationContext>({
    schema: options.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    documentStore: {
      get: (key) => Promise.resolve(documents.get(key)),
      set: (key, document) => {
        documents.set(key, document);
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(documents.delete(key)),
    },
    parseOptions: { maxTokens: 10_000 },
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    formatError: (formatted, error) =>
      formatError(formatted, error, options.reportMasked),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      planOperation,
      reportOperations(options.report),
    ],
  });
}

/** Tells the stores what the operation asks for, before its first read. */
const planOperation: ApolloServerPlugin<OperationContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({
        schema,
        document,
        operation,
        request,
        contextValue,
      }) => {
        if (operation) {
          contextValue.plan(
            projectionOf(schema, document, operation, request.variables ?? {}),
          );
        }
        return Promise.resolve();
      },
      willSendResponse: ({ response, contextValue }) => {
        if (contextValue.showsUpstream && response.body.kind === "single") {
          response.body.singleResult.extensions = {
            ...response.body.singleResult.extensions,
            upstream: contextValue.ledger.summary(),
          };
        }
        return Promise.resolve();
      },
    }),
};
