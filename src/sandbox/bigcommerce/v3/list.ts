import { selectRows, type Filters } from "../filters";
import { checkNames, type Query } from "../query";
import { toOk, type Route, type RouteRequest } from "../route";
import { toPage, type CursorRule } from "./paging";

/** What a list of v3 is like. */
export interface ListRules<Row> {
  /** All rows, id ascending. */
  readonly rows: readonly Row[];
  readonly id: (row: Row) => number;
  readonly filters: Filters<Row>;
  readonly cursors: CursorRule;
  /** Names of parameters that are neither filters nor about pages. */
  readonly parameters?: readonly string[];
  /** The order that the request names; undefined when it names none. */
  readonly order?: (query: Query) => ((a: Row, b: Row) => number) | undefined;
  /** The most rows of a page for this request; undefined for the usual. */
  readonly mostRows?: (query: Query) => number | undefined;
  /** Reads what the request says of fields, and makes the wire's row. */
  readonly present?: (query: Query) => (row: Row) => unknown;
}

/**
 * Answers a list: `data` and `meta`. An id that does not exist is simply absent.
 *
 * @returns the `answer` of a route.
 */
export function createList<Row>(rules: ListRules<Row>): Route["answer"] {
  const names = [
    ...Object.keys(rules.filters),
    ...(rules.parameters ?? []),
    ...["page", "limit"],
    ...(rules.cursors === "none" ? [] : ["after", "before"]),
  ];
  return ({ query, settings, arrange }: RouteRequest) => {
    checkNames(query, names);
    const found = selectRows(rules.rows, rules.filters, query);
    const order = rules.order?.(query);
    const present = rules.present?.(query);
    const { rows, meta } = toPage(
      order ? found.toSorted(order) : found,
      query,
      {
        cursors: rules.cursors,
        id: rules.id,
        mostRows: rules.mostRows?.(query),
        limitAboveMaximum: settings.v3LimitAboveMaximum,
      },
    );
    const arranged = order ? rows : arrange(rows);
    return toOk({ data: present ? arranged.map(present) : arranged, meta });
  };
}
