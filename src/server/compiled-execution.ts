import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  execute,
  getOperationAST,
  getVariableValues,
} from "graphql";
import type { OperationContext } from "../graph/operation-context";
import { compiledOperationOf } from "../graph/execution/compile-operation";

type Gateway = NonNullable<
  ApolloServerOptionsWithGateway<OperationContext>["gateway"]
>;

/**
 * Lets Apollo Server execute operations by {@link compiledOperationOf}. What it
 * calls a gateway is the one way to give it a schema with an executor.
 *
 * @param maxCoercionErrors of variables are told at the most.
 */
export function compiledExecution(
  schema: GraphQLSchema,
  maxCoercionErrors: number,
): Gateway {
  const executeCompiled = (
    document: DocumentNode,
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>>,
    context: unknown,
  ): ExecutionResult | PromiseLike<ExecutionResult> => {
    const operation = getOperationAST(document, operationName);
    // In graphql's own words.
    if (!operation) return execute({ schema, document, operationName });
    const { coerced, errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      variables,
      { maxErrors: isLarge(variables) ? 1 : maxCoercionErrors },
    );
    if (!coerced) return { errors };
    return compiledOperationOf(schema, document, operation).execute(
      context,
      coerced,
    );
  };
  return {
    onSchemaLoadOrUpdate: (listen) => {
      listen({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    load: () =>
      Promise.resolve({
        // The name as the client gave it: what it names may not be there.
        executor: async ({ document, request, context }) =>
          (await executeCompiled(
            document,
            request.operationName,
            request.variables ?? {},
            context,
          )) as never,
      }),
    stop: () => Promise.resolve(),
  };
}

/** No object that the schema takes has so many members. */
const manyMembers = 100;

/**
 * Whether graphql would take long to say what is wrong with variables: it writes
 * down the whole of an object for each of its unknown members.
 */
function isLarge(variables: Readonly<Record<string, unknown>>): boolean {
  return Object.values(variables).some(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length > manyMembers,
  );
}
