import { ask } from "../lib/load";
import type { Bench, Target } from "../lib/section";
import { startClientele } from "../lib/servers";
import { type Column, table } from "../lib/table";
import { type Upstream, startUpstream } from "../lib/upstream";
import { allStoresLines } from "./all-stores-lines";
import { bigCommerceLines } from "./bigcommerce-lines";
import { commerceLayerLines } from "./commerce-layer-lines";
import { ecwidLines } from "./ecwid-lines";
import type { Line, Lines } from "./line";
import { inAnyOrder } from "./in-any-order";
import { type World, readWorld } from "./world";

/** A line, and what the platforms received for it. */
interface Measured extends Line {
  readonly part: string;
  readonly requests: number;
}

const parts: readonly (readonly [title: string, lines: Lines])[] = [
  ["Commerce Layer", commerceLayerLines],
  ["BigCommerce", bigCommerceLines],
  ["Ecwid", ecwidLines],
  ["All stores", allStoresLines],
];

/**
 * How many upstream requests does an operation cost? Counts what the platforms
 * receive for each line of the budget; every answer has to be the same when
 * they send their rows in another order.
 */
export const run: Bench = async ({ smoke }) => {
  const upstream = await startUpstream();
  try {
    const measured = smoke
      ? await measureAtOnce(upstream)
      : await measureInTurn(upstream);
    return {
      title: "Upstream requests",
      markdown: toMarkdown(measured),
      data: measured.map(({ part, id, shown, atMost, requests, least }) => ({
        ...{ part, id, shown, atMost, requests, least },
      })),
      targets: [toTarget(measured)],
    };
  } finally {
    await upstream.stop();
  }
};

/** One server for all parts. */
const measureAtOnce = (upstream: Upstream) =>
  withClientele(upstream, async (url) => {
    const world = await readWorld(url, upstream.stores);
    const measured: Measured[] = [];
    for (const part of parts)
      measured.push(...(await measurePart(url, upstream, world, part)));
    return measured;
  });

/** A server that has just started for each part. */
async function measureInTurn(upstream: Upstream): Promise<Measured[]> {
  const world = await withClientele(upstream, (url) =>
    readWorld(url, upstream.stores),
  );
  const measured: Measured[] = [];
  for (const part of parts)
    measured.push(
      ...(await withClientele(upstream, (url) =>
        measurePart(url, upstream, world, part),
      )),
    );
  return measured;
}

async function withClientele<Result>(
  upstream: Upstream,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = await startClientele(upstream);
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}

async function measurePart(
  url: string,
  upstream: Upstream,
  world: World,
  [part, lines]: (typeof parts)[number],
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const line of lines(world)) {
    const cold = await count(url, upstream, line);
    await upstream.set({ shuffle: true });
    const shuffled = await count(url, upstream, line);
    await upstream.set({ shuffle: false });
    if (inAnyOrder(cold.answer) !== inAnyOrder(shuffled.answer))
      throw new Error(
        `${line.id} (${line.shown}) is answered otherwise when the platform's rows come in another order`,
      );
    const requests = Math.max(cold.requests, shuffled.requests);
    measured.push({ ...line, part, requests });
  }
  return measured;
}

async function count(url: string, upstream: Upstream, line: Line) {
  await upstream.reset();
  const answer = (await ask(url, {
    query: line.query,
    variables: line.variables ?? {},
  })) as { readonly data?: object; readonly errors?: unknown };
  const { requests } = await upstream.count();
  if (!answer.data || answer.errors)
    throw new Error(
      `${line.id} (${line.shown}) is answered with errors: ${JSON.stringify(answer.errors)}`,
    );
  return { requests, answer: answer.data };
}

function toTarget(measured: readonly Measured[]): Target {
  const over = measured.filter(({ requests, atMost }) => requests > atMost);
  const ids = new Set(measured.map(({ id }) => id));
  return {
    name: "upstream requests",
    target: "on every line at most what the budget allows",
    measured:
      over.length === 0
        ? `all ${ids.size} lines (${measured.length} operations) within it`
        : `over it: ${over.map(({ id, requests, atMost }) => `${id} ${requests} instead of ${atMost}`).join(", ")}`,
    isMet: over.length === 0,
  };
}

const columns: readonly Column[] = [
  { title: "line" },
  { title: "operation" },
  { title: "at most", isNumber: true },
  { title: "measured", isNumber: true },
  { title: "least that can be", isNumber: true },
  { title: "why no client needs fewer" },
];

function toMarkdown(measured: readonly Measured[]): string {
  const tables = parts.map(([title]) => {
    const rows = measured
      .filter(({ part }) => part === title)
      .sort((a, b) => numberOf(a) - numberOf(b))
      .map(({ id, shown, atMost, requests, least, reason }) => [
        ...[id, shown],
        ...[atMost, requests, least].map(String),
        reason,
      ]);
    return `### ${title}\n\n${table(columns, rows)}`;
  });
  return [introduction, ...tables].join("\n\n");
}

const introduction = `What the platforms received for one operation, token requests aside, by a
server that has just been started and keeps no answers. Every operation was
asked a second time while the platforms sent the rows of all lists in another
order: its answer was the same, the order of rows in lists aside, and cost no
more.`;

function numberOf({ id }: Line): number {
  return Number(id.slice(1));
}
