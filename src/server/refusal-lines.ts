import type { OperationLine } from "./report-operations";

export interface RefusalLinesOptions {
  readonly write: (line: OperationLine) => void;
  /** Hears how many more there were than lines, by `extensions.code`. */
  readonly summarize: (errors: Readonly<Record<string, number>>) => void;
}

/** Lines within a second. */
export const maxRefusalLines = 10;
const windowMs = 1_000;

/**
 * Writes lines of operations that were refused, so many in a second and no more:
 * nobody fills the log with requests that cost nothing to send. What is beyond
 * that is counted, and told in one line when the second is over.
 */
export class RefusalLines {
  readonly #options: RefusalLinesOptions;
  #written = 0;
  #others: Record<string, number> = {};
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RefusalLinesOptions) {
    this.#options = options;
  }

  write(line: OperationLine): void {
    this.#timer ??= setTimeout(() => {
      this.close();
    }, windowMs).unref();
    if (this.#written < maxRefusalLines) {
      this.#written += 1;
      this.#options.write(line);
      return;
    }
    for (const [code, count] of Object.entries(line.errors)) {
      this.#others[code] = (this.#others[code] ?? 0) + count;
    }
  }

  /** Tells what is not told yet, and begins anew. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#written = 0;
    const others = this.#others;
    this.#others = {};
    if (Object.keys(others).length > 0) this.#options.summarize(others);
  }
}
