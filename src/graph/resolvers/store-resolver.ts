import type { GraphQLResolveInfo } from "graphql";
import {
  Authorized,
  Args,
  Ctx,
  FieldResolver,
  Info,
  Resolver,
  Root,
} from "type-graphql";
import { CustomerGroupsArguments, CustomersArguments } from "../arguments";
import type { Connection } from "../connection";
import { CustomerConnection } from "../customer";
import { CustomerGroupConnection } from "../customer-group";
import { listCustomerGroups, listCustomers } from "../lists";
import { ModeEnum } from "../mode";
import type { Scope } from "../caller";
import type { OperationContext } from "../operation-context";
import { Store } from "../store";

@Resolver(() => Store)
export class StoreResolver {
  @FieldResolver(() => ModeEnum, {
    nullable: true,
    description:
      "Whether the account holds test or live data, where the platform tells.",
  })
  mode(
    @Root() store: Store,
    @Ctx() context: OperationContext,
  ): Promise<string | null> {
    return context.storeOf({ storeKey: store.key }).session.mode();
  }

  @Authorized<Scope>("read:groups")
  @FieldResolver(() => CustomerGroupConnection, {
    nullable: true,
    description: "The store's groups, in the platform's own order.",
  })
  customerGroups(
    @Root() store: Store,
    @Args(() => CustomerGroupsArguments) args: CustomerGroupsArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    return listCustomerGroups(context, args, info, store.key);
  }

  @Authorized<Scope>("read:customers")
  @FieldResolver(() => CustomerConnection, {
    nullable: true,
    description: "The store's customers, in the platform's own order.",
  })
  customers(
    @Root() store: Store,
    @Args(() => CustomersArguments) args: CustomersArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    return listCustomers(context, args, info, store.key);
  }
}
