import type { RoomAnswer } from "../listener";
import { type FaultKind, object, oneOf, text, whole } from "./schema";

/**
 * Answers with what the request carried: its address, headers with the
 * credential, body, and a mail address, as careless platforms do in errors.
 */
export interface EchoFault {
  readonly echo: {
    /** From 200 to 599. */
    readonly status: number;
    /** Default `json`. */
    readonly as?: "json" | "text" | "html";
    /** Default `echoed.canary@example.com`. */
    readonly email?: string;
  };
}

/** How an echo is checked. */
export const echoKinds = {
  echo: {
    stage: "answer",
    shape: {
      echo: object({
        status: whole(200, 599),
        as: oneOf(["json", "text", "html"]).optional(),
        email: text().optional(),
      }),
    },
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** @param request everything that came, credentials included. */
export function toEcho(
  { echo: { status, as = "json", email = EMAIL } }: EchoFault,
  request: object,
): RoomAnswer {
  const said = `The request of ${email} failed: ${JSON.stringify(request)}`;
  switch (as) {
    case "json":
      return {
        status,
        headers: {},
        body: {
          message: said,
          errors: [{ title: "Request failed", detail: said }],
          request,
        },
      };
    case "text":
      return { status, headers: {}, body: said };
    case "html":
      return {
        status,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: `<!DOCTYPE html><html><body><pre>${said}</pre></body></html>`,
      };
  }
}

const EMAIL = "echoed.canary@example.com";
