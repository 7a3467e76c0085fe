import { z } from "zod";
import { type FaultLimits, limitsShape } from "./faults/condition";
import { type Fault, checkFault, faultExpected } from "./faults/fault";
import type { FaultHandle, ListedFault } from "./faults/faults";
import { presetsOf } from "./faults/presets";
import { explain, object, text } from "./faults/schema";
import type { JournalEntry } from "./journal";
import type { RoomAnswer } from "./listener";
import type { SandboxServer } from "./room";
import type { SocketRecord } from "./sockets";

/** What the control API governs of a room. */
export type ControlledRoom = Pick<
  SandboxServer,
  | "platform"
  | "storeKey"
  | "origin"
  | "journal"
  | "faults"
  | "readyFaults"
  | "settingsAccess"
>;

/** An answer of the control API; without a body it is 204. */
export type ControlAnswer = Pick<RoomAnswer, "status" | "body">;

const ROUTES = [
  "GET /",
  "GET /stores/{store}/presets",
  "GET or DELETE /stores/{store}/journal",
  "GET /stores/{store}/sockets",
  "GET, POST or DELETE /stores/{store}/faults",
  "DELETE /stores/{store}/faults/{id}",
  "GET or PUT /stores/{store}/settings",
];

const PRESET_EXPECTED = `or { "preset": a name of GET /stores/{store}/presets } with limits beside it, or a list of these`;

/**
 * Answers a request to the control API. Unreadable input gets 400 with `error`
 * and `expected`.
 *
 * @param path without the query.
 * @param body of the request; empty when there was none.
 */
export async function answerControl(
  rooms: readonly ControlledRoom[],
  method: string,
  path: string,
  body: string,
): Promise<ControlAnswer> {
  if (method === "GET" && path === "/") {
    const stores = rooms.map(({ platform, storeKey, origin }) => ({
      store: storeKey,
      platform,
      origin,
    }));
    return ok({ clientele: "sandbox", stores, routes: ROUTES });
  }
  const [, storeKey, rest = ""] = /^\/stores\/([^/]+)(\/.*)$/.exec(path) ?? [];
  if (storeKey === undefined) return unknownRoute(method, path);
  const room = rooms.find((room) => room.storeKey === storeKey);
  if (!room)
    return {
      status: 404,
      body: {
        error: `there is no store ${storeKey}`,
        expected: rooms.map(({ storeKey }) => storeKey).join(" or "),
      },
    };
  return (
    (await answerStore(room, method, rest, body)) ?? unknownRoute(method, path)
  );
}

async function answerStore(
  { journal, faults, readyFaults, settingsAccess }: ControlledRoom,
  method: string,
  path: string,
  body: string,
): Promise<ControlAnswer | undefined> {
  const presets = presetsOf(readyFaults);
  switch (`${method} ${path}`) {
    case "GET /presets":
      return ok(
        [...presets].map(([name, { summary, faults }]) => ({
          name,
          summary,
          faults,
        })),
      );
    case "GET /journal":
      return ok(journal.entries().map(toJsonEntry));
    case "DELETE /journal":
      journal.clear();
      return NO_CONTENT;
    case "GET /sockets":
      return ok({
        open: journal.sockets.open,
        sockets: journal.sockets.list().map(toJsonSocket),
      });
    case "GET /faults":
      return ok(faults.list().map(toJsonFault));
    case "POST /faults":
      return checked(`${faultExpected}; ${PRESET_EXPECTED}`, async () => {
        const input: unknown = JSON.parse(body);
        // All are checked before the first one is added.
        const wanted = [input].flat().flatMap((one) => toFaults(one, presets));
        if (wanted.length === 0) throw new RangeError("the list is empty");
        const added: FaultHandle[] = [];
        try {
          for (const fault of wanted) added.push(faults.add(fault));
        } catch (error) {
          for (const handle of added) handle.remove();
          throw error;
        }
        await faults.settled();
        const ids = added.map(({ id }) => id);
        const [id] = ids;
        const isOne = !Array.isArray(input) && ids.length === 1;
        return { status: 201, body: isOne ? { id } : { ids } };
      });
    case "DELETE /faults":
      faults.clear();
      await faults.settled();
      return NO_CONTENT;
    case "GET /settings":
      return ok(settingsAccess.read());
    case "PUT /settings": {
      const names = Object.keys(settingsAccess.read()).join(", ");
      return checked(
        `a JSON object with some of the settings: ${names}`,
        () => {
          settingsAccess.change(JSON.parse(body));
          return ok(settingsAccess.read());
        },
      );
    }
  }
  const [, id] = /^\/faults\/(\d+)$/.exec(path) ?? [];
  if (method !== "DELETE" || id === undefined) return undefined;
  if (!faults.remove(Number(id)))
    return {
      status: 404,
      body: {
        error: `there is no fault ${id}, or it is over`,
        expected: "an id of GET /stores/{store}/faults",
      },
    };
  await faults.settled();
  return NO_CONTENT;
}

const NO_CONTENT: ControlAnswer = { status: 204, body: undefined };

function ok(body: unknown): ControlAnswer {
  return { status: 200, body };
}

function unknownRoute(method: string, path: string): ControlAnswer {
  return {
    status: 404,
    body: {
      error: `${method} ${path} is not part of the control API`,
      expected: ROUTES.join("; "),
    },
  };
}

async function checked(
  expected: string,
  answer: () => ControlAnswer | Promise<ControlAnswer>,
): Promise<ControlAnswer> {
  try {
    return await answer();
  } catch (error) {
    const message =
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : (error as Error).message;
    return { status: 400, body: { error: message, expected } };
  }
}

const namedPreset = object({ preset: text(), ...limitsShape });

function toFaults(
  input: unknown,
  presets: ReturnType<typeof presetsOf>,
): readonly Fault[] {
  if (typeof input !== "object" || input === null || !("preset" in input))
    return [checkFault(input)];
  const { data, error } = namedPreset.safeParse(input);
  if (error) throw new RangeError(explain(error));
  const { preset: name, ...limits } = data;
  const preset = presets.get(name);
  if (!preset)
    throw new RangeError(
      `there is no preset ${name}: one of ${[...presets.keys()].join(", ")}`,
    );
  return preset.faults.map((fault) =>
    checkFault({ ...fault, ...(limits as FaultLimits) }),
  );
}

function toJsonEntry(entry: JournalEntry) {
  return {
    ...entry,
    status: entry.status ?? null,
    bytes: entry.bytes ?? null,
    accept: entry.accept ?? null,
    at: toIso(entry.at),
    socket: toJsonSocket(entry.socket),
  };
}

function toJsonSocket({ openedAt, closedAt, ...others }: SocketRecord) {
  return {
    ...others,
    openedAt: toIso(openedAt),
    closedAt: closedAt === undefined ? null : toIso(closedAt),
  };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

function toJsonFault({ id, hits, fault }: ListedFault) {
  const described: Record<string, unknown> = { id, hits, ...fault };
  if ("transform" in fault) described["transform"] = "in process";
  if ("body" in fault && Buffer.isBuffer(fault.body))
    described["body"] = `${fault.body.length} bytes`;
  if ("when" in fault && fault.when?.path instanceof RegExp) {
    const { path, ...others } = fault.when;
    described["when"] = { ...others, pathPattern: path.source };
  }
  return described;
}
