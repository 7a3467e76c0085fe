import { constants, crc32, deflateRawSync, gzipSync } from "node:zlib";
import { type WireBody, wholeBody } from "../wire-body";
import { type FaultKind, object, oneOf, whole } from "./schema";

/** What can be wrong with a body's compression; see {@link GzipFault}. */
export const gzipSpoilings = [
  "truncated",
  "trailing-garbage",
  "corrupt",
  "mislabelled",
] as const;

/**
 * Spoils the compression of a body; the rest of the answer is correct, its
 * length too. It is compressed whatever the client reads.
 *
 * - `truncated`: half of the compressed bytes are missing.
 * - `trailing-garbage`: bytes follow that are no gzip.
 * - `corrupt`: the checksum is wrong.
 * - `mislabelled`: the header says gzip, the body is plain.
 */
export interface GzipFault {
  readonly gzip: (typeof gzipSpoilings)[number];
}
/** Compresses a body so many times, and says so. */
export interface GzipLayersFault {
  readonly gzipLayers: number;
}
/**
 * Sends JSON instead of the body that is large only when it is decoded: about a
 * thousandth of that on the wire.
 */
export interface GzipBombFault {
  readonly gzipBomb: { readonly decodedBytes: number };
}

/** What can be wrong with the compression of a body. */
export type CodingFault = GzipFault | GzipLayersFault | GzipBombFault;

/** How the faults of compression are checked. */
export const codingKinds = {
  gzip: { stage: "coding", shape: { gzip: oneOf(gzipSpoilings) } },
  gzipLayers: { stage: "coding", shape: { gzipLayers: whole(2, 100) } },
  gzipBomb: {
    stage: "coding",
    shape: {
      gzipBomb: object({ decodedBytes: whole(1_000, 100_000_000_000) }),
    },
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** A body as it goes over the wire. */
export interface CodedBody {
  readonly body: WireBody;
  /** The header `Content-Encoding`. */
  readonly contentEncoding: string;
}

/** @param plain the body before compression; a bomb does without it. */
export function spoilCoding(
  fault: CodingFault,
  plain: () => Buffer,
): CodedBody {
  if ("gzipBomb" in fault)
    return {
      body: toBomb(fault.gzipBomb.decodedBytes),
      contentEncoding: "gzip",
    };
  if ("gzipLayers" in fault) {
    const layers = Array.from({ length: fault.gzipLayers }, () => "gzip");
    const bytes = layers.reduce((inner) => gzipSync(inner), plain());
    return { body: wholeBody(bytes), contentEncoding: layers.join(", ") };
  }
  return {
    body: wholeBody(spoilGzip(fault.gzip, plain())),
    contentEncoding: "gzip",
  };
}

function spoilGzip(spoiling: GzipFault["gzip"], plain: Buffer): Buffer {
  if (spoiling === "mislabelled") return plain;
  const bytes = gzipSync(plain);
  switch (spoiling) {
    case "truncated":
      return bytes.subarray(0, Math.ceil(bytes.length / 2));
    case "trailing-garbage":
      return Buffer.concat([bytes, Buffer.from("trailing garbage")]);
    case "corrupt":
      bytes.writeUInt32LE(
        (bytes.readUInt32LE(bytes.length - 8) ^ 1) >>> 0,
        bytes.length - 8,
      );
      return bytes;
  }
}

const BLOCK_BYTES = 1024 * 1024;
// No name, no time, an unknown system (RFC 1952, section 2.3).
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
// An empty last block.
const DEFLATE_END = Buffer.from([3, 0]);

interface Block {
  readonly plain: Buffer;
  /** Deflated on its own, up to a byte's border, so that it can be repeated. */
  readonly deflated: Buffer;
  /** The checksum behind it, from the one before it. */
  readonly checksum: (before: number) => number;
}

function toBlock(plain: Buffer): Block {
  const deflated = deflateRawSync(plain, {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  });
  return {
    plain,
    deflated,
    checksum: (before) => crc32(plain, before),
  };
}

// For a block that is repeated: a checksum is linear in the bits of the one
// before it, so one of each bit tells of all, and the bytes are read no more.
function toRepeatedBlock(plain: Buffer): Block {
  const none = crc32(plain, 0);
  const byBit = Array.from(
    { length: 32 },
    (_, bit) => crc32(plain, 2 ** bit) ^ none,
  );
  return {
    ...toBlock(plain),
    checksum: (before) =>
      byBit.reduce(
        (sum, ofBit, bit) => ((before >>> bit) & 1 ? sum ^ ofBit : sum),
        none,
      ) >>> 0,
  };
}

let filling: Block | undefined;

/**
 * One gzip member, made as it is sent: the same block over and over, and the
 * checksum at its end.
 */
function toBomb(decodedBytes: number): WireBody {
  filling ??= toRepeatedBlock(Buffer.alloc(BLOCK_BYTES, "a"));
  const repeated = filling;
  const begin = toBlock(Buffer.from('{"data":"'));
  const end = toBlock(Buffer.from('"}'));
  const inner = decodedBytes - begin.plain.length - end.plain.length;
  const times = Math.floor(inner / BLOCK_BYTES);
  const rest = toBlock(Buffer.alloc(inner % BLOCK_BYTES, "a"));
  function* blocks(): Iterable<Block> {
    yield begin;
    for (let time = 0; time < times; time++) yield repeated;
    yield rest;
    yield end;
  }
  const deflatedBytes =
    begin.deflated.length +
    times * repeated.deflated.length +
    rest.deflated.length +
    end.deflated.length;
  return {
    length: GZIP_HEAD.length + deflatedBytes + DEFLATE_END.length + 8,
    *pieces() {
      yield GZIP_HEAD;
      let sum = 0;
      for (const { deflated, checksum } of blocks()) {
        sum = checksum(sum);
        yield deflated;
      }
      const tail = Buffer.alloc(8);
      tail.writeUInt32LE(sum, 0);
      tail.writeUInt32LE(decodedBytes % 2 ** 32, 4);
      yield Buffer.concat([DEFLATE_END, tail]);
    },
  };
}
