import { readdirSync, readlinkSync } from "node:fs";
import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Insight } from "./inspect";

/*
 * Loaded into the server under test before its own code: tells, at the socket
 * that SOAK_INSPECTOR names, what it holds when nothing more can be collected.
 */

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** V8 gives memory back some time after it has collected. */
const givenBackMs = 300;

const server = createServer((_, response) => {
  collect();
  collect();
  setTimeout(() => {
    const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
    const insight: Insight = {
      heapMb: heapUsed / 1e6,
      heapTotalMb: heapTotal / 1e6,
      externalMb: external / 1e6,
      rssMb: rss / 1e6,
      ...openDescriptors(),
    };
    response.setHeader("connection", "close");
    response.end(JSON.stringify(insight));
  }, givenBackMs);
});
server.listen(process.env["SOAK_INSPECTOR"]);
server.unref();

/** What is open; only Linux tells. */
function openDescriptors(): Pick<Insight, "descriptors" | "sockets"> {
  const folder = "/proc/self/fd";
  try {
    const targets = readdirSync(folder).flatMap(
      (name) => targetOf(`${folder}/${name}`) ?? [],
    );
    return {
      descriptors: targets.length,
      sockets: targets.filter((target) => target.startsWith("socket:")).length,
    };
  } catch {
    return { descriptors: null, sockets: null };
  }
}

/** Not of the one that reads the folder: it is closed again. */
function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
