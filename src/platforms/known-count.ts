const hourMs = 3_600_000;

/**
 * How many rows a list had when its platform last told, so that what reading
 * all of it costs is known beforehand.
 */
export class KnownCount {
  #count = 0;
  #until = 0;

  /** @param now the monotonic clock, in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param count of the whole list, without any condition. */
  note(count: number): void {
    this.#count = count;
    this.#until = this.now() + hourMs;
  }

  /**
   * How many rows the list has by now at the most, on the assumption that it
   * grows by no more than a tenth, and ten rows, in an hour.
   *
   * @returns `null` when nobody has told for an hour.
   */
  atMost(): number | null {
    return this.now() < this.#until ? this.#count * 1.1 + 10 : null;
  }
}
