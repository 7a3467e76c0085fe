import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type {
  CustomerAddressRow,
  CustomerRow,
  MaybePromise,
} from "../../platforms/platform";
import { isEmail } from "../criteria";
import { Customer } from "../customer";
import { CustomerAddress } from "../customer-address";
import { CustomerGroup } from "../customer-group";
import type { Scope } from "../caller";
import type { OperationContext } from "../operation-context";
import { AssumedSize } from "../assumed-size";
import { PersonalData } from "../personal-data";
import { Store } from "../store";

/**
 * What every customer answers alike, whatever its platform. Roots are typed by
 * their interface: of a class, type-graphql would make a copy.
 */
@Resolver(() => Customer)
export class CustomerResolver {
  @FieldResolver(() => Store, { description: "The account it belongs to." })
  store(
    @Root() customer: CustomerRow,
    @Ctx() context: OperationContext,
  ): Store {
    const { key, platform } = context.storeOf(customer);
    return new Store(key, platform.enumValue);
  }

  @Authorized<Scope>("read:groups")
  @FieldResolver(() => CustomerGroup, {
    nullable: true,
    description: "The group that the customer is in; null when in none.",
  })
  customerGroup(
    @Root() customer: CustomerRow,
    @Ctx() context: OperationContext,
  ): unknown {
    return context.storeOf(customer).session.customerGroupOf(customer);
  }

  @PersonalData()
  @AssumedSize(2)
  @FieldResolver(() => [CustomerAddress], {
    nullable: true,
    description: "All addresses that the shop keeps of the customer.",
  })
  addresses(
    @Root() customer: CustomerRow,
    @Ctx() context: OperationContext,
  ): MaybePromise<readonly (CustomerAddressRow | Error)[] | null> {
    return context.storeOf(customer).session.addressesOf(customer);
  }

  @PersonalData()
  @Authorized<Scope>("read:customers")
  // A search for each row, which no weight can say on an interface.
  @AssumedSize(10)
  @FieldResolver(() => [Customer], {
    nullable: true,
    description:
      "Customers of other stores with this e-mail address, the case of letters aside, in the order of the stores. One search in each other store, or fewer. Null, with an error, when a store could not be searched.",
  })
  async sameEmail(
    @Root() customer: CustomerRow,
    @Ctx() context: OperationContext,
  ): Promise<readonly (CustomerRow | Error)[]> {
    const { storeKey } = customer;
    const email = customer.email?.toLowerCase();
    if (!email || !isEmail(email)) return [];
    const others = context.stores.filter(({ key }) => key !== storeKey);
    const found = await Promise.all(
      others.map(({ session }) => session.customersByEmail(email)),
    );
    return found.flat();
  }
}
