import type { JsonObject } from "../json";

/**
 * What every record has. Attributes and links carry the platform's spelling:
 * an attribute stands under its own name, the id behind a to-one relationship
 * under the relationship's name with `_id`.
 */
export interface Row {
  /** The hidden numeric key, from 1: the order in which records were made. */
  readonly key: number;
  /** Ten letters in mixed case, unique in the type but not among types. */
  readonly id: string;
  /**
   * True for a record from before the newer attributes and relationships: its
   * documents have none of those, nor `meta.organization_id`.
   */
  readonly old?: true;
  readonly created_at: string;
  readonly updated_at: string;
  readonly reference: string | null;
  readonly reference_origin: string | null;
  readonly metadata: JsonObject | null;
}

export interface CustomerGroupRow extends Row {
  readonly name: string;
  readonly code: string | null;
  /** Served by the `legacy` age alone. */
  readonly price_list_id: string | null;
}

export interface CustomerRow extends Row {
  readonly email: string;
  readonly status: "prospect" | "acquired" | "repeat";
  readonly has_password: boolean | null;
  /** The number of the customer's orders; null for an old record. */
  readonly total_orders_count: number | null;
  readonly shopper_reference: string | null;
  readonly profile_id: string | null;
  readonly tax_exemption_code: string | null;
  readonly jwt_custom_claim: JsonObject | null;
  readonly anonymization_info: JsonObject | null;
  readonly anonymization_status: string | null;
  readonly customer_group_id: string | null;
  readonly tag_ids: readonly string[];
}

export interface MarketRow extends Row {
  readonly number: number;
  readonly name: string;
  readonly code: string | null;
  readonly facebook_pixel_id: string | null;
  readonly checkout_url: string | null;
  readonly private: boolean;
  readonly shipping_cost_cutoff: number | null;
  readonly disabled_at: string | null;
  /** A canary: `canary-market-secret-<n>`. */
  readonly shared_secret: string;
  readonly external_includes: readonly string[];
  readonly price_list_id: string;
  readonly customer_group_id: string | null;
}

export interface PriceListRow extends Row {
  readonly name: string;
  readonly code: string | null;
  readonly currency_code: string;
  readonly tax_included: boolean;
}

export interface AttachmentRow extends Row {
  readonly name: string;
  readonly description: string | null;
  readonly url: string | null;
  readonly attachable_type: "customer_groups" | "customers";
  readonly attachable_id: string;
}

export interface AddressRow extends Row {
  readonly business: boolean;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly company: string | null;
  readonly full_name: string;
  readonly line_1: string;
  readonly line_2: string | null;
  readonly city: string;
  readonly zip_code: string | null;
  readonly state_code: string | null;
  readonly country_code: string;
  readonly phone: string;
  readonly full_address: string;
  readonly name: string;
  readonly email: string | null;
  readonly notes: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly is_localized: boolean;
  readonly is_geocoded: boolean;
}

export interface CustomerAddressRow extends Row {
  readonly name: string;
  readonly customer_email: string;
  readonly customer_id: string;
  readonly address_id: string;
}

export interface CustomerPaymentSourceRow extends Row {
  readonly name: string | null;
  /** A canary: `canary-customer-token-<n>`. */
  readonly customer_token: string;
  /** A canary: `canary-payment-token-<n>`. */
  readonly payment_source_token: string;
  readonly customer_id: string;
}

export interface CustomerSubscriptionRow extends Row {
  readonly customer_email: string;
  readonly customer_id: string;
}

export interface OrderRow extends Row {
  /** A number for some and text for others, as recorded from the platform. */
  readonly number: number | string;
  readonly status: string;
  readonly payment_status: string;
  readonly fulfillment_status: string;
  readonly guest: boolean;
  readonly editable: boolean;
  readonly customer_email: string;
  readonly language_code: string;
  readonly currency_code: string;
  readonly country_code: string;
  readonly tax_included: boolean;
  readonly subtotal_amount_cents: number;
  readonly shipping_amount_cents: number;
  readonly discount_amount_cents: number;
  readonly total_amount_cents: number;
  readonly total_amount_float: number;
  readonly formatted_total_amount: string;
  readonly total_amount_with_taxes_cents: number;
  readonly formatted_total_amount_with_taxes: string;
  readonly skus_count: number;
  /** A canary: `canary-order-token-<n>`. */
  readonly token: string;
  readonly placed_at: string | null;
  readonly approved_at: string | null;
  readonly cancelled_at: string | null;
  readonly customer_id: string;
  readonly market_id: string;
  readonly shipping_address_id: string | null;
  readonly billing_address_id: string | null;
}

export interface OrderSubscriptionRow extends Row {
  readonly number: string;
  readonly status: string;
  readonly frequency: string;
  readonly activate_by_source_order: boolean;
  readonly place_target_order: boolean;
  readonly renewal_alert_period: number | null;
  readonly customer_email: string;
  readonly starts_at: string | null;
  readonly expires_at: string | null;
  readonly last_run_at: string | null;
  readonly next_run_at: string | null;
  readonly occurrencies: number;
  readonly errors_count: number;
  readonly succeeded_on_last_run: boolean | null;
  readonly customer_id: string;
  readonly market_id: string;
  readonly source_order_id: string | null;
  readonly customer_payment_source_id: string | null;
}

export interface ReturnRow extends Row {
  readonly number: string;
  readonly status: string;
  readonly customer_email: string;
  readonly skus_count: number;
  readonly approved_at: string | null;
  readonly cancelled_at: string | null;
  readonly received_at: string | null;
  readonly refunded_at: string | null;
  readonly estimated_refund_amount_cents: number | null;
  readonly estimated_refund_amount_float: number | null;
  readonly formatted_estimated_refund_amount: string | null;
  readonly customer_id: string;
  readonly order_id: string;
  readonly origin_address_id: string | null;
}

export interface SkuListRow extends Row {
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly image_url: string | null;
  readonly manual: boolean;
  readonly sku_code_regex: string | null;
  readonly customer_id: string;
}

export interface TagRow extends Row {
  readonly name: string;
}

export interface EventRow extends Row {
  readonly name: string;
  readonly subject_type: "customers";
  readonly subject_id: string;
}
