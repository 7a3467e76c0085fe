import {
  type IncomingMessage,
  type ServerResponse,
  createServer,
} from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ControlAnswer,
  type ControlledRoom,
  answerControl,
} from "./control-routes";

/** Where the control API listens unless somebody else has that port. */
export const USUAL_CONTROL_PORT = 4010;

const LOOPBACK = "127.0.0.1";
const LOOPBACK_NAME = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
const MOST_BODY_BYTES = 1_000_000;

/** The control API of some rooms. */
export interface Control {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly origin: string;
  /** Stops listening and ends open connections; may be called twice. */
  close(): Promise<void>;
}

export interface ControlOptions {
  readonly rooms: readonly ControlledRoom[];
  /**
   * 0 takes a free port. Default: {@link USUAL_CONTROL_PORT}, or a free one
   * where that is taken.
   */
  readonly port?: number | undefined;
}

/**
 * Serves the control API. It has a port of its own, so that it is there while a
 * room refuses connections, and nobody reaches it through a platform's API; it
 * listens on this machine's loopback address alone, and refuses what comes from
 * a web page.
 *
 * @throws when the port that was asked for is taken.
 */
export async function startControl({
  rooms,
  port,
}: ControlOptions): Promise<Control> {
  const server = createServer((message, response) => {
    serve(rooms, message, response).catch((error: unknown) => {
      answer(response, {
        status: 500,
        body: { error: error instanceof Error ? error.message : "unknown" },
      });
    });
  });
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, LOOPBACK, () => {
        server.off("error", reject);
        resolve();
      });
    });
  if (port === undefined)
    await listen(USUAL_CONTROL_PORT).catch(() => listen(0));
  else await listen(port);

  let closed: Promise<void> | undefined;
  return {
    origin: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}

async function serve(
  rooms: readonly ControlledRoom[],
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers, method = "GET", url = "/" } = message;
  // A page in a browser of this machine could reach it, by a name of its own.
  if (!LOOPBACK_NAME.test(headers.host ?? "") || headers.origin !== undefined) {
    answer(response, {
      status: 403,
      body: {
        error: "the control API is for programs of this machine",
        expected: `the host ${LOOPBACK}, and no Origin header`,
      },
    });
    return;
  }
  const body = await readBody(message);
  const [path = "/"] = url.split("?");
  answer(response, await answerControl(rooms, method, path, body));
}

function answer(response: ServerResponse, { status, body }: ControlAnswer) {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
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
