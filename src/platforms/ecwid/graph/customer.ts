import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Customer } from "../../../graph/customer";
import { Node } from "../../../graph/node";
import type { CustomerAddressRow } from "../../platform";

@Directive('@key(fields: "id")')
@ObjectType("EcwidCustomer", {
  implements: [Customer, Node],
  description:
    "A customer of an Ecwid store. Staff's notes are neither fetched nor exposed.",
  simpleResolvers: true,
})
export class EcwidCustomer extends Node implements Customer {
  readonly storeKey!: string;
  readonly email!: string | null;
  readonly name!: string | null;
  readonly createdAt!: string | null;
  readonly updatedAt!: string | null;
  /** The native id of the group; 0 for the built-in one. */
  readonly groupId?: string | null | Error;
  /** The group's name, which stands in the customer. */
  readonly groupName?: string | null;
  readonly knownAddresses?: readonly (CustomerAddressRow | Error)[];

  @Field(() => ID, { description: "Ecwid's own id." })
  readonly nativeId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "How many orders the customer has.",
  })
  readonly orderCount!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the customer pays no taxes.",
  })
  readonly taxExempt!: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the customer takes marketing e-mails.",
  })
  readonly acceptMarketing!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "The language that the customer uses the store in, e.g. `en`.",
  })
  readonly language!: string | null;
}
