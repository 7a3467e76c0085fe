import { connect } from "node:net";

/** What came over one connection, as it came. */
export interface WireAnswer {
  readonly bytes: Buffer;
  /** Everything before the first empty line, in lines. */
  readonly head: readonly string[];
  /** The status of the first line; NaN when it is none of HTTP. */
  readonly status: number;
  /** The values of one header; empty when it is not there. */
  readonly header: (name: string) => readonly string[];
  /** Everything behind the first empty line, framing and all. */
  readonly body: Buffer;
  /** The error that ended it, such as `ECONNRESET`. */
  readonly code: string | undefined;
  /** Whether the server ended it, rather than our patience. */
  readonly isEnded: boolean;
  /** How many times bytes arrived. */
  readonly pieces: number;
  readonly elapsedMs: number;
}

export interface WireQuestion {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long to listen when the server does not end it. Default 10,000. */
  readonly patienceMs?: number;
  /** Stops listening when so many bytes have come. */
  readonly enoughBytes?: number;
  /** Whether to ask for the connection to end after the answer. Default true. */
  readonly close?: boolean;
}

/** Asks over a bare socket, and neither checks nor decodes what comes. */
export function askWire(
  origin: string,
  {
    method = "GET",
    path = "/",
    headers = {},
    body = "",
    patienceMs = 10_000,
    enoughBytes = Infinity,
    close = true,
  }: WireQuestion = {},
): Promise<WireAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect(Number(port), hostname);
    const pieces: Buffer[] = [];
    let length = 0;
    let code: string | undefined;
    let isEnded = false;
    const timer = setTimeout(() => socket.destroy(), patienceMs);
    socket.on("data", (piece) => {
      pieces.push(piece);
      length += piece.length;
      if (length >= enoughBytes) socket.destroy();
    });
    socket.on("end", () => (isEnded = true));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      code = error.code;
      isEnded = true;
    });
    socket.on("close", () => {
      clearTimeout(timer);
      const bytes = Buffer.concat(pieces);
      const split = bytes.indexOf("\r\n\r\n");
      const head = bytes
        .subarray(0, split < 0 ? bytes.length : split)
        .toString("latin1")
        .split("\r\n");
      resolve({
        bytes,
        head,
        status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head[0] ?? "")?.[1]),
        header: (name) =>
          head.flatMap((line) => {
            const [key = "", ...value] = line.split(": ");
            return key.toLowerCase() === name ? [value.join(": ")] : [];
          }),
        body: split < 0 ? Buffer.alloc(0) : bytes.subarray(split + 4),
        code,
        isEnded,
        pieces: pieces.length,
        elapsedMs: performance.now() - startedAt,
      });
    });
    const sent = {
      host: `${hostname}:${port}`,
      ...(close ? { connection: "close" } : {}),
      ...(body === ""
        ? {}
        : { "content-length": String(Buffer.byteLength(body)) }),
      ...headers,
    };
    const lines = Object.entries(sent).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
  });
}
