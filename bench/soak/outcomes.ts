import type { TimedAnswer } from "../lib/timed-operations";

/** How operations ended. */
export interface Outcomes {
  readonly answers: number;
  /** Without any error. */
  readonly whole: number;
  /** Answers by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Errors in answers by `extensions.code`. */
  readonly codes: Readonly<Record<string, number>>;
}

/** Counts how operations end. */
export class OutcomeCounter {
  #answers = 0;
  #whole = 0;
  readonly #statuses: Record<string, number> = {};
  readonly #codes: Record<string, number> = {};

  add({ status, body }: TimedAnswer): void {
    this.#answers += 1;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    // In JSON a quotation mark within a text is escaped: this is no data.
    if (status === 200 && !body.includes('"errors":[')) {
      this.#whole += 1;
      return;
    }
    for (const [, code = ""] of body.toString().matchAll(/"code":"([A-Z_]+)"/g))
      this.#codes[code] = (this.#codes[code] ?? 0) + 1;
  }

  current(): Outcomes {
    return {
      answers: this.#answers,
      whole: this.#whole,
      statuses: { ...this.#statuses },
      codes: { ...this.#codes },
    };
  }
}
