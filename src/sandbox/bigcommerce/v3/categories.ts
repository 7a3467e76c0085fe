import {
  booleanIs,
  idIn,
  idNotIn,
  textIn,
  textIs,
  textLike,
  textNotIn,
} from "../filters";
import { productScopes, type Route } from "../route";
import type { CategoryRow } from "../rows";
import { createList } from "./list";
import { toSparse } from "./sparse-fields";

/** Categories of all trees. A single one is read with a filter. */
export function createCategoryRoutes(
  rows: readonly CategoryRow[],
): readonly Route[] {
  const known = Object.keys(rows[0] ?? {});
  return [
    {
      version: "v3",
      path: "/catalog/trees/categories",
      scopes: productScopes,
      answer: createList<CategoryRow>({
        rows,
        id: (row) => row.category_id,
        cursors: "none",
        filters: {
          "category_id:in": idIn(rows, (row) => row.category_id),
          "category_id:not_in": idNotIn((row) => row.category_id),
          "category_uuid:in": textIn(rows, (row) => row.category_uuid),
          "category_uuid:not_in": textNotIn((row) => row.category_uuid),
          "tree_id:in": idIn(rows, (row) => row.tree_id),
          "tree_id:not_in": idNotIn((row) => row.tree_id),
          "parent_id:in": idIn(rows, (row) => row.parent_id),
          "parent_id:not_in": idNotIn((row) => row.parent_id),
          name: textIs((row) => row.name),
          "name:like": textLike((row) => row.name),
          page_title: textIs((row) => row.page_title),
          "page_title:like": textLike((row) => row.page_title),
          keyword: textLike(
            (row) => `${row.name}\n${row.description}\n${row.search_keywords}`,
          ),
          is_visible: booleanIs((row) => row.is_visible),
        },
        parameters: ["include_fields", "exclude_fields"],
        present: (query) => toSparse(query, { known, always: ["category_id"] }),
      }),
    },
  ];
}
