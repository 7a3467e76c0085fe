import { Random } from "../../random";
import type {
  AddressRow,
  AttachmentRow,
  CustomerAddressRow,
  CustomerGroupRow,
  CustomerPaymentSourceRow,
  CustomerRow,
  CustomerSubscriptionRow,
  EventRow,
  MarketRow,
  OrderRow,
  OrderSubscriptionRow,
  PriceListRow,
  ReturnRow,
  SkuListRow,
  TagRow,
} from "../rows";
import {
  createAddresses,
  createAttachments,
  createCustomerSubscriptions,
  createEvents,
  createPaymentSources,
  createSkuLists,
} from "./belongings";
import {
  createCustomerGroups,
  createMarkets,
  createPriceLists,
} from "./customer-groups";
import { createCustomers, createTags } from "./customers";
import {
  createOrders,
  createOrderSubscriptions,
  createReturns,
} from "./orders";

/** All records of a room, each list in the numeric order (`Row.key`). */
export interface CommerceLayerData {
  readonly customerGroups: readonly CustomerGroupRow[];
  readonly customers: readonly CustomerRow[];
  readonly markets: readonly MarketRow[];
  readonly priceLists: readonly PriceListRow[];
  readonly attachments: readonly AttachmentRow[];
  readonly customerAddresses: readonly CustomerAddressRow[];
  readonly addresses: readonly AddressRow[];
  readonly customerPaymentSources: readonly CustomerPaymentSourceRow[];
  readonly customerSubscriptions: readonly CustomerSubscriptionRow[];
  readonly orders: readonly OrderRow[];
  readonly orderSubscriptions: readonly OrderSubscriptionRow[];
  readonly returns: readonly ReturnRow[];
  readonly skuLists: readonly SkuListRow[];
  readonly tags: readonly TagRow[];
  readonly events: readonly EventRow[];
}

/** Makes all records; equal seeds make equal ones. */
export function createData(seed: number): CommerceLayerData {
  const random = new Random(seed);
  const priceLists = createPriceLists(random.fork("price lists"));
  const customerGroups = createCustomerGroups(
    random.fork("customer groups"),
    priceLists,
  );
  const markets = createMarkets(
    random.fork("markets"),
    customerGroups,
    priceLists,
  );
  const tags = createTags(random.fork("tags"));
  const customers = createCustomers(
    random.fork("customers"),
    customerGroups,
    tags,
  );
  const { addresses, customerAddresses } = createAddresses(
    random.fork("addresses"),
    customers,
  );
  const customerPaymentSources = createPaymentSources(
    random.fork("payment sources"),
    customers,
  );
  const orders = createOrders(
    random.fork("orders"),
    customers,
    markets,
    priceLists,
    customerAddresses,
  );
  return {
    customerGroups,
    customers,
    markets,
    priceLists,
    attachments: createAttachments(
      random.fork("attachments"),
      customerGroups,
      customers,
    ),
    customerAddresses,
    addresses,
    customerPaymentSources,
    customerSubscriptions: createCustomerSubscriptions(
      random.fork("subscriptions"),
      customers,
    ),
    orders,
    orderSubscriptions: createOrderSubscriptions(
      random.fork("order subscriptions"),
      orders,
      customerPaymentSources,
    ),
    returns: createReturns(random.fork("returns"), orders),
    skuLists: createSkuLists(random.fork("sku lists"), customers),
    tags,
    events: createEvents(random.fork("events"), customers),
  };
}
