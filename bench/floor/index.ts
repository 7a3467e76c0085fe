import { compareServers, type Contender, type Result } from "../lib/compare";
import { ask, measure } from "../lib/load";
import type { Bench } from "../lib/section";
import { type ServerProcess, startClientele } from "../lib/servers";
import { type ShapeName, bodies, shape, shapes } from "../lib/shapes";
import { type Upstream, startUpstream } from "../lib/upstream";
import { customersPath } from "./commerce-layer";
import { type Findings, type ShapeResult, report } from "./report";
import { compareAnswers } from "./same-answers";
import { startFloor } from "./start-floor";

/** How much is measured. */
interface Extent {
  /** Of each shape, whose answers are compared. */
  readonly variants: number;
  readonly manyConnections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

const full: Extent = {
  variants: 5,
  manyConnections: 50,
  rounds: 3,
  seconds: 1.5,
  warmUpSeconds: 1.5,
};
const smoke: Extent = {
  variants: 2,
  manyConnections: 4,
  rounds: 1,
  seconds: 0.1,
  warmUpSeconds: 0,
};

interface Servers {
  readonly upstream: Upstream;
  readonly clientele: ServerProcess;
  readonly floor: ServerProcess;
}

/** The shape whose latency is taken apart. */
const ownPartShape: ShapeName = "C3";

/**
 * How near does Clientele come to what is possible? The same answers, from the
 * same upstream requests, by hand and without GraphQL.
 */
export const run: Bench = async (options) => {
  const extent = options.smoke ? smoke : full;
  const started: { stop(): Promise<void> }[] = [];
  const start = async <T extends { stop(): Promise<void> }>(it: Promise<T>) => {
    started.push(await it);
    return it;
  };
  try {
    const upstream = await start(startUpstream());
    const clientele = await start(startClientele(upstream));
    const floor = await start(startFloor(upstream));
    return report(await find({ upstream, clientele, floor }, extent));
  } finally {
    await Promise.all(started.map((one) => one.stop()));
  }
};

async function find(servers: Servers, extent: Extent): Promise<Findings> {
  const { upstream, clientele, floor } = servers;
  const { manyConnections, rounds, seconds, variants } = extent;
  const both = [clientele, floor] as const;
  const answersCompared = await compareAnswers(both, upstream, variants);
  await warmUp(servers, extent);
  const many = await compareShapes(servers, {
    connections: manyConnections,
    rounds,
    seconds,
    withIdentical: true,
  });
  const rssMb = await clientele.rssMb();
  const peakRssMb = await clientele.peakRssMb();
  const alone = await compareShapes(servers, {
    connections: 1,
    rounds,
    seconds: seconds / 2,
    withIdentical: false,
  });
  const ownPart = await compareLatency(servers, extent);
  return {
    connections: manyConnections,
    answersCompared,
    many,
    alone,
    ownPart,
    rssMb,
    peakRssMb,
  };
}

/**
 * Every answer is recorded upstream, and both servers have seen all shapes, before
 * anything is measured: what is compiled for one shape serves the others too.
 */
async function warmUp(
  { clientele, floor }: Servers,
  { manyConnections: connections, warmUpSeconds: seconds }: Extent,
): Promise<void> {
  if (seconds === 0) return;
  for (const one of shapes) {
    for (let n = 0; n < one.variants; n++)
      await ask(floor.url, { query: one.query, variables: one.variables(n) });
    for (const { url } of [floor, clientele])
      await measure({
        url,
        connections,
        seconds,
        body: bodies(one, "distinct"),
      });
  }
}

/** How a comparison of all shapes is made. */
interface Comparison {
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  /** Whether Clientele is measured with identical operations as well. */
  readonly withIdentical: boolean;
}

async function compareShapes(
  { clientele, floor, upstream }: Servers,
  { withIdentical, ...extent }: Comparison,
): Promise<readonly ShapeResult[]> {
  const results: ShapeResult[] = [];
  for (const one of shapes) {
    const distinct = bodies(one, "distinct");
    const identical = bodies(one, "identical");
    const contenders = [
      toContender("floor", floor, distinct),
      toContender("Clientele", clientele, distinct),
      toContender("Clientele, identical", clientele, identical),
    ];
    const compared = await compareServers({
      ...extent,
      contenders: withIdentical ? contenders : contenders.slice(0, 2),
      warmUpSeconds: 0,
      upstream,
    });
    results.push({
      shape: one.name,
      summary: one.summary,
      results: checked(compared),
    });
  }
  return results;
}

/** The same address, asked for bare, by the floor and by Clientele. */
async function compareLatency(
  { clientele, floor, upstream }: Servers,
  { rounds, seconds }: Extent,
): Promise<readonly Result[]> {
  const one = shape(ownPartShape);
  const body = bodies(one, "identical");
  const { from } = one.variables(0) as { from: string };
  const { baseUrl } = upstream.stores[0]?.settings as { baseUrl: string };
  const bare: Contender = {
    name: "upstream",
    url: baseUrl + customersPath(from),
    headers: { accept: "application/vnd.api+json", "accept-encoding": "gzip" },
  };
  return checked(
    await compareServers({
      contenders: [
        bare,
        toContender("floor", floor, body),
        toContender("Clientele", clientele, body),
      ],
      connections: 1,
      rounds,
      seconds,
      warmUpSeconds: seconds / 3,
    }),
  );
}

function toContender(
  name: string,
  process: ServerProcess,
  body: (n: number) => string,
): Contender {
  return { name, url: process.url, body, process };
}

/** @throws when there was a failure: those cost less than answers. */
function checked(results: readonly Result[]): readonly Result[] {
  for (const { name, failures } of results)
    if (failures > 0) throw new Error(`${name}: ${failures} failures`);
  return results;
}
