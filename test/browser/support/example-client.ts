import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

const folder = resolve(__dirname, "../../../examples/client");
const vite = resolve(folder, "node_modules/vite/bin/vite.js");

/** The example client on a server of Vite's, in a process of its own. */
export interface RunningClient {
  /** Without a slash at the end. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Builds the page as for production: `preview` serves what this made. */
export async function buildClient(): Promise<void> {
  await promisify(execFile)(process.execPath, [vite, "build"], {
    cwd: folder,
  });
}

/**
 * Serves the page on a free port.
 *
 * @param command `preview` serves the build, `dev` the sources.
 * @param environment `CLIENTELE_URL` and whatever else the page's README names.
 * @throws when Vite ends before it listens, with what it wrote.
 */
export async function startClient(
  command: "preview" | "dev",
  environment: Readonly<Record<string, string>>,
): Promise<RunningClient> {
  const child = spawn(process.execPath, [vite, command, "--port", "0"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((done) => {
    child.once("close", () => {
      done();
    });
  });
  const origin = await readOrigin(child, ended);
  return {
    origin,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function readOrigin(
  child: ChildProcessByStdio<null, Readable, Readable>,
  ended: Promise<void>,
): Promise<string> {
  return new Promise((done, fail) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(output) ?? [];
        if (origin !== undefined) done(origin);
      });
    }
    void ended.then(() => {
      fail(new Error(`Vite ended: ${output}`));
    });
  });
}
