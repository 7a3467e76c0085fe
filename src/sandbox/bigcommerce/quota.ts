/**
 * The quota that all apps of a store share: so many units in each window. A
 * window begins with its first use; the units come back all at once at its end
 * (BigCommerce docs, API rate limits).
 */
export class Quota {
  /** Units in a window. */
  size = 150;
  /** Length of a window in milliseconds; it counts at once. */
  windowMs = 30_000;

  #used = 0;
  #beganAt = -Infinity;

  /** @param now the time in milliseconds. */
  constructor(private readonly now: () => number) {}

  /** Units left in this window, never below 0. */
  get left(): number {
    this.#renew();
    return Math.max(0, this.size - this.#used);
  }
  set left(left: number) {
    this.#renew();
    this.#used = Math.max(0, this.size - left);
  }

  /** Uses one unit; false, and nothing is used, when none is left. */
  take(): boolean {
    if (this.left === 0) return false;
    this.#used++;
    return true;
  }

  /** Uses units, as many as there are. */
  drain(units: number): void {
    this.left = Math.max(0, this.left - units);
  }

  /** The headers that tell a client how the quota stands. */
  headers(): Readonly<Record<string, string>> {
    const { left } = this;
    const resetMs = Math.max(0, this.#beganAt + this.windowMs - this.now());
    return {
      "x-rate-limit-requests-left": String(left),
      "x-rate-limit-requests-quota": String(this.size),
      "x-rate-limit-time-reset-ms": String(Math.ceil(resetMs)),
      "x-rate-limit-time-window-ms": String(this.windowMs),
    };
  }

  #renew(): void {
    const now = this.now();
    const age = now - this.#beganAt;
    if (age >= 0 && age < this.windowMs) return;
    this.#beganAt = now;
    this.#used = 0;
  }
}
