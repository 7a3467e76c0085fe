import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Anatomy } from "./anatomy";
import { deliver } from "./delivery";
import { Faults } from "./faults/faults";
import { Journal, type RequestKind } from "./journal";
import { Port } from "./port";
import type { SettingsAccess } from "./settings";

/** A request as a room sees it. */
export interface RoomRequest {
  readonly method: string;
  /** Without the query, percent-encoded as it came. */
  readonly path: string;
  /** Decoded, in the order of the URL. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: IncomingHttpHeaders;
  /** Empty when there was none. */
  readonly body: string;
  /** The client's address. */
  readonly ip: string;
}

/** A room's answer. */
export interface RoomAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body: unknown;
}

/** The part of a room that knows its platform. */
export interface RoomHandler {
  /** What a request is for. */
  kindOf(method: string, path: string): RequestKind;
  /** Whether these headers carry a credential that opens the store now. */
  isAuthorized(headers: IncomingHttpHeaders): boolean;
  /** Answers; a wrong request is an answer too, so it never throws. */
  answer(request: RoomRequest): RoomAnswer;
  /**
   * Where things stand in what it answers. Without it, faults that go by rows,
   * totals or pages are refused.
   */
  readonly anatomy?: Anatomy;
}

export interface ListenOptions {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly settings: SettingsAccess;
  /** Called once, when the address is known. */
  readonly createHandler: (origin: string) => RoomHandler;
}

/** A server that is listening. */
export interface Listener {
  /** `http://host:port`, without a slash at the end. */
  readonly origin: string;
  readonly journal: Journal;
  readonly faults: Faults;
  /** As it was given: for the control API. */
  readonly settingsAccess: SettingsAccess;
  /** Stops listening and ends open connections; may be called twice. */
  close(): Promise<void>;
}

const MOST_BODY_BYTES = 1_000_000;
// Longer than the usual client's, so that a client never writes to a
// connection that the server is just closing.
const KEEP_ALIVE_MS = 65_000;

/**
 * Listens for one room: keeps the journal, meets the faults, and compresses
 * bodies from 1 KiB on for clients that read gzip.
 *
 * @throws when the port is taken.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host = "127.0.0.1", port = 0, settings } = options;
  const journal = new Journal();
  const server = createServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on("connection", (socket) => journal.sockets.add(socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const governed = new Port(server, journal.sockets);
  const origin = toOrigin(server.address() as AddressInfo);
  const room = options.createHandler(origin);
  const faults = new Faults({
    hasAnatomy: room.anatomy !== undefined,
    port: governed,
  });

  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const method = message.method ?? "GET";
    const { path, query } = splitTarget(message.url ?? "/");
    const kind = room.kindOf(method, path);
    const plan = faults.plan({ method, path, query, kind });
    const note = journal.add({
      method,
      path,
      query,
      kind,
      accept: message.headers.accept,
      authorized: room.isAuthorized(message.headers),
      at: Date.now(),
      faults: plan.ids,
      socket: journal.sockets.countRequest(message.socket),
    });
    const request: RoomRequest = {
      method,
      path,
      query,
      headers: message.headers,
      body: await readBody(message),
      ip: message.socket.remoteAddress ?? "",
    };
    const acceptsGzip = readsGzip(message.headers["accept-encoding"]);
    await deliver(
      { message, response, request, note, acceptsGzip, room, origin },
      plan,
    );
  };

  server.on("request", (message, response) => {
    serve(message, response).catch((error: unknown) => {
      // A failure of the sandbox itself must not look like the platform's.
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const text = error instanceof Error ? error.stack : String(error);
      response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      response.end(`The sandbox failed: ${text}\n`);
    });
  });

  let closed: Promise<void> | undefined;
  return {
    origin,
    journal,
    faults,
    settingsAccess: settings,
    close: () => (closed ??= governed.close()),
  };
}

function splitTarget(target: string) {
  const mark = target.indexOf("?");
  if (mark < 0) return { path: target, query: [] };
  return {
    path: target.slice(0, mark),
    query: [...new URLSearchParams(target.slice(mark + 1))],
  };
}

function readsGzip(header: string | string[] | undefined): boolean {
  return String(header ?? "")
    .split(",")
    .some((coding) =>
      /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding),
    );
}

async function readBody(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of message) {
    length += (piece as Buffer).length;
    if (length <= MOST_BODY_BYTES) pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function toOrigin({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::")
    return `http://127.0.0.1:${port}`;
  return family === "IPv6"
    ? `http://[${address}]:${port}`
    : `http://${address}:${port}`;
}
