import type { Random } from "../../random";
import type { CategoryRow } from "../rows";
import { createIds, toUuid } from "./ids";
import { categoryNames } from "./words";

const CATEGORIES = 400;
const FIRST_ID = 15;
const ROOTS = 12;
const MOST_DEPTH = 5;
/** The roots of the second tree; the first tree has the others. */
const SECOND_TREE = [9, 10, 11];
const SORTS = ["use_store_settings", "featured", "newest", "alpha_asc"];

/**
 * Numbers of categories that were deleted: no category has them, and rules and
 * accesses of groups still name them.
 */
export const deletedCategoryIds: readonly number[] = [22, 33, 9001];

/** 400 categories in two trees, at most five deep. */
export function createCategories(random: Random): readonly CategoryRow[] {
  const ids = createIds(FIRST_ID, CATEGORIES, deletedCategoryIds);
  const made: { row: CategoryRow; depth: number }[] = [];
  ids.forEach((id, n) => {
    const parents = made.filter(({ depth }) => depth < MOST_DEPTH);
    const parent = n < ROOTS ? undefined : random.pick(parents);
    const row = createCategory(random, id, n, parent?.row);
    made.push({ row, depth: (parent?.depth ?? 0) + 1 });
  });
  return made.map(({ row }) => row);
}

function createCategory(
  random: Random,
  id: number,
  n: number,
  parent: CategoryRow | undefined,
): CategoryRow {
  const word = categoryNames[n % categoryNames.length] ?? "";
  const name = n < categoryNames.length ? word : `${word} ${id}`;
  const isCustomized = random.chance(0.1);
  const segment = isCustomized ? `shop-${id}` : `${toSlug(word)}-${id}`;
  return {
    category_id: id,
    category_uuid: toUuid(random),
    parent_id: parent?.category_id ?? 0,
    tree_id: parent?.tree_id ?? (SECOND_TREE.includes(n) ? 2 : 1),
    name,
    description: random.chance(0.3)
      ? ""
      : `<p>All of <b>${escape(name)}</b> &mdash; see <a href="/help/">help</a>.</p>`,
    views: random.int(0, 5000),
    sort_order: random.int(-2, 20),
    page_title: random.chance(0.5) ? "" : name,
    meta_keywords: random.chance(0.5) ? [] : ["sandbox", segment],
    meta_description: "",
    layout_file: "category.html",
    image_url: random.chance(0.5)
      ? ""
      : `https://cdn.example.com/categories/${id}.png`,
    is_visible: random.chance(0.9),
    search_keywords: random.chance(0.8) ? "" : "demo, sample",
    default_product_sort: random.pick(SORTS),
    url: {
      path: `${parent?.url.path ?? "/"}${segment}/`,
      is_customized: isCustomized,
    },
  };
}

function toSlug(word: string): string {
  const slug = word
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug || "category";
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
