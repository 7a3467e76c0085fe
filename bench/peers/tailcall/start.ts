import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { adopt, cleanUpAtExit, end } from "../../lib/children";
import type { ServerProcess } from "../../lib/servers";
import type { UpstreamStore } from "../../lib/upstream";
import { requestToken, settingsOf } from "../settings";
import { writeConfiguration } from "./configuration";

const startMs = 10_000;
const lookEveryMs = 50;
/** The unit of times in /proc, on every Linux that Node runs on. */
const tickMs = 10;

/**
 * Starts Tailcall, which is no Node program, over the stores.
 *
 * @param binary its absolute path.
 * @throws when it does not start.
 */
export async function startTailcall(
  binary: string,
  stores: readonly UpstreamStore[],
): Promise<Pick<ServerProcess, "url" | "cpuMs" | "stop">> {
  const { value: token } = await requestToken(
    settingsOf(stores, "commerce-layer").credentials,
  );
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), "clientele-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const leavings = cleanUpAtExit(remove);
  const file = join(folder, "tailcall.graphql");
  writeFileSync(file, writeConfiguration(stores, token, port), { mode: 0o600 });
  const child = spawn(binary, ["start", file], {
    cwd: folder,
    stdio: "ignore",
    env: {
      ...process.env,
      TAILCALL_LOG_LEVEL: "error",
      TAILCALL_TRACKER: "false",
    },
  });
  adopt(child);
  const stop = async () => {
    await end(child);
    remove();
    leavings.release();
  };
  const url = `http://127.0.0.1:${port}/graphql`;
  try {
    await untilAnswering(child, url);
    return { url, cpuMs: () => processorTime(child.pid ?? 0), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** It can be told a port only by its number. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function untilAnswering(child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + startMs;
  while (performance.now() < until) {
    if (child.exitCode !== null)
      throw new Error(`Tailcall ended with ${child.exitCode}.`);
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    }).catch(() => null);
    if (answer?.ok) return;
    await wait(lookEveryMs);
  }
  throw new Error(`Tailcall does not answer after ${startMs / 1_000} s.`);
}

async function processorTime(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name, in brackets, may hold blanks: fields are counted behind it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return text === ""
    ? null
    : (Number(fields[11]) + Number(fields[12])) * tickMs;
}
