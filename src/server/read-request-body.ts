import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const gunzipAsync = promisify(gunzip);

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
 * Reads a JSON body.
 *
 * @param maxBytes of the body as it came, and decoded.
 * @returns `undefined` for a body of another media type: who parses GraphQL
 *   over HTTP answers that.
 * @throws RefusedRequest 400, 413 or 415.
 */
export async function readRequestBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<unknown> {
  const collected = await collect(request, maxBytes);
  if (!isJson(request)) return undefined;
  const body = await decode(collected, request, maxBytes);
  try {
    if (isUtf8(body)) return JSON.parse(body.toString("utf8"));
  } catch {
    // Said below: the parser's message quotes the body.
  }
  throw new RefusedRequest(400, "The body is not JSON.");
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
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decode(
  body: Buffer,
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const encoding =
    request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding === "identity") return body;
  if (encoding !== "gzip") {
    throw new RefusedRequest(415, "The body's encoding is not gzip or none.");
  }
  try {
    return await gunzipAsync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? new RefusedRequest(413, `The body is larger than ${maxBytes} bytes.`)
      : new RefusedRequest(400, "The body is no correct gzip.");
  }
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type = "", ...parameters] = (headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((part) => part.startsWith("charset="));
  if (charset && !/^charset="?utf-8"?$/.test(charset)) {
    throw new RefusedRequest(415, "The body's charset is not UTF-8.");
  }
  return type === "application/json";
}
