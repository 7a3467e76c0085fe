import type { GraphQLResolveInfo } from "graphql";
import {
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  Info,
  Resolver,
  Root,
} from "type-graphql";
import { PageArguments } from "../../../graph/arguments";
import type { Scope } from "../../../graph/caller";
import type { Connection } from "../../../graph/connection";
import { createConnectionType } from "../../../graph/connection";
import { CustomerAddress } from "../../../graph/customer-address";
import type { OperationContext } from "../../../graph/operation-context";
import { PersonalData } from "../../../graph/personal-data";
import { resolveLink } from "../../../graph/resolve-connection";
import { CommerceLayerSession } from "../session";
import type { ResourceType } from "../wire";
import { CommerceLayerAttachment } from "./attachment";
import { CommerceLayerCustomer } from "./customer";
import { CommerceLayerCustomerAddress } from "./customer-address";
import { CommerceLayerCustomerGroup } from "./customer-group";
import { CommerceLayerCustomerPaymentSource } from "./customer-payment-source";
import { CommerceLayerCustomerSubscription } from "./customer-subscription";
import { CommerceLayerMarket } from "./market";
import { CommerceLayerOrder } from "./order";
import { CommerceLayerOrderSubscription } from "./order-subscription";
import { CommerceLayerPriceList } from "./price-list";
import type { CommerceLayerResource } from "./resource";
import { CommerceLayerReturn } from "./return";

const MarketConnection = createConnectionType(
  CommerceLayerMarket,
  "CommerceLayerMarket",
  "markets",
);
const AttachmentConnection = createConnectionType(
  CommerceLayerAttachment,
  "CommerceLayerAttachment",
  "attachments",
);
const CustomerAddressConnection = createConnectionType(
  CommerceLayerCustomerAddress,
  "CommerceLayerCustomerAddress",
  "entries of an address book",
);
const CustomerPaymentSourceConnection = createConnectionType(
  CommerceLayerCustomerPaymentSource,
  "CommerceLayerCustomerPaymentSource",
  "payment sources",
);
const CustomerSubscriptionConnection = createConnectionType(
  CommerceLayerCustomerSubscription,
  "CommerceLayerCustomerSubscription",
  "subscriptions of a customer",
);
const OrderConnection = createConnectionType(
  CommerceLayerOrder,
  "CommerceLayerOrder",
  "orders",
);
const OrderSubscriptionConnection = createConnectionType(
  CommerceLayerOrderSubscription,
  "CommerceLayerOrderSubscription",
  "subscriptions to orders",
);
const ReturnConnection = createConnectionType(
  CommerceLayerReturn,
  "CommerceLayerReturn",
  "returns",
);

@Resolver(() => CommerceLayerCustomerGroup)
export class CommerceLayerCustomerGroupResolver {
  @FieldResolver(() => MarketConnection, {
    nullable: true,
    description:
      "The markets that are private to the group. Null in accounts whose API has no such link.",
  })
  async markets(
    @Root() group: CommerceLayerCustomerGroup,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(group, "customer_groups", args, context, info);
  }

  @Authorized<Scope>("read:customers")
  @FieldResolver(() => AttachmentConnection, {
    nullable: true,
    description:
      "Files attached to the group, oldest first. Null in accounts whose API has no such link.",
  })
  async attachments(
    @Root() group: CommerceLayerCustomerGroup,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(group, "customer_groups", args, context, info);
  }

  @FieldResolver(() => CommerceLayerPriceList, {
    nullable: true,
    description:
      "The price list of the group's members, in accounts of the API's age of 2019. Null where the API has no such link: today a group has markets, and those have price lists.",
  })
  async priceList(
    @Root() group: CommerceLayerCustomerGroup,
    @Ctx() context: OperationContext,
  ): Promise<unknown> {
    return sessionOf(group, context).linkedOne(
      group,
      "customer_groups",
      "priceList",
    );
  }
}

@Resolver(() => CommerceLayerCustomer)
export class CommerceLayerCustomerResolver {
  @FieldResolver(() => CustomerAddressConnection, {
    nullable: true,
    description:
      "The customer's address book, as Commerce Layer keeps it; `addresses` gives the same in common terms.",
  })
  async customerAddresses(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }

  @FieldResolver(() => CustomerPaymentSourceConnection, {
    nullable: true,
    description: "The customer's wallet, without its tokens.",
  })
  async customerPaymentSources(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }

  @FieldResolver(() => CustomerSubscriptionConnection, {
    nullable: true,
    description: "What the customer subscribed to, such as newsletters.",
  })
  async customerSubscriptions(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }

  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: "The customer's orders, drafts included, oldest first.",
  })
  async orders(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }

  @FieldResolver(() => OrderSubscriptionConnection, {
    nullable: true,
    description: "The customer's repeated orders, oldest first.",
  })
  async orderSubscriptions(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }

  @FieldResolver(() => ReturnConnection, {
    nullable: true,
    description: "What the customer sent back, oldest first.",
  })
  async returns(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }

  @FieldResolver(() => AttachmentConnection, {
    nullable: true,
    description: "Files attached to the customer, oldest first.",
  })
  async attachments(
    @Root() customer: CommerceLayerCustomer,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    return linkedConnection(customer, "customers", args, context, info);
  }
}

@Resolver(() => CommerceLayerMarket)
export class CommerceLayerMarketResolver {
  @FieldResolver(() => CommerceLayerPriceList, {
    nullable: true,
    description: "The prices that hold in the market.",
  })
  async priceList(
    @Root() market: CommerceLayerMarket,
    @Ctx() context: OperationContext,
  ): Promise<unknown> {
    return sessionOf(market, context).linkedOne(market, "markets", "priceList");
  }
}

@Resolver(() => CommerceLayerCustomerAddress)
export class CommerceLayerCustomerAddressResolver {
  @PersonalData()
  @FieldResolver(() => CustomerAddress, {
    nullable: true,
    description: "The address itself, in common terms.",
  })
  async address(
    @Root() entry: CommerceLayerCustomerAddress,
    @Ctx() context: OperationContext,
  ): Promise<unknown> {
    return sessionOf(entry, context).linkedOne(
      entry,
      "customer_addresses",
      "address",
    );
  }
}

/** A page of the link that the field of this name leads over. */
async function linkedConnection(
  owner: CommerceLayerResource,
  type: ResourceType,
  page: PageArguments,
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<Connection | null> {
  const session = sessionOf(owner, context);
  return resolveLink(
    { list: [`${info.parentType.name}.${info.fieldName}`, owner.id], page },
    owner.storeKey,
    (request) => session.linkedPage(owner, type, info.fieldName, request),
    info,
  );
}

function sessionOf(
  row: CommerceLayerResource,
  context: OperationContext,
): CommerceLayerSession {
  const { session } = context.storeOf(row);
  if (session instanceof CommerceLayerSession) return session;
  throw new Error("A Commerce Layer row came to another platform's store.");
}
