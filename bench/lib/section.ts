/** How a bench is run. */
export interface BenchOptions {
  /**
   * Every code path in a few seconds, with tiny counts: the numbers mean
   * nothing. For tests.
   */
  readonly smoke: boolean;
}

/** A part of the results: what one bench found. */
export interface Section {
  readonly title: string;
  /** Without a heading of its own; its headings begin at the third level. */
  readonly markdown: string;
  /** Every value that was measured, as JSON. */
  readonly data: unknown;
  readonly targets: readonly Target[];
}

/** What was to be reached, and what was. */
export interface Target {
  readonly name: string;
  /** In words and with a unit, such as `at least 0.60`. */
  readonly target: string;
  /** With the same unit; why there is no figure where there is none. */
  readonly measured: string;
  /** `null` when it could not be measured. */
  readonly isMet: boolean | null;
}

/**
 * Asks one question. Everything that it starts has ended when it settles.
 *
 * @throws when an answer is wrong: a wrong answer has no speed.
 */
export type Bench = (options: BenchOptions) => Promise<Section>;
