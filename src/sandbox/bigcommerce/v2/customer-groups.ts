import { fromDate } from "../dates";
import {
  booleanIs,
  dateFilters,
  selectRows,
  textIs,
  textLike,
  type Filters,
} from "../filters";
import { getPageSize } from "../page-size";
import { ApiError, toGroupErrorAnswer } from "../errors";
import { getCount } from "../query";
import { customerScopes, toOk, type Route } from "../route";
import type { CustomerGroupRow } from "../rows";

const shared = { version: "v2", scopes: customerScopes } as const;

/** List, count and single customer groups, which exist in v2 only. */
export function createCustomerGroupRoutes(
  rows: readonly CustomerGroupRow[],
): readonly Route[] {
  const filters: Filters<CustomerGroupRow> = {
    name: textIs((row) => row.name),
    "name:like": textLike((row) => row.name),
    is_default: booleanIs((row) => row.is_default),
    is_group_for_guests: booleanIs((row) => row.is_group_for_guests),
    ...dateFilters("date_created", (row: CustomerGroupRow) =>
      fromDate(row.date_created),
    ),
    ...dateFilters("date_modified", (row: CustomerGroupRow) =>
      fromDate(row.date_modified),
    ),
  };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [
    {
      ...shared,
      path: "/customer_groups",
      answer: ({ query, settings, arrange }) => {
        const size = getPageSize(query, settings.v2LimitAboveMaximum);
        const page = getCount(query, "page") ?? 1;
        // Names that v2 does not know, ids among them, are passed over.
        const found = selectRows(rows, filters, query);
        const shown = found.slice((page - 1) * size, page * size);
        // An empty list, and what is past the end, has no body
        // (bigcommerce/catalyst, route of the customer groups).
        if (shown.length === 0)
          return { status: 204, headers: {}, body: undefined };
        return toOk(arrange(shown));
      },
    },
    {
      ...shared,
      path: "/customer_groups/count",
      answer: () => toOk({ count: rows.length }),
    },
    {
      ...shared,
      path: "/customer_groups/{id}",
      answer: ({ id }) => {
        if (!/^\d+$/.test(id))
          return toGroupErrorAnswer("The id of the customer group is invalid");
        const row = byId.get(Number(id));
        if (!row)
          throw new ApiError(404, "The requested resource was not found.");
        return toOk(row);
      },
    },
  ];
}
