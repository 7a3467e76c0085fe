import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { GovernedPort, PortState } from "./faults/faults";
import type { Sockets } from "./sockets";

// How long somebody else may hold the port before it is given up.
const REOPEN_MS = 5_000;
const REOPEN_EVERY_MS = 25;
const CONNECT_MS = 200;
const MOST_FILLERS = 16;

// Listens and never takes a connection, since its thread never comes back: the
// queue of the port fills up, and the system drops what comes then. As text,
// since it has to run both before and after it was compiled.
const BLACK_HOLE = `
const { parentPort, workerData } = require("node:worker_threads");
const server = require("node:net").createServer();
server.once("error", (error) => { throw error; });
server.listen({ ...workerData, backlog: 1 }, () => {
  parentPort.postMessage("listening");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

/** The port of a server: open, refusing connections, or a black hole. */
export class Port implements GovernedPort {
  #wanted: PortState = "open";
  #state: PortState = "open";
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;
  #hole: { readonly worker: Worker; readonly fillers: Socket[] } | undefined;
  readonly #address: { readonly port: number; readonly host: string };

  /** @param server is listening. */
  constructor(
    private readonly server: Server,
    private readonly sockets: Sockets,
  ) {
    const { port, address } = server.address() as AddressInfo;
    this.#address = { port, host: address };
  }

  set(state: PortState): void {
    if (state === this.#wanted) return;
    this.#wanted = state;
    this.#work = this.#work.catch(() => undefined).then(() => this.#bring());
    // Whoever waits for it is told of a failure; nobody has to wait.
    this.#work.catch(() => undefined);
  }

  settled(): Promise<void> {
    return this.#work;
  }

  /** Closes for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work.catch(() => undefined);
    await this.#leave();
  }

  async #bring(): Promise<void> {
    if (this.#isClosed || this.#wanted === this.#state) return;
    const wanted = this.#wanted;
    await this.#leave();
    this.#state = "refusing";
    if (wanted === "open") await this.#open();
    if (wanted === "black hole") await this.#dig();
    this.#state = wanted;
  }

  async #leave(): Promise<void> {
    const hole = this.#hole;
    this.#hole = undefined;
    for (const filler of hole?.fillers ?? []) filler.destroy();
    await hole?.worker.terminate();
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    this.sockets.resetAll();
    await closed;
  }

  async #open(): Promise<void> {
    const end = performance.now() + REOPEN_MS;
    for (;;) {
      try {
        this.server.listen(this.#address);
        await once(this.server, "listening");
        return;
      } catch (error) {
        if (performance.now() > end || this.#isClosed) throw error;
      }
      await wait(REOPEN_EVERY_MS);
    }
  }

  async #dig(): Promise<void> {
    const worker = new Worker(BLACK_HOLE, {
      eval: true,
      workerData: this.#address,
    });
    worker.unref();
    const fillers: Socket[] = [];
    this.#hole = { worker, fillers };
    await once(worker, "message");
    while (fillers.length < MOST_FILLERS) {
      const filler = connect(this.#address);
      filler.unref().on("error", () => undefined);
      fillers.push(filler);
      const connected = once(filler, "connect").then(
        () => true,
        () => false,
      );
      const isTaken = await Promise.race([connected, wait(CONNECT_MS, false)]);
      if (!isTaken) return;
    }
  }
}
