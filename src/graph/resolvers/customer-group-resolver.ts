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
import { CustomersArguments } from "../arguments";
import type { Connection } from "../connection";
import type { CustomerGroupRow } from "../../platforms/platform";
import { customerCriteria } from "../criteria";
import { CustomerConnection } from "../customer";
import { CustomerGroup } from "../customer-group";
import type { Scope } from "../caller";
import type { OperationContext } from "../operation-context";
import { resolveConnection, resolveLink } from "../resolve-connection";
import { Store } from "../store";

/**
 * What every group answers alike, whatever its platform. Roots are typed by
 * their interface: of a class, type-graphql would make a copy.
 */
@Resolver(() => CustomerGroup)
export class CustomerGroupResolver {
  @FieldResolver(() => Store, { description: "The account it belongs to." })
  store(
    @Root() group: CustomerGroupRow,
    @Ctx() context: OperationContext,
  ): Store {
    const { key, platform } = context.storeOf(group);
    return new Store(key, platform.enumValue);
  }

  @Authorized<Scope>("read:customers")
  @FieldResolver(() => CustomerConnection, {
    nullable: true,
    description:
      "The group's members, in the platform's own order. One upstream request for each page of the platform.",
  })
  async customers(
    @Root() group: CustomerGroupRow,
    @Args(() => CustomersArguments) args: CustomersArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection | null> {
    const { key, session } = context.storeOf(group);
    const restricted = customerCriteria(context, args.filter).find(
      ({ store }) => store.key === key,
    );
    const list = {
      list: ["CustomerGroup.customers", group.id, args.filter ?? null],
      page: args,
    };
    return restricted
      ? resolveLink(
          list,
          key,
          (request) =>
            session.customersOf(group, {
              ...request,
              criteria: restricted.criteria,
            }),
          info,
        )
      : resolveConnection(
          { ...list, sources: [], isolateFailures: false },
          info,
        );
  }
}
