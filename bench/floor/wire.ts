/** What is read of the platforms' answers. */

/** A resource of JSON:API. */
export interface Resource<Attributes, Related extends string = never> {
  readonly type: string;
  readonly id: string;
  readonly attributes: Attributes;
  readonly relationships: Readonly<
    Record<
      Related,
      {
        readonly data?: { readonly id: string } | null;
        readonly links?: { readonly related: string };
      }
    >
  >;
}

/** A document of JSON:API. */
export interface JsonApiDocument<Data, Included = never> {
  readonly data: Data;
  readonly included?: readonly Included[];
}

export interface NameAttributes {
  readonly name: string;
}

export interface EmailAttributes {
  readonly email: string;
}

export interface BigCommerceRule {
  readonly type: string;
  readonly category_id?: number | string;
  readonly product_id?: number | string;
  readonly price_list_id?: number | string;
}

export interface BigCommerceGroup {
  readonly name: string;
  readonly category_access: {
    readonly categories?: readonly (number | string)[];
  };
  readonly discount_rules: readonly BigCommerceRule[];
}

export interface BigCommerceList<Row> {
  readonly data: readonly Row[];
}

export interface BigCommerceCategory {
  readonly category_id: number;
  readonly name: string;
}

/** A product or a price list. */
export interface BigCommerceNamed {
  readonly id: number;
  readonly name: string;
}

export interface EcwidList<Row> {
  readonly items: readonly Row[];
}

export interface EcwidCustomer {
  readonly customerGroupId?: number | null;
  readonly customerGroupName?: string;
}

export interface EcwidGroup {
  readonly id: number;
  readonly name: string;
}

/** A name as the graph has it; an empty one is none. */
export interface Named {
  readonly name: string | null;
}

export function toNamed({ name }: { readonly name: string }): Named {
  return { name: name || null };
}
