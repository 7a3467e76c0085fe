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
export async function decodeBody(
  wire: Buffer,
  encoding: string | undefined,
  limits: BodyLimits,
): Promise<Buffer> {
  switch (encoding?.trim().toLowerCase() ?? "identity") {
    case "":
    case "identity":
      return wire;
    case "gzip":
    case "x-gzip":
      return wire.length === 0 ? wire : await unzip(wire, limits);
    default:
      throw new TransportFailure(
        "undecodable",
        "the answer has a content encoding that was not asked for",
      );
  }
}

async function unzip(wire: Buffer, limits: BodyLimits): Promise<Buffer> {
  const bounds = { maxOutputLength: limits.maxDecodedBytes };
  try {
    return wire.length <= smallBytes
      ? gunzipSync(wire, bounds)
      : await gunzipAsync(wire, bounds);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? new TransportFailure(
          "oversized",
          `the answer is larger than ${limits.maxDecodedBytes} bytes when decoded`,
        )
      : new TransportFailure(
          "undecodable",
          "the answer is truncated or its compression is broken",
        );
  }
}
