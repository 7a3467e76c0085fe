import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  locatedError,
} from "graphql";
import { fragmentsOf } from "../fragments";
import { flagNamesOf } from "../projection";
import { CollectedErrors } from "./collected-errors";
import {
  type PlanScope,
  type Run,
  type SelectionPlan,
  executeSelection,
  planSelection,
} from "./field-plan";
import { isPromise } from "./is-promise";

/** A valid query, made ready to be executed many times. */
export interface CompiledOperation {
  /**
   * Executes it: ExecuteQuery of the GraphQL specification, with the answers
   * and errors that `execute` of graphql gives.
   *
   * @param variables coerced.
   * @returns never rejects.
   */
  execute(
    context: unknown,
    variables: Readonly<Record<string, unknown>>,
  ): ExecutionResult | PromiseLike<ExecutionResult>;
}

const compiled = new WeakMap<OperationDefinitionNode, CompiledOperation>();

/** {@link compileOperation}, once for each operation of a parsed document. */
export function compiledOperationOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledOperation {
  let known = compiled.get(operation);
  if (!known) {
    known = compileOperation(schema, document, operation);
    compiled.set(operation, known);
  }
  return known;
}

/** How many plans of one operation are kept: one for each set of flags. */
const maxKept = 16;

/**
 * Plans the execution of a query once: which fields are selected of which
 * types, and how each is resolved and completed. Below the root, a place is
 * planned when it is first reached, so that a part that is never reached costs
 * nothing. `@skip` and `@include` are decided in the plan, so there is one for
 * each set of the variables that they name.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledOperation {
  const fragments = fragmentsOf(document);
  const flags = flagNamesOf(document);
  const plans = new Map<string, SelectionPlan>();

  const planFor = (variables: Run["variables"]): SelectionPlan => {
    const key =
      flags.length === 0
        ? ""
        : JSON.stringify(flags.map((name) => given(variables, name)));
    let plan = plans.get(key);
    if (!plan) {
      const type = schema.getQueryType();
      if (!type) throw new Error("The schema has no query type.");
      const scope: PlanScope = {
        schema,
        fragments,
        operation,
        variables: Object.fromEntries(
          flags.flatMap((name) =>
            given(variables, name).map((value) => [name, value]),
          ),
        ),
      };
      plan = planSelection(scope, type, [operation]);
      if (plans.size >= maxKept) plans.clear();
      plans.set(key, plan);
    }
    return plan;
  };

  return {
    execute: (context, variables) => {
      const run: Run = { context, variables, errors: new CollectedErrors() };
      const fail = (error: unknown) => {
        run.errors.add(
          error instanceof GraphQLError
            ? error
            : locatedError(error, undefined),
          undefined,
        );
        return toResult(run, null);
      };
      try {
        const data = executeSelection(
          run,
          planFor(variables),
          undefined,
          undefined,
        );
        return isPromise(data)
          ? data.then((settled) => toResult(run, settled), fail)
          : toResult(run, data);
      } catch (error) {
        return fail(error);
      }
    },
  };
}

/** The value of a variable; none when it has none, which is not null. */
function given(variables: Run["variables"], name: string): readonly unknown[] {
  return Object.hasOwn(variables, name) ? [variables[name]] : [];
}

function toResult({ errors: { errors } }: Run, data: unknown): ExecutionResult {
  const answer = data as NonNullable<ExecutionResult["data"]> | null;
  return errors.length > 0 ? { errors, data: answer } : { data: answer };
}
