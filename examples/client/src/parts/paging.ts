import { useState } from "react";
import type { Problem } from "../client/problem";
import { noteShownRows, readShownRows } from "../routing/location";

const pageSize = 20;
/** The most rows that the server gives at once. */
const maxPageSize = 100;

/** A list that grows page by page, by Relay's cursors. */
export interface Paging<Row> {
  /** Variables of the page that is being read. */
  readonly page: { readonly first: number; readonly after: string | null };
  /** The rows of the pages before it. */
  readonly earlier: readonly Row[];
  /** What went wrong on the pages before it. */
  readonly earlierProblems: readonly Problem[];
  /** Goes on to the page behind what is shown. */
  next(shown: ShownRows<Row>): void;
}

interface ShownRows<Row> {
  /** All of them, the earlier ones too. */
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  readonly endCursor: string | null;
}

/** Begins with as many rows as the address says: one page, when it is silent. */
export function usePaging<Row>(): Paging<Row> {
  const [state, setState] = useState<Omit<Paging<Row>, "next">>(() => ({
    page: { first: firstPageSize(), after: null },
    earlier: [],
    earlierProblems: [],
  }));
  return {
    ...state,
    next: ({ rows, problems, endCursor }) => {
      noteShownRows(rows.length + pageSize);
      setState({
        page: { first: pageSize, after: endCursor },
        earlier: rows,
        earlierProblems: problems,
      });
    },
  };
}

function firstPageSize(): number {
  const shown = readShownRows() ?? pageSize;
  return Math.min(maxPageSize, Math.max(pageSize, shown));
}
