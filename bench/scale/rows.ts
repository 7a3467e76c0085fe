import { type Client, connect } from "../lib/timed-operations";
import { type ServerProcess, startClientele } from "../lib/servers";
import { measureProcessorTime } from "./processor-time";
import { type Way, rowCounts, ways } from "./read-rows";
import {
  type PlatformName,
  type SyntheticStores,
  platformNames,
} from "./synthetic-stores";

/** What it costs to get some rows once. */
export interface RowCost {
  readonly platform: PlatformName;
  readonly way: string;
  readonly rows: number;
  readonly operations: number;
  readonly requests: number;
  /** In each round. */
  readonly rounds: readonly RoundCost[];
  /**
   * The most memory that a server has had which had answered nothing but
   * operations for so many rows and fewer.
   */
  readonly peakRssMb: number;
}

/** The mean of the runs of a round. */
export interface RoundCost {
  /** Waited for answers. */
  readonly ms: number;
  /** Processor time of the server. */
  readonly cpuMs: number;
}

interface Plan {
  /** How often so many rows are got in a round. */
  readonly runs: Readonly<Record<number, number>>;
  readonly rounds: number;
}

const plans = {
  full: { runs: { 10: 30, 100: 60, 1_000: 5, 10_000: 1 }, rounds: 5 },
  smoke: { runs: { 10: 1, 100: 1, 1_000: 1 }, rounds: 1 },
} as const satisfies Record<string, Plan>;

/** Gets rows of each platform in each way, in rounds of alternating order. */
export async function measureRows(
  stores: SyntheticStores,
  smoke: boolean,
): Promise<readonly RowCost[]> {
  const plan: Plan = smoke ? plans.smoke : plans.full;
  const costs: RowCost[] = [];
  for (const platform of smoke ? platformNames.slice(0, 1) : platformNames)
    for (const way of ways) {
      const store = stores.of(platform);
      const server = await startClientele({ stores: [store] });
      const client = connect(server.url, 1);
      const setting = { server, client, stores, store: store.key, way, plan };
      try {
        costs.push(...(await measureWay(setting, platform)));
      } finally {
        client.close();
        await server.stop();
      }
    }
  return costs;
}

interface Setting {
  readonly server: ServerProcess;
  readonly client: Client;
  readonly stores: SyntheticStores;
  readonly store: string;
  readonly way: Way;
  readonly plan: Plan;
}

async function measureWay(
  setting: Setting,
  platform: PlatformName,
): Promise<RowCost[]> {
  const { plan, way, server } = setting;
  const counts = rowCounts.filter((rows) => plan.runs[rows]);
  // The first round warms up; its counts ascend, and so does the memory.
  const peaks = new Map<number, number>();
  for (const rows of counts) {
    await measureRuns(setting, rows);
    peaks.set(rows, await server.peakRssMb());
  }
  const measured = new Map<number, Runs[]>(counts.map((rows) => [rows, []]));
  for (let round = 0; round < plan.rounds; round++)
    for (const rows of round % 2 === 0 ? counts : counts.toReversed())
      measured.get(rows)?.push(await measureRuns(setting, rows));
  return counts.map((rows) => {
    const rounds = measured.get(rows) ?? [];
    const { operations = 0, requests = 0 } = rounds[0] ?? {};
    return {
      ...{ platform, way: way.name, rows, operations, requests },
      rounds: rounds.map(({ ms, cpuMs }) => ({ ms, cpuMs })),
      peakRssMb: peaks.get(rows) ?? NaN,
    };
  });
}

/** The means of some runs. */
interface Runs extends RoundCost {
  readonly operations: number;
  readonly requests: number;
}

async function measureRuns(
  { server, client, stores, store, way, plan }: Setting,
  rows: number,
): Promise<Runs> {
  const runs = plan.runs[rows] ?? 1;
  let ms = 0;
  let operations = 0;
  await stores.countRequests();
  const cpuMs = await measureProcessorTime(server.url, async () => {
    for (let run = 0; run < runs; run++) {
      const reading = await way.read(client, store, rows);
      ms += reading.ms;
      operations += reading.operations;
    }
  });
  const requests = await stores.countRequests();
  return {
    operations: operations / runs,
    requests: requests / runs,
    ms: ms / runs,
    cpuMs: cpuMs / runs,
  };
}
