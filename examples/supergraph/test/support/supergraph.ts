import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";

/** An answer over HTTP, as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: {
    readonly upstream?: { readonly requests: number };
    readonly [name: string]: unknown;
  };
}

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** `npm run supergraph` without its build, in a process of its own. */
export interface StartProgram {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What it wrote to standard output, a line each. */
  readonly lines: readonly string[];
  /** What it wrote to standard error, the programs' logs among it. */
  readonly log: () => string;
  /** Resolves when it has written a line. */
  waitFor(line: RegExp): Promise<void>;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

const script = resolve(__dirname, "../../dist/src/start.js");
const freePorts = ["clientele", "loyalty", "apollo", "hive"].flatMap((name) => [
  `--${name}-port`,
  "0",
]);

/** @param options come after free ports, and so override them. */
export function runStart(
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): StartProgram {
  const folder = mkdtempSync(join(tmpdir(), "supergraph-"));
  const child = spawn(
    process.execPath,
    [script, ...freePorts, "--supergraphs", folder, ...options],
    {
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  let log = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const ended = new Promise<number | null>((done) => {
    child.once("close", (code) => {
      rmSync(folder, { recursive: true });
      done(code);
    });
  });
  const lines = () => output.split("\n").slice(0, -1);
  return {
    child,
    get lines() {
      return lines();
    },
    log: () => log,
    ended,
    waitFor: (line) =>
      new Promise((done, fail) => {
        const look = () => {
          if (!lines().some((written) => line.test(written))) return;
          listeners.delete(look);
          done();
        };
        listeners.add(look);
        look();
        void ended.then((code) => {
          fail(new Error(`ended with ${code}: ${output}${log}`));
        });
      }),
  };
}

/** Everything running, with a hand on the sandbox. */
export interface Supergraph {
  /** Clientele alone. */
  readonly clientele: string;
  /** The other subgraph alone. */
  readonly loyalty: string;
  /** Both gateways. */
  readonly gateways: Readonly<Record<"apollo" | "hive", string>>;
  /** The keys of the stores. */
  readonly stores: readonly string[];
  /** Asks an address, and counts what each store's sandbox was asked meanwhile. */
  ask(
    url: string,
    operation: Operation,
  ): Promise<{
    readonly answer: Answer;
    /** Requests to the API of each store. */
    readonly upstream: Readonly<Record<string, number>>;
  }>;
  /** Sends to a store's part of the sandbox's control API. */
  control(
    store: string,
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<any>;
  stop(): Promise<void>;
}

export async function startSupergraph(): Promise<Supergraph> {
  const program = runStart();
  await program.waitFor(/^ready$/);
  const addressOf = (name: string) => {
    const found = program.lines.find((line) => line.startsWith(`${name} http`));
    if (!found) throw new Error(`no address of ${name}`);
    return found.slice(name.length + 1);
  };
  const stores = ["commerce-layer-demo", "bigcommerce-demo", "ecwid-demo"];
  const controlOrigin = addressOf("sandbox control");
  const control: Supergraph["control"] = async (store, method, path, body) => {
    const response = await fetch(`${controlOrigin}/stores/${store}/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.status === 204 ? undefined : response.json();
  };
  const ask: Supergraph["ask"] = async (url, operation) => {
    for (const key of stores) await control(key, "DELETE", "journal");
    const answer = await post(url, operation, {
      "clientele-debug": "upstream",
    });
    const upstream: Record<string, number> = {};
    for (const key of stores) {
      const journal = (await control(key, "GET", "journal")) as {
        readonly kind: string;
      }[];
      upstream[key] = journal.filter(({ kind }) => kind === "api").length;
    }
    return { answer, upstream };
  };
  return {
    clientele: addressOf("clientele"),
    loyalty: addressOf("loyalty"),
    gateways: {
      apollo: addressOf("apollo-gateway"),
      hive: addressOf("hive-gateway"),
    },
    stores,
    ask,
    control,
    stop: async () => {
      program.child.kill("SIGTERM");
      await program.ended;
    },
  };
}

/** Sends an operation as a client does. */
export async function post(
  url: string,
  operation: Operation,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(operation),
  });
  const body = (await response.json()) as object;
  return { status: response.status, ...body } as Answer;
}

/** The data of an answer that must hold no error. */
export function dataOf(answer: Answer): any {
  expect(answer.errors).toBeUndefined();
  return answer.data;
}
