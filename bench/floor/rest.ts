import { gunzipSync } from "node:zlib";
import { type Dispatcher, Pool } from "undici";

/** As many as a store of Clientele has by default (`maxConcurrency`). */
const connections = 10;

/**
 * A store's API, asked in the cheapest way there is: connections that stay open,
 * and handlers in place of streams. Nothing is repeated, timed or shared.
 */
export class Rest {
  readonly #pool: Pool;
  readonly #headers: readonly string[];

  /** @param headers besides those for the coding; names and values in turn. */
  constructor(origin: string, headers: readonly string[]) {
    this.#pool = new Pool(origin, {
      connections,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#headers = [...headers, "accept-encoding", "gzip"];
  }

  /**
   * @param path with its query.
   * @returns the body; `undefined` of an answer without one.
   * @throws when the answer is a failure, or no JSON.
   */
  get<Body>(path: string): Promise<Body | undefined> {
    return new Promise((resolve, reject) => {
      const options = {
        path,
        method: "GET",
        headers: this.#headers as string[],
      } satisfies Dispatcher.DispatchOptions;
      this.#pool.dispatch(options, new Answer(resolve, reject));
    });
  }

  /** As `get`, for answers that have a body. */
  async read<Body>(path: string): Promise<Body> {
    const body = await this.get<Body>(path);
    if (body === undefined) throw new Error(`No answer to ${path}.`);
    return body;
  }
}

/** Collects one answer. */
class Answer<Body> implements Dispatcher.DispatchHandler {
  readonly #resolve: (body: Body | undefined) => void;
  readonly #reject: (error: Error) => void;
  readonly #pieces: Buffer[] = [];
  #status = 0;
  #isCompressed = false;

  constructor(
    resolve: (body: Body | undefined) => void,
    reject: (error: Error) => void,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(): void {
    // undici tells a handler of this kind by it.
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#isCompressed = headers["content-encoding"] === "gzip";
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    this.#pieces.push(piece);
  }

  onResponseEnd(): void {
    try {
      this.#resolve(this.#read());
    } catch (error) {
      this.#reject(error as Error);
    }
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }

  #read(): Body | undefined {
    if (this.#status >= 300) throw new Error(`HTTP ${this.#status}`);
    const [first, ...others] = this.#pieces;
    if (!first) return undefined;
    const body = others.length > 0 ? Buffer.concat(this.#pieces) : first;
    const plain = this.#isCompressed ? gunzipSync(body) : body;
    return JSON.parse(plain.toString()) as Body;
  }
}
