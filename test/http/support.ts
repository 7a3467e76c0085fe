import { createServer, type RequestListener } from "node:http";
import { createServer as createSocketServer, type Socket } from "node:net";
import type { AddressInfo, Server } from "node:net";
import type { PlatformCall } from "../../src/domain/errors";
import type {
  Send,
  UpstreamRequest,
  UpstreamResponse,
} from "../../src/http/exchange";

export const call: PlatformCall = {
  store: "cl-eu",
  platform: "commerce-layer",
  operation: "GET /customers/{id}",
};

/** A request as a store sends it, to a local server or to nobody at all. */
export function requestTo(
  url: string,
  overrides: Partial<UpstreamRequest> = {},
): UpstreamRequest {
  return {
    method: "GET",
    url: new URL(url),
    headers: {},
    call,
    signal: new AbortController().signal,
    ...overrides,
  };
}

export const anyRequest = requestTo("http://upstream.test/customers");

export function answer(
  status = 200,
  body = "",
  headers: Readonly<Record<string, string>> = {},
): UpstreamResponse {
  return { status, headers, body: Buffer.from(body) };
}

/** Gives its answers one after another, and keeps what it was asked. */
export function scripted(...answers: readonly (UpstreamResponse | Error)[]): {
  readonly send: Send;
  readonly requests: readonly UpstreamRequest[];
} {
  const requests: UpstreamRequest[] = [];
  const send: Send = (request) => {
    const next = answers[requests.length];
    requests.push(request);
    if (next === undefined) throw new Error("The script has no more answers.");
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  return { send, requests };
}

export interface LocalServer {
  readonly origin: string;
  readonly port: number;
  /** Every connection that was made to it. */
  readonly sockets: readonly Socket[];
  /** How many of them are open. */
  openSockets(): number;
  /** Resolves when all of them are closed. */
  allClosed(): Promise<void>;
}

const running: Server[] = [];
const opened = new Set<Socket>();

/** A local HTTP server; it ends with the test. */
export function startUpstream(listener: RequestListener): Promise<LocalServer> {
  return start(createServer(listener));
}

/** A local server that speaks whatever it likes; it ends with the test. */
export function startPeer(
  onConnection: (socket: Socket) => void,
): Promise<LocalServer> {
  return start(
    createSocketServer((socket) => {
      socket.on("error", () => undefined);
      onConnection(socket);
    }),
  );
}

async function start(server: Server): Promise<LocalServer> {
  const sockets: Socket[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    opened.add(socket);
    socket.once("close", () => opened.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  running.push(server);
  const { port } = server.address() as AddressInfo;
  const open = () => sockets.filter((socket) => opened.has(socket));
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    sockets,
    openSockets: () => open().length,
    allClosed: async () => {
      await Promise.all(
        open().map(
          (socket) =>
            new Promise((resolve) => {
              socket.once("close", resolve);
            }),
        ),
      );
    },
  };
}

/** Ends every server of the test and what is connected to it. */
export async function stopServers(): Promise<void> {
  for (const socket of opened) socket.destroy();
  await Promise.all(
    running.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
        }),
    ),
  );
}
