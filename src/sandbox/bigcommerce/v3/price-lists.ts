import { fromDate } from "../dates";
import { dateFilters, idIn, idIs, textIs, textLike } from "../filters";
import { ApiError } from "../errors";
import { checkNames } from "../query";
import { productScopes, toOk, type Route } from "../route";
import type { PriceListAssignmentRow, PriceListRow } from "../rows";
import { createList } from "./list";

const shared = { version: "v3", scopes: productScopes } as const;

/** Price lists, as a list and one by one, and who has them where. */
export function createPriceListRoutes(
  rows: readonly PriceListRow[],
  assignments: readonly PriceListAssignmentRow[],
): readonly Route[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [
    {
      ...shared,
      path: "/pricelists",
      answer: createList<PriceListRow>({
        rows,
        id: (row) => row.id,
        cursors: "refuses page",
        filters: {
          "id:in": idIn(rows, (row) => row.id),
          name: textIs((row) => row.name),
          "name:like": textLike((row) => row.name),
          ...dateFilters("date_created", (row: PriceListRow) =>
            fromDate(row.date_created),
          ),
          ...dateFilters("date_modified", (row: PriceListRow) =>
            fromDate(row.date_modified),
          ),
        },
      }),
    },
    {
      ...shared,
      path: "/pricelists/assignments",
      answer: createList<PriceListAssignmentRow>({
        rows: assignments,
        id: (row) => row.id,
        cursors: "refuses page",
        filters: {
          id: idIs(assignments, (row) => row.id),
          "id:in": idIn(assignments, (row) => row.id),
          price_list_id: idIs(assignments, (row) => row.price_list_id),
          "price_list_id:in": idIn(assignments, (row) => row.price_list_id),
          customer_group_id: idIs(assignments, (row) => row.customer_group_id),
          "customer_group_id:in": idIn(
            assignments,
            (row) => row.customer_group_id,
          ),
          channel_id: idIs(assignments, (row) => row.channel_id),
          "channel_id:in": idIn(assignments, (row) => row.channel_id),
        },
      }),
    },
    {
      ...shared,
      path: "/pricelists/{id}",
      answer: ({ id, query }) => {
        checkNames(query, []);
        const row = /^\d+$/.test(id) ? byId.get(Number(id)) : undefined;
        if (!row)
          throw new ApiError(404, "The resource at that URL is not found.");
        return toOk({ data: row, meta: {} });
      },
    },
  ];
}
