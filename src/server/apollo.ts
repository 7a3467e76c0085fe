import { ApolloServer } from "@apollo/server";
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
import type { OperationLimits } from "../graph/limits/operation-limits";
import type { OperationContext } from "../graph/operation-context";
import { compiledExecution } from "./compiled-execution";
import { planOperations, refusedDocument } from "./plan-operations";
import { allowCaching } from "./allow-caching";
import { type ReportOptions, reportOperations } from "./report-operations";

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** Whether the schema is shown, and hinted at in errors. */
  readonly introspection: boolean;
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
    gateway: compiledExecution(options.schema, 4),
    introspection: options.introspection,
    hideSchemaDetailsFromClientErrors: !options.introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    documentStore: {
      get: (key) => Promise.resolve(documents.get(key)),
      set: (key, document) => {
        if (document !== refusedDocument) documents.set(key, document);
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(documents.delete(key)),
    },
    parseOptions: { maxTokens: options.limits.maxTokens },
    // One more says that there are more.
    validationOptions: { maxErrors: 4 },
    formatError: (formatted, error) =>
      formatError(formatted, error, options.reportMasked),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      planOperations(options.limits),
      reportOperations(options.report),
      allowCaching,
    ],
  });
}
