/** A date of a group: the documentation's own page prints `{}`. */
export type GroupDate = string | null | Readonly<Record<string, never>>;

/** What a group's members may see of the catalog. */
export interface CategoryAccess {
  /** `all`, `specific`, `none`; one group carries a word nobody knows. */
  readonly type: string;
  /** Left out where the type needs none; may name deleted categories. */
  readonly categories?: readonly number[];
}

/** One discount of a group; which id it carries is decided by `type`. */
export interface DiscountRule {
  readonly type: string;
  readonly method?: string;
  /** A decimal with four places. */
  readonly amount?: string;
  readonly price_list_id?: number;
  /** A number in some rules, a string in others. */
  readonly category_id?: number | string;
  readonly product_id?: number | string;
  /** What rules of an unknown type carry. */
  readonly brand_id?: number;
}

/** A customer group as v2 writes it. */
export interface CustomerGroupRow {
  readonly id: number;
  readonly name: string;
  readonly is_default: boolean;
  readonly category_access: CategoryAccess;
  readonly discount_rules: readonly DiscountRule[];
  /** `YYYY-MM-DD HH:MM:SS`, in UTC. */
  readonly date_created: GroupDate;
  readonly date_modified: GroupDate;
  readonly is_group_for_guests: boolean;
}

/** An additional field of a form. */
export interface FormField {
  readonly name: string;
  readonly value: string | number | readonly string[];
}

/** An address; `form_fields` is served on request only. */
export interface CustomerAddressRow {
  readonly id: number;
  readonly customer_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly company: string;
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly state_or_province: string;
  readonly postal_code: string;
  readonly country: string;
  readonly country_code: string;
  readonly phone: string;
  readonly address_type: "residential" | "commercial";
  readonly form_fields: readonly (FormField & {
    readonly address_id: number;
  })[];
}

/** The value of an attribute; the attribute's name is not in it. */
export interface CustomerAttributeRow {
  readonly id: number;
  readonly attribute_id: number;
  readonly attribute_value: string;
  readonly customer_id: number;
  readonly date_created: string;
  readonly date_modified: string;
}

/**
 * A customer with all that `include` can add: `addresses`, `attributes`,
 * `form_fields`, `store_credit_amounts`, `shopper_profile_id`, `segment_ids`.
 */
export interface CustomerRow {
  readonly id: number;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly company: string;
  readonly phone: string;
  readonly registration_ip_address: string;
  /** Empty or a canary: `canary-note-<n>`. */
  readonly notes: string;
  readonly tax_exempt_category: string;
  /** 0 for no group. */
  readonly customer_group_id: number;
  /** ISO 8601 in UTC, whole seconds. */
  readonly date_created: string;
  readonly date_modified: string;
  readonly address_count: number;
  readonly attribute_count: number;
  readonly authentication: { readonly force_password_reset: boolean };
  readonly accepts_product_review_abandoned_cart_emails: boolean;
  readonly origin_channel_id: number;
  /** Null for a login that holds in every channel. */
  readonly channel_ids: readonly number[] | null;
  readonly addresses: readonly CustomerAddressRow[];
  readonly attributes: readonly CustomerAttributeRow[];
  readonly form_fields: readonly (FormField & {
    readonly customer_id: number;
  })[];
  readonly store_credit_amounts: readonly { readonly amount: number }[];
  readonly shopper_profile_id: string;
  readonly segment_ids: readonly string[];
}

/** A category of a tree. */
export interface CategoryRow {
  readonly category_id: number;
  readonly category_uuid: string;
  /** 0 for a root. */
  readonly parent_id: number;
  readonly tree_id: number;
  readonly name: string;
  /** HTML, may be empty. */
  readonly description: string;
  readonly views: number;
  readonly sort_order: number;
  readonly page_title: string;
  readonly meta_keywords: readonly string[];
  readonly meta_description: string;
  readonly layout_file: string;
  /** Empty when there is none. */
  readonly image_url: string;
  readonly is_visible: boolean;
  readonly search_keywords: string;
  readonly default_product_sort: string;
  readonly url: { readonly path: string; readonly is_customized: boolean };
}

/** A picture of a product. */
export interface ProductImageRow {
  readonly id: number;
  readonly product_id: number;
  readonly is_thumbnail: boolean;
  readonly sort_order: number;
  readonly description: string;
  readonly image_file: string;
  readonly url_zoom: string;
  readonly url_standard: string;
  readonly url_thumbnail: string;
  readonly url_tiny: string;
  readonly date_modified: string;
}

/**
 * A product with all that `include` can add: the fields from
 * `bulk_pricing_rules` on.
 */
export interface ProductRow {
  readonly id: number;
  readonly name: string;
  readonly type: "physical" | "digital";
  /** Unique or empty. */
  readonly sku: string;
  /** HTML. */
  readonly description: string;
  readonly weight: number;
  readonly price: number;
  readonly cost_price: number;
  readonly retail_price: number;
  /** 0 for none. */
  readonly sale_price: number;
  readonly map_price: number;
  readonly calculated_price: number;
  readonly tax_class_id: number;
  readonly categories: readonly number[];
  readonly brand_id: number;
  readonly inventory_level: number;
  readonly inventory_warning_level: number;
  readonly inventory_tracking: "none" | "product" | "variant";
  readonly is_free_shipping: boolean;
  readonly is_visible: boolean;
  readonly is_featured: boolean;
  readonly related_products: readonly number[];
  readonly layout_file: string;
  readonly upc: string;
  readonly mpn: string;
  readonly gtin: string;
  readonly search_keywords: string;
  readonly availability: "available" | "disabled" | "preorder";
  readonly availability_description: string;
  readonly gift_wrapping_options_type: "any" | "none" | "list";
  readonly gift_wrapping_options_list: readonly number[];
  readonly sort_order: number;
  readonly condition: "New" | "Used" | "Refurbished";
  readonly is_condition_shown: boolean;
  readonly order_quantity_minimum: number;
  readonly order_quantity_maximum: number;
  readonly page_title: string;
  readonly meta_keywords: readonly string[];
  readonly meta_description: string;
  readonly view_count: number;
  readonly reviews_rating_sum: number;
  readonly reviews_count: number;
  readonly total_sold: number;
  readonly is_price_hidden: boolean;
  readonly price_hidden_label: string;
  readonly custom_url: {
    readonly url: string;
    readonly is_customized: boolean;
  };
  /** Null for a product with variants to choose from. */
  readonly base_variant_id: number | null;
  /** ISO 8601 with an offset. */
  readonly date_created: string;
  readonly date_modified: string;
  readonly bulk_pricing_rules: readonly never[];
  readonly channels: readonly number[];
  readonly custom_fields: readonly {
    readonly id: number;
    readonly name: string;
    readonly value: string;
  }[];
  readonly images: readonly ProductImageRow[];
  readonly modifiers: readonly never[];
  readonly options: readonly never[];
  readonly parent_relations: readonly never[];
  /** Null for a product without a picture. */
  readonly primary_image: ProductImageRow | null;
  readonly reviews: readonly never[];
  readonly variants: readonly {
    readonly id: number;
    readonly product_id: number;
    readonly sku: string;
    readonly price: number | null;
  }[];
  readonly videos: readonly never[];
}

/** A price list. */
export interface PriceListRow {
  readonly id: number;
  /** Unique. */
  readonly name: string;
  readonly date_created: string;
  readonly date_modified: string;
  readonly active: boolean;
}

/** That a group has a price list in a channel. */
export interface PriceListAssignmentRow {
  readonly id: number;
  /** May name a deleted price list. */
  readonly price_list_id: number;
  /** 0 for an assignment to a channel alone. */
  readonly customer_group_id: number;
  readonly channel_id: number;
}
