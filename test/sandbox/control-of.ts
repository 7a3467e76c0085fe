import { type Control, startControl } from "../../src/sandbox/control";
import type { ControlledRoom } from "../../src/sandbox/control-routes";

/** The control API of one room. */
export interface ControlOf extends Control {
  /** Asks for something of the room, such as `/settings`. */
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: any }>;
}

/**
 * Starts a control API on a free port.
 *
 * @param room may be one that knows no platform.
 */
export async function startControlOf(
  room: Omit<ControlledRoom, "platform" | "storeKey"> &
    Partial<Pick<ControlledRoom, "platform" | "storeKey">>,
): Promise<ControlOf> {
  const named = { platform: "plain", storeKey: "plain-demo", ...room };
  const control = await startControl({ rooms: [named], port: 0 });
  return {
    ...control,
    ask: async (method, path, body) => {
      const url = `${control.origin}/stores/${named.storeKey}${path}`;
      const answer = await fetch(url, {
        method,
        ...(body === undefined
          ? {}
          : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: text === "" ? undefined : JSON.parse(text),
      };
    },
  };
}
