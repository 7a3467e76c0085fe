/** Why nothing is sent with a credential for a while. */
export interface CurrentDenial {
  /** On the monotonic clock, in milliseconds. */
  readonly until: number;
  /** What to do about it, in our words. */
  readonly problem: string;
}

/** How long nothing is sent after a credential was refused. */
const deniedMs = 60_000;

/**
 * The minute during which a platform is left alone after it has refused a
 * store's credential: platforms block whoever goes on. Afterwards requests go
 * one at a time until one is answered otherwise.
 *
 * It is a store's own: others that share its quota have other credentials.
 */
export class Denial {
  readonly #now: () => number;
  #current: CurrentDenial | undefined;
  #isResuming = false;

  /** @param now the monotonic clock, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns `undefined` when requests may be sent. */
  current(): CurrentDenial | undefined {
    const denial = this.#current;
    return denial && this.#now() < denial.until ? denial : undefined;
  }

  /** Whether requests go one at a time, to see whether they are served again. */
  get isResuming(): boolean {
    return this.#isResuming;
  }

  /** @param problem what to do about it, in our words. */
  refuse(problem: string): void {
    this.#isResuming = true;
    this.#current = { until: this.#now() + deniedMs, problem };
  }

  /** A request has ended otherwise than by a refusal. */
  settle(): void {
    if (!this.current()) this.#isResuming = false;
  }
}
