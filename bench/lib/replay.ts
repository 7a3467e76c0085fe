import {
  type IncomingMessage,
  type ServerResponse,
  createServer,
} from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { shuffleRows } from "./shuffle-rows";
import type { UpstreamChange, UpstreamCount } from "./upstream";

/** One platform's port, which answers from memory. */
export interface Replay {
  /** `http://host:port`, without a slash at the end. */
  readonly origin: string;
  count(): UpstreamCount;
  reset(): void;
  set(change: UpstreamChange): void;
}

/** An answer as it is sent: head and body at once. */
interface Recorded {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** What is kept of an address. */
type Renditions = Partial<Record<Rendition, Recorded>>;
type Rendition = "plain" | "gzip" | "plain shuffled" | "gzip shuffled";

/** As the sandbox has it: what is shorter is not worth it. */
const compressedFromBytes = 1_024;
/** Said anew for every answer, or for the connection alone. */
const ownHeaders = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/** Where a platform itself is asked. */
export interface ReplaySource {
  readonly origin: string;
  /** Headers in place of the client's: its token may be another's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Listens on a free port and answers for a platform.
 *
 * @param sources of which the first that does not fail answers; tokens are the
 *   first one's.
 */
export async function startReplay(
  sources: readonly [ReplaySource, ...ReplaySource[]],
): Promise<Replay> {
  const known = new Map<string, Renditions>();
  let requests = 0;
  let bytes = 0;
  let delayMs = 0;
  let isShuffled = false;

  const send = (response: ServerResponse, answer: Recorded) => {
    requests += 1;
    bytes += answer.body.length;
    response.writeHead(answer.status, answer.headers as string[]);
    response.end(answer.body);
  };
  const server = createServer((message, response) => {
    const target = message.url ?? "/";
    if (message.method !== "GET") {
      passOn(message, response, sources[0].origin + target).catch(
        fail(response),
      );
      return;
    }
    const rendition = renditionFor(message, isShuffled);
    const answer = known.get(target)?.[rendition];
    if (answer && delayMs === 0) {
      send(response, answer);
      return;
    }
    const deliver = async () => {
      const fresh = answer ?? (await record(message, target, rendition));
      if (delayMs > 0) await new Promise((go) => setTimeout(go, delayMs));
      send(response, fresh);
    };
    deliver().catch(fail(response));
  });

  const record = async (
    message: IncomingMessage,
    target: string,
    rendition: Rendition,
  ): Promise<Recorded> => {
    const answer = await askFirst(sources, target, message);
    const text = Buffer.from(
      sources.reduce(
        (body, source) => body.replaceAll(source.origin, origin),
        answer.text,
      ),
    );
    const recorded = toRecorded(answer, text, rendition);
    if (answer.status < 300)
      known.set(target, { ...known.get(target), [rendition]: recorded });
    return recorded;
  };

  // Longer than any client's: none writes to a connection that just ends.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    count: () => ({ requests, bytes }),
    reset: () => {
      requests = 0;
      bytes = 0;
    },
    set: (change) => {
      delayMs = change.delayMs ?? delayMs;
      isShuffled = change.shuffle ?? isShuffled;
    },
  };
}

function renditionFor(message: IncomingMessage, isShuffled: boolean) {
  const coding = message.headers["accept-encoding"];
  const isGzip = typeof coding === "string" && coding.includes("gzip");
  if (isShuffled) return isGzip ? "gzip shuffled" : "plain shuffled";
  return isGzip ? "gzip" : "plain";
}

interface PlatformAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** @returns the first answer that is no failure, or else the first failure. */
async function askFirst(
  [first, ...others]: readonly [ReplaySource, ...ReplaySource[]],
  target: string,
  message: IncomingMessage,
): Promise<PlatformAnswer> {
  const answer = await askSource(first, target, message);
  if (answer.status < 300) return answer;
  for (const source of others) {
    const other = await askSource(source, target, message);
    if (other.status < 300) return other;
  }
  return answer;
}

async function askSource(
  { origin, headers }: ReplaySource,
  target: string,
  message: IncomingMessage,
): Promise<PlatformAnswer> {
  const answer = await fetch(origin + target, {
    headers: { ...toHeaders(message), ...headers },
    redirect: "manual",
  });
  return {
    status: answer.status,
    headers: answer.headers,
    text: await answer.text(),
  };
}

async function passOn(
  message: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  const answer = await fetch(url, {
    method: message.method ?? "POST",
    headers: toHeaders(message),
    body: Buffer.concat(pieces),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const { status, headers } = toRecorded(
    { status: answer.status, headers: answer.headers, text: "" },
    body,
    "plain",
  );
  response.writeHead(status, headers as string[]).end(body);
}

function fail(response: ServerResponse) {
  return (error: unknown) => {
    process.stderr.write(`The upstream process: ${String(error)}\n`);
    response.destroy();
  };
}

/** What a request says of its own: who asks, and for what. */
function toHeaders({ headers }: IncomingMessage): Record<string, string> {
  const passed = ["accept", "authorization", "content-type", "x-auth-token"];
  return Object.fromEntries(
    passed.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

function toRecorded(
  { status, headers }: PlatformAnswer,
  text: Buffer,
  rendition: Rendition,
): Recorded {
  const arranged = rendition.endsWith("shuffled") ? shuffleRows(text) : text;
  const isCompressed =
    rendition.startsWith("gzip") && text.length >= compressedFromBytes;
  const body = isCompressed ? gzipSync(arranged) : arranged;
  const told = [...headers].filter(([name]) => !ownHeaders.has(name)).flat();
  const length = status === 204 ? [] : ["content-length", String(body.length)];
  const coding = isCompressed ? ["content-encoding", "gzip"] : [];
  return { status, headers: [...told, ...coding, ...length], body };
}
