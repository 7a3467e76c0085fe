/** What tells that work is not wanted any more; an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** Why; undefined until then. */
  readonly reason: unknown;
  addEventListener(
    type: "abort",
    listener: () => void,
    options?: { readonly once: boolean },
  ): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * An `AbortController` and its signal in one. The platform's own are event
 * targets, and several of them for each upstream request cost more than all
 * else that is done for it here.
 */
export class Cancellation implements CancelSignal {
  #listeners: Set<() => void> | undefined;
  #isCancelled = false;
  #reason: unknown;

  get aborted(): boolean {
    return this.#isCancelled;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Tells all who listen, once; later calls do nothing. */
  cancel(reason: unknown): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener();
  }

  /** Each listener is called once at the most, whatever the options say. */
  addEventListener(_: "abort", listener: () => void): void {
    if (!this.#isCancelled) (this.#listeners ??= new Set()).add(listener);
  }

  removeEventListener(_: "abort", listener: () => void): void {
    this.#listeners?.delete(listener);
  }
}
