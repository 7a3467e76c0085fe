import { fromDate } from "../dates";
import {
  anyIdIn,
  booleanIs,
  dateFilters,
  flagIs,
  idIn,
  idIs,
  idNotIn,
  numberIs,
  textIn,
  textIs,
  textLike,
  wordIs,
  type Filters,
} from "../filters";
import { BadParameter, ApiError } from "../errors";
import { checkNames, getWords, type Query } from "../query";
import { productScopes, toOk, type Route } from "../route";
import type { ProductRow } from "../rows";
import { createList } from "./list";
import { toSparse } from "./sparse-fields";

const includes = [
  "bulk_pricing_rules",
  "channels",
  "custom_fields",
  "images",
  "modifiers",
  "options",
  "parent_relations",
  "primary_image",
  "reviews",
  "variants",
  "videos",
] as const;
const sortFields = [
  "id",
  "name",
  "sku",
  "price",
  "date_modified",
  "inventory_level",
  "is_visible",
  "total_sold",
  "calculated_price",
] as const;
const fieldParameters = ["include", "include_fields", "exclude_fields"];
const shared = { version: "v3", scopes: productScopes } as const;
// BigCommerce docs, Get All Products: options and modifiers shorten the page.
const MOST_ROWS_WITH_OPTIONS = 10;

/** Products, as a list and one by one. */
export function createProductRoutes(
  rows: readonly ProductRow[],
): readonly Route[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const present = createPresent(rows[0]);
  return [
    {
      ...shared,
      path: "/catalog/products",
      answer: createList<ProductRow>({
        rows,
        id: (row) => row.id,
        cursors: "none",
        filters: createFilters(rows),
        parameters: [...fieldParameters, "sort", "direction"],
        order: toOrder,
        mostRows: (query) => {
          const wanted = getWords(query, "include", includes);
          return wanted.includes("options") || wanted.includes("modifiers")
            ? MOST_ROWS_WITH_OPTIONS
            : undefined;
        },
        present,
      }),
    },
    {
      ...shared,
      path: "/catalog/products/{id}",
      answer: ({ id, query }) => {
        checkNames(query, fieldParameters);
        const row = /^\d+$/.test(id) ? byId.get(Number(id)) : undefined;
        if (!row)
          throw new ApiError(
            404,
            "A product was not found with an id of " + id,
          );
        return toOk({ data: present(query)(row), meta: {} });
      },
    },
  ];
}

function createFilters(rows: readonly ProductRow[]): Filters<ProductRow> {
  const id = (row: ProductRow) => row.id;
  return {
    id: idIs(rows, id),
    "id:in": idIn(rows, id),
    "id:not_in": idNotIn(id),
    "id:min": numberIs(id, (actual, wanted) => actual >= wanted),
    "id:max": numberIs(id, (actual, wanted) => actual <= wanted),
    "id:greater": numberIs(id, (actual, wanted) => actual > wanted),
    "id:less": numberIs(id, (actual, wanted) => actual < wanted),
    sku: textIs((row) => row.sku),
    "sku:in": textIn(rows, (row) => row.sku),
    name: textIs((row) => row.name),
    "name:like": textLike((row) => row.name),
    keyword: textLike((row) => `${row.name}\n${row.sku}\n${row.description}`),
    price: numberIs(
      (row) => row.price,
      (actual, wanted) => actual === wanted,
    ),
    categories: anyIdIn((row) => row.categories),
    "categories:in": anyIdIn((row) => row.categories),
    "channel_id:in": anyIdIn((row) => row.channels),
    brand_id: idIs(rows, (row) => row.brand_id),
    type: wordIs((row) => row.type, ["physical", "digital"]),
    availability: wordIs(
      (row) => row.availability,
      ["available", "disabled", "preorder"],
    ),
    // The parameter is in lower case, the field is not.
    condition: wordIs(
      (row) => row.condition.toLowerCase(),
      ["new", "used", "refurbished"],
    ),
    is_visible: booleanIs((row) => row.is_visible),
    is_featured: flagIs((row) => row.is_featured),
    is_free_shipping: flagIs((row) => row.is_free_shipping),
    ...dateFilters("date_modified", (row: ProductRow) =>
      fromDate(row.date_modified),
    ),
  };
}

function toOrder(query: Query) {
  const sort = query.get("sort");
  const direction = query.get("direction") ?? "asc";
  if (direction !== "asc" && direction !== "desc")
    throw new BadParameter("direction", "must be asc or desc");
  if (sort === undefined && !query.has("direction")) return undefined;
  const field = sortFields.find((field) => field === (sort ?? "id"));
  if (!field)
    throw new BadParameter("sort", `must be one of ${sortFields.join(", ")}`);
  const sign = direction === "asc" ? 1 : -1;
  return (a: ProductRow, b: ProductRow) =>
    a[field] < b[field] ? -sign : a[field] > b[field] ? sign : a.id - b.id;
}

function createPresent(example: ProductRow | undefined) {
  const extra = new Set<string>(includes);
  const known = Object.keys(example ?? {}).filter((name) => !extra.has(name));
  return (query: Query) => {
    const wanted = new Set<string>(getWords(query, "include", includes));
    // The documentation has the list of gift wrappings come whatever is asked.
    const sparse = toSparse(query, {
      known,
      always: ["id", "gift_wrapping_options_list"],
    });
    return (row: ProductRow) =>
      sparse(
        Object.fromEntries(
          Object.entries(row).filter(
            ([name]) => !extra.has(name) || wanted.has(name),
          ),
        ),
      );
  };
}
