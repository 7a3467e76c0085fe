/** Repetitions that a store starts with, and holds at the most. */
const most = 10;
/** What a request that succeeded pays in: a fifth of a repetition. */
const deposit = 0.2;

/**
 * How many requests of a store may be repeated: in the long run one for every
 * five that succeeded. While a platform is down nothing is paid in, so that
 * repetitions end when they would only add to its load.
 */
export class RetryBudget {
  #left = most;

  /** A request succeeded. */
  pay(): void {
    this.#left = Math.min(most, this.#left + deposit);
  }

  /** @returns whether a request may be repeated; if so, it is paid for. */
  spend(): boolean {
    // A sum of fifths is not exact.
    if (this.#left < 1 - 1e-9) return false;
    this.#left -= 1;
    return true;
  }
}
