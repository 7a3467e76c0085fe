import type { Lane, QuotaLimit } from "./account-quota";

/** Something that waits for its turn. */
export interface Waiting {
  /** Whose turn it is: those of one operation wait for one another. */
  readonly operation: object;
  readonly lane: Lane;
}

/**
 * A queue that gives each operation a turn in rotation, so that one with a
 * hundred requests does not hold up one with a single request. Within an
 * operation the order is that of coming.
 */
export class FairQueue<Item extends Waiting> {
  /** In the order of their next turns; each with its items as they came. */
  readonly #operations = new Map<object, Item[]>();
  readonly #waitingIn = new Map<Lane, number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How many operations have something that waits. */
  get operations(): number {
    return this.#operations.size;
  }

  /** Whether something of an operation waits. */
  holds(operation: object): boolean {
    return this.#operations.has(operation);
  }

  /** Everything that waits, in no particular order. */
  *items(): Iterable<Item> {
    for (const items of this.#operations.values()) yield* items;
  }

  /** The lanes that something waits in. */
  lanes(): Iterable<Lane> {
    return this.#waitingIn.keys();
  }

  add(item: Item): void {
    const items = this.#operations.get(item.operation);
    if (items) items.push(item);
    else this.#operations.set(item.operation, [item]);
    this.#waitingIn.set(item.lane, (this.#waitingIn.get(item.lane) ?? 0) + 1);
    this.#size += 1;
  }

  /** Takes an item out of turn; does nothing when it is not there. */
  remove(item: Item): void {
    const items = this.#operations.get(item.operation);
    const index = items?.indexOf(item) ?? -1;
    if (!items || index < 0) return;
    items.splice(index, 1);
    if (items.length === 0) this.#operations.delete(item.operation);
    const others = (this.#waitingIn.get(item.lane) ?? 1) - 1;
    if (others > 0) this.#waitingIn.set(item.lane, others);
    else this.#waitingIn.delete(item.lane);
    this.#size -= 1;
  }

  /** Takes out the item whose turn it is, of those in lanes that are free. */
  next(isFree: (lane: Lane) => boolean): Item | undefined {
    for (const [operation, items] of this.#operations) {
      const first = items.find(({ lane }) => isFree(lane));
      if (!first) continue;
      this.remove(first);
      // Its operation goes to the end of the rotation.
      if (this.#operations.delete(operation)) {
        this.#operations.set(operation, items);
      }
      return first;
    }
    return undefined;
  }

  /**
   * How many that count against a limit would go before one more item of an
   * operation, as the queue stands.
   */
  ahead(operation: object, limit: QuotaLimit): number {
    const own = countOf(this.#operations.get(operation), limit);
    let ahead = own;
    for (const [other, items] of this.#operations) {
      if (other !== operation) {
        ahead += Math.min(countOf(items, limit), own + 1);
      }
    }
    return ahead;
  }
}

function countOf(
  items: readonly Waiting[] | undefined,
  limit: QuotaLimit,
): number {
  let count = 0;
  for (const { lane } of items ?? []) {
    if (lane.limits.includes(limit)) count += 1;
  }
  return count;
}
