import type { DocumentNode } from "graphql";
import { QueryTooComplexError } from "../../domain/errors";
import { type DocumentMeasure, measureDocument } from "./measure-document";
import { type OperationLimits, maxNameLength } from "./operation-limits";

interface Rule {
  readonly what: keyof DocumentMeasure;
  readonly limit: (limits: OperationLimits) => number;
  /** What there is too much of, and what to do. */
  readonly says: (actual: string, limit: number) => string;
}

const rules: readonly Rule[] = [
  {
    what: "depth",
    limit: ({ maxDepth }) => maxDepth,
    says: (actual, limit) =>
      `The operation is ${actual} fields deep, and may be ${limit}: ask for what lies deeper in an operation of its own.`,
  },
  {
    what: "selections",
    limit: ({ maxSelections }) => maxSelections,
    says: (actual, limit) =>
      `The document selects ${actual} fields and fragments, each as often as it is spread, and may select ${limit}: send fewer at once.`,
  },
  {
    what: "repetitions",
    limit: ({ maxRepetitions }) => maxRepetitions,
    says: (actual, limit) =>
      `The operation selects one field ${actual} times in one place, and may do so ${limit} times: once is enough.`,
  },
  {
    what: "aliases",
    limit: ({ maxAliases }) => maxAliases,
    says: (actual, limit) =>
      `The operation has ${actual} aliases, and may have ${limit}: ask for many things by their ids in one field, such as "nodes".`,
  },
  {
    what: "rootFields",
    limit: ({ maxRootFields }) => maxRootFields,
    says: (actual, limit) =>
      `The operation has ${actual} fields at its root, and may have ${limit}: ask for many things by their ids in one field, such as "nodes".`,
  },
  {
    what: "directives",
    limit: ({ maxDirectives }) => maxDirectives,
    says: (actual, limit) =>
      `The operation has ${actual} directives, and may have ${limit}.`,
  },
  {
    what: "nameLength",
    limit: () => maxNameLength,
    says: (actual, limit) =>
      `The operation's name has ${actual} letters, and may have ${limit}.`,
  },
];

/**
 * Checks the shape of a document that has been parsed and not yet validated.
 * It costs a look at each part of the document, whatever that stands for:
 * validation, which costs far more, is spared what is refused here.
 *
 * @returns the first limit that it exceeds; `null` for none.
 */
export function checkDocument(
  document: DocumentNode,
  limits: OperationLimits,
): QueryTooComplexError | null {
  const measure = measureDocument(document, limits.maxSelections);
  for (const { what, limit, says } of rules) {
    const most = limit(limits);
    const actual = Math.min(measure[what], Number.MAX_SAFE_INTEGER);
    if (actual > most) {
      return new QueryTooComplexError(
        what,
        most,
        actual,
        says(String(actual), most),
      );
    }
  }
  return null;
}
