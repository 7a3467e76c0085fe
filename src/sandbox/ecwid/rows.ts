/** A customer group. */
export interface CustomerGroupRow {
  /** 0 for the built-in group General. */
  readonly id: number;
  readonly name: string;
  /** Most groups do not have the member at all. */
  readonly externalReferenceId?: string;
}

/** What the addresses of a customer have in common. */
export interface PlaceRow {
  readonly name?: string;
  readonly companyName?: string;
  /** Two lines have a line feed between them. */
  readonly street?: string;
  readonly city?: string;
  readonly countryCode?: string;
  readonly countryName?: string;
  readonly postalCode?: string;
  readonly stateOrProvinceCode?: string;
  readonly stateOrProvinceName?: string;
  readonly phone?: string;
}

/** Who pays. */
export interface BillingPersonRow extends PlaceRow {
  /** Only when the name has two words or more; so has `lastName`. */
  readonly firstName?: string;
  readonly lastName?: string;
}

/** An address that a customer saved. */
export interface ShippingAddressRow extends PlaceRow {
  readonly id: number;
  readonly note?: string;
  readonly createdDate: string;
  readonly defaultAddress: boolean;
  readonly orderBy: number;
  readonly addressFormatted: string;
}

/** A way to reach a customer. */
export interface ContactRow {
  readonly id: number;
  readonly contact: string;
  readonly handle?: string;
  readonly note?: string;
  /** `EMAIL`, `PHONE`, `FACEBOOK` and others. */
  readonly type: string;
  /** True for one of each type. */
  readonly default: boolean;
  readonly orderBy: number;
  readonly timestamp: string;
}

/** What a customer has bought. */
export interface StatsRow {
  readonly numberOfOrders: number;
  readonly salesValue: number;
  readonly averageOrderValue: number;
  /** Absent without orders, as is `lastOrderDate`. */
  readonly firstOrderDate?: string;
  readonly lastOrderDate?: string;
}

/** A field that the shop added to its customers. */
export interface ExtraFieldRow {
  readonly key: string;
  readonly title: string;
  readonly value: string;
  readonly orderBy: number;
  readonly type: string;
  readonly entityTypes: readonly string[];
}

/**
 * A customer as a search carries it; `totalOrderCount` is missing where one
 * customer is read by id. Dates are `yyyy-MM-dd HH:mm:ss Z`.
 */
export interface CustomerRow {
  readonly id: number;
  /** A copy of the billing person's name. */
  readonly name?: string;
  readonly email: string;
  readonly registered: string;
  readonly updated: string;
  readonly totalOrderCount?: number;
  /** 0 for General. */
  readonly customerGroupId: number;
  readonly customerGroupName: string;
  readonly billingPerson?: BillingPersonRow;
  readonly shippingAddresses?: readonly ShippingAddressRow[];
  readonly contacts?: readonly ContactRow[];
  readonly taxExempt?: boolean;
  readonly taxId?: string;
  readonly taxIdValid?: boolean;
  readonly b2b_b2c: "b2b" | "b2c";
  readonly fiscalCode?: string;
  readonly electronicInvoicePecEmail?: string;
  readonly electronicInvoiceSdiCode?: string;
  readonly acceptMarketing?: boolean;
  readonly lang?: string;
  readonly stats?: StatsRow;
  /** Empty or a canary: `canary-note-<n>`. */
  readonly privateAdminNotes?: string;
  readonly favorites: readonly {
    readonly productId: number;
    readonly addedTimestamp: string;
  }[];
  readonly extrafields?: readonly ExtraFieldRow[];
  readonly externalReferenceId?: string;
}
