import { z } from "zod";
import type { Fault, Faults } from "./faults";
import type { Journal } from "./journal";
import type { RoomAnswer } from "./listener";
import type { SettingsAccess } from "./settings";

/** What the control API of one server governs. */
export interface Controlled {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly settings: SettingsAccess;
}

const json = z.json();
const count = z.int().min(1);
const condition = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  pathPattern: z.string().optional(),
  query: z.record(z.string(), z.string()).optional(),
  kind: z.enum(["api", "token"]).optional(),
});
const shared = {
  when: condition.optional(),
  times: count.optional(),
  after: z.int().min(0).optional(),
};
const status = z.int().min(200).max(599);
const actions = [
  z.strictObject({
    ...shared,
    status,
    headers: z.record(z.string(), z.string()).optional(),
    body: json.optional(),
  }),
  z.strictObject({ ...shared, delayMs: z.int().min(0) }),
  z.strictObject({ ...shared, hang: z.literal(true) }),
  z.strictObject({
    ...shared,
    reset: z.enum(["before-headers", "mid-body"]),
  }),
  z.strictObject({ ...shared, truncate: z.literal(true) }),
  z.strictObject({
    ...shared,
    drip: z.strictObject({ bytes: count, everyMs: z.int().min(0) }),
  }),
  z.strictObject({
    ...shared,
    redirect: z.strictObject({
      status: z.int().min(300).max(399),
      location: z.string(),
    }),
  }),
] as const;
const FAULT_EXPECTED =
  "a JSON object with one of status (with headers, body), delayMs, hang: true, " +
  'reset: "before-headers" | "mid-body", truncate: true, ' +
  "drip: { bytes, everyMs }, redirect: { status, location }; " +
  "beside it when: { method, path, pathPattern, query, kind }, times, after";
const SETTINGS_EXPECTED = "a JSON object with some of the settings";

/**
 * Answers a request to `/_sandbox/…`; it is not in the journal and meets no
 * fault. Unreadable input gets 400 with `error` and `expected`.
 *
 * @param path without the query, beginning with `/_sandbox/`.
 * @param body the request's body; empty when there was none.
 */
export function answerControl(
  { journal, faults, settings }: Controlled,
  method: string,
  path: string,
  body: string,
): RoomAnswer {
  switch (`${method} ${path}`) {
    case "GET /_sandbox/journal":
      return ok(journal.entries().map((entry) => jsonEntry(entry)));
    case "DELETE /_sandbox/journal":
      journal.clear();
      return NO_CONTENT;
    case "GET /_sandbox/faults":
      return ok(faults.list().map(describeFault));
    case "POST /_sandbox/faults":
      return checked(FAULT_EXPECTED, () => {
        const { id } = faults.add(toFault(JSON.parse(body)));
        return { status: 201, headers: {}, body: { id } };
      });
    case "DELETE /_sandbox/faults":
      faults.clear();
      return NO_CONTENT;
    case "GET /_sandbox/settings":
      return ok(settings.read());
    case "PUT /_sandbox/settings": {
      const names = Object.keys(settings.read()).join(", ");
      return checked(`${SETTINGS_EXPECTED}: ${names}`, () => {
        settings.change(JSON.parse(body));
        return ok(settings.read());
      });
    }
  }
  const one = /^\/_sandbox\/faults\/(\d+)$/.exec(path);
  if (one && method === "DELETE" && faults.remove(Number(one[1])))
    return NO_CONTENT;
  return {
    status: 404,
    headers: {},
    body: {
      error: `${method} ${path} is not part of the control API`,
      expected:
        "GET or DELETE /_sandbox/journal, GET, POST or DELETE " +
        "/_sandbox/faults, DELETE /_sandbox/faults/{id}, " +
        "GET or PUT /_sandbox/settings",
    },
  };
}

const NO_CONTENT: RoomAnswer = { status: 204, headers: {}, body: undefined };

function ok(body: unknown): RoomAnswer {
  return { status: 200, headers: {}, body };
}

function jsonEntry(entry: ReturnType<Journal["entries"]>[number]) {
  return {
    ...entry,
    status: entry.status ?? null,
    bytes: entry.bytes ?? null,
    accept: entry.accept ?? null,
    at: new Date(entry.at).toISOString(),
  };
}

function checked(expected: string, answer: () => RoomAnswer): RoomAnswer {
  try {
    return answer();
  } catch (error) {
    return {
      status: 400,
      headers: {},
      body: {
        error:
          error instanceof z.ZodError
            ? z.prettifyError(error)
            : (error as Error).message,
        expected,
      },
    };
  }
}

function toFault(input: unknown): Fault {
  const named = z.looseObject({}).parse(input);
  const key = ACTION_NAMES.find((name) => name in named);
  const action = key ? actions[ACTION_NAMES.indexOf(key)] : undefined;
  if (!action) throw new Error("no action that can be told in JSON is named");
  const { when, ...rest } = action.parse(input);
  if (!when) return rest as Fault;
  const { path, pathPattern, ...others } = when;
  if (path !== undefined && pathPattern !== undefined)
    throw new Error("when has both path and pathPattern");
  const wanted = pathPattern === undefined ? path : new RegExp(pathPattern);
  return {
    ...rest,
    when: { ...others, ...(wanted === undefined ? {} : { path: wanted }) },
  } as Fault;
}

const ACTION_NAMES = [
  "status",
  "delayMs",
  "hang",
  "reset",
  "truncate",
  "drip",
  "redirect",
] as const;

function describeFault({
  id,
  used,
  fault,
}: ReturnType<Faults["list"]>[number]) {
  const { when, ...rest } = fault;
  const described: Record<string, unknown> = { id, used, ...rest };
  if ("transform" in fault) described["transform"] = "in process";
  if ("body" in fault && Buffer.isBuffer(fault.body))
    described["body"] = `${fault.body.length} bytes`;
  if (when) {
    const { path, ...others } = when;
    described["when"] =
      path instanceof RegExp
        ? { ...others, pathPattern: path.source }
        : { ...others, ...(path === undefined ? {} : { path }) };
  }
  return described;
}
