import { toGroupDate } from "../dates";
import type { Random } from "../../random";
import type {
  CategoryAccess,
  CategoryRow,
  CustomerGroupRow,
  DiscountRule,
  ProductRow,
} from "../rows";
import { deletedCategoryIds } from "./categories";
import { createIds } from "./ids";
import { deletedPriceListId } from "./price-lists";
import { deletedProductId } from "./products";
import { groupNames } from "./words";

const DAY = 86_400_000;
const FROM = Date.UTC(2023, 6, 17, 6, 30, 41);
const METHODS = ["percent", "fixed", "price"] as const;

/** The group that BigCommerce's documentation shows, as it stands there. */
const wholesale: CustomerGroupRow = {
  id: 1,
  name: "Wholesale",
  is_default: false,
  category_access: { type: "all", categories: [18, 19, 23, 34] },
  discount_rules: [
    {
      type: "price_list",
      method: "percent",
      amount: "5.0000",
      price_list_id: 3,
    },
  ],
  date_created: {},
  date_modified: {},
  is_group_for_guests: true,
};

const ALL: CategoryAccess = { type: "all" };
const [deletedCategory = 0, otherDeletedCategory = 0] = deletedCategoryIds;

/** A group that is made on purpose. */
interface Draft {
  readonly name: string;
  readonly access?: CategoryAccess;
  readonly rules?: readonly DiscountRule[];
  readonly dates?: "neither" | "not modified";
  readonly isDefault?: true;
}

/** The groups from number 2 on, a case each. */
const drafts: readonly Draft[] = [
  { name: "Retail", isDefault: true },
  {
    name: "Trade",
    access: { type: "specific", categories: [18, 19, 23, 34] },
    rules: [
      { type: "all", method: "percent", amount: "5.0000" },
      { type: "category", category_id: 20, method: "fixed", amount: "9.0000" },
      { type: "product", product_id: 78, method: "price", amount: "2.5000" },
    ],
  },
  { name: "Window shoppers", access: { type: "none" }, dates: "neither" },
  { name: "Partners", rules: [] },
  { name: "Former partners", rules: [] },
  {
    name: "Number as text",
    rules: [
      {
        type: "category",
        category_id: "20",
        method: "fixed",
        amount: "9.0000",
      },
      {
        type: "category",
        category_id: "18",
        method: "percent",
        amount: "0.1000",
      },
      {
        type: "product",
        product_id: "79",
        method: "percent",
        amount: "12.3450",
      },
    ],
  },
  {
    name: "Hidden amounts",
    rules: [
      { type: "category", category_id: 23 },
      { type: "product", product_id: 80 },
    ],
  },
  { name: "List only", rules: [{ type: "price_list", price_list_id: 2 }] },
  {
    name: "Lost list",
    rules: [{ type: "price_list", price_list_id: deletedPriceListId }],
    dates: "not modified",
  },
  {
    name: "Lost targets",
    rules: [
      {
        type: "category",
        category_id: deletedCategory,
        method: "percent",
        amount: "10.0000",
      },
      {
        type: "product",
        product_id: deletedProductId,
        method: "fixed",
        amount: "1.0000",
      },
    ],
  },
  {
    name: "Lost shelves",
    access: {
      type: "specific",
      categories: [34, deletedCategory, 18, otherDeletedCategory],
    },
  },
  { name: "Empty shelves", access: { type: "specific", categories: [] } },
  { name: "Unknown shelves", access: { type: "by_brand", categories: [19] } },
  {
    name: "Unknown rule",
    rules: [
      { type: "brand", brand_id: 7, method: "percent", amount: "15.0000" },
      { type: "all", method: "points", amount: "1.0000" },
    ],
  },
  {
    name: "Exact amounts",
    rules: [
      { type: "all", method: "price", amount: "0.0001" },
      {
        type: "product",
        product_id: 81,
        method: "fixed",
        amount: "12345678901234567.8901",
      },
      {
        type: "category",
        category_id: 19,
        method: "percent",
        amount: "0.0000",
      },
    ],
  },
  {
    name: "Same target twice",
    access: { type: "specific", categories: [19, 19] },
    rules: [
      { type: "category", category_id: 19, method: "price", amount: "1.0000" },
      {
        type: "category",
        category_id: "19",
        method: "price",
        amount: "2.0000",
      },
    ],
  },
];

/**
 * The groups: the documentation's own, those made on purpose, then one for each
 * name with rules by chance. Number 2 is the default, number 1 for guests.
 */
export function createCustomerGroups(
  random: Random,
  categories: readonly CategoryRow[],
  products: readonly ProductRow[],
): readonly CustomerGroupRow[] {
  const all: readonly Draft[] = [
    ...drafts,
    ...groupNames.map((name) => ({
      name,
      access: createAccess(random, categories),
      rules: createRules(random, categories, products),
    })),
  ];
  const ids = createIds(2, all.length, [21, 30]);
  const rows = all.map((draft, n) => {
    const madeAt = FROM + n * 9 * DAY + random.int(0, DAY);
    const changedAt = madeAt + random.int(0, 60) * DAY;
    return {
      id: ids[n] ?? 0,
      name: draft.name,
      is_default: draft.isDefault === true,
      category_access: draft.access ?? ALL,
      discount_rules: draft.rules ?? [],
      date_created: draft.dates === "neither" ? null : toGroupDate(madeAt),
      date_modified: draft.dates ? null : toGroupDate(changedAt),
      is_group_for_guests: false,
    };
  });
  return [wholesale, ...rows];
}

function createAccess(
  random: Random,
  categories: readonly CategoryRow[],
): CategoryAccess {
  const kind = random.next();
  if (kind < 0.6) return ALL;
  if (kind < 0.7) return { type: "none" };
  return {
    type: "specific",
    categories: pickSome(random, categories, 6).map((one) => one.category_id),
  };
}

function createRules(
  random: Random,
  categories: readonly CategoryRow[],
  products: readonly ProductRow[],
): readonly DiscountRule[] {
  const kind = random.next();
  if (kind < 0.45) return [];
  // A price list is the only rule of its group (BigCommerce docs).
  if (kind < 0.6)
    return [{ type: "price_list", price_list_id: random.int(1, 12) }];
  const worth = () => ({
    method: random.pick(METHODS),
    amount: (random.int(0, 400_000) / 10_000).toFixed(4),
  });
  return [
    ...(random.chance(0.5) ? [{ type: "all", ...worth() }] : []),
    ...pickSome(random, categories, 3).map(({ category_id }) => ({
      type: "category",
      category_id: random.chance(0.3) ? String(category_id) : category_id,
      ...worth(),
    })),
    ...pickSome(random, products, 2).map(({ id }) => ({
      type: "product",
      product_id: id,
      ...worth(),
    })),
  ];
}

function pickSome<T>(random: Random, items: readonly T[], most: number) {
  const count = random.int(1, most);
  return Array.from({ length: count }, () => random.pick(items));
}
