import type { Socket } from "node:net";

/** One connection that a client opened. */
export interface SocketRecord {
  /** From 1, in the order in which they were opened. */
  readonly id: number;
  /** In milliseconds since 1970. */
  readonly openedAt: number;
  /** Undefined while it is open. */
  readonly closedAt: number | undefined;
  /** How many requests came over it so far. */
  readonly requests: number;
}

// A demo that runs for days must not fill the memory.
const MOST_RECORDS = 10_000;

type Draft = { -readonly [K in keyof SocketRecord]: SocketRecord[K] };

/**
 * The connections of a server; of more than 10,000 closed ones the oldest are
 * forgotten.
 */
export class Sockets {
  #open = new Map<Socket, Draft>();
  #closed: Draft[] = [];
  #lastId = 0;

  /** Follows a new connection to its end; called by the server. */
  add(socket: Socket): void {
    const record: Draft = {
      id: ++this.#lastId,
      openedAt: Date.now(),
      closedAt: undefined,
      requests: 0,
    };
    this.#open.set(socket, record);
    socket.once("close", () => {
      record.closedAt = Date.now();
      this.#open.delete(socket);
      this.#closed.push(record);
      if (this.#closed.length > MOST_RECORDS)
        this.#closed.splice(0, MOST_RECORDS / 10);
    });
  }

  /**
   * Counts a request; the record goes on telling how its connection stands.
   * Called by the server.
   */
  countRequest(socket: Socket): SocketRecord {
    const record = this.#open.get(socket);
    if (!record) throw new RangeError("the connection is not known");
    record.requests++;
    return record;
  }

  /** How many are open now. */
  get open(): number {
    return this.#open.size;
  }

  /** All that are known, in the order in which they were opened. */
  list(): readonly SocketRecord[] {
    return [...this.#closed, ...this.#open.values()]
      .map((record) => ({ ...record }))
      .sort((a, b) => a.id - b.id);
  }

  /** Resets all that are open. */
  resetAll(): void {
    for (const socket of this.#open.keys()) socket.resetAndDestroy();
  }

  /** Forgets those that are closed. */
  clear(): void {
    this.#closed = [];
  }
}
