import { Cancellation } from "./cancellation";

/** Work that is begun. */
export interface Work<Value> {
  /** What comes of it. */
  readonly value: Promise<Value>;
}

/** A part in work that others may have a part in too. */
export interface Seat<Begun extends Work<unknown>> {
  /** Whether the work began with it. */
  readonly isFirst: boolean;
  /** What `start` gave to the first: the same for all. */
  readonly work: Begun;
  /**
   * Gives the part up; does nothing once the work has ended.
   *
   * @param reason why, asked for only when that cancels the work.
   * @returns whether it did: nobody is left that waits for it.
   */
  leave(reason: () => unknown): boolean;
}

export interface FlightOptions {
  /** Work that began longer ago is not joined any more, in milliseconds. */
  readonly maxAgeMs: number;
  /** The monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

interface Flight<Begun> {
  readonly work: Begun;
  readonly startedAt: number;
  readonly cancellation: Cancellation;
  waiting: number;
  hasEnded: boolean;
}

/**
 * Work under way by its key: who asks for the same while it lasts gets what
 * comes of it, without doing it again. Nothing is kept once it has ended.
 */
export class Flights<Begun extends Work<unknown>> {
  readonly #flights = new Map<string, Flight<Begun>>();
  readonly #maxAgeMs: number;
  readonly #now: () => number;

  constructor({ maxAgeMs, now }: FlightOptions) {
    this.#maxAgeMs = maxAgeMs;
    this.#now = now ?? (() => performance.now());
  }

  /** How many are under way that can be joined. */
  get size(): number {
    return this.#flights.size;
  }

  /**
   * Joins the work of a key, or begins it.
   *
   * @param key undefined for work that nobody is to join.
   * @param start does the work until it is cancelled, and may cancel itself.
   * @throws what `start` throws; nothing has begun then.
   */
  join(
    key: string | undefined,
    start: (cancellation: Cancellation) => Begun,
  ): Seat<Begun> {
    const known = key === undefined ? undefined : this.#flights.get(key);
    const joined =
      known && this.#now() - known.startedAt <= this.#maxAgeMs
        ? known
        : undefined;
    const flight = joined ?? this.#begin(key, start);
    flight.waiting += 1;
    let isSeated = true;
    return {
      isFirst: !joined,
      work: flight.work,
      leave: (reason) => {
        if (!isSeated) return false;
        isSeated = false;
        flight.waiting -= 1;
        if (flight.waiting > 0 || flight.hasEnded) return false;
        // Nobody is to join what ends now.
        this.#forget(key, flight);
        flight.cancellation.cancel(reason());
        return true;
      },
    };
  }

  #begin(
    key: string | undefined,
    start: (cancellation: Cancellation) => Begun,
  ): Flight<Begun> {
    const cancellation = new Cancellation();
    const startedAt = this.#now();
    const work = start(cancellation);
    const flight: Flight<Begun> = {
      work,
      startedAt,
      cancellation,
      waiting: 0,
      hasEnded: false,
    };
    if (key !== undefined) this.#flights.set(key, flight);
    const end = () => {
      flight.hasEnded = true;
      this.#forget(key, flight);
    };
    work.value.then(end, end);
    return flight;
  }

  #forget(key: string | undefined, flight: Flight<Begun>): void {
    if (key !== undefined && this.#flights.get(key) === flight)
      this.#flights.delete(key);
  }
}
