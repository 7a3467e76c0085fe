import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import { TransportFailure } from "./transport-failure";

const gunzipAsync = promisify(gunzip);

/**
 * What is no larger is decoded at once: to hand it to another thread takes
 * longer than to decode it, and even a bomb of this size is over in some
 * milliseconds.
 */
const smallBytes = 16 * 1024;

/** How much of an answer is read, in bytes. */
export interface BodyLimits {
  readonly maxWireBytes: number;
  readonly maxDecodedBytes: number;
}

/** Five MiB decoded is some 5,000 customers with every attribute. */
export const defaultBodyLimits: BodyLimits = {
  maxWireBytes: 5 * 1024 * 1024,
  maxDecodedBytes: 5 * 1024 * 1024,
};

/**
 * Decodes a body, within bounds. We decode ourselves: the built-in decoders
 * hand out a truncated gzip stream as if it were whole.
 *
 * @throws {@link TransportFailure} `oversized` or `undecodable`.
 */
export function decodeBody(
  wire: Buffer,
  encoding: string | undefined,
  limits: BodyLimits,
): Buffer | Promise<Buffer> {
  switch (encoding?.trim().toLowerCase() ?? "identity") {
    case "":
    case "identity":
      return wire;
    case "gzip":
    case "x-gzip":
      return wire.length === 0 ? wire : unzip(wire, limits);
    default:
      throw new TransportFailure(
        "undecodable",
        "the answer has a content encoding that was not asked for",
      );
  }
}

function unzip(wire: Buffer, limits: BodyLimits): Buffer | Promise<Buffer> {
  const bounds = { maxOutputLength: limits.maxDecodedBytes };
  const explain = (error: unknown): never => {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? new TransportFailure(
          "oversized",
          `the answer is larger than ${limits.maxDecodedBytes} bytes when decoded`,
        )
      : new TransportFailure(
          "undecodable",
          "the answer is truncated or its compression is broken",
        );
  };
  if (wire.length > smallBytes) return gunzipAsync(wire, bounds).catch(explain);
  try {
    return gunzipSync(wire, bounds);
  } catch (error) {
    return explain(error);
  }
}
