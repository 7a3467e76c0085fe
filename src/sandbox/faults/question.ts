import { z } from "zod";
import type { Anatomy } from "../anatomy";
import type { RoomAnswer, RoomRequest } from "../listener";
import { changeAt, findAt } from "../pointer";
import { rowsOf, toForeignId, withRows } from "./rows";
import { type FaultKind, object, oneOf, text } from "./schema";

/**
 * Asks the room something else: its honest answer to that comes, true rows
 * that nobody asked for.
 */
export interface InsteadFault {
  readonly instead: {
    /** The whole path, percent-encoded; default: the one that was asked. */
    readonly path?: string;
    /** Decoded parameters to set; null takes one away. The others stay. */
    readonly query?: Readonly<Record<string, string | null>>;
  };
}

/** What can be wrong with the pages of a list; see {@link PagingFault}. */
export const pagings = [
  "stuck",
  "alternating",
  "endless",
  "inserted",
  "deleted",
] as const;

/**
 * Breaks the pages of lists.
 *
 * - `stuck`: every page has the rows of the first, and says that it itself
 *   comes next.
 * - `alternating`: the pages have the rows of the first and the second in turn,
 *   and each says that the other comes next.
 * - `endless`: 10,000 pages, each full of rows with new ids.
 * - `inserted`, `deleted`: as if a row had come to the front of the list, or
 *   gone from it, since the first page was read: every later page begins with
 *   the last row of the one before, or one row too late.
 */
export interface PagingFault {
  readonly paging: (typeof pagings)[number];
}

/** What can be wrong with the question. */
export type QuestionFault = InsteadFault | PagingFault;

/** How the faults of the question are checked. */
export const questionKinds = {
  instead: {
    stage: "question",
    shape: {
      instead: object({
        path: text().startsWith("/", "must begin with /").optional(),
        query: z
          .record(
            z.string(),
            z.string().nullable(),
            "must be an object of texts, or null to take one away",
          )
          .optional(),
      }),
    },
  },
  paging: { stage: "question", shape: { paging: oneOf(pagings) } },
} as const satisfies Readonly<Record<string, FaultKind>>;

const ENDLESS_PAGES = 10_000;

/** Gets the room's honest answer. */
export type Ask = (request: RoomRequest) => RoomAnswer;

/** Asks through the faults, the first of them nearest to the client. */
export function askThrough(
  faults: readonly QuestionFault[],
  ask: Ask,
  anatomy: Anatomy | undefined,
): Ask {
  return faults.reduceRight<Ask>((inner, fault) => {
    if ("instead" in fault)
      return (request) => inner(toOther(request, fault.instead));
    // Faults of pages are only added where the anatomy is known.
    if (!anatomy) return inner;
    return (request) => askPage(fault.paging, request, inner, anatomy);
  }, ask);
}

function toOther(
  request: RoomRequest,
  { path, query = {} }: InsteadFault["instead"],
): RoomRequest {
  const kept = request.query.filter(([name]) => !Object.hasOwn(query, name));
  const added = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return {
    ...request,
    path: path ?? request.path,
    query: [...kept, ...added],
  };
}

function askPage(
  paging: PagingFault["paging"],
  request: RoomRequest,
  ask: Ask,
  anatomy: Anatomy,
): RoomAnswer {
  const { pages } = anatomy;
  const honest = ask(request);
  const number = pages.numberOf(request.query);
  const at = (wanted: number): RoomAnswer =>
    wanted === number
      ? honest
      : ask({ ...request, query: pages.withNumber(request.query, wanted) });
  // Past the end there may be no body at all: the first page tells.
  const isList = (answer: RoomAnswer) =>
    answer.status === 200 && Array.isArray(rowsOf(answer.body, anatomy));
  if (!isList(honest) && !(honest.status === 204 && isList(at(0))))
    return honest;
  switch (paging) {
    case "stuck":
      return withNext(at(0), request, number, anatomy);
    case "alternating": {
      const shown = number % 2;
      return withNext(at(shown), request, 1 - shown, anatomy);
    }
    case "endless":
      return withNext(
        toEndless(at(0), number, anatomy),
        request,
        number + 1,
        anatomy,
      );
    case "inserted":
    case "deleted": {
      if (number === 0 || honest.status !== 200) return honest;
      const step = paging === "inserted" ? -1 : 1;
      const rows = listOf(honest, anatomy);
      const beside = listOf(at(number + step), anatomy);
      return withRows(
        honest,
        step < 0
          ? [...beside.slice(-1), ...rows.slice(0, -1)]
          : [...rows.slice(1), ...beside.slice(0, 1)],
        anatomy,
      );
    }
  }
}

function listOf(answer: RoomAnswer, anatomy: Anatomy): readonly unknown[] {
  const rows = rowsOf(answer.body, anatomy);
  return Array.isArray(rows) ? rows : [];
}

function toEndless(
  first: RoomAnswer,
  number: number,
  anatomy: Anatomy,
): RoomAnswer {
  const rows = structuredClone(listOf(first, anatomy)).map((row) =>
    number === 0
      ? row
      : changeAt(row, anatomy.id, (id) => toForeignId(id, number)),
  );
  const endless = withRows(first, rows, anatomy);
  const set = (places: readonly string[], value: number) => {
    for (const place of places)
      if (findAt(endless.body, place) !== undefined)
        changeAt(endless.body, place, () => value);
  };
  set(anatomy.totals, ENDLESS_PAGES * Math.max(1, rows.length));
  set(anatomy.pageCounts, ENDLESS_PAGES);
  return endless;
}

const LINKS_OF_PAGES = ["first", "current", "prev", "previous", "next", "last"];

/** Says which page comes next, where the answer has links of pages. */
function withNext(
  answer: RoomAnswer,
  request: RoomRequest,
  number: number,
  { pages }: Anatomy,
): RoomAnswer {
  if (answer.body === undefined) return answer;
  const query = new URLSearchParams();
  for (const [name, value] of pages.withNumber(request.query, number))
    query.append(name, value);
  const body = changeAt(structuredClone(answer.body), "/**/links", (links) => {
    const known = (links ?? {}) as Record<string, unknown>;
    const one = LINKS_OF_PAGES.map((name) => known[name]).find(
      (link) => typeof link === "string",
    );
    if (typeof one !== "string") return links;
    return { ...known, next: `${one.split("?")[0]}?${query.toString()}` };
  });
  return { ...answer, body };
}
