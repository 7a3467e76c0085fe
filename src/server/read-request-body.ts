import type { IncomingMessage } from "node:http";
import { TextDecoder, promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";

/** By `content-encoding`, what takes it off, and its name. */
const codings = {
  gzip: { name: "gzip", decode: promisify(gunzip) },
  br: { name: "brotli", decode: promisify(brotliDecompress) },
} as const;

/** Charsets that GraphQL over HTTP knows; anything else is refused. */
type Charset = "utf-8" | "utf-16le";

/** A request that is not even looked at, with the HTTP status that says why. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads the text of a JSON body.
 *
 * @param maxBytes of the body as it came, and decoded.
 * @returns `undefined` for a body of another media type: who parses GraphQL
 *   over HTTP answers that.
 * @throws RefusedRequest 400, 413 or 415.
 */
export async function readRequestText(
  request: IncomingMessage,
  maxBytes: number,
): Promise<string | undefined> {
  const collected = await collect(request, maxBytes);
  const charset = charsetOfJson(request);
  if (charset === null) return undefined;
  const body = await decode(collected, request, maxBytes);
  try {
    return decoders[charset].decode(body);
  } catch {
    throw notJson();
  }
}

/** @throws RefusedRequest 400. */
export function parseRequestText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

const decoders: Readonly<Record<Charset, TextDecoder>> = {
  "utf-8": new TextDecoder("utf-8", { fatal: true }),
  "utf-16le": new TextDecoder("utf-16le", { fatal: true }),
};

/** In words of our own: the parsers' messages quote the body. */
function notJson(): RefusedRequest {
  return new RefusedRequest(400, "The body is not JSON.");
}

async function collect(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const tooLarge = () =>
    new RefusedRequest(413, `The body is larger than ${maxBytes} bytes.`);
  if (Number(request.headers["content-length"]) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Events: an iterator costs a promise for each chunk, and one more.
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.pause();
        reject(tooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    request.once("end", () => {
      const [only] = chunks;
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks));
    });
    const breakOff = () => {
      reject(new RefusedRequest(400, "The body broke off."));
    };
    request.once("error", breakOff);
    request.once("close", () => {
      if (!request.complete) breakOff();
    });
  });
}

async function decode(
  body: Buffer,
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const encoding =
    request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding === "identity") return body;
  if (encoding !== "gzip" && encoding !== "br") {
    throw new RefusedRequest(
      415,
      "The body's encoding is not gzip, br or none.",
    );
  }
  const { name, decode } = codings[encoding];
  try {
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? new RefusedRequest(413, `The body is larger than ${maxBytes} bytes.`)
      : new RefusedRequest(400, `The body is no correct ${name}.`);
  }
}

/** @returns `null` for another media type. */
function charsetOfJson({ headers }: IncomingMessage): Charset | null {
  if (headers["content-type"] === "application/json") return "utf-8";
  const [type = "", ...parameters] = (headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const told = parameters.find((part) => part.startsWith("charset="));
  const [, charset] = /^charset="?(utf-8|utf-16le)"?$/.exec(
    told ?? "charset=utf-8",
  ) ?? [null, null];
  if (charset === null) {
    throw new RefusedRequest(
      415,
      "The body's charset is neither UTF-8 nor UTF-16LE.",
    );
  }
  return type === "application/json" ? (charset as Charset) : null;
}
