/**
 * How many operations may wait for the stores of a process. Every operation
 * holds a place of the server while it waits, so that a store that hangs, with
 * a queue as long as it likes, would keep those of the other stores out.
 */
export interface WaitingPlaces {
  /**
   * Whether one more operation may wait for a store: each store that is waited
   * for has an equal share of the places.
   */
  hasRoom(store: object): boolean;
  /** @param waiting operations that wait for it now. */
  note(store: object, waiting: number): void;
}

/** @param total places of all stores together; each store has one at least. */
export function createWaitingPlaces(total: number): WaitingPlaces {
  const waitingFor = new Map<object, number>();
  return {
    hasRoom: (store) => {
      const own = waitingFor.get(store) ?? 0;
      const stores = waitingFor.size + (own === 0 ? 1 : 0);
      return own < Math.max(1, Math.floor(total / stores));
    },
    note: (store, waiting) => {
      if (waiting > 0) waitingFor.set(store, waiting);
      else waitingFor.delete(store);
    },
  };
}
