import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { adopt, cleanUpAtExit, end } from "./children";
import { repository } from "./paths";
import type { Upstream } from "./upstream";

/** A server under test, in a process of its own. */
export interface ServerProcess {
  readonly name: string;
  /** Where it takes `POST`. */
  readonly url: string;
  /** What it has in memory now, in MB of 1,000,000 bytes. */
  rssMb(): Promise<number>;
  /**
   * The most that it has had. Where the system does not tell, as only Linux
   * does, the most that `rssMb` has told.
   */
  peakRssMb(): Promise<number>;
  /** Processor time that it has used so far; `null` where only Linux tells. */
  cpuMs(): Promise<number | null>;
  /** Resolves when it is gone; may be called twice. */
  stop(): Promise<void>;
}

export interface ClienteleOptions {
  /** Beside `auth` and `port`, which are given. */
  readonly server?: object;
  /** For every store. */
  readonly store?: object;
}

export interface NodeServerOptions {
  readonly name: string;
  /**
   * The absolute path of built code. It takes `UPSTREAM`, the JSON of
   * `Upstream.stores`, from its environment, serves `POST /graphql` on a free
   * port of 127.0.0.1, prints the line `listening http://127.0.0.1:…/graphql`,
   * and ends on `SIGTERM`.
   */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
}

type Stores = Pick<Upstream, "stores">;

/** How long a server may take until it listens. */
const startMs = 60_000;
/** A line for every operation adds up. */
const emptyLogEveryMs = 2_000;
/** The unit of times in /proc, on every Linux that Node runs on. */
const tickMs = 10;

/**
 * Starts the built product as it ships: every default but a free port, nobody's
 * credentials, and no heed of quotas before a refusal.
 *
 * @throws when it is not built, or does not start.
 */
export function startClientele(
  { stores }: Stores,
  options: ClienteleOptions = {},
): Promise<ServerProcess> {
  const configuration = {
    server: { auth: { mode: "none" }, port: 0, ...options.server },
    stores: stores.map(({ key, platform, settings }) => ({
      key,
      platform,
      ...settings,
      quota: { enforce: "afterRefusal" },
      ...options.store,
    })),
  };
  return start({
    name: "Clientele",
    script: join(repository, "dist/main.js"),
    // JSON is YAML.
    files: { "clientele.yaml": JSON.stringify(configuration) },
    env: (folder) => ({ CLIENTELE_CONFIG: join(folder, "clientele.yaml") }),
  });
}

/** @throws when it does not start. */
export function startNodeServer(
  options: NodeServerOptions,
): Promise<ServerProcess> {
  return start({ ...options, files: {}, env: () => options.env });
}

interface StartOptions {
  readonly name: string;
  readonly script: string;
  /** Written into a folder of its own before it starts. */
  readonly files: Readonly<Record<string, string>>;
  readonly env: (folder: string) => Readonly<Record<string, string>>;
}

async function start(options: StartOptions): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), "clientele-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const leavings = cleanUpAtExit(remove);
  for (const [name, text] of Object.entries(options.files))
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  const log = startLog(join(folder, "log"));
  const child = spawn(process.execPath, [options.script], {
    cwd: folder,
    env: { ...inherited(), ...options.env(folder) },
    stdio: ["ignore", log.descriptor, log.descriptor],
  });
  adopt(child);
  let stopped: Promise<void> | undefined;
  const stop = () =>
    (stopped ??= end(child).then(() => {
      log.close();
      remove();
      leavings.release();
    }));
  try {
    const url = await listening(child, log, options.name);
    log.keepShort();
    return { name: options.name, url, ...usageOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whatever a shell has set, servers run as in production. */
function inherited(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: undefined,
    HOST: undefined,
    NODE_ENV: "production",
  };
}

/**
 * What a server prints goes into a file: to read it from a pipe would take time
 * from the load, which comes from this process.
 */
function startLog(path: string) {
  // For appending: what is written after the file was emptied begins it anew.
  const descriptor = openSync(path, "a+", 0o600);
  let timer: NodeJS.Timeout | undefined;
  return {
    descriptor,
    read: () => readFile(path, "utf8"),
    keepShort: () => {
      timer = setInterval(
        () => ftruncateSync(descriptor, 0),
        emptyLogEveryMs,
      ).unref();
    },
    close: () => {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}

async function listening(
  child: ChildProcess,
  log: { read(): Promise<string> },
  name: string,
): Promise<string> {
  const until = performance.now() + startMs;
  while (performance.now() < until) {
    const text = await log.read();
    const url = /listening (?:on )?(http:\/\/[^\s"]+)/.exec(text)?.[1];
    if (url) return url;
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${name} did not start:\n${text.slice(-2_000)}`);
    await wait(20);
  }
  throw new Error(`${name} does not listen after ${startMs / 1_000} s.`);
}

function usageOf(
  child: ChildProcess,
): Pick<ServerProcess, "rssMb" | "peakRssMb" | "cpuMs"> {
  const pid = child.pid ?? 0;
  let most = 0;
  const rssMb = async () => {
    const told = (await fromStatus(pid, "VmRSS")) ?? (await fromPs(pid));
    most = Math.max(most, told);
    return told;
  };
  return {
    rssMb,
    peakRssMb: async () =>
      (await fromStatus(pid, "VmHWM")) ?? Math.max(most, await rssMb()),
    cpuMs: () => processorTime(pid),
  };
}

async function fromStatus(pid: number, name: string): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1];
  return kib === undefined ? null : (Number(kib) * 1_024) / 1e6;
}

async function fromPs(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", [
    ...["-o", "rss="],
    ...["-p", String(pid)],
  ]);
  return (Number(stdout) * 1_024) / 1e6;
}

async function processorTime(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name, in brackets, may hold blanks: fields are counted behind it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return text === ""
    ? null
    : (Number(fields[11]) + Number(fields[12])) * tickMs;
}
