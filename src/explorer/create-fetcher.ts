import {
  type ExecutionResult,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import type { GraphiQLProps } from "graphiql";

/**
 * Sends operations to the address that the page came from, and asks what each
 * cost unless the tab's headers say otherwise. A token that one tab sent serves
 * the tabs whose headers have none, until the page is left.
 */
export function createFetcher(url: string): GraphiQLProps["fetcher"] {
  let authorization: string | null = null;
  return (params, { headers: given = {} } = {}) =>
    cancellable(async (signal) => {
      const headers = headersOf(given);
      authorization = headers.get("authorization") ?? authorization;
      if (authorization) headers.set("authorization", authorization);
      // GraphiQL notices the operations of another tab a moment after its text,
      // so the text alone says whether the name is one of them.
      const { query, operationName } = params;
      const isOfText = operationNamesIn(query).includes(operationName ?? "");
      return ask(url, {
        method: "POST",
        headers,
        body: JSON.stringify({
          ...params,
          operationName: isOfText ? operationName : undefined,
        }),
        signal,
      });
    });
}

function headersOf(given: Readonly<Record<string, unknown>>): Headers {
  const headers = new Headers({ "clientele-debug": "upstream" });
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.set(name, String(value));
    } catch {
      throw new Error(
        `The header "${name}" cannot be sent as it is written: headers take letters, digits and signs of ASCII, and no "…".`,
      );
    }
  }
  headers.set("content-type", "application/json");
  headers.set("accept", "application/graphql-response+json, application/json");
  return headers;
}

function operationNamesIn(query: string): (string | undefined)[] {
  try {
    return parse(query, { noLocation: true })
      .definitions.filter(
        (definition): definition is OperationDefinitionNode =>
          definition.kind === Kind.OPERATION_DEFINITION,
      )
      .map(({ name }) => name?.value);
  } catch {
    // The server says what is wrong with the text.
    return [];
  }
}

async function ask(
  url: string,
  request: RequestInit,
): Promise<ExecutionResult> {
  const response = await fetch(url, request).catch(() => {
    throw new Error("The server did not answer: is it running?");
  });
  return (await response.json().catch(() => {
    throw new Error(
      `The answer, with status ${response.status}, is not GraphQL's: something between here and the server may have sent it.`,
    );
  })) as ExecutionResult;
}

/**
 * One answer, and an end to its making: the server cancels what it sent
 * upstream. What goes wrong is an answer too, without the stack that GraphiQL
 * shows of errors.
 */
function cancellable(
  make: (signal: AbortSignal) => Promise<ExecutionResult>,
): AsyncIterable<ExecutionResult> {
  const controller = new AbortController();
  const done = { done: true, value: undefined } as const;
  let isMade = false;
  const iterator: AsyncIterator<ExecutionResult, undefined> = {
    next: async () => {
      if (isMade) return done;
      isMade = true;
      try {
        return { done: false, value: await make(controller.signal) };
      } catch (error) {
        if (controller.signal.aborted) return done;
        const { message } = error as Error;
        return { done: false, value: { errors: [new GraphQLError(message)] } };
      }
    },
    return: () => {
      controller.abort();
      return Promise.resolve(done);
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
