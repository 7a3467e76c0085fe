import { toCatalogDate } from "../dates";
import type { Random } from "../../random";
import type { CategoryRow, ProductImageRow, ProductRow } from "../rows";
import { createIds } from "./ids";
import { productNames } from "./words";

const PRODUCTS = 500;
const FIRST_ID = 77;
const DAY = 86_400_000;
const FROM = Date.UTC(2019, 2, 1);
/** Prices that a careless reader spoils. */
const ODD_PRICES = [0.1 + 0.2, 0.1, 0, 10, 1234567.89, 3.3 * 3, 0.07, 19.999];

/** A product that was deleted, which rules of groups still name. */
export const deletedProductId = 99_001;

/** 500 products. */
export function createProducts(
  random: Random,
  categories: readonly CategoryRow[],
): readonly ProductRow[] {
  return createIds(FIRST_ID, PRODUCTS).map((id, n) =>
    createProduct(random, id, n, categories),
  );
}

function createProduct(
  random: Random,
  id: number,
  n: number,
  categories: readonly CategoryRow[],
): ProductRow {
  const word = productNames[n % productNames.length] ?? "";
  const name = n < productNames.length ? word : `${word} no. ${id}`;
  const price = ODD_PRICES[n] ?? random.int(100, 50_000) / 100;
  const salePrice =
    n >= ODD_PRICES.length && random.chance(0.15)
      ? Math.round(price * 80) / 100
      : 0;
  const sku = random.chance(0.06) ? "" : `SBX-${String(id).padStart(4, "0")}`;
  const madeAt = FROM + n * 4 * DAY + random.int(0, DAY);
  const isDigital = random.chance(0.1);
  const hasVariants = random.chance(0.2);
  const firstVariant = 10_000 + id * 3;
  const dateModified = toCatalogDate(madeAt + random.int(0, 200) * DAY);
  const image = random.chance(0.8)
    ? createImage(id, name, dateModified)
    : undefined;
  const ratings = random.chance(0.5) ? random.int(1, 40) : 0;
  return {
    id,
    name,
    type: isDigital ? "digital" : "physical",
    sku,
    description: `<p>A <em>${word.replaceAll("&", "&amp;")}</em> for the sandbox.</p>\n<ul><li>No. ${id}</li></ul>`,
    weight: isDigital ? 0 : random.int(1, 500) / 10,
    price,
    cost_price: 0,
    retail_price: random.chance(0.3) ? Math.round(price * 120) / 100 : 0,
    sale_price: salePrice,
    map_price: 0,
    calculated_price: salePrice === 0 ? price : salePrice,
    tax_class_id: 0,
    categories: random
      .shuffle(categories)
      .slice(0, random.int(0, 3))
      .map((category) => category.category_id),
    brand_id: random.int(0, 12),
    inventory_level: random.int(0, 300),
    inventory_warning_level: 0,
    inventory_tracking: hasVariants
      ? "variant"
      : random.pick(["none", "product"] as const),
    is_free_shipping: random.chance(0.1),
    is_visible: random.chance(0.9),
    is_featured: random.chance(0.1),
    related_products: [-1],
    layout_file: "product.html",
    upc: "",
    mpn: "",
    gtin: "",
    search_keywords: "",
    availability: random.pick([
      "available",
      "available",
      "disabled",
      "preorder",
    ]),
    availability_description: "",
    gift_wrapping_options_type: "any",
    gift_wrapping_options_list: [],
    sort_order: random.int(-1, 9),
    condition: random.pick(["New", "New", "Used", "Refurbished"]),
    is_condition_shown: false,
    order_quantity_minimum: 0,
    order_quantity_maximum: 0,
    page_title: "",
    meta_keywords: [],
    meta_description: "",
    view_count: random.int(0, 900),
    reviews_rating_sum: ratings * random.int(1, 5),
    reviews_count: ratings,
    total_sold: random.int(0, 200),
    is_price_hidden: false,
    price_hidden_label: "",
    custom_url: { url: `/product-${id}/`, is_customized: random.chance(0.2) },
    base_variant_id: hasVariants ? null : firstVariant,
    date_created: toCatalogDate(madeAt),
    date_modified: dateModified,
    bulk_pricing_rules: [],
    channels: random.chance(0.3) ? [1, 2] : [1],
    custom_fields: random.chance(0.2)
      ? [{ id: id * 2, name: "Origin", value: "Sandbox" }]
      : [],
    images: image ? [image] : [],
    modifiers: [],
    options: [],
    parent_relations: [],
    primary_image: image ?? null,
    reviews: [],
    variants: (hasVariants ? [0, 1, 2] : [0]).map((one) => ({
      id: firstVariant + one,
      product_id: id,
      sku: hasVariants && sku !== "" ? `${sku}-${one + 1}` : sku,
      price: null,
    })),
    videos: [],
  };
}

function createImage(
  id: number,
  description: string,
  dateModified: string,
): ProductImageRow {
  const url = (size: string) =>
    `https://cdn.example.com/products/${id}/${size}.jpg`;
  return {
    id: id * 10,
    product_id: id,
    is_thumbnail: true,
    sort_order: 0,
    description,
    image_file: `s/${id}.jpg`,
    url_zoom: url("zoom"),
    url_standard: url("standard"),
    url_thumbnail: url("thumbnail"),
    url_tiny: url("tiny"),
    date_modified: dateModified,
  };
}
