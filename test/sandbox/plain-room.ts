import { z } from "zod";
import {
  listen,
  type Listener,
  type RoomAnswer,
  type RoomRequest,
} from "../../src/sandbox/listener";
import { createSettingsAccess } from "../../src/sandbox/settings";

/** A listening room that knows no platform. */
export interface PlainRoom extends Listener {
  readonly settings: { shuffled: boolean; mood: string };
  /** What the handler was asked. */
  readonly asked: readonly RoomRequest[];
}

/** What a plain room answers unless told otherwise. */
export const plainBody = { greeting: "héllo", list: [1, 2, 3] };

/**
 * Starts a room that answers every request alike, asks for the token `good`,
 * and gives tokens at `/token`.
 */
export async function startPlainRoom(
  answer: (request: RoomRequest) => RoomAnswer = () => ({
    status: 200,
    headers: { "content-type": "application/json", "x-plain": "yes" },
    body: plainBody,
  }),
): Promise<PlainRoom> {
  const settings = { shuffled: false, mood: "calm" };
  const asked: RoomRequest[] = [];
  const listener = await listen({
    settings: createSettingsAccess(
      settings,
      z.strictObject({
        shuffled: z.boolean().optional(),
        mood: z.enum(["calm", "wild"]).optional(),
      }),
    ),
    createHandler: () => ({
      kindOf: (_method, path) => (path === "/token" ? "token" : "api"),
      isAuthorized: ({ authorization }) => authorization === "Bearer good",
      answer: (request) => {
        asked.push(request);
        return answer(request);
      },
    }),
  });
  return { ...listener, settings, asked };
}
