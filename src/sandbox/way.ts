import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";

// Time for the client to read what was sent before the reset overtakes it.
const RESET_AFTER_MS = 20;

/** The way to one client, for as long as that is there. */
export class Way {
  readonly #gone = new AbortController();
  readonly #left: Promise<void>;

  /** @param response tells when the client has gone. */
  constructor(response: ServerResponse) {
    this.#left = new Promise((resolve) => {
      response.once("close", () => {
        this.#gone.abort();
        resolve();
      });
    });
  }

  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** Ends early when the client goes; 0 lets others have their turn. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#gone;
    await (ms > 0 ? wait(ms, undefined, { signal }) : turn()).catch(
      () => undefined,
    );
  }

  /** Resolves when the bytes have left, or the client has gone. */
  async write(to: ServerResponse | Socket, bytes: Buffer): Promise<void> {
    await Promise.race([
      this.#left,
      new Promise<void>((resolve) => {
        to.write(bytes, () => resolve());
      }),
    ]);
  }

  /** Resets the connection as soon as the client can have read what came. */
  async reset(socket: Socket): Promise<void> {
    await this.pause(RESET_AFTER_MS);
    socket.resetAndDestroy();
  }
}
