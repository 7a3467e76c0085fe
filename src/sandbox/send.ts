import type { IncomingMessage, ServerResponse } from "node:http";
import type { DeliveryFault } from "./faults/delivery";
import { sendMisframed } from "./send-misframed";
import type { JournalNote } from "./journal";
import type { Way } from "./way";
import { type WireAnswer, toNodeHeaders } from "./wire-answer";
import { firstBytes, slices, toHalf } from "./wire-body";

const SLICES_PER_SECOND = 20;

/** Where an answer goes, and who is told of it. */
export interface Sending {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly note: JournalNote;
  readonly way: Way;
}

/** Sends an answer, as the fault wants it; resolves when no more is to come. */
export async function send(
  answer: WireAnswer,
  fault: DeliveryFault | undefined,
  sending: Sending,
): Promise<void> {
  const { message, response, note, way } = sending;
  note.sendsHeaders(answer.status);
  if (fault && "framing" in fault)
    return sendMisframed(answer, fault.framing, sending);
  const { body } = answer;
  const sendAll = async (pieces: Iterable<Buffer>, everyMs = 0) => {
    let sent = 0;
    for (const piece of pieces) {
      if (way.isGone) return;
      await way.write(response, piece);
      sent += piece.length;
      note.sentBytes(sent);
      // Others have their turn, even where the client reads at once.
      await way.pause(everyMs);
    }
  };
  const finish = () => {
    if (!way.isGone) response.end();
  };

  response.writeHead(answer.status, toNodeHeaders(answer));
  note.sentBytes(0);
  if (!fault) {
    if (body.whole) {
      note.sentBytes(body.whole.length);
      response.end(body.whole);
      return;
    }
    await sendAll(body.pieces());
    return finish();
  }
  response.flushHeaders();
  if ("drip" in fault) {
    const { bytes, everyMs } = fault.drip;
    await sendAll(slices(body.pieces(), bytes), everyMs);
    finish();
  } else if ("bytesPerSecond" in fault) {
    const { bytesPerSecond } = fault;
    const bytes = Math.max(1, Math.floor(bytesPerSecond / SLICES_PER_SECOND));
    await sendAll(
      slices(body.pieces(), bytes),
      (1_000 * bytes) / bytesPerSecond,
    );
    finish();
  } else if ("stall" in fault) {
    const { length = Infinity } = body;
    if (fault.stall === "mid-body") await sendAll(toHalf(body));
    if (fault.stall === "before-end")
      await sendAll(firstBytes(body.pieces(), length - 1));
  } else {
    await sendAll(toHalf(body));
    if ("truncate" in fault) message.socket.destroySoon();
    else await way.reset(message.socket);
  }
}
