import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  execute,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from "graphql";
import { compileOperation } from "../../../src/graph/execution/compile-operation";

export interface Question {
  readonly schema: GraphQLSchema;
  readonly source: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Made anew for each way: nothing of one execution reaches the other. */
  readonly context?: () => unknown;
}

/** What an answer says, in a form that can be compared. */
export interface Outcome {
  readonly data: unknown;
  readonly errors: readonly PlainError[];
}

export interface PlainError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly unknown[];
}

/** Executes a valid operation by graphql and by its plan. */
export async function bothWays(
  question: Question,
): Promise<{ readonly expected: Outcome; readonly compiled: Outcome }> {
  const { schema, source, variables = {}, context } = question;
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return {
    expected: toOutcome(
      await execute({
        schema,
        document,
        variableValues: variables,
        contextValue: context?.(),
      }),
    ),
    compiled: await byPlan(schema, document, variables, context?.()),
  };
}

/**
 * Executes an operation both ways and expects equal answers.
 *
 * @returns the answer.
 */
export async function expectEqual(question: Question): Promise<Outcome> {
  const { expected, compiled } = await bothWays(question);
  expect(compiled).toEqual(expected);
  // The order of keys, and what only text shows, such as `__proto__`.
  expect(JSON.stringify(compiled.data)).toBe(JSON.stringify(expected.data));
  return compiled;
}

async function byPlan(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
): Promise<Outcome> {
  const operation = getOperationAST(document)!;
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables,
  );
  if (!coerced) return toOutcome({ errors });
  const plan = compileOperation(schema, document, operation);
  const first = toOutcome(await plan.execute(context, coerced));
  return first;
}

export function toOutcome({
  data,
  errors = [],
}:
  | ExecutionResult
  | ({ readonly errors: ExecutionResult["errors"] } & {
      readonly data?: ExecutionResult["data"];
    })): Outcome {
  const plain = (errors ?? []).map((error): PlainError => {
    const { message, path, locations } = error.toJSON();
    return {
      message: inOurWords(message),
      ...(path ? { path } : {}),
      ...(locations ? { locations } : {}),
    };
  });
  const order = ({ path, message }: PlainError) =>
    JSON.stringify([path ?? null, message]);
  return {
    data: data ?? null,
    errors: plain.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  };
}

/**
 * graphql's messages of these quote values, which may be personal data: plans
 * say the same without them.
 */
const quoting: readonly (readonly [RegExp, string])[] = [
  [
    /^Expected `(\w+)\.serialize\(.*\)` to return non-nullable value.*$/s,
    "The scalar $1 made nothing of a value.",
  ],
  [
    /^Expected value of type "(\w+)" but got: .*$/s,
    'Expected value of type "$1" but got another one.',
  ],
  ...[
    /^Abstract type "(\w+)" must resolve to an Object type .*$/s,
    /^Abstract type "(\w+)" was resolved to a .*$/s,
    /^Runtime Object type ".*" is not a possible type for "(\w+)"\.$/s,
    /^(Support for returning GraphQLObjectType) from resolveType.*$/s,
    /^Abstract type "(\w+)" must resolve to one of its object types .*$/s,
  ].map((pattern) => [pattern, "No object type of an abstract one."] as const),
];

function inOurWords(message: string): string {
  for (const [pattern, words] of quoting) {
    if (pattern.test(message)) return message.replace(pattern, words);
  }
  return message;
}
