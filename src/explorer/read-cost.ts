import type { UpstreamSummary } from "../http/ledger";

/** What an answer says of its cost upstream. */
export type Cost =
  /** There is no answer, or none in GraphQL's form. */
  | { readonly kind: "noAnswer" }
  /** The caller is unknown to the server. */
  | { readonly kind: "unauthenticated" }
  /** The caller may not know, or has not asked. */
  | { readonly kind: "untold" }
  | { readonly kind: "told"; readonly upstream: UpstreamSummary };

/** @param answer as text; anything may stand in it. */
export function readCost(answer: string | null): Cost {
  try {
    const { errors, extensions } = JSON.parse(answer ?? "") as Answer;
    if (extensions?.upstream) {
      return { kind: "told", upstream: extensions.upstream };
    }
    const isUnknown = errors?.some(
      (error) => error.extensions?.code === "UNAUTHENTICATED",
    );
    return { kind: isUnknown ? "unauthenticated" : "untold" };
  } catch {
    return { kind: "noAnswer" };
  }
}

interface Answer {
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: string };
  }[];
  readonly extensions?: { readonly upstream?: UpstreamSummary };
}
