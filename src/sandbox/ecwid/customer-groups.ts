import { ApiError } from "./errors";
import { customerGroupFields, customerGroupSearchFields } from "./fields";
import { anyIdIn, anyTextHas, fold, selectRows, type Filters } from "./filters";
import { pagingParameters, toPage, toWindow } from "./paging";
import type { Query } from "./query";
import type { Route, RouteRequest } from "./route";
import type { CustomerGroupRow } from "./rows";

const byId = anyIdIn<CustomerGroupRow>((row) => [row.id]);
const filters: Filters<CustomerGroupRow> = {
  keyword: anyTextHas((row) => [fold(row.name)]),
  // Ecwid's documentation has the second name; its own Java client, and a test
  // of that, the first.
  customerGroupIds: byId,
  customerGroupId: byId,
};

/**
 * Searching groups and reading one.
 *
 * @param rows General first.
 */
export function createCustomerGroupRoutes(
  rows: readonly CustomerGroupRow[],
): readonly Route[] {
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  return [
    {
      path: "customer_groups",
      isAboutGroups: true,
      parameters: [...Object.keys(filters), ...pagingParameters],
      fields: customerGroupSearchFields,
      answer: (request) => search(rows, request),
    },
    {
      path: "customer_groups/{id}",
      isAboutGroups: true,
      parameters: [],
      fields: customerGroupFields,
      answer: ({ id }) => {
        const row = rowsById.get(id);
        if (!row) throw new ApiError(404, `Customer group #${id} not found`);
        return row;
      },
    },
  ];
}

function search(
  rows: readonly CustomerGroupRow[],
  { query, settings, arrange }: RouteRequest,
): object {
  const asked = withoutNames(query, settings.ignoredIdParameters);
  const window = toWindow(query, settings);
  const found = selectRows(rows, filters, asked);
  const isFiltered = Object.keys(filters).some((name) => asked.has(name));
  const addsGeneral = settings.generalOnEveryPage && !isFiltered;
  // The first row is General: counted neither for the page nor in the total.
  const own = addsGeneral ? found.slice(1) : found;
  const page = toPage(own, window);
  const items = addsGeneral ? [...found.slice(0, 1), ...page] : page;
  return {
    total: own.length,
    count: items.length,
    ...window,
    items: arrange(items),
  };
}

function withoutNames(query: Query, names: readonly string[]): Query {
  return new Map([...query].filter(([name]) => !names.includes(name)));
}
