import {
  type ReadValue,
  ValueMismatch,
  boolean,
  dateTime,
  decimal,
  integer,
  members,
  requiredText,
  text,
} from "../read-value";
import { BigCommerceCategory } from "./graph/category";
import { BigCommerceCustomer } from "./graph/customer";
import { BigCommerceCustomerGroup } from "./graph/customer-group";
import type { BigCommerceEntity } from "./graph/entity";
import { BigCommercePriceList } from "./graph/price-list";
import { BigCommerceProduct } from "./graph/product";
import { readCategoryAccess, readDiscountRules } from "./pricing";
import { idOf, isObject } from "./wire";

/** How a field of a GraphQL type stands on the wire. */
export interface FieldRule {
  /** The member's name in the object. */
  readonly wire: string;
  readonly read: ReadValue;
}

/** The endpoints that entities are read from. */
export type EntityName =
  "customer_groups" | "customers" | "categories" | "products" | "pricelists";

export interface EntityRule {
  /** As it stands in a global id. */
  readonly kind: string;
  /** The object type in the schema. */
  readonly typename: string;
  /** The right that a caller needs to read one by its id. */
  readonly scope: "read:groups" | "read:customers";
  readonly create: () => BigCommerceEntity;
  /** The member that holds the id. */
  readonly id: string;
  /** Where lists of them are; groups are in v2 and read on their own. */
  readonly path: string;
  /** Whether the list takes `include_fields`. */
  readonly isSparse: boolean;
  /** By the field's name in the schema. */
  readonly fields: Readonly<Record<string, FieldRule>>;
}

/** An id of another entity; 0 stands for none. */
export const reference: ReadValue = (value) => {
  if (value === null || value === undefined) return null;
  const id = idOf(value);
  if (id === null) throw new ValueMismatch("an id");
  return id === "0" ? null : id;
};

/** Dates of groups may be null, and the documentation's own page shows `{}`. */
const groupDate: ReadValue = (value, signals) =>
  isObject(value) ? null : dateTime(value, signals);

/** A boolean that is false when it is absent. */
const flag: ReadValue = (value, signals) => boolean(value, signals) ?? false;

/** The amount of the store credit, which comes as a list of one. */
const storeCredit: ReadValue = (value, signals) =>
  Array.isArray(value) && isObject(value[0])
    ? decimal(value[0]["amount"], signals)
    : null;

const pathOf = (member: string): ReadValue => {
  const read = members({ path: { wire: member, read: text } });
  return (value, signals) =>
    (read(value, signals) as { path: unknown } | null)?.path ?? null;
};

const createdAt: FieldRule = { wire: "date_created", read: dateTime };
const updatedAt: FieldRule = { wire: "date_modified", read: dateTime };

/**
 * Everything that is read. What does not stand here, staff's notes and
 * registration addresses among it, is not shown.
 */
export const entities: Readonly<Record<EntityName, EntityRule>> = {
  customer_groups: {
    kind: "CustomerGroup",
    typename: "BigCommerceCustomerGroup",
    scope: "read:groups",
    create: () => new BigCommerceCustomerGroup(),
    id: "id",
    path: "/v2/customer_groups",
    isSparse: false,
    fields: {
      name: { wire: "name", read: requiredText },
      createdAt: { wire: "date_created", read: groupDate },
      updatedAt: { wire: "date_modified", read: groupDate },
      isDefault: { wire: "is_default", read: flag },
      isGroupForGuests: { wire: "is_group_for_guests", read: flag },
      categoryAccess: { wire: "category_access", read: readCategoryAccess },
      discountRules: { wire: "discount_rules", read: readDiscountRules },
    },
  },
  customers: {
    kind: "Customer",
    typename: "BigCommerceCustomer",
    scope: "read:customers",
    create: () => new BigCommerceCustomer(),
    id: "id",
    path: "/v3/customers",
    isSparse: false,
    fields: {
      email: { wire: "email", read: text },
      firstName: { wire: "first_name", read: text },
      lastName: { wire: "last_name", read: text },
      company: { wire: "company", read: text },
      phone: { wire: "phone", read: text },
      taxExemptCategory: { wire: "tax_exempt_category", read: text },
      storeCredit: { wire: "store_credit_amounts", read: storeCredit },
      originChannelId: { wire: "origin_channel_id", read: reference },
      createdAt,
      updatedAt,
    },
  },
  categories: {
    kind: "BigCommerceCategory",
    typename: "BigCommerceCategory",
    scope: "read:groups",
    create: () => new BigCommerceCategory(),
    id: "category_id",
    path: "/v3/catalog/trees/categories",
    isSparse: true,
    fields: {
      name: { wire: "name", read: requiredText },
      path: { wire: "url", read: pathOf("path") },
      description: { wire: "description", read: text },
      imageUrl: { wire: "image_url", read: text },
      isVisible: { wire: "is_visible", read: boolean },
      sortOrder: { wire: "sort_order", read: integer },
      parent: { wire: "parent_id", read: reference },
    },
  },
  products: {
    kind: "BigCommerceProduct",
    typename: "BigCommerceProduct",
    scope: "read:groups",
    create: () => new BigCommerceProduct(),
    id: "id",
    path: "/v3/catalog/products",
    isSparse: true,
    fields: {
      name: { wire: "name", read: requiredText },
      sku: { wire: "sku", read: text },
      type: { wire: "type", read: text },
      price: { wire: "price", read: decimal },
      path: { wire: "custom_url", read: pathOf("url") },
      isVisible: { wire: "is_visible", read: boolean },
    },
  },
  pricelists: {
    kind: "BigCommercePriceList",
    typename: "BigCommercePriceList",
    scope: "read:groups",
    create: () => new BigCommercePriceList(),
    id: "id",
    path: "/v3/pricelists",
    isSparse: false,
    fields: {
      name: { wire: "name", read: requiredText },
      active: { wire: "active", read: boolean },
      createdAt,
      updatedAt,
    },
  },
};
