/**
 * Lets work begin one piece in a turn of the event loop, in the order of
 * coming. While the process waits for platforms its turns are short, and
 * nothing waits here. When it has more to do than it can, what was begun is
 * ended before more is begun: otherwise everything under way is half done at
 * the same time, and its rows are moved through the memory again and again.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /** @returns a promise to wait for; undefined when the turn is free. */
  take(): Promise<void> | undefined {
    if (this.#isTaken) {
      return new Promise((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#begin();
    return undefined;
  }

  #begin(): void {
    this.#isTaken = true;
    setImmediate(() => {
      this.#isTaken = false;
      const next = this.#waiting.shift();
      if (!next) return;
      this.#begin();
      next();
    });
  }
}
