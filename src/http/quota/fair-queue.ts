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
  /** In the order of their next turns. */
  readonly #operations = new Map<object, Map<Lane, Set<Item>>>();
  readonly #arrivals = new Map<Item, number>();
  readonly #waitingIn = new Map<Lane, number>();
  #lastArrival = 0;

  get size(): number {
    return this.#arrivals.size;
  }

  /** Everything that waits, in no particular order. */
  items(): Iterable<Item> {
    return this.#arrivals.keys();
  }

  /** The lanes that something waits in. */
  lanes(): Iterable<Lane> {
    return this.#waitingIn.keys();
  }

  add(item: Item): void {
    let lanes = this.#operations.get(item.operation);
    if (!lanes) {
      lanes = new Map<Lane, Set<Item>>();
      this.#operations.set(item.operation, lanes);
    }
    let items = lanes.get(item.lane);
    if (!items) lanes.set(item.lane, (items = new Set()));
    items.add(item);
    this.#arrivals.set(item, ++this.#lastArrival);
    this.#waitingIn.set(item.lane, (this.#waitingIn.get(item.lane) ?? 0) + 1);
  }

  /** Takes an item out of turn; does nothing when it is not there. */
  remove(item: Item): void {
    if (!this.#arrivals.delete(item)) return;
    const others = (this.#waitingIn.get(item.lane) ?? 1) - 1;
    if (others > 0) this.#waitingIn.set(item.lane, others);
    else this.#waitingIn.delete(item.lane);
    const lanes = this.#operations.get(item.operation);
    const items = lanes?.get(item.lane);
    items?.delete(item);
    if (items?.size === 0) lanes?.delete(item.lane);
    if (lanes?.size === 0) this.#operations.delete(item.operation);
  }

  /** Takes out the item whose turn it is, of those in lanes that are free. */
  next(isFree: (lane: Lane) => boolean): Item | undefined {
    for (const [operation, lanes] of this.#operations) {
      let first: Item | undefined;
      for (const [lane, items] of lanes) {
        const [item] = items;
        if (item && isFree(lane) && (!first || this.#isBefore(item, first))) {
          first = item;
        }
      }
      if (!first) continue;
      this.remove(first);
      // Its operation goes to the end of the rotation.
      if (this.#operations.delete(operation)) {
        this.#operations.set(operation, lanes);
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
    for (const [other, lanes] of this.#operations) {
      if (other !== operation) {
        ahead += Math.min(countOf(lanes, limit), own + 1);
      }
    }
    return ahead;
  }

  #isBefore(a: Item, b: Item): boolean {
    return (this.#arrivals.get(a) ?? 0) < (this.#arrivals.get(b) ?? 0);
  }
}

function countOf(
  lanes: ReadonlyMap<Lane, ReadonlySet<unknown>> | undefined,
  limit: QuotaLimit,
): number {
  let count = 0;
  for (const [lane, items] of lanes ?? []) {
    if (lane.limits.includes(limit)) count += items.size;
  }
  return count;
}
