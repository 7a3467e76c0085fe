import { monitorEventLoopDelay } from "node:perf_hooks";

export interface OverloadLimits {
  /** Operations under way at the most; one more is refused at once. */
  readonly maxOperations: number;
  /** A longer block of the event loop counts as overload. Default 300. */
  readonly maxLoopDelayMs?: number;
}

/** Knows how much the process has in hand, and when that is too much. */
export interface Overload {
  /** Operations under way. */
  readonly running: number;
  /** Operations that were refused since the start. */
  readonly refused: number;
  /**
   * Takes a place for an operation.
   *
   * @returns what gives the place back, to be called once; `null` when every
   *   place is taken.
   */
  enter(): (() => void) | null;
  /**
   * Whether a load balancer had better send its next request elsewhere: every
   * place is taken, or the event loop was blocked within the last second or
   * two.
   */
  isOverloaded(): boolean;
  /** Ends the measuring. */
  stop(): void;
}

const windowMs = 1_000;
const nanosecondsPerMs = 1_000_000;

export function createOverload(limits: OverloadLimits): Overload {
  const { maxOperations, maxLoopDelayMs = 300 } = limits;
  let running = 0;
  let refused = 0;
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let delayBeforeMs = 0;
  const turn = setInterval(() => {
    delayBeforeMs = delay.max / nanosecondsPerMs;
    delay.reset();
  }, windowMs).unref();
  return {
    get running() {
      return running;
    },
    get refused() {
      return refused;
    },
    enter: () => {
      if (running >= maxOperations) {
        refused += 1;
        return null;
      }
      running += 1;
      return () => {
        running -= 1;
      };
    },
    isOverloaded: () =>
      running >= maxOperations ||
      Math.max(delayBeforeMs, delay.max / nanosecondsPerMs) > maxLoopDelayMs,
    stop: () => {
      clearInterval(turn);
      delay.disable();
    },
  };
}
