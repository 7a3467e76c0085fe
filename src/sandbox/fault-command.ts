import { parseArgs } from "node:util";
import { USUAL_CONTROL_PORT } from "./control";

const USAGE = `Makes the stores of a running sandbox fail, to rehearse an outage.

  npm run sandbox:fault -- <store> <preset>     adds a named outage
  npm run sandbox:fault -- <store> '<json>'     adds a fault told in JSON
  npm run sandbox:fault -- list [store]         shows the faults that are not over
  npm run sandbox:fault -- clear [store]        ends them
  npm run sandbox:fault -- presets [store]      shows the names of outages

<store> is a store's key, such as the sandbox prints it, or all.

  --times <n>          so many requests, then no more
  --after <n>          lets so many pass first
  --above <n>/<time>   only requests above that rate: 10/1s
  --for <time>         for so long: 500ms, 30s, 2m
  --probability <p>    each request with this likelihood, from 0 to 1
  --seed <n>           of everything random (default 1)
  --method <GET>       only requests of this method
  --path <pattern>     only requests whose path matches this regular expression
  --kind <api|token>   only requests to the API, or only those for a token
  --control <url>      the sandbox's control API; default CLIENTELE_SANDBOX_CONTROL,
                       or http://127.0.0.1:${USUAL_CONTROL_PORT}
  --help
`;

/** Where a command writes, and what it knows of its surroundings. */
export interface CommandSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** Something that the user can set right; the message says what. */
class CommandError extends Error {}

/**
 * Tells a running sandbox's control API of faults.
 *
 * @param args without the program.
 * @returns the exit code: 0, or 1 after a line on what is wrong.
 */
export async function runFaultCommand(
  args: readonly string[],
  { environment, write, writeError }: CommandSurroundings,
): Promise<number> {
  try {
    const { values, positionals } = parse(args);
    if (values.help || positionals.length === 0) {
      write(USAGE);
      return 0;
    }
    const control = createClient(
      values.control ??
        environment["CLIENTELE_SANDBOX_CONTROL"] ??
        `http://127.0.0.1:${USUAL_CONTROL_PORT}`,
    );
    const [first = "", second, ...others] = positionals;
    if (others.length > 0)
      throw new CommandError(`too much: ${others.join(" ")}`);
    switch (first) {
      case "list":
        return await list(control, second, write);
      case "clear":
        return await clear(control, second, write);
      case "presets":
        return await showPresets(control, second, write);
    }
    if (second === undefined)
      throw new CommandError("name a preset, or write a fault as JSON");
    return await add(control, first, toFault(second, toLimits(values)), write);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    writeError(`${error.message}\n`);
    return 1;
  }
}

const options = {
  times: { type: "string" },
  after: { type: "string" },
  above: { type: "string" },
  for: { type: "string" },
  probability: { type: "string" },
  seed: { type: "string" },
  method: { type: "string" },
  path: { type: "string" },
  kind: { type: "string" },
  control: { type: "string" },
  help: { type: "boolean" },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

type Values = ReturnType<typeof parse>["values"];

function toLimits(values: Values): Readonly<Record<string, unknown>> {
  const when = defined({
    method: values.method,
    pathPattern: values.path,
    kind: values.kind,
  });
  return defined({
    when: Object.keys(when).length > 0 ? when : undefined,
    times: toNumber("times", values.times),
    after: toNumber("after", values.after),
    probability: toNumber("probability", values.probability),
    seed: toNumber("seed", values.seed),
    above: toRate(values.above),
    forMs: toMs("for", values.for),
  });
}

function defined(
  members: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  );
}

function toNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === "" || Number.isNaN(number))
    throw new CommandError(`--${name} must be a number`);
  return number;
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
};

function toMs(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount = "", unit = ""] = /^(\d+)(ms|s|m)$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined)
    throw new CommandError(`--${name} must have a time such as 500ms, 30s, 2m`);
  return Number(amount) * unitMs;
}

function toRate(text: string | undefined) {
  if (text === undefined) return undefined;
  const [, requests, time] = /^(\d+)\/(.+)$/.exec(text) ?? [];
  if (requests === undefined)
    throw new CommandError("--above must be a rate such as 10/1s");
  return { requests: Number(requests), perMs: toMs("above", time) };
}

function toFault(
  text: string,
  limits: Readonly<Record<string, unknown>>,
): object {
  if (!/^\s*[[{]/.test(text)) return { preset: text, ...limits };
  try {
    const fault = JSON.parse(text) as object;
    return Array.isArray(fault)
      ? fault.map((one: object) => ({ ...one, ...limits }))
      : { ...fault, ...limits };
  } catch {
    throw new CommandError(`this is no JSON: ${text}`);
  }
}

/** Asks the control API; a refusal becomes a {@link CommandError}. */
type Client = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<unknown>;

function createClient(url: string): Client {
  return async (method, path, body) => {
    if (!URL.canParse(path, url))
      throw new CommandError(`the control API's address is no URL: ${url}`);
    const response = await fetch(new URL(path, url), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new CommandError(
        `no sandbox answers at ${url}: start one with npm run sandbox or npm start, ` +
          "or name its control API by --control",
      );
    });
    const text = await response.text();
    const answer = toJson(text);
    if (response.ok) return answer;
    const { error, expected } = (answer ?? {}) as Record<string, string>;
    throw new CommandError(
      error === undefined
        ? `what answers at ${url} is no sandbox`
        : `${error}\nexpected: ${expected}`,
    );
  };
}

function toJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Fault extends Readonly<Record<string, unknown>> {
  readonly id: number;
  readonly hits: number;
}

async function storesOf(
  control: Client,
  store: string | undefined,
): Promise<readonly string[]> {
  if (store !== undefined && store !== "all") return [store];
  const { stores = [] } = (await control("GET", "/")) as {
    stores?: readonly { store: string }[];
  };
  return stores.map(({ store }) => store);
}

async function list(
  control: Client,
  store: string | undefined,
  write: (text: string) => void,
): Promise<number> {
  for (const key of await storesOf(control, store)) {
    const faults = (await control(
      "GET",
      `${pathOf(key)}/faults`,
    )) as readonly Fault[];
    if (faults.length === 0) write(`${key}: no fault\n`);
    for (const { id, hits, ...fault } of faults)
      write(`${key} ${id}: ${JSON.stringify(fault)}, ${hits} hits\n`);
  }
  return 0;
}

async function clear(
  control: Client,
  store: string | undefined,
  write: (text: string) => void,
): Promise<number> {
  for (const key of await storesOf(control, store)) {
    await control("DELETE", `${pathOf(key)}/faults`);
    write(`${key}: no fault\n`);
  }
  return 0;
}

async function showPresets(
  control: Client,
  store: string | undefined,
  write: (text: string) => void,
): Promise<number> {
  for (const key of await storesOf(control, store)) {
    const presets = (await control(
      "GET",
      `${pathOf(key)}/presets`,
    )) as readonly { name: string; summary: string }[];
    write(`${key}\n`);
    for (const { name, summary } of presets)
      write(`  ${name.padEnd(29)} ${summary}\n`);
  }
  return 0;
}

async function add(
  control: Client,
  store: string,
  fault: object,
  write: (text: string) => void,
): Promise<number> {
  for (const key of await storesOf(control, store)) {
    const added = (await control("POST", `${pathOf(key)}/faults`, fault)) as {
      id?: number;
      ids?: readonly number[];
    };
    const ids = added.ids ?? [added.id];
    write(`${key}: added ${ids.join(", ")}\n`);
  }
  return 0;
}

function pathOf(store: string): string {
  return `/stores/${encodeURIComponent(store)}`;
}
