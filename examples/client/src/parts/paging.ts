import { useMemo, useState } from "react";
import type { CombinedError, RequestPolicy } from "urql";
import { useKeptError } from "../client/kept-error";
import { type Problem, toProblems } from "../client/problem";
import { oldestOf, type StaleStore, toStale } from "../client/stale";
import { noteShownRows, readShownRows } from "../routing/location";

const pageSize = 20;
/** The most rows that the server gives at once. */
const maxPageSize = 100;
/** The most rows that are read without being asked for one by one. */
const maxRowsAtOnce = 1_000;

interface Page {
  readonly first: number;
  readonly after: string | null;
}

/** How far a list has been read. */
interface Place<Row> {
  /** Variables of the page that is being read. */
  readonly page: Page;
  readonly earlier: Earlier<Row>;
  /** With as many rows as this, the next page is not read by itself. */
  readonly wanted: number;
}

/** Where a list is, and the way to another place in it. */
export interface Paging<Row> extends Place<Row> {
  readonly goTo: (place: Place<Row>) => void;
}

/** What the pages before the present one brought. */
interface Earlier<Row> {
  readonly rows: readonly Row[];
  readonly total: number | null;
  readonly problems: readonly Problem[];
  readonly stale: readonly StaleStore[];
}

/** What `useQuery` gives. */
interface Answer {
  readonly fetching: boolean;
  readonly error?: CombinedError | undefined;
  readonly extensions?: Record<string, unknown> | undefined;
  readonly operation?:
    | {
        readonly variables: {
          readonly first: number;
          readonly after?: string | null;
        };
      }
    | undefined;
}

interface Connection<Row> {
  readonly totalCount: number | null;
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
  };
}

/** A list as far as it has been read. */
export interface List<Row> {
  readonly rows: readonly Row[];
  /** `null` when it is not known. */
  readonly total: number | null;
  readonly problems: readonly Problem[];
  readonly stale: readonly StaleStore[];
  /** Whether a page is on its way of which nothing is shown yet. */
  readonly isLoading: boolean;
  /** Whether the last page is there, neither missing nor on its way. */
  readonly isRead: boolean;
  readonly isAsking: boolean;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly onAskAgain: () => void;
}

const nothing = { rows: [], total: null, problems: [], stale: [] };

/**
 * The place in a list that grows page by page, by Relay's cursors. It begins with as
 * many rows as the address says: one page, when that is silent.
 */
export function usePaging<Row>(): Paging<Row> {
  const [place, goTo] = useState<Place<Row>>(() =>
    beginningOf(readShownRows() ?? pageSize),
  );
  return { ...place, goTo };
}

/**
 * The list of which the answer holds the present page. Pages that the address
 * asks for are read one after the other.
 *
 * @param answer to a question with the variables of `paging.page`.
 * @param connection the list in the answer's data.
 * @param ask puts the same question again.
 */
export function useList<Row>(
  paging: Paging<Row>,
  answer: Answer,
  connection: Connection<Row> | null | undefined,
  ask: (how: { readonly requestPolicy: RequestPolicy }) => void,
): List<Row> {
  const { earlier, wanted, goTo } = paging;
  const { hasCome, came, isSound, ...shown } = useShown(
    paging,
    answer,
    connection,
  );
  const { rows } = shown;
  const hasMore = came?.pageInfo.hasNextPage ?? false;
  const goOn = (first: number, rowsWanted: number) => {
    goTo({
      page: { first, after: came?.pageInfo.endCursor ?? null },
      earlier: shown,
      wanted: rowsWanted,
    });
  };
  const isShort =
    hasMore && came?.nodes.length !== 0 && rows.length < wanted && isSound;
  // At once, so that a list that is not at its end never looks as if it were.
  if (isShort && !answer.fetching)
    goOn(Math.min(maxPageSize, wanted - rows.length), wanted);

  return {
    ...shown,
    isLoading: !hasCome,
    isRead: came != null,
    isAsking: answer.fetching,
    hasMore,
    onMore: () => {
      noteShownRows(rows.length + pageSize);
      goOn(pageSize, 0);
    },
    onAskAgain: () => {
      const isEarlierSound =
        earlier.problems.length === 0 && earlier.stale.length === 0;
      if (isEarlierSound) ask({ requestPolicy: "network-only" });
      // What is wrong with an earlier page only that page can tell anew.
      else goTo(beginningOf(rows.length));
    },
  };
}

/** The pages before, and with them the present one when it has come. */
function useShown<Row>(
  { page, earlier }: Paging<Row>,
  answer: Answer,
  connection: Connection<Row> | null | undefined,
) {
  const { error, extensions, operation } = useKeptError(answer);
  // Until a page has come, urql still shows the one before it.
  const hasCome =
    operation?.variables.first === page.first &&
    operation.variables.after === page.after;
  const came = hasCome && !isNothingRead(connection) ? connection : undefined;
  const own = useMemo(
    () => (hasCome ? toProblems(error) : []),
    [hasCome, error],
  );
  const problems = useMemo(() => [...earlier.problems, ...own], [earlier, own]);
  const stale = useMemo(
    () => oldestOf([...earlier.stale, ...(hasCome ? toStale(extensions) : [])]),
    [earlier, hasCome, extensions],
  );
  return {
    hasCome,
    came,
    isSound: own.length === 0,
    rows: [...earlier.rows, ...(came?.nodes ?? [])],
    total: connection?.totalCount ?? earlier.total,
    problems,
    stale,
  };
}

/** A store that failed is a row that is null: alone it stands for the page. */
function isNothingRead(connection: Connection<unknown> | null | undefined) {
  const nodes = connection?.nodes ?? [];
  return nodes.length > 0 && nodes.every((node) => node === null);
}

/** A list anew, with as many rows as it had. */
function beginningOf<Row>(shown: number): Place<Row> {
  return {
    page: {
      first: Math.min(maxPageSize, Math.max(pageSize, shown)),
      after: null,
    },
    earlier: nothing,
    wanted: Math.min(maxRowsAtOnce, shown),
  };
}
