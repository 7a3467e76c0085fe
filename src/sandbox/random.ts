import { createHash } from "node:crypto";

/**
 * A small seeded source of random numbers (mulberry32). Equal seeds and labels
 * give equal numbers on every machine; it is no good for secrets.
 */
export class Random {
  #state: number;

  /**
   * @param seed any number; only its lower 32 bits count.
   * @param label gives independent numbers for one seed, so that making more
   *   of one thing does not change another.
   */
  constructor(
    private readonly seed: number,
    label = "",
  ) {
    this.#state = createHash("sha256")
      .update(`${seed >>> 0}:${label}`)
      .digest()
      .readUInt32LE(0);
  }

  /** An independent source for the same seed, named after what it is for. */
  fork(label: string): Random {
    return new Random(this.seed, label);
  }

  /** A number from 0 up to, but without, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /**
   * One of the items.
   *
   * @throws RangeError when there is none.
   */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("nothing to pick from");
    return items[this.int(0, items.length - 1)] as T;
  }

  /** A new array with the same items in random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = items.slice();
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.int(0, last);
      const item = shuffled[last] as T;
      shuffled[last] = shuffled[other] as T;
      shuffled[other] = item;
    }
    return shuffled;
  }
}
