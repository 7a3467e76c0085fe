import { z } from "zod";
import type { RequestKind } from "../journal";
import { object, oneOf, text, texts, whole } from "./schema";

/** Which requests a fault is for; what is left out does not matter. */
export interface FaultCondition {
  /** Upper case, e.g. `GET`. */
  readonly method?: string;
  /**
   * The whole path without the query, percent-encoded as it comes, or a pattern
   * that it matches.
   */
  readonly path?: string | RegExp;
  /** A pattern that the path matches, as text: for JSON. */
  readonly pathPattern?: string;
  /** Decoded parameters that the request has with just these values. */
  readonly query?: Readonly<Record<string, string>>;
  /** Decoded parameters that the request has, with patterns of their values. */
  readonly queryPattern?: Readonly<Record<string, string>>;
  /** Requests to the API alone, or those for a token. */
  readonly kind?: RequestKind;
}

/** When, how often and for how long a fault counts. */
export interface FaultLimits {
  /** Default: every request. */
  readonly when?: FaultCondition;
  /** How many matching requests it lets pass first. Default 0. */
  readonly after?: number;
  /**
   * Spoils only matching requests above this rate: so many in any stretch of
   * that length pass. With an answer of 429 it is a rate limit.
   */
  readonly above?: { readonly requests: number; readonly perMs: number };
  /** How many requests it spoils. Default: all, until it is removed. */
  readonly times?: number;
  /**
   * How likely it spoils a matching request, from 0 to 1. Default 1. For equal
   * seeds the same ones of the matching requests are spoilt, counted in the
   * order in which they come.
   */
  readonly probability?: number;
  /** Of everything random about it. Default 1. */
  readonly seed?: number;
  /** How long it counts after it was added. Default: until it is removed. */
  readonly forMs?: number;
}

/** What a request is matched by. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly kind: RequestKind;
}

/** How {@link FaultLimits} are checked. */
export const limitsShape = {
  when: object({
    method: z
      .string()
      .regex(/^[A-Z]+$/, "must be a method in upper case")
      .optional(),
    path: z
      .union([z.string(), z.instanceof(RegExp)], "must be a path")
      .optional(),
    pathPattern: pattern().optional(),
    query: texts().optional(),
    queryPattern: z
      .record(z.string(), pattern(), "must be an object of patterns")
      .optional(),
    kind: oneOf(["api", "token"]).optional(),
  })
    .refine(
      ({ path, pathPattern }) =>
        path === undefined || pathPattern === undefined,
      "has both path and pathPattern",
    )
    .optional(),
  after: whole(0).optional(),
  above: object({ requests: whole(0), perMs: whole(1) }).optional(),
  times: whole(1).optional(),
  probability: z
    .number("must be a number from 0 to 1")
    .min(0, "must be a number from 0 to 1")
    .max(1, "must be a number from 0 to 1")
    .optional(),
  seed: whole(0).optional(),
  forMs: whole(1).optional(),
} satisfies z.ZodRawShape;

/** Whether a request is one that the condition is about. */
export function createMatcher(
  when: FaultCondition = {},
): (subject: FaultSubject) => boolean {
  const path =
    when.pathPattern === undefined ? when.path : new RegExp(when.pathPattern);
  const query = Object.entries(when.query ?? {});
  const patterns = Object.entries(when.queryPattern ?? {}).map(
    ([name, pattern]) => [name, new RegExp(pattern)] as const,
  );
  return (subject) => {
    if (when.method !== undefined && when.method !== subject.method)
      return false;
    if (when.kind !== undefined && when.kind !== subject.kind) return false;
    if (typeof path === "string" && path !== subject.path) return false;
    // A pattern with the flag `g` keeps a position that has to be ignored here.
    if (path instanceof RegExp && subject.path.search(path) < 0) return false;
    return (
      query.every(([name, value]) =>
        subject.query.some(([n, v]) => n === name && v === value),
      ) &&
      patterns.every(([name, pattern]) =>
        subject.query.some(([n, v]) => n === name && pattern.test(v)),
      )
    );
  };
}

function pattern() {
  return text().refine((source) => {
    try {
      return new RegExp(source) instanceof RegExp;
    } catch {
      return false;
    }
  }, "must be a regular expression");
}
