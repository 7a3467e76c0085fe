/**
 * How many operations may wait for the stores of a process. Every operation
 * holds a place of the server while it waits, so that a store that hangs, with
 * a queue as long as it likes, would keep those of the other stores out.
 */
export interface WaitingPlaces {
  /**
   * Whether one more operation may wait for a store. Of the places each store
   * that is waited for has an equal share, where it is stuck; one that gets on
   * may have them all, since operations that read many stores wait for each.
   */
  hasRoom(store: object, isStuck: boolean): boolean;
  /** @param waiting operations that wait for it now. */
  note(store: object, waiting: number): void;
}

/** @param total places of all stores together; each store has one at least. */
export function createWaitingPlaces(total: number): WaitingPlaces {
  const waitingFor = new Map<object, number>();
  return {
    hasRoom: (store, isStuck) => {
      const own = waitingFor.get(store) ?? 0;
      const stores = waitingFor.size + (own === 0 ? 1 : 0);
      const share = isStuck ? total / stores : total;
      return own < Math.max(1, Math.floor(share));
    },
    note: (store, waiting) => {
      if (waiting > 0) waitingFor.set(store, waiting);
      else waitingFor.delete(store);
    },
  };
}
