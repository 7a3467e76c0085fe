import type { FramingFault } from "./faults/delivery";
import type { HeaderValues } from "./faults/header-values";
import type { Sending } from "./send";
import { type WireAnswer, toHead, toNodeHeaders } from "./wire-answer";
import { toBytes } from "./wire-body";

const WRONG_BY_BYTES = 10;
const SECOND_BODY = '{"poisoned":true}';
const SECOND_RESPONSE =
  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" +
  `content-length: ${SECOND_BODY.length}\r\n\r\n${SECOND_BODY}`;

/** Sends an answer whose framing is wrong; resolves when it has left. */
export async function sendMisframed(
  answer: WireAnswer,
  framing: FramingFault["framing"],
  { message, response, note, way }: Sending,
): Promise<void> {
  const { status, headers } = answer;
  const bytes = toBytes(answer.body);
  note.sentBytes(bytes.length);

  // The server lets more bytes follow than it promised, and goes on with the
  // connection.
  const overrun = toOverrun(framing, bytes);
  if (overrun) {
    response.writeHead(status, {
      ...toNodeHeaders(answer),
      "content-length": String(overrun.promised),
    });
    response.end(overrun.bytes);
    return;
  }
  // All else it would set right, so this is written past it.
  const { framed, body } = misframe(framing, bytes);
  const head = toHead(status, { ...headers, ...framed });
  await way.write(message.socket, Buffer.concat([head, ...body]));
  message.socket.destroySoon();
}

function toOverrun(framing: FramingFault["framing"], bytes: Buffer) {
  switch (framing) {
    case "content-length-too-small":
      return { promised: Math.max(0, bytes.length - WRONG_BY_BYTES), bytes };
    case "second-response":
      return {
        promised: bytes.length,
        bytes: Buffer.concat([bytes, Buffer.from(SECOND_RESPONSE)]),
      };
    default:
      return undefined;
  }
}

function misframe(
  framing: FramingFault["framing"],
  bytes: Buffer,
): { readonly framed: HeaderValues; readonly body: readonly Buffer[] } {
  const { length } = bytes;
  const tooLong = String(length + WRONG_BY_BYTES);
  const chunked = { "transfer-encoding": "chunked" };
  const size = Buffer.from(`${length.toString(16)}\r\n`);
  const end = Buffer.from("\r\n0\r\n\r\n");
  switch (framing) {
    case "content-length-too-large":
      return { framed: { "content-length": tooLong }, body: [bytes] };
    case "two-content-lengths":
      return {
        framed: { "content-length": [String(length), tooLong] },
        body: [bytes],
      };
    case "content-length-and-chunked":
      return {
        framed: { "content-length": String(length), ...chunked },
        body: [size, bytes, end],
      };
    case "chunked-cut":
      return {
        framed: chunked,
        body: [size, bytes.subarray(0, Math.floor(length / 2))],
      };
    case "chunked-unfinished":
      return { framed: chunked, body: [size, bytes, Buffer.from("\r\n")] };
    case "chunked-garbage":
      return {
        framed: chunked,
        body: [Buffer.from("not a size\r\n"), bytes, end],
      };
    default:
      return { framed: {}, body: [bytes] };
  }
}
