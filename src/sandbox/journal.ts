import { type SocketRecord, Sockets } from "./sockets";

/** What a request was for: the platform's API, or a token to use it with. */
export type RequestKind = "api" | "token";

/** One request that the server was sent. */
export interface JournalEntry {
  readonly method: string;
  /** Without the query, percent-encoded as it came. */
  readonly path: string;
  /** Decoded, in the order of the URL; a name may occur twice. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly kind: RequestKind;
  /** Undefined until headers were sent, and for ever when none ever were. */
  readonly status: number | undefined;
  /** Bytes of the body on the wire, after compression; undefined until sent. */
  readonly bytes: number | undefined;
  /** The `Accept` header; undefined when there was none. */
  readonly accept: string | undefined;
  /** Whether it carried a credential that opened the store when it came. */
  readonly authorized: boolean;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** The ids of the faults that it met, as their handles have them. */
  readonly faults: readonly number[];
  /** The connection that it came over, as that stands now. */
  readonly socket: SocketRecord;
}

/** How the server tells the journal of its answer to one request. */
export interface JournalNote {
  /** Called when the headers leave. */
  sendsHeaders(status: number): void;
  /** Called when the body has left, or when no more of it will. */
  sentBytes(bytes: number): void;
}

// A demo that runs for days must not fill the memory.
const MOST_ENTRIES = 100_000;

const SECRET_NAMES = /^(access_token|token|client_secret|password|api_key)$/i;

/**
 * What a sandbox server was asked, in the order in which the requests came; of
 * more than 100,000 requests the oldest are forgotten. It
 * keeps no header but `Accept` and no request body, so neither a token nor a
 * secret can be found in it.
 */
export class Journal {
  /** The connections to the server. */
  readonly sockets = new Sockets();
  #entries: { -readonly [K in keyof JournalEntry]: JournalEntry[K] }[] = [];

  /**
   * Writes down a request; called by the server as soon as it comes. The value
   * of a query parameter named like a credential is replaced by `[hidden]`.
   */
  add(request: Omit<JournalEntry, "status" | "bytes">): JournalNote {
    const entry = {
      ...request,
      query: request.query.map(([name, value]): [string, string] => [
        name,
        SECRET_NAMES.test(name) ? "[hidden]" : value,
      ]),
      status: undefined as number | undefined,
      bytes: undefined as number | undefined,
    };
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES)
      this.#entries.splice(0, MOST_ENTRIES / 10);
    return {
      sendsHeaders: (status) => {
        entry.status = status;
      },
      sentBytes: (bytes) => {
        entry.bytes = bytes;
      },
    };
  }

  /**
   * All requests since the start or the last `clear`, each as it stands now:
   * the array is a copy and its entries do not change later.
   */
  entries(): readonly JournalEntry[] {
    return this.#entries.map((entry) => ({
      ...entry,
      socket: { ...entry.socket },
    }));
  }

  /** The requests of one kind; those to the API when no kind is given. */
  requests(kind: RequestKind = "api"): readonly JournalEntry[] {
    return this.entries().filter((entry) => entry.kind === kind);
  }

  /**
   * Forgets everything so far, closed connections too; a request under way is
   * not written again.
   */
  clear(): void {
    this.#entries = [];
    this.sockets.clear();
  }
}
