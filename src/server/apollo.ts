import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type {
  DocumentNode,
  GraphQLFormattedError,
  GraphQLSchema,
} from "graphql";
import { LRUCache } from "lru-cache";
import { withoutSuggestion } from "../graph/format-error";
import type { OperationLimits } from "../graph/limits/operation-limits";
import type { OperationContext } from "../graph/operation-context";
import {
  type KnownOperations,
  leastKnownSource,
  maxKnownSource,
  maxKnownSourceOfOne,
} from "./known-operations";
import { compiledExecution } from "./compiled-execution";
import { planOperations, refusedDocument } from "./plan-operations";
import { allowCaching } from "./allow-caching";
import {
  type EndedOperation,
  type Report,
  reportOperations,
} from "./report-operations";

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  /** Is told of each operation that is about to run. */
  readonly known: KnownOperations;
  readonly limits: OperationLimits;
  /** Whether the schema is shown, and hinted at in errors. */
  readonly introspection: boolean;
  readonly report: Report;
  /** Hears how each operation ended. */
  readonly noteEnd: (context: OperationContext, ended: EndedOperation) => void;
  readonly formatError: (
    formatted: GraphQLFormattedError,
    error: unknown,
  ) => GraphQLFormattedError;
}

export function createApolloServer(
  options: ApolloOptions,
): ApolloServer<OperationContext> {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: maxKnownSource,
    maxEntrySize: maxKnownSourceOfOne,
    sizeCalculation: ({ loc }) => Math.max(loc?.end ?? 0, leastKnownSource),
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
    formatError: options.introspection
      ? options.formatError
      : (formatted, error) =>
          options.formatError(withoutSuggestion(formatted), error),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      planOperations(options.limits, options.known),
      reportOperations(options.report, options.noteEnd),
      allowCaching,
    ],
  });
}
