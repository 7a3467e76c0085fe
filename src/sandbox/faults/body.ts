import { type WireBody, wholeBody } from "../wire-body";
import { type FaultKind, on, oneOf, whole } from "./schema";

/** What can be wrong with the text of a body; see {@link ShapeFault}. */
export const shapes = [
  "empty",
  "html",
  "xml",
  "text",
  "null",
  "number",
  "string",
  "list",
  "object",
  "invalid-json",
  "cut-json",
  "bom",
  "iso-8859-1",
  "invalid-utf-8",
  "utf-16",
  "prototype",
] as const;

/**
 * Sends a body of the wrong shape; status and headers stay as they are.
 *
 * - Instead of the honest one: `empty` (no byte), `html` (a page for people),
 *   `xml`, `text`, and JSON that is something else: `null`, `number`, `string`,
 *   `list`, `object`.
 * - The honest one, spoilt: `invalid-json` (a wrong quotation mark, so that a
 *   parser's message quotes data), `cut-json` (its first half, correctly
 *   framed), `bom` (with a byte order mark), `iso-8859-1`, `utf-16`,
 *   `invalid-utf-8` (a stray byte in every text), `prototype` (members
 *   `__proto__`, `constructor` and `prototype` in every object).
 */
export interface ShapeFault {
  readonly shape: (typeof shapes)[number];
}
/** Sends lists in lists, so many levels deep. */
export interface DeepBodyFault {
  readonly deepBody: number;
}
/** Sends an object with so many members. */
export interface WideBodyFault {
  readonly wideBody: number;
}
/**
 * Sends the honest body made that many bytes long by blanks, uncompressed. It
 * stays correct JSON.
 */
export interface BigBodyFault {
  readonly bigBody: number;
}
/** Sends the beginning of a JSON text that never ends, without a length. */
export interface EndlessBodyFault {
  readonly endlessBody: true;
}

/** What can be wrong with the bytes of a body. */
export type BodyFault =
  ShapeFault | DeepBodyFault | WideBodyFault | BigBodyFault | EndlessBodyFault;

/** How the faults of bodies are checked. */
export const bodyKinds = {
  shape: { stage: "body", shape: { shape: oneOf(shapes) } },
  deepBody: { stage: "body", shape: { deepBody: whole(1, 10_000_000) } },
  wideBody: { stage: "body", shape: { wideBody: whole(1, 10_000_000) } },
  bigBody: { stage: "body", shape: { bigBody: whole(1, 10_000_000_000) } },
  endlessBody: { stage: "body", shape: { endlessBody: on() } },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** A body on its way to the wire. */
export interface TypedBody {
  readonly body: WireBody;
  /** Replaces the type of the answer; undefined leaves it. */
  readonly contentType: string | undefined;
  /** Whether it must be sent as it is, though it could be compressed. */
  readonly isPlain: boolean;
}

/** @param honest what the room would have sent. */
export function spoilBody(fault: BodyFault, honest: Buffer): TypedBody {
  if ("deepBody" in fault) return toJson(wholeBody(toDeep(fault.deepBody)));
  if ("wideBody" in fault) return toJson(wholeBody(toWide(fault.wideBody)));
  if ("bigBody" in fault)
    return { ...toJson(padded(honest, fault.bigBody)), isPlain: true };
  if ("endlessBody" in fault)
    return { ...toJson({ length: undefined, pieces: endless }), isPlain: true };
  const { text, contentType } = toShape(fault.shape, honest.toString());
  return {
    body: wholeBody(typeof text === "string" ? Buffer.from(text) : text),
    contentType,
    isPlain: false,
  };
}

function toShape(
  shape: ShapeFault["shape"],
  honest: string,
): {
  readonly text: string | Buffer;
  readonly contentType: string | undefined;
} {
  const spoilt = (text: string | Buffer) => ({ text, contentType: undefined });
  const json = (text: string) => ({ text, contentType: "application/json" });
  switch (shape) {
    case "empty":
      return spoilt("");
    case "html":
      return {
        text: "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>",
        contentType: "text/html; charset=utf-8",
      };
    case "xml":
      return {
        text: '<?xml version="1.0" encoding="UTF-8"?>\n<answer><status>ok</status></answer>\n',
        contentType: "application/xml; charset=utf-8",
      };
    case "text":
      return { text: "OK\n", contentType: "text/plain; charset=utf-8" };
    case "null":
      return json("null");
    case "number":
      return json("42");
    case "string":
      return json('"a text"');
    case "list":
      return json("[]");
    case "object":
      return json("{}");
    case "invalid-json":
      return spoilt(
        honest.includes('"') ? honest.replace('"', "'") : `${honest}'`,
      );
    case "cut-json":
      return spoilt(honest.slice(0, Math.floor(honest.length / 2)));
    case "bom":
      return spoilt(`\ufeff${honest}`);
    case "iso-8859-1":
      return spoilt(Buffer.from(withUmlaut(honest), "latin1"));
    case "invalid-utf-8":
      return spoilt(withStrayBytes(honest));
    case "utf-16":
      return spoilt(Buffer.from(`\ufeff${honest}`, "utf16le"));
    case "prototype":
      return spoilt(withPrototypes(honest));
  }
}

// A member's value that is a text and has no escapes in it.
const TEXT_VALUE = /(:\s*"[^"\\]*)(?=")/;

// Where no sign is from the upper half, both encodings are the same.
function withUmlaut(json: string): string {
  return /[\x80-\xff]/.test(json) ? json : json.replace(TEXT_VALUE, "$1\u00e9");
}

function withStrayBytes(json: string): Buffer {
  const mark = "\ue000";
  const marked = json.replaceAll(new RegExp(TEXT_VALUE, "g"), `$1${mark}`);
  return Buffer.concat(
    marked
      .split(mark)
      .flatMap((part, index) => [
        ...(index === 0 ? [] : [Buffer.from([0xff])]),
        Buffer.from(part),
      ]),
  );
}

function withPrototypes(json: string): string {
  const pollution = '{"polluted":true}';
  const members =
    `"__proto__":${pollution},` +
    `"constructor":{"prototype":${pollution}},` +
    `"prototype":${pollution}`;
  // Texts are passed over, so that a brace in one is left alone.
  return json.replace(
    /"(?:[^"\\]|\\.)*"|\{(\s*\})?/g,
    (found, end?: string) => {
      if (!found.startsWith("{")) return found;
      return end === undefined ? `{${members},` : `{${members}}`;
    },
  );
}

function toJson(body: WireBody): TypedBody {
  return { body, contentType: undefined, isPlain: false };
}

function toDeep(levels: number): Buffer {
  return Buffer.from("[".repeat(levels) + "]".repeat(levels));
}

let wide: { readonly members: number; readonly bytes: Buffer } | undefined;

// A million members take a while to write, and tests ask for them repeatedly.
function toWide(members: number): Buffer {
  if (wide?.members !== members) {
    const names = Array.from(
      { length: members },
      (_, index) => `"${index.toString(36)}":0`,
    );
    wide = { members, bytes: Buffer.from(`{${names.join(",")}}`) };
  }
  return wide.bytes;
}

const PIECE_BYTES = 64 * 1024;

function padded(honest: Buffer, bytes: number): WireBody {
  const missing = Math.max(0, bytes - honest.length);
  return {
    length: honest.length + missing,
    *pieces() {
      yield honest;
      const blanks = Buffer.alloc(PIECE_BYTES, " ");
      for (let left = missing; left > 0; left -= PIECE_BYTES)
        yield blanks.subarray(0, left);
    },
  };
}

function* endless(): Iterable<Buffer> {
  yield Buffer.from('{"data":"');
  const piece = Buffer.alloc(PIECE_BYTES, "a");
  for (;;) yield piece;
}
