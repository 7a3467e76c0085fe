import type { EcwidSandboxSettings } from "./settings";

const MINUTE = 60_000;
const REFUSALS_PER_MINUTE = 20;
const REFUSALS_PER_ADDRESS = 600;
const MOST_TOKENS = 1000;

type Limits = Pick<EcwidSandboxSettings, "requestsPerMinute" | "blockSeconds">;

interface Stretch {
  readonly beganAt: number;
  count: number;
}

/**
 * Counts requests: 600 in a minute for a token that opens the store. Whoever
 * goes on calling with one that does not is blocked for much longer, after 20
 * such calls in a minute or 600 in all from one address (Ecwid docs, overview
 * of the API).
 */
export class RateLimits {
  #served: Stretch | undefined;
  readonly #refused = new Map<string, Stretch>();
  readonly #blocked = new Map<string, number>();
  readonly #refusedByAddress = new Map<string, number>();
  #refusedCalls = 0;

  /**
   * @param limits read at each request, so that a change counts at once.
   * @param now the time in milliseconds.
   */
  constructor(
    private readonly limits: Readonly<Limits>,
    private readonly now: () => number,
  ) {}

  /** How many calls came without a token that opens the store. */
  get refusedCalls(): number {
    return this.#refusedCalls;
  }

  /**
   * Counts a call with the token that opens the store.
   *
   * @returns how many seconds to wait when it is one too many.
   */
  countServed(address: string): number | undefined {
    const blocked = this.#waitOf(`address ${address}`);
    if (blocked !== undefined) return blocked;
    const stretch = (this.#served = this.#current(this.#served));
    stretch.count++;
    if (stretch.count <= this.limits.requestsPerMinute) return undefined;
    return toSeconds(stretch.beganAt + MINUTE - this.now());
  }

  /**
   * Counts a call with another token.
   *
   * @param token empty when there was none.
   * @returns how many seconds to wait when the caller is blocked.
   */
  countRefused(token: string, address: string): number | undefined {
    this.#refusedCalls++;
    const ofAddress = (this.#refusedByAddress.get(address) ?? 0) + 1;
    this.#refusedByAddress.set(address, ofAddress);
    if (ofAddress > REFUSALS_PER_ADDRESS) {
      this.#refusedByAddress.delete(address);
      this.#block(`address ${address}`);
    }
    if (this.#refused.size >= MOST_TOKENS) this.#refused.clear();
    const stretch = this.#current(this.#refused.get(token));
    this.#refused.set(token, stretch);
    stretch.count++;
    if (stretch.count > REFUSALS_PER_MINUTE) {
      this.#refused.delete(token);
      this.#block(`token ${token}`);
    }
    return this.#waitOf(`address ${address}`) ?? this.#waitOf(`token ${token}`);
  }

  /** Forgets everything that was counted. */
  clear(): void {
    this.#served = undefined;
    this.#refused.clear();
    this.#blocked.clear();
    this.#refusedByAddress.clear();
    this.#refusedCalls = 0;
  }

  #current(stretch: Stretch | undefined): Stretch {
    const now = this.now();
    const age = now - (stretch?.beganAt ?? -Infinity);
    return stretch && age >= 0 && age < MINUTE
      ? stretch
      : { beganAt: now, count: 0 };
  }

  #block(caller: string): void {
    if (this.#waitOf(caller) !== undefined) return;
    if (this.#blocked.size >= MOST_TOKENS) this.#blocked.clear();
    this.#blocked.set(caller, this.now());
  }

  #waitOf(caller: string): number | undefined {
    const since = this.#blocked.get(caller);
    if (since === undefined) return undefined;
    const age = this.now() - since;
    const rest = this.limits.blockSeconds * 1000 - age;
    if (age >= 0 && rest > 0) return toSeconds(rest);
    this.#blocked.delete(caller);
    return undefined;
  }
}

// Ecwid's Java client reads a whole number of seconds.
function toSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
