import { setTimeout as wait } from "node:timers/promises";
import { type Contender, type Round, compareServers } from "../lib/compare";
import { type Shape, type ShapeName, shape, shapes } from "../lib/shapes";
import { median } from "../lib/statistics";
import type { Peer, PeerName, PeerServer } from "./servers";
import type { Cost } from "./upstream-cost";

/** How much load there is, and for how long. */
export interface SpeedExtent {
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Operations of each shape that differ; more than there are connections. */
  readonly variants: number;
  readonly measured: readonly ShapeName[];
  /** Of the one round of what keeps upstream busy. */
  readonly busySeconds: number;
}

/** How a server did: all rounds, and medians of them. */
export interface Speed {
  readonly rounds: readonly Round[];
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of an answer; `null` where the system does not tell. */
  readonly cpuMs: number | null;
}

/** Of each server; those that cannot answer are absent. */
export type Speeds = ReadonlyMap<PeerName, Speed>;

/** How servers did with a shape. */
export interface ShapeSpeeds {
  readonly shape: ShapeName;
  readonly summary: string;
  /** With many connections. */
  readonly many: Speeds;
  /** With one connection. */
  readonly alone: Speeds;
}

/** More upstream requests for an operation keep upstream busy. */
const busyFromRequests = 20;
/** Enough to keep upstream busy, where each operation asks so much of it. */
export const busyConnections = 8;

/** Of the time with many connections. */
const partAlone = 0.4;

interface Load {
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/**
 * Measures every shape with many connections and with one, all operations in
 * flight being distinct. The order of servers is reversed each round; those that
 * keep upstream busy with a shape come behind all others, with fewer connections
 * and one round.
 *
 * @throws when an answer is a failure: those cost less than answers.
 */
export async function measureSpeed(
  peers: readonly Peer[],
  extent: SpeedExtent,
  costs: readonly Cost[],
): Promise<readonly ShapeSpeeds[]> {
  const isBusy = (peer: Peer, name: ShapeName) =>
    costs.some(
      (cost) =>
        cost.peer === peer.name &&
        cost.shape === name &&
        cost.requests > busyFromRequests,
    );
  const usual = await measureAll(extent, (name) =>
    peers.filter((peer) => !isBusy(peer, name)),
  );
  const busy = await measureAll(
    {
      ...extent,
      connections: Math.min(busyConnections, extent.connections),
      rounds: 1,
      seconds: extent.busySeconds,
      warmUpSeconds: 0,
    },
    (name) => peers.filter((peer) => isBusy(peer, name)),
  );
  return usual.map((speeds, at) => ({
    ...speeds,
    many: new Map([...speeds.many, ...(busy[at]?.many ?? [])]),
    alone: new Map([...speeds.alone, ...(busy[at]?.alone ?? [])]),
  }));
}

async function measureAll(
  extent: SpeedExtent,
  peersOf: (name: ShapeName) => readonly Peer[],
): Promise<readonly ShapeSpeeds[]> {
  const speeds: ShapeSpeeds[] = [];
  for (const name of extent.measured) {
    const one = shape(name);
    const contenders = peersOf(name)
      .filter(({ adapter }) => adapter.operation(one, 0))
      .map((peer) => toContender(peer, one, extent));
    speeds.push({
      shape: name,
      summary: one.summary,
      many: await measureInTurn(contenders, extent),
      alone: await measureInTurn(contenders, {
        ...extent,
        connections: 1,
        seconds: extent.seconds * partAlone,
        warmUpSeconds: 0,
      }),
    });
  }
  return speeds;
}

type PeerContender = Contender & {
  readonly name: PeerName;
  readonly process: PeerServer;
};

async function measureInTurn(
  contenders: readonly PeerContender[],
  load: Load,
): Promise<Speeds> {
  const measured = new Map<PeerName, Round[]>(
    contenders.map(({ name }) => [name, []]),
  );
  for (let round = 0; round < load.rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) {
      const warmUpSeconds = round === 0 ? load.warmUpSeconds : 0;
      measured
        .get(contender.name)
        ?.push(await runRound(contender, { ...load, warmUpSeconds }));
    }
  }
  return new Map([...measured].map(([name, rounds]) => [name, sum(rounds)]));
}

/** One round; what is left in hand of it does not fall on the next server. */
async function runRound(contender: PeerContender, load: Load): Promise<Round> {
  const [result] = await compareServers({
    ...load,
    rounds: 1,
    contenders: [contender],
  });
  const round = result?.rounds[0];
  if (!round || round.failures > 0)
    throw new Error(`${contender.name}: ${round?.failures} failures`);
  await untilIdle(contender.process);
  return round;
}

const lookEveryMs = 50;
const idleCpuMs = 5;
const mostWaitedMs = 10_000;

/** Without knowledge of processor time it waits for the shortest time. */
async function untilIdle({ cpuMs }: PeerServer): Promise<void> {
  const until = performance.now() + mostWaitedMs;
  let before = (await cpuMs()) ?? 0;
  while (performance.now() < until) {
    await wait(lookEveryMs);
    const now = (await cpuMs()) ?? 0;
    if (now - before < idleCpuMs) return;
    before = now;
  }
}

function sum(rounds: readonly Round[]): Speed {
  return {
    rounds,
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50Ms: median(rounds.map(({ latencyMs }) => latencyMs.p50)),
    p99Ms: median(rounds.map(({ latencyMs }) => latencyMs.p99)),
    cpuMs: rounds.some(({ cpuMs }) => cpuMs === null)
      ? null
      : median(rounds.map(({ cpuMs }) => cpuMs ?? 0)),
  };
}

function toContender(
  { name, server, adapter }: Peer,
  one: Shape,
  { variants }: SpeedExtent,
): PeerContender {
  const bodies = Array.from({ length: variants }, (_, n) =>
    JSON.stringify(adapter.operation(one, n)),
  );
  return {
    name,
    url: server.url,
    process: server,
    body: (n) => bodies[n % variants] ?? "",
  };
}

export const allShapes = shapes.map(({ name }) => name);
