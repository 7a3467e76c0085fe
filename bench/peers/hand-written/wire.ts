/** A resource of JSON:API, with the attributes that were asked for. */
export interface Resource<Attributes> {
  readonly id: string;
  readonly attributes: Attributes;
  readonly relationships?: {
    readonly customer_group?: { readonly data?: { id: string } | null };
  };
}

/** A JSON:API document of one resource or of several. */
export interface JsonApiDocument<Data> {
  readonly data: Data;
  readonly included?: readonly Resource<GroupAttributes>[];
}

export interface GroupAttributes {
  readonly name: string;
}

export interface CustomerAttributes {
  readonly email: string;
}

/** A customer group of BigCommerce's v2. Numbers may come as texts. */
export interface BigCommerceGroup {
  readonly id: number;
  readonly name: string;
  readonly category_access?: {
    readonly categories?: readonly (number | string)[];
  };
  readonly discount_rules?: readonly BigCommerceRule[];
}

export interface BigCommerceRule {
  readonly type: string;
  readonly category_id?: number | string;
  readonly product_id?: number | string;
  readonly price_list_id?: number | string;
}

/** A list of BigCommerce's v3. */
export interface BigCommerceList<Row> {
  readonly data: readonly Row[];
}

export interface BigCommerceCategoryRow {
  readonly category_id: number;
  readonly name: string;
}

export interface BigCommerceNamedRow {
  readonly id: number;
  readonly name: string;
}

/** A search of Ecwid. */
export interface EcwidSearch<Row> {
  readonly items: readonly Row[];
}

export interface EcwidCustomerRow {
  readonly id: number;
  readonly email: string;
  readonly customerGroupId?: number;
  readonly customerGroupName?: string;
}

export interface EcwidGroupRow {
  readonly id: number;
  readonly name: string;
}
