/**
 * What one operation may be and may cause. What is counted of a document is
 * counted with its fragments spread out, as often as they are spread.
 */
export interface OperationLimits {
  /** Tokens of the document. */
  readonly maxTokens: number;
  /** Fields above each other; fragments add nothing. */
  readonly maxDepth: number;
  /** Fields and fragments, all in all. */
  readonly maxSelections: number;
  /** How often one field, or alias, may stand in one place of the answer. */
  readonly maxRepetitions: number;
  /** Fields that have an alias. */
  readonly maxAliases: number;
  /** Fields of the operation itself. */
  readonly maxRootFields: number;
  readonly maxDirectives: number;
  /**
   * Entries of the lists in arguments, those of all fields together: ids,
   * representations, keys of stores.
   */
  readonly maxIds: number;
  /**
   * Fields that the answer can have, rows counted as they are asked for; see
   * `countAnswerFields`.
   */
  readonly maxAnswerFields: number;
  /** The most upstream requests that it can cause, repetitions aside. */
  readonly maxUpstreamRequests: number;
}

/** Letters of an operation's name. No client needs more. */
export const maxNameLength = 512;
