import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Customer } from "../../../graph/customer";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { Decimal } from "../../../graph/scalars";
import type { CustomerAddressRow } from "../../../platforms/platform";
import { BigCommerceEntity } from "./entity";

@Directive('@key(fields: "id")')
@ObjectType("BigCommerceCustomer", {
  implements: [Customer, Node],
  description:
    "A customer of a BigCommerce store. Staff's notes are not exposed.",
  simpleResolvers: true,
})
export class BigCommerceCustomer extends BigCommerceEntity implements Customer {
  readonly email!: string | null;
  readonly name!: string | null;
  readonly createdAt!: string | null;
  readonly updatedAt!: string | null;
  /** The native id of the group; null when in none. */
  readonly customerGroupId!: string | null | Error;
  /** There when they were asked for. */
  readonly includedAddresses?: readonly (CustomerAddressRow | Error)[] | Error;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The first name." })
  readonly firstName!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The last name." })
  readonly lastName!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The company." })
  readonly company!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "A telephone number." })
  readonly phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The code under which the customer is exempt from taxes.",
  })
  readonly taxExemptCategory!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "Credit in the store's currency.",
  })
  readonly storeCredit!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "BigCommerce's own id of the channel that the customer is of.",
  })
  readonly originChannelId!: string | null;
}
