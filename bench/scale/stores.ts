import { type Client, connect } from "../lib/timed-operations";
import type { Operation } from "../lib/load";
import { type ServerProcess, startClientele } from "../lib/servers";
import { measureProcessorTime } from "./processor-time";
import type { SyntheticStores } from "./synthetic-stores";

/** What an operation costs when so many stores are configured. */
export interface StoreCost {
  readonly stores: number;
  /** Until the server listens. */
  readonly startMs: number;
  /** Before the first operation. */
  readonly rssMb: number;
  /** After all of them. */
  readonly peakRssMb: number;
  /** 25 customers of every store. */
  readonly all: OperationCost;
  /** 25 customers of the first store. */
  readonly one: OperationCost;
}

export interface OperationCost {
  readonly requests: number;
  readonly ms: number;
  /** Processor time of the server. */
  readonly cpuMs: number;
}

/** Multiples of three hold as many stores of each platform. */
export const storeCounts = [1, 3, 6, 12] as const;

const customers =
  "customers(first: 25) { nodes { email createdAt customerGroup { name } } }";

const operations = {
  all: (): Operation => ({ query: `{ stores { key ${customers} } }` }),
  one: (key: string): Operation => ({
    query: `query ($key: String!) { store(key: $key) { key ${customers} } }`,
    variables: { key },
  }),
};

interface Started {
  readonly count: number;
  readonly firstKey: string;
  readonly server: ServerProcess;
  readonly client: Client;
  readonly startMs: number;
  readonly rssMb: number;
}

/** Asks servers with 1 to 12 stores, in rounds of alternating order. */
export async function measureStores(
  stores: SyntheticStores,
  smoke: boolean,
): Promise<readonly StoreCost[]> {
  const rounds = smoke ? 1 : 3;
  const counts = smoke ? storeCounts.slice(0, 2) : storeCounts;
  const started: Started[] = [];
  try {
    for (const count of counts) started.push(await start(stores, count));
    const costs = new Map(
      started.map((one) => [one, { all: noCost(), one: noCost() }]),
    );
    for (const one of started) await measureRound(stores, one, smoke);
    for (let round = 0; round < rounds; round++)
      for (const one of round % 2 === 0 ? started : started.toReversed()) {
        const cost = await measureRound(stores, one, smoke);
        const sums = costs.get(one);
        if (!sums) continue;
        sums.all = add(sums.all, cost.all, rounds);
        sums.one = add(sums.one, cost.one, rounds);
      }
    return await Promise.all(
      started.map(async (one) => ({
        stores: one.count,
        startMs: one.startMs,
        rssMb: one.rssMb,
        peakRssMb: await one.server.peakRssMb(),
        ...(costs.get(one) ?? { all: noCost(), one: noCost() }),
      })),
    );
  } finally {
    for (const { client, server } of started) {
      client.close();
      await server.stop();
    }
  }
}

async function start(stores: SyntheticStores, count: number): Promise<Started> {
  const configured = stores.take(count);
  const startedAt = performance.now();
  const server = await startClientele({ stores: configured });
  const startMs = performance.now() - startedAt;
  return {
    count,
    firstKey: configured[0]?.key ?? "",
    server,
    client: connect(server.url, 1),
    startMs,
    rssMb: await server.rssMb(),
  };
}

async function measureRound(
  stores: SyntheticStores,
  { server, client, count, firstKey }: Started,
  smoke: boolean,
) {
  const measure = async (
    operation: Operation,
    times: number,
    expected: number,
  ): Promise<OperationCost> => {
    const body = JSON.stringify(operation);
    let ms = 0;
    await stores.countRequests();
    const cpuMs = await measureProcessorTime(server.url, async () => {
      for (let time = 0; time < times; time++) {
        const answer = await client.post(body);
        ms += answer.ms;
        expectStores(answer.body, expected);
      }
    });
    const requests = await stores.countRequests();
    return { requests: requests / times, ms: ms / times, cpuMs: cpuMs / times };
  };
  return {
    // As many reads of a store for each count.
    all: await measure(operations.all(), smoke ? 1 : 120 / count, count),
    one: await measure(operations.one(firstKey), smoke ? 1 : 40, 1),
  };
}

/** A wrong answer has no speed. */
function expectStores(body: Buffer, stores: number): void {
  const text = body.toString();
  const found = text.split('"email":"').length - 1;
  if (found !== stores * 25 || text.includes('"errors":['))
    throw new Error(
      `asked for 25 customers of ${stores} stores, ${found} came: ${text.slice(0, 500)}`,
    );
}

function noCost(): OperationCost {
  return { requests: 0, ms: 0, cpuMs: 0 };
}

function add(
  sum: OperationCost,
  more: OperationCost,
  rounds: number,
): OperationCost {
  return {
    requests: sum.requests + more.requests / rounds,
    ms: sum.ms + more.ms / rounds,
    cpuMs: sum.cpuMs + more.cpuMs / rounds,
  };
}
