import type { StaleStore, UpstreamSummary } from "../http/ledger";

/** What an answer says of its making. */
export interface Reading {
  readonly cost: Cost;
  /** The stores of which kept answers stood in, with their age. */
  readonly stale: readonly StaleStore[];
}

/** What an answer says of its cost upstream. */
export type Cost =
  /** There is no answer, or none of the server's. */
  | { readonly kind: "noAnswer" }
  /** The caller is unknown to the server. */
  | { readonly kind: "unauthenticated" }
  /** The operation was not run. */
  | { readonly kind: "refused" }
  /** The caller may not know, or has not asked. */
  | { readonly kind: "untold" }
  | { readonly kind: "told"; readonly upstream: UpstreamSummary };

/** @param answer as text; anything may stand in it. */
export function readAnswer(answer: string | null): Reading {
  try {
    const parsed = JSON.parse(answer ?? "") as Answer;
    return {
      cost: costOf(parsed),
      stale: parsed.extensions?.stale ?? [],
    };
  } catch {
    return { cost: { kind: "noAnswer" }, stale: [] };
  }
}

function costOf({ data, errors = [], extensions }: Answer): Cost {
  if (extensions?.upstream) {
    return { kind: "told", upstream: extensions.upstream };
  }
  if (data !== undefined) return { kind: "untold" };
  const codes = errors.flatMap((error) => error.extensions?.code ?? []);
  if (codes.includes("UNAUTHENTICATED")) return { kind: "unauthenticated" };
  // Every error of the server's has a code.
  return { kind: codes.length > 0 ? "refused" : "noAnswer" };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: string };
  }[];
  readonly extensions?: {
    readonly stale?: readonly StaleStore[];
    readonly upstream?: UpstreamSummary;
  };
}
