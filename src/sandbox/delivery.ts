import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { FaultPlan } from "./faults";
import type { JournalNote } from "./journal";
import type { RoomAnswer } from "./listener";

const LEAST_BYTES_TO_COMPRESS = 1024;
// Time for the client to read what was sent before the reset overtakes it.
const RESET_AFTER_MS = 20;

/** One request on its way to an answer. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly note: JournalNote;
  /** Whether the client reads gzip. */
  readonly acceptsGzip: boolean;
  /** What the room says; not called when a fault answers in its place. */
  readonly honest: () => RoomAnswer;
}

/**
 * Sends the answer as the faults want it: the one place where they are applied.
 * Resolves when nothing more will be sent; it never rejects for a client that
 * has gone.
 */
export async function deliver(
  { response, note, acceptsGzip, honest }: Delivery,
  plan: FaultPlan,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const pause = (ms: number) =>
    wait(ms, undefined, { signal: gone.signal }).catch(() => undefined);

  if (plan.delay) await pause(plan.delay.delayMs);
  if (gone.signal.aborted) return;
  if (plan.answer && "hang" in plan.answer) return;
  if (plan.answer && "reset" in plan.answer) {
    response.socket?.resetAndDestroy();
    return;
  }

  const answer = toAnswer(plan, honest);
  const headers: Record<string, string> = { ...answer.headers };
  let body = toBytes(answer.body, headers);
  if (body.length >= LEAST_BYTES_TO_COMPRESS && !hasEncoding(headers)) {
    headers["vary"] = "Accept-Encoding";
    if (acceptsGzip) {
      headers["content-encoding"] = "gzip";
      body = gzipSync(body, { level: 1 });
    }
  }
  if (answer.status !== 204 && answer.status !== 304)
    headers["content-length"] = String(body.length);
  note.sendsHeaders(answer.status);
  response.writeHead(answer.status, headers);

  const { delivery } = plan;
  if (!delivery) {
    note.sentBytes(body.length);
    response.end(body);
    return;
  }
  if ("drip" in delivery) {
    let sent = 0;
    response.flushHeaders();
    while (sent < body.length && !gone.signal.aborted) {
      const piece = body.subarray(sent, sent + delivery.drip.bytes);
      response.write(piece);
      sent += piece.length;
      note.sentBytes(sent);
      if (sent < body.length) await pause(delivery.drip.everyMs);
    }
    if (!gone.signal.aborted) response.end();
    return;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  const { socket } = response;
  note.sentBytes(half.length);
  response.flushHeaders();
  await new Promise<void>((resolve) => {
    if (half.length > 0) response.write(half, () => resolve());
    else resolve();
  });
  if ("truncate" in delivery) {
    socket?.end();
  } else {
    await pause(RESET_AFTER_MS);
    socket?.resetAndDestroy();
  }
}

function toAnswer(plan: FaultPlan, honest: () => RoomAnswer): RoomAnswer {
  if (plan.answer && "status" in plan.answer) {
    const { status, headers = {}, body } = plan.answer;
    return { status, headers: lowerCased(headers), body };
  }
  if (plan.answer && "redirect" in plan.answer) {
    const { status, location } = plan.answer.redirect;
    return { status, headers: { location }, body: undefined };
  }
  const answer = honest();
  if (plan.changes.length === 0 || answer.body === undefined) return answer;
  // The body may share objects with the data: a change gets its own copy.
  const body = plan.changes.reduce<unknown>(
    (body, change) => change.transform(body),
    structuredClone(answer.body),
  );
  return { ...answer, body };
}

function toBytes(body: unknown, headers: Record<string, string>): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === "string") {
    headers["content-type"] ??= "text/plain; charset=utf-8";
    return Buffer.from(body);
  }
  headers["content-type"] ??= "application/json";
  return Buffer.from(JSON.stringify(body));
}

function hasEncoding(headers: Record<string, string>): boolean {
  return headers["content-encoding"] !== undefined;
}

function lowerCased(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
