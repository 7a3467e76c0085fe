import type { GraphQLResolveInfo } from "graphql";
import {
  Authorized,
  Arg,
  Args,
  Ctx,
  ID,
  Info,
  Query,
  Resolver,
} from "type-graphql";
import { BadUserInputError } from "../../domain/errors";
import { CustomerGroupsArguments, CustomersArguments } from "../arguments";
import type { Connection } from "../connection";
import { Customer, CustomerConnection } from "../customer";
import { CustomerGroup, CustomerGroupConnection } from "../customer-group";
import { locateEntity, maxNodes, readNode, requireNodes } from "../entities";
import { listCustomerGroups, listCustomers } from "../lists";
import { Node } from "../node";
import type { Scope } from "../caller";
import type { CustomerRow } from "../../platforms/platform";
import { requireEmail } from "../criteria";
import type { OperationContext } from "../operation-context";
import { AssumedSize } from "../assumed-size";
import { PersonalData } from "../personal-data";
import { Store } from "../store";

@Resolver()
export class QueryResolver {
  @Query(() => Node, {
    nullable: true,
    description:
      "Anything that has a global id. Null when it does not exist (any more).",
  })
  async node(
    @Arg("id", () => ID, { description: "A global id of any kind." })
    id: string,
    @Ctx() context: OperationContext,
  ): Promise<unknown> {
    return readNode(context, id, "id");
  }

  @AssumedSize(25)
  @Query(() => [Node], {
    nullable: "items",
    description:
      "Many things by their global ids, in the order of the ids. What does not exist is null; what cannot be read is null with an error of its own.",
  })
  nodes(
    @Arg("ids", () => [ID], {
      description: `Global ids of any kinds, at most ${maxNodes}.`,
    })
    ids: string[],
    @Ctx() context: OperationContext,
  ): Promise<unknown>[] {
    requireNodes(ids);
    return ids.map((id, index) => readNode(context, id, `ids[${index}]`));
  }

  @AssumedSize(3)
  @Query(() => [Store], {
    description: "All stores, in the order of the configuration.",
  })
  stores(@Ctx() context: OperationContext): Store[] {
    return context.stores.map(
      ({ key, platform }) => new Store(key, platform.enumValue),
    );
  }

  @Query(() => Store, { nullable: true, description: "One store." })
  store(
    @Arg("key", () => String, {
      description: "The name it has in the configuration.",
    })
    key: string,
    @Ctx() context: OperationContext,
  ): Store {
    const store = context.store(key);
    if (!store) {
      throw new BadUserInputError(
        "key",
        'names no store; "stores { key }" lists them',
      );
    }
    return new Store(store.key, store.platform.enumValue);
  }

  @Authorized<Scope>("read:groups")
  @Query(() => CustomerGroup, {
    nullable: true,
    description: "One group. Null when it does not exist (any more).",
  })
  async customerGroup(
    @Arg("id", () => ID, { description: "The group's global id." }) id: string,
    @Ctx() context: OperationContext,
  ): Promise<unknown> {
    const { store, kind, nativeId } = locateEntity(
      context,
      id,
      "id",
      "CustomerGroup",
    );
    return store.session.entity(kind, nativeId);
  }

  @Authorized<Scope>("read:groups")
  @Query(() => CustomerGroupConnection, {
    nullable: true,
    description:
      "The groups of all stores, in the order of the configuration, then in the platform's own order.",
  })
  async customerGroups(
    @Args(() => CustomerGroupsArguments) args: CustomerGroupsArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    return listCustomerGroups(context, args, info);
  }

  @Authorized<Scope>("read:customers")
  @Query(() => Customer, {
    nullable: true,
    description: "One customer. Null when it does not exist (any more).",
  })
  async customer(
    @Arg("id", () => ID, { description: "The customer's global id." })
    id: string,
    @Ctx() context: OperationContext,
  ): Promise<unknown> {
    const { store, kind, nativeId } = locateEntity(
      context,
      id,
      "id",
      "Customer",
    );
    return store.session.entity(kind, nativeId);
  }

  @Authorized<Scope>("read:customers")
  @Query(() => CustomerConnection, {
    nullable: true,
    description:
      "The customers of all stores, in the order of the configuration, then in the platform's own order.",
  })
  async customers(
    @Args(() => CustomersArguments) args: CustomersArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection> {
    return listCustomers(context, args, info);
  }

  @PersonalData()
  @Authorized<Scope>("read:customers")
  @AssumedSize(3)
  @Query(() => [Customer], {
    nullable: "itemsAndList",
    description:
      "The customers of all stores with this e-mail address, the case of letters aside, in the order of the stores. A store that cannot be searched is one null with an error of its own.",
  })
  async customersByEmail(
    @Arg("email", () => String, { description: "The whole address." })
    email: string,
    @Ctx() context: OperationContext,
  ): Promise<readonly (CustomerRow | Error)[]> {
    const address = requireEmail(email, "email").toLowerCase();
    const found = await Promise.all(
      context.stores.map(({ session }) =>
        session.customersByEmail(address).catch((error: unknown) => {
          if (error instanceof Error) return [error];
          throw error;
        }),
      ),
    );
    return found.flat();
  }
}
