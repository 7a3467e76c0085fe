import { z } from "zod";
import type { JsonValue } from "../json";
import { type EchoFault, echoKinds } from "./echo";
import { type HeaderValues, headerValue, headerValues } from "./header-values";
import {
  type FaultKind,
  anything,
  object,
  on,
  oneOf,
  text,
  whole,
} from "./schema";

/** Answers this instead of the room. */
export interface StatusFault {
  /** From 200 to 599. */
  readonly status: number;
  readonly headers?: HeaderValues;
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: JsonValue | Buffer;
  /** The body's bytes in base64, for JSON; not beside `body`. */
  readonly bodyBase64?: string;
}
/** Points to another address. */
export interface RedirectFault {
  readonly redirect: {
    /** From 300 to 399. */
    readonly status: number;
    /** With `{url}`, `{origin}`, `{path}` and `{query}` of the request. */
    readonly location: string;
  };
}
/** Takes the request and never answers. */
export interface HangFault {
  readonly hang: true;
}
/** Closes the connection without a byte. */
export interface CloseFault {
  readonly close: true;
}
/** Resets the connection: without a byte, or after half of the body. */
export interface ResetFault {
  readonly reset: "before-headers" | "mid-body";
}
/** Sends this in place of HTTP. */
export interface RawFault {
  /** Each character is one byte (ISO-8859-1). */
  readonly raw: string;
  /** What comes after it. Default `close`. */
  readonly andThen?: "close" | "reset" | "hang";
}
/** What can answer in place of the room. */
export type AnswerFault =
  | StatusFault
  | RedirectFault
  | HangFault
  | CloseFault
  | (ResetFault & { readonly reset: "before-headers" })
  | RawFault
  | EchoFault;

/** How the answers in place of the room are checked. */
export const answerKinds = {
  status: {
    stage: "answer",
    shape: {
      status: whole(200, 599),
      headers: headerValues().optional(),
      body: anything().optional(),
      bodyBase64: z.base64("must be base64").optional(),
    },
    contradiction: ({ body, bodyBase64 }) =>
      body !== undefined && bodyBase64 !== undefined
        ? "has both body and bodyBase64"
        : undefined,
  },
  redirect: {
    stage: "answer",
    shape: {
      redirect: object({
        status: whole(300, 399),
        location: headerValue(),
      }),
    },
  },
  hang: { stage: "answer", shape: { hang: on() } },
  close: { stage: "answer", shape: { close: on() } },
  raw: {
    stage: "answer",
    shape: {
      raw: text(),
      andThen: oneOf(["close", "reset", "hang"]).optional(),
    },
  },
  ...echoKinds,
} as const satisfies Readonly<Record<string, FaultKind>>;
