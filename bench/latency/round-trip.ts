import { Agent, get } from "node:http";
import { ascending, quantile } from "../lib/statistics";
import type { UpstreamStore } from "../lib/upstream";

/**
 * What a request to a platform takes that nobody works on: the delay, timers and
 * sockets. The middle of some, in milliseconds.
 *
 * @throws when there is no Ecwid store among them, or it refuses.
 */
export async function measureRoundTrip(
  stores: readonly UpstreamStore[],
  times: number,
): Promise<number> {
  const settings = stores.find(({ platform }) => platform === "ecwid")
    ?.settings as
    | {
        readonly baseUrl: string;
        readonly storeId: number;
        readonly credentials: { readonly accessToken: string };
      }
    | undefined;
  if (!settings) throw new RangeError("no Ecwid store");
  const { baseUrl, storeId, credentials } = settings;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const time = () =>
    new Promise<number>((resolve, reject) => {
      const startedAt = performance.now();
      const sent = get(
        `${baseUrl}/api/v3/${storeId}/customers?limit=1&responseFields=total`,
        {
          agent,
          headers: { authorization: `Bearer ${credentials.accessToken}` },
        },
        (answer) => {
          if (answer.statusCode !== 200)
            reject(new Error(`a bare request got ${answer.statusCode}`));
          answer.on("error", reject);
          answer.on("end", () => resolve(performance.now() - startedAt));
          answer.resume();
        },
      );
      sent.on("error", reject);
    });
  // The first opens the connection, and its answer is not known yet.
  await time();
  const latencies: number[] = [];
  try {
    for (let count = 0; count < times; count++) latencies.push(await time());
  } finally {
    agent.destroy();
  }
  return quantile(ascending(latencies), 0.5);
}
