import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { type TypedBody, spoilBody } from "./faults/body";
import { spoilCoding } from "./faults/coding";
import { replaceLinks, setMember, setTotals } from "./faults/content";
import { toEcho } from "./faults/echo";
import type { FaultPlan } from "./faults/faults";
import { fillIn } from "./faults/fill-in";
import type { HeaderValues } from "./faults/header-values";
import { toHeaders } from "./faults/headers";
import { askThrough } from "./faults/question";
import { spoilRows } from "./faults/rows";
import type { JournalNote } from "./journal";
import { writeJson } from "./json-text";
import type { RoomHandler, RoomRequest } from "./listener";
import { send } from "./send";
import { Way } from "./way";
import type { WireAnswer } from "./wire-answer";
import { toBytes, wholeBody } from "./wire-body";

const LEAST_BYTES_TO_COMPRESS = 1024;

/** One request on its way to an answer. */
export interface Delivery {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: RoomRequest;
  readonly note: JournalNote;
  /** Whether the client reads gzip. */
  readonly acceptsGzip: boolean;
  /** Not asked when a fault answers in its place. */
  readonly room: RoomHandler;
  /** The server's own. */
  readonly origin: string;
}

/**
 * Sends the answer as the faults want it: the one place where they are applied.
 * Resolves when nothing more will be sent; it never rejects for a client that
 * has gone.
 */
export async function deliver(
  delivery: Delivery,
  plan: FaultPlan,
): Promise<void> {
  const { message, response, note } = delivery;
  const { socket } = message;
  const way = new Way(response);
  if (plan.delayMs > 0) await way.pause(plan.delayMs);
  if (way.isGone) return;
  const { answer } = plan;
  if (answer && "hang" in answer) return;
  if (answer && "close" in answer) {
    socket.destroySoon();
    return;
  }
  if (answer && "reset" in answer) {
    socket.resetAndDestroy();
    return;
  }
  if (answer && "raw" in answer) {
    const { raw, andThen = "close" } = answer;
    await way.write(socket, Buffer.from(raw, "latin1"));
    if (andThen === "close") socket.destroySoon();
    if (andThen === "reset") await way.reset(socket);
    return;
  }
  const wire = toWireAnswer(delivery, plan);
  await send(wire, plan.delivery, { message, response, note, way });
}

interface Answer {
  readonly status: number;
  readonly headers: HeaderValues;
  readonly body: unknown;
}

function toWireAnswer(delivery: Delivery, plan: FaultPlan): WireAnswer {
  const { status, headers, body } = toAnswer(delivery, plan);
  const plain = toTyped(body);
  const typed = plan.body ? spoilBody(plan.body, toBytes(plain.body)) : plain;
  const typedHeaders: HeaderValues = {
    ...(plain.contentType === undefined
      ? {}
      : { "content-type": plain.contentType }),
    ...headers,
    ...(plan.body && typed.contentType !== undefined
      ? { "content-type": typed.contentType }
      : {}),
  };
  const coded = toCoded(typed, typedHeaders, delivery, plan);
  const added = plan.headers.map(toHeaders);
  // What a fault has to send would be lost in an answer without a body.
  const isEmpty = status === 204 || status === 304;
  const hasOwnBody = plan.body !== undefined || plan.coding !== undefined;
  return {
    status: isEmpty && hasOwnBody ? 200 : status,
    headers: Object.assign(
      {},
      typedHeaders,
      coded.headers,
      ...added,
    ) as HeaderValues,
    body: isEmpty && !hasOwnBody ? wholeBody(Buffer.alloc(0)) : coded.body,
  };
}

function toCoded(
  { body, isPlain }: TypedBody,
  headers: HeaderValues,
  { acceptsGzip }: Delivery,
  { coding }: FaultPlan,
) {
  if (coding) {
    const coded = spoilCoding(coding, () => toBytes(body));
    return {
      body: coded.body,
      headers: { "content-encoding": coded.contentEncoding },
    };
  }
  const isCompressible =
    !isPlain &&
    headers["content-encoding"] === undefined &&
    (body.length ?? 0) >= LEAST_BYTES_TO_COMPRESS;
  if (!isCompressible) return { body, headers: {} };
  const vary = { vary: "Accept-Encoding" };
  if (!acceptsGzip) return { body, headers: vary };
  return {
    body: wholeBody(gzipSync(toBytes(body), { level: 1 })),
    headers: { ...vary, "content-encoding": "gzip" },
  };
}

function toAnswer(
  { room, request, origin, message }: Delivery,
  plan: FaultPlan,
): Answer {
  const { answer } = plan;
  const { method, url = "/", headers } = message;
  const asked = new URL(URL.canParse(origin + url) ? origin + url : origin);
  if (answer && "status" in answer) {
    const { status, headers = {}, body, bodyBase64 } = answer;
    return {
      status,
      headers: lowerCased(headers),
      body: bodyBase64 === undefined ? body : Buffer.from(bodyBase64, "base64"),
    };
  }
  if (answer && "redirect" in answer) {
    const { status, location } = answer.redirect;
    return {
      status,
      headers: { location: fillIn(location, asked) },
      body: undefined,
    };
  }
  if (answer && "echo" in answer)
    return toEcho(answer, { method, url, headers, body: request.body });
  const { anatomy } = room;
  const honest = askThrough(
    plan.questions,
    (question) => room.answer(question),
    anatomy,
  )(request);
  if (plan.changes.length === 0 || honest.body === undefined) return honest;
  // The body may share objects with the data: a change gets its own copy.
  const body = plan.changes.reduce<unknown>((body, { fault, random }) => {
    if ("transform" in fault) return fault.transform(body);
    if ("set" in fault) return setMember(body, fault);
    if (honest.status >= 300) return body;
    if ("links" in fault) return replaceLinks(body, fault, asked);
    // Faults that go by the anatomy are only added where it is known.
    if (!anatomy) return body;
    return "rows" in fault
      ? spoilRows(body, fault, anatomy, random)
      : setTotals(body, fault, anatomy);
  }, structuredClone(honest.body));
  return { ...honest, body };
}

function toTyped(body: unknown): TypedBody {
  const typed = (bytes: Buffer, contentType?: string) => ({
    body: wholeBody(bytes),
    contentType,
    isPlain: false,
  });
  if (body === undefined) return typed(Buffer.alloc(0));
  if (Buffer.isBuffer(body)) return typed(body);
  return typeof body === "string"
    ? typed(Buffer.from(body), "text/plain; charset=utf-8")
    : typed(Buffer.from(writeJson(body)), "application/json");
}

function lowerCased(headers: HeaderValues): HeaderValues {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
