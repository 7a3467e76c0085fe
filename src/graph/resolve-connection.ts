import type { GraphQLResolveInfo } from "graphql";
import { type Cursors, type Position, createCursors } from "../domain/cursor";
import { BadUserInputError } from "../domain/errors";
import type { ListPage } from "../platforms/platform";
import { type PageArguments, pageSizeOf } from "./arguments";
import type { Connection, Edge } from "./connection";
import { selectedFields } from "./projection";

/** One store's part of a list. */
export interface Source {
  /** The store's key. */
  readonly store: string;
  read(request: {
    readonly window: { readonly offset: number; readonly count: number };
    readonly needsTotal: boolean;
  }): Promise<ListPage<unknown>>;
}

export interface ConnectionRequest {
  /** What makes the list this list: see `createCursors`. */
  readonly list: readonly unknown[];
  readonly page: PageArguments;
  /** The stores' parts, in order; the list is all of them, one after another. */
  readonly sources: readonly Source[];
  /**
   * Whether a store that fails becomes one null edge, and the others go on.
   * Otherwise its error is the whole list's.
   */
  readonly isolateFailures: boolean;
}

/** What a part gave to the page. */
interface Part {
  readonly source: Source;
  readonly offset: number;
  readonly page: ListPage<unknown> | Error;
}

/** Parts as rows, each with the cursor of its place. */
interface Reading {
  readonly edges: readonly (Edge | Error)[];
  /** The cursors of the rows that are there. */
  readonly cursors: readonly string[];
  /** Where to go on; `null` when nothing was begun. */
  readonly end: string | null;
}

/**
 * Reads a page of a list, as far as the operation selects it: what is not
 * selected is not read, and a store whose rows do not fall on the page is not
 * asked, unless it has to be counted.
 *
 * @throws BadUserInputError for a page size or a cursor that cannot be used.
 */
export async function resolveConnection(
  request: ConnectionRequest,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const selected = selectedFields(
    info.fieldNodes.map(({ selectionSet }) => selectionSet),
    info.fragments,
    info.variableValues,
  );
  const size = pageSizeOf(request.page);
  const cursors = createCursors(request.list);
  const after = positionsAfter(request, cursors);
  const needsTotal = selected.has("totalCount");
  const needsPageInfo = selected.has("pageInfo");
  const needsRows =
    needsPageInfo || selected.has("edges") || selected.has("nodes");

  // A page without rows tells of others only by their count.
  const needsCount = needsTotal || (size === 0 && needsPageInfo);
  const parts = needsRows
    ? await readParts(request, after, size, needsCount)
    : [];
  // Rows alone need no cursors, which cost more than the rows.
  const reading =
    selected.has("edges") || needsPageInfo
      ? toReading(request, parts, after, cursors)
      : null;
  return {
    ...(reading && selected.has("edges") ? { edges: reading.edges } : {}),
    ...(selected.has("nodes") ? { nodes: parts.flatMap(nodesOf) } : {}),
    ...(reading && needsPageInfo
      ? { pageInfo: toPageInfo(request, parts, reading, after) }
      : {}),
    ...(needsTotal ? { totalCount: await countAll(request, parts) } : {}),
  };
}

/**
 * Reads a page of a list that lies behind one store's link, as far as the
 * operation selects it.
 *
 * @param read gives `null` when the store has no such link.
 * @returns `null` when it has none.
 * @throws BadUserInputError for a page size or a cursor that cannot be used.
 */
export async function resolveLink(
  request: Pick<ConnectionRequest, "list" | "page">,
  store: string,
  read: (
    ...request: Parameters<Source["read"]>
  ) => Promise<ListPage<unknown> | null>,
  info: GraphQLResolveInfo,
): Promise<Connection | null> {
  let isAbsent = false;
  const source: Source = {
    store,
    read: async (part) => {
      const page = await read(part);
      isAbsent = page === null;
      return page ?? { rows: [], totalCount: null, hasNextPage: false };
    },
  };
  const connection = await resolveConnection(
    { ...request, sources: [source], isolateFailures: false },
    info,
  );
  return isAbsent ? null : connection;
}

function positionsAfter(
  request: ConnectionRequest,
  cursors: Cursors,
): readonly Position[] {
  const text = request.page.after;
  if (text === undefined || text === null) return [];
  const positions = cursors.decode(text);
  if (typeof positions === "string") {
    throw new BadUserInputError("after", positions);
  }
  for (const position of positions) {
    if (!request.sources.some(({ store }) => store === position.store)) {
      throw new BadUserInputError(
        "after",
        "is a cursor of a store that this list does not hold",
      );
    }
  }
  return positions;
}

/**
 * Asks the stores one after another until the page is full. A store that the
 * cursor has passed is finished when it holds no position of it; one that
 * failed before is tried again from where it was.
 */
async function readParts(
  request: ConnectionRequest,
  after: readonly Position[],
  size: number,
  needsTotal: boolean,
): Promise<Part[]> {
  const begun = new Map(after.map(({ store, next }) => [store, next]));
  const frontier = request.sources.findLastIndex(({ store }) =>
    begun.has(store),
  );
  const parts: Part[] = [];
  let missing = size;
  for (const [index, source] of request.sources.entries()) {
    const offset = begun.get(source.store) ?? (index > frontier ? 0 : null);
    if (offset === null) continue;
    if (parts.length > 0 && missing === 0) break;
    const page = await readPart(request, source, {
      window: { offset, count: missing },
      needsTotal,
    });
    parts.push({ source, offset, page });
    if (!(page instanceof Error)) missing -= page.rows.length;
  }
  return parts;
}

async function readPart(
  request: ConnectionRequest,
  source: Source,
  read: Parameters<Source["read"]>[0],
): Promise<ListPage<unknown> | Error> {
  try {
    return await source.read(read);
  } catch (error) {
    if (!request.isolateFailures || !(error instanceof Error)) throw error;
    return error;
  }
}

function toReading(
  { sources }: ConnectionRequest,
  parts: readonly Part[],
  after: readonly Position[],
  cursors: Cursors,
): Reading {
  const positions = new Map(after.map(({ store, next }) => [store, next]));
  const encode = () =>
    cursors.encode([...positions].map(([store, next]) => ({ store, next })));
  /** Leaves a store that is read to its end, for the one that comes next. */
  const leave = (source: Source) => {
    const next = sources[sources.indexOf(source) + 1];
    if (!next) return;
    positions.delete(source.store);
    const isFrontier = !sources
      .slice(sources.indexOf(next))
      .some(({ store }) => positions.has(store));
    if (isFrontier) positions.set(next.store, 0);
  };
  const edges: (Edge | Error)[] = [];
  const given: string[] = [];
  for (const { source, offset, page } of parts) {
    positions.set(source.store, offset);
    if (page instanceof Error) {
      edges.push(page);
      continue;
    }
    page.rows.forEach((row, index) => {
      positions.set(source.store, offset + index + 1);
      const isLast = index === page.rows.length - 1;
      if (isLast && !page.hasNextPage) leave(source);
      const cursor = encode();
      given.push(cursor);
      edges.push(row instanceof Error ? row : { cursor, node: row });
    });
    if (page.rows.length === 0 && !page.hasNextPage) leave(source);
  }
  return {
    edges,
    cursors: given,
    end: edges.length > 0 ? encode() : null,
  };
}

function nodesOf({ page }: Part): readonly unknown[] {
  return page instanceof Error ? [page] : page.rows;
}

/**
 * A store that failed has rows to come, as far as anybody knows, and is tried
 * again on the next page. Not after a page without any row: a client that
 * pages to the end would never reach it while the store is down.
 */
function toPageInfo(
  request: ConnectionRequest,
  parts: readonly Part[],
  reading: Reading,
  after: readonly Position[],
): Connection["pageInfo"] & object {
  const asked = new Set(parts.map(({ source }) => source));
  const lastAsked = request.sources.findLastIndex((source) =>
    asked.has(source),
  );
  const hasFailed = parts.some(({ page }) => page instanceof Error);
  // Where a page that was to hold rows has no end, there is nothing to go on
  // from: a client would begin again at the top.
  const isDeadEnd = reading.end === null && pageSizeOf(request.page) > 0;
  return {
    hasNextPage:
      !isDeadEnd &&
      ((hasFailed && reading.cursors.length > 0) ||
        parts.some(
          ({ page }) => !(page instanceof Error) && page.hasNextPage,
        ) ||
        (lastAsked >= 0 && lastAsked < request.sources.length - 1)),
    hasPreviousPage: after.length > 0,
    startCursor: reading.cursors[0] ?? null,
    endCursor: reading.end,
  };
}

/** A part that was read is counted already; the others are asked, together. */
async function countAll(
  request: ConnectionRequest,
  parts: readonly Part[],
): Promise<number | null | Error> {
  const counts = await Promise.all(
    request.sources.map(async (source) => {
      const page =
        parts.find((part) => part.source === source)?.page ??
        (await readPart(request, source, {
          window: { offset: 0, count: 0 },
          needsTotal: true,
        }));
      return page instanceof Error ? page : page.totalCount;
    }),
  );
  const failed = counts.find((count) => count instanceof Error);
  if (failed) return failed;
  return counts.reduce<number | null>(
    (sum, count) =>
      sum === null || count === null || count instanceof Error
        ? null
        : sum + count,
    0,
  );
}
