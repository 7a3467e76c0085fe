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
  const after = positionAfter(request, cursors);
  const needsTotal = selected.has("totalCount");
  const needsPageInfo = selected.has("pageInfo");
  const needsRows =
    needsPageInfo || selected.has("edges") || selected.has("nodes");

  const parts = needsRows
    ? await readParts(request, after, size, needsTotal)
    : [];
  const edges = toEdges(parts, cursors);
  return {
    ...(selected.has("edges") ? { edges } : {}),
    ...(selected.has("nodes") ? { nodes: edges.map(toNode) } : {}),
    ...(needsPageInfo
      ? { pageInfo: toPageInfo(request, parts, cursors, after) }
      : {}),
    ...(needsTotal ? { totalCount: await countAll(request, parts) } : {}),
  };
}

function positionAfter(
  request: ConnectionRequest,
  cursors: Cursors,
): Position | undefined {
  const text = request.page.after;
  if (text === undefined || text === null) return undefined;
  const position = cursors.decode(text);
  if (typeof position === "string") {
    throw new BadUserInputError("after", position);
  }
  if (!request.sources.some(({ store }) => store === position.store)) {
    throw new BadUserInputError(
      "after",
      "is a cursor of a store that this list does not hold",
    );
  }
  return position;
}

async function readParts(
  request: ConnectionRequest,
  after: Position | undefined,
  size: number,
  needsTotal: boolean,
): Promise<Part[]> {
  const first = after
    ? request.sources.findIndex(({ store }) => store === after.store)
    : 0;
  const parts: Part[] = [];
  let missing = size;
  for (const source of request.sources.slice(first)) {
    const isFirst = parts.length === 0;
    if (!isFirst && missing === 0) break;
    const offset = isFirst && after ? after.index + 1 : 0;
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

interface PlacedEdge {
  readonly position: Position | undefined;
  readonly edge: Edge | Error;
}

function toPlacedEdges(parts: readonly Part[], cursors: Cursors): PlacedEdge[] {
  return parts.flatMap(({ source, offset, page }): PlacedEdge[] => {
    if (page instanceof Error) return [{ position: undefined, edge: page }];
    return page.rows.map((row, index) => {
      const position = { store: source.store, index: offset + index };
      const edge =
        row instanceof Error
          ? row
          : { cursor: cursors.encode(position), node: row };
      return { position, edge };
    });
  });
}

function toEdges(parts: readonly Part[], cursors: Cursors): (Edge | Error)[] {
  return toPlacedEdges(parts, cursors).map(({ edge }) => edge);
}

function toNode(edge: Edge | Error): unknown {
  return edge instanceof Error ? edge : edge.node;
}

function toPageInfo(
  request: ConnectionRequest,
  parts: readonly Part[],
  cursors: Cursors,
  after: Position | undefined,
): Connection["pageInfo"] & object {
  const positions = toPlacedEdges(parts, cursors).flatMap(({ position }) =>
    position ? [cursors.encode(position)] : [],
  );
  const last = parts.at(-1);
  const hasUnasked =
    last !== undefined && last.source !== request.sources.at(-1);
  const lastHasMore =
    last !== undefined &&
    !(last.page instanceof Error) &&
    last.page.hasNextPage;
  return {
    hasNextPage: lastHasMore || hasUnasked,
    hasPreviousPage: after !== undefined,
    startCursor: positions[0] ?? null,
    endCursor: positions.at(-1) ?? null,
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
