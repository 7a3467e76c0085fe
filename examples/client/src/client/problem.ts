import type { CombinedError } from "urql";

/** One thing that went wrong while the rest of the answer stands. */
export interface Problem {
  /** `extensions.code`; `NETWORK` when no answer came at all. */
  readonly code: string;
  /** What the server says about it; it is made to be shown. */
  readonly message: string;
  /** The field that is missing for it; empty when the whole answer is. */
  readonly path: readonly (string | number)[];
  /** Which store failed; absent when it is not a store's doing. */
  readonly store: string | undefined;
  /** When asking again makes sense, in milliseconds from the answer. */
  readonly retryAfterMs: number | undefined;
  /** The scope that credentials or token lack. */
  readonly scope: string | undefined;
  /** Under which the server's operator finds it in the log. */
  readonly id: string | undefined;
}

/** The problems of an answer, in its order; none when all is well. */
export function toProblems(
  error: CombinedError | undefined,
): readonly Problem[] {
  if (!error) return [];
  if (error.graphQLErrors.length === 0) {
    return [
      {
        code: "NETWORK",
        // The browser's own words help nobody: they are left out.
        message: "",
        path: [],
        store: undefined,
        retryAfterMs: undefined,
        scope: undefined,
        id: undefined,
      },
    ];
  }
  return error.graphQLErrors.map(({ message, path, extensions }) => ({
    code: text(extensions["code"]) ?? "UNKNOWN",
    message,
    path: path ?? [],
    store: text(extensions["store"]),
    retryAfterMs: amount(extensions["retryAfterMs"]),
    scope: text(extensions["scope"]),
    id: text(extensions["id"]),
  }));
}

/** Those of a field and what is below it. */
export function problemsAt(
  problems: readonly Problem[],
  ...path: readonly (string | number)[]
): readonly Problem[] {
  return problems.filter((problem) =>
    path.every((part, index) => problem.path[index] === part),
  );
}

/** Whether it is a store or a group that the server knows no such of. */
export function isNoSuchThing({ code, path }: Problem): boolean {
  return code === "BAD_USER_INPUT" && path.length === 1;
}

/** What a reader is told of a problem. */
export interface Explanation {
  readonly title: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Says in plain words what happened, and what to do. */
export function explain(problem: Problem): Explanation {
  const store = problem.store ?? "A store";
  switch (problem.code) {
    case "PLATFORM_UNAVAILABLE":
      return {
        title: `${store} does not answer`,
        advice:
          "Its platform is down or slow. Try again in a moment; if it stays so, look at the platform’s status page.",
      };
    case "PLATFORM_THROTTLED":
      return {
        title: `${store} asks for a pause`,
        advice:
          problem.retryAfterMs === undefined
            ? "Its platform rations requests, and this store’s share is used up. Try again in a minute."
            : `Its platform rations requests, and this store’s share is used up. It asks to wait ${seconds(problem.retryAfterMs)}.`,
      };
    case "PLATFORM_DENIED":
      return {
        title: `The server may not read this of ${store}`,
        advice:
          problem.scope === undefined
            ? "The store refuses its credentials: ask the server’s operator to check them."
            : `Its credentials lack the scope ${problem.scope}: ask the server’s operator to grant it.`,
      };
    case "PLATFORM_CONTRACT":
      return {
        title: `${store} gave an answer that cannot be read`,
        advice:
          "Its platform may have changed. Tell the server’s operator what stands below.",
      };
    case "UNSUPPORTED_BY_PLATFORM":
      return {
        title: `${store} cannot answer this`,
        advice: "Its platform has no such question. The rest is complete.",
      };
    case "UNAUTHENTICATED":
      return {
        title: "The server wants to know who asks",
        advice:
          "Start this page with CLIENTELE_TOKEN set to a token that the server knows.",
      };
    case "FORBIDDEN":
      return {
        title: "The token does not open this",
        advice:
          problem.scope === undefined
            ? "It takes a token with more scopes."
            : `It takes a token with the scope ${problem.scope}.`,
      };
    case "INTERNAL_SERVER_ERROR":
      return {
        title: "Something went wrong inside the server",
        advice:
          problem.id === undefined
            ? "Try again; if it stays so, tell the server’s operator."
            : `Try again; if it stays so, give the server’s operator this id: ${problem.id}`,
      };
    case "NETWORK":
      return {
        title: "The server cannot be reached",
        advice:
          "Is it running? In its folder, npm start starts it. Then try again.",
      };
    default:
      return {
        title: "The answer is not complete",
        advice: "What is missing, and why, stands below.",
      };
  }
}

/** Whole seconds, rounded up, in words. */
function seconds(ms: number): string {
  const count = Math.max(1, Math.ceil(ms / 1_000));
  return count === 1 ? "a second" : `${count} seconds`;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function amount(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
