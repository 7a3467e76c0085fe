import { getPageSize } from "../page-size";
import { BadParameter } from "../errors";
import { getCount, type Query } from "../query";
import type { LimitAboveMaximum } from "../settings";
import { fromCursor, toCursor } from "./cursor";
import { toLink } from "./links";

/**
 * Whether a list can be read with `after` and `before`, and what `page` beside
 * them means. `ignores page`: customers; the first page has both kinds of
 * `meta`. `refuses page`: price lists; only a request without `page` has both.
 */
export type CursorRule = "none" | "ignores page" | "refuses page";

/** How a list is cut into pages. */
export interface PageRules<Row> {
  readonly cursors: CursorRule;
  readonly id: (row: Row) => number;
  /** The most rows of a page, where it is below what `limit` allows. */
  readonly mostRows: number | undefined;
  readonly limitAboveMaximum: LimitAboveMaximum;
}

/** A page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly meta: Readonly<Record<string, unknown>>;
}

/**
 * Cuts one page.
 *
 * @param found all rows that were asked for, in order.
 * @throws ApiError when the position makes no sense.
 */
export function toPage<Row>(
  found: readonly Row[],
  query: Query,
  rules: PageRules<Row>,
): Page<Row> {
  const asked = getPageSize(query, rules.limitAboveMaximum);
  const size = Math.min(asked, rules.mostRows ?? asked);
  if (rules.cursors !== "none" && (query.has("after") || query.has("before")))
    return toCursorPage(found, query, size, rules);

  const page = getCount(query, "page") ?? 1;
  const total = found.length;
  const from = Math.min((page - 1) * size, total);
  const rows = found.slice(from, from + size);
  const totalPages = Math.ceil(total / size);
  const link = (to: number) =>
    toLink(query, [
      ["page", to],
      ["limit", size],
    ]);
  const pagination = {
    total,
    count: rows.length,
    per_page: size,
    current_page: page,
    total_pages: totalPages,
    links: {
      ...(page > 1 ? { previous: link(page - 1) } : {}),
      current: link(page),
      ...(page < totalPages ? { next: link(page + 1) } : {}),
    },
  };
  const showsCursors =
    rules.cursors === "ignores page"
      ? page === 1
      : rules.cursors === "refuses page" && !query.has("page");
  if (!showsCursors) return { rows, meta: { pagination } };
  const cursor_pagination = toCursorMeta(found, query, size, rules, from);
  return { rows, meta: { pagination, cursor_pagination } };
}

function toCursorPage<Row>(
  found: readonly Row[],
  query: Query,
  size: number,
  rules: PageRules<Row>,
): Page<Row> {
  if (rules.cursors === "refuses page" && query.has("page"))
    throw new BadParameter("page", "must not stand beside a cursor");
  const after = query.get("after");
  const before = query.get("before");
  if (after !== undefined && before !== undefined)
    throw new BadParameter("before", "must not stand beside after");
  const name = after === undefined ? "before" : "after";
  const id = fromCursor(after ?? before ?? "");
  const position = found.findIndex((row) => rules.id(row) === id);
  if (position < 0)
    throw new BadParameter(name, "must be a cursor of this list");
  const from =
    after === undefined ? Math.max(0, position - size) : position + 1;
  const to = after === undefined ? position : position + 1 + size;
  const rows = found.slice(from, to);
  const meta = toCursorMeta(found, query, size, rules, from, rows.length);
  return { rows, meta: { cursor_pagination: meta } };
}

function toCursorMeta<Row>(
  found: readonly Row[],
  query: Query,
  size: number,
  { id }: PageRules<Row>,
  from: number,
  count = Math.min(size, found.length - from),
) {
  const first = found[from];
  const last = found[from + count - 1];
  const limit = ["limit", size] as const;
  if (count === 0 || first === undefined || last === undefined)
    return { count: 0, per_page: size, links: {} };
  const start = toCursor(id(first));
  const end = toCursor(id(last));
  return {
    count,
    per_page: size,
    start_cursor: start,
    end_cursor: end,
    links: {
      ...(from > 0
        ? { previous: toLink(query, [limit, ["before", start]]) }
        : {}),
      ...(from + count < found.length
        ? { next: toLink(query, [limit, ["after", end]]) }
        : {}),
    },
  };
}
