import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ClienteleError } from "../domain/errors";

/** Hears of an error that the client is not shown. */
export type ReportMasked = (error: unknown) => string;

/** Codes of errors that Apollo Server makes of the document itself. */
const documentCodes = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

/**
 * The error table: what a client is shown of an error. Our own errors are made
 * to be shown; errors of the document are graphql's own words about the
 * client's own text; anything else becomes one fixed text with an id that
 * `report` notes too.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: ReportMasked,
): GraphQLFormattedError {
  const { locations, path } = formatted;
  const place = {
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
  };
  const original = originOf(error);
  if (original instanceof ClienteleError) {
    return {
      message: original.message,
      ...place,
      extensions: { ...original.details, code: original.code },
    };
  }
  const code = formatted.extensions?.["code"];
  if (
    error instanceof GraphQLError &&
    path === undefined &&
    typeof code === "string" &&
    documentCodes.has(code)
  ) {
    return {
      message:
        original instanceof RangeError
          ? "Syntax Error: The document is nested too deeply."
          : shortened(formatted.message),
      ...place,
      extensions: { code },
    };
  }
  return {
    message:
      "Something went wrong inside the server. Give the id to its operator.",
    ...place,
    extensions: { code: "INTERNAL_SERVER_ERROR", id: report(original) },
  };
}

/**
 * Every form in which graphql hints at names of the schema, at the end of a
 * message; what it quotes there are names, never the client's text.
 */
const suggestion =
  / ?Did you mean (?:[a-z ]+ )?"[^"]*"(?:,? (?:or )?"[^"]*")*\?$/;

/**
 * Takes out of an error what tells names of a schema that is hidden. Apollo
 * Server does so for documents only, not for values of variables.
 */
export function withoutSuggestion(
  formatted: GraphQLFormattedError,
): GraphQLFormattedError {
  return { ...formatted, message: formatted.message.replace(suggestion, "") };
}

/** What was thrown: Apollo Server wraps it, at times twice. */
function originOf(error: unknown): unknown {
  const original = unwrapResolverError(error);
  return original instanceof GraphQLError && original.originalError
    ? originOf(original.originalError)
    : original;
}

const maxMessageLength = 500;

/** Messages about the client's own text quote it, however long it is. */
function shortened(message: string): string {
  return message.length > maxMessageLength
    ? `${message.slice(0, maxMessageLength)}…`
    : message;
}
