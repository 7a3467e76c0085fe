import type { SandboxServer } from "../../src/sandbox/room";
import { bigcommerceFixture } from "../platforms/bigcommerce/fixture";
import { commerceLayerFixture } from "../platforms/commerce-layer/fixture";
import { ecwidFixture } from "../platforms/ecwid/fixture";
import type { StartedFixture } from "../platforms/fixture";
import { type Answer, startClientele } from "../support/clientele";
import { type Read, readNames, readOf } from "./reads";

export type Fault = Parameters<SandboxServer["faults"]["add"]>[0];

/** Every platform, with the truth about its sandbox. */
export const fixtures = [
  commerceLayerFixture,
  bigcommerceFixture,
  ecwidFixture,
] as const;

/** A platform, a way to read it, and a sandbox for the two alone. */
export interface Cell extends StartedFixture {
  /** The key of its store. */
  readonly key: string;
  readonly read: Read;
  /** Requests that the read takes when all is well. */
  readonly requests: number;
  /** How many of them are sent before any answer is there. */
  readonly atOnce: number;
}

/** What came of one read. */
export interface Outcome {
  readonly cell: Cell;
  readonly answer: Answer<unknown>;
  readonly ms: number;
  /** The requests that the sandbox received, without those for a token. */
  readonly asked: ReturnType<SandboxServer["journal"]["requests"]>;
}

/** A server that has a store for each cell. */
export interface Bench {
  /** Reads from every store at the same time while its sandbox does wrong. */
  ask(faults?: (cell: Cell) => readonly Fault[]): Promise<readonly Outcome[]>;
  /** @returns what the server logged. */
  stop(): Promise<string>;
}

export interface BenchOptions {
  /** What the configuration says of every store. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly operationTimeoutMs?: number;
  /** Whether tokens and connections are there beforehand. Default true. */
  readonly isWarm?: boolean;
}

/** Starts a sandbox for each way to read each platform, and reads it once. */
export async function startCells(): Promise<readonly Cell[]> {
  const started = await Promise.all(
    fixtures.flatMap((fixture) =>
      readNames.map(async (name) => ({ name, ...(await fixture.start()) })),
    ),
  );
  const cells = started.map(({ name, server, facts }): Cell => {
    const key = `${server.platform}-${name}`;
    const read = readOf(name, key, facts);
    return { key, server, facts, read, requests: 0, atOnce: 0 };
  });
  const bench = await openBench(cells);
  const outcomes = await bench.ask();
  await bench.stop();
  return outcomes.map(({ cell, answer, asked }) => {
    expect([cell.key, answer]).toEqual([
      cell.key,
      { status: 200, data: cell.read.whole },
    ]);
    return {
      ...cell,
      requests: asked.length,
      // The members of a group are asked for once the group is there.
      atOnce: cell.read.name === "members" ? 1 : asked.length,
    };
  });
}

export async function stopCells(cells: readonly Cell[]): Promise<void> {
  await Promise.all(cells.map(({ server }) => server.close()));
}

export async function openBench(
  cells: readonly Cell[],
  { settings, operationTimeoutMs = 10_000, isWarm = true }: BenchOptions = {},
): Promise<Bench> {
  const clientele = await startClientele(
    cells.map(({ key, server }) => ({ key, server, settings: settings ?? {} })),
    { operationTimeoutMs },
  );
  if (isWarm) {
    await Promise.all(
      cells.map(({ key }) =>
        clientele.send(
          `{ customers(first: 1, filter: { stores: ["${key}"] }) { nodes { nativeId } } }`,
        ),
      ),
    );
  }
  return {
    ask: (faults) =>
      Promise.all(
        cells.map(async (cell): Promise<Outcome> => {
          const { server, read } = cell;
          server.journal.clear();
          for (const fault of faults?.(cell) ?? []) server.faults.add(fault);
          await server.faults.settled();
          const startedAt = performance.now();
          const answer = await clientele.send(read.query, read.variables);
          const ms = performance.now() - startedAt;
          const asked = server.journal.requests("api");
          server.faults.clear();
          await server.faults.settled();
          return { cell, answer, ms, asked };
        }),
      ),
    stop: async () => {
      await clientele.stop();
      return clientele.log.join("");
    },
  };
}

/**
 * Waits until every connection is closed over which a fault was met.
 *
 * @returns how many are not.
 */
export async function openAfterFault({ server }: Cell): Promise<number> {
  const open = () =>
    server.journal
      .requests("api")
      .filter(
        ({ faults, socket }) =>
          faults.length > 0 && socket.closedAt === undefined,
      ).length;
  for (let waited = 0; open() > 0 && waited < 200; waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return open();
}
