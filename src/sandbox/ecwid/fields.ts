import type { KnownFields } from "./response-fields";

const envelope = {
  total: true,
  count: true,
  offset: true,
  limit: true,
} as const;

const place = {
  name: true,
  companyName: true,
  street: true,
  city: true,
  countryCode: true,
  countryName: true,
  postalCode: true,
  stateOrProvinceCode: true,
  stateOrProvinceName: true,
  phone: true,
} as const;

/** The fields of a customer group. */
export const customerGroupFields = {
  id: true,
  name: true,
  externalReferenceId: true,
} as const satisfies KnownFields;

/** The fields of a customer that is read by id. */
export const customerFields = {
  id: true,
  name: true,
  email: true,
  registered: true,
  updated: true,
  customerGroupId: true,
  customerGroupName: true,
  billingPerson: { ...place, firstName: true, lastName: true },
  shippingAddresses: {
    ...place,
    id: true,
    note: true,
    createdDate: true,
    defaultAddress: true,
    orderBy: true,
    addressFormatted: true,
  },
  contacts: {
    id: true,
    contact: true,
    handle: true,
    note: true,
    type: true,
    default: true,
    orderBy: true,
    timestamp: true,
  },
  taxExempt: true,
  taxId: true,
  taxIdValid: true,
  b2b_b2c: true,
  fiscalCode: true,
  electronicInvoicePecEmail: true,
  electronicInvoiceSdiCode: true,
  acceptMarketing: true,
  lang: true,
  stats: {
    numberOfOrders: true,
    salesValue: true,
    averageOrderValue: true,
    firstOrderDate: true,
    lastOrderDate: true,
  },
  privateAdminNotes: true,
  favorites: { productId: true, addedTimestamp: true },
  extrafields: {
    key: true,
    title: true,
    value: true,
    orderBy: true,
    type: true,
    entityTypes: true,
  },
  externalReferenceId: true,
} as const satisfies KnownFields;

/** The fields of a search for groups. */
export const customerGroupSearchFields = {
  ...envelope,
  items: customerGroupFields,
} as const satisfies KnownFields;

/** The fields of a search for customers. */
export const customerSearchFields = {
  ...envelope,
  items: { ...customerFields, totalOrderCount: true },
  allCustomerCount: true,
} as const satisfies KnownFields;
