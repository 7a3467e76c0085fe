import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanUpAtExit } from "../lib/children";
import { repository } from "../lib/paths";
import { type ServerProcess, startNodeServer } from "../lib/servers";
import type { UpstreamStore } from "../lib/upstream";

/** What a server holds after everything that can be collected was. */
export interface Insight {
  readonly heapMb: number;
  /** What the heap has of the system, used or not. */
  readonly heapTotalMb: number;
  /** Buffers and the like, outside of the heap. */
  readonly externalMb: number;
  readonly rssMb: number;
  /** Open files, sockets and so on; `null` where the system does not tell. */
  readonly descriptors: number | null;
  /** Those of them that are sockets. */
  readonly sockets: number | null;
}

/** A Clientele that can be looked into. */
export interface InspectedServer extends ServerProcess {
  inspect(): Promise<Insight>;
}

/**
 * Starts the built product with a look into its heap.
 *
 * @throws when it does not start.
 */
export async function startInspected(
  stores: readonly UpstreamStore[],
  server: object,
  limits: object,
): Promise<InspectedServer> {
  const folder = mkdtempSync(join(tmpdir(), "clientele-soak-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const leavings = cleanUpAtExit(remove);
  const file = join(folder, "clientele.json");
  const socket = join(folder, "inspector");
  writeFileSync(
    file,
    JSON.stringify({
      server: { auth: { mode: "none" }, port: 0, ...server },
      stores: stores.map(({ key, platform, settings }) => ({
        ...{ key, platform, ...settings },
        quota: { enforce: "afterRefusal" },
        ...limits,
      })),
    }),
    { mode: 0o600 },
  );
  const clear = () => {
    remove();
    leavings.release();
  };
  try {
    const started = await startNodeServer({
      name: "Clientele",
      script: join(repository, "dist/main.js"),
      env: {
        CLIENTELE_CONFIG: file,
        NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "inspector.js"))}`,
        SOAK_INSPECTOR: socket,
      },
    });
    return {
      ...started,
      inspect: () => inspectAt(socket),
      stop: async () => {
        await started.stop();
        clear();
      },
    };
  } catch (error) {
    clear();
    throw error;
  }
}

function inspectAt(socketPath: string): Promise<Insight> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: "/", agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (piece: string) => (text += piece));
      answer.on("error", reject);
      answer.on("end", () => resolve(JSON.parse(text) as Insight));
    }).on("error", reject);
  });
}
