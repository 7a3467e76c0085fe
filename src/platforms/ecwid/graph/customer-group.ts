import { Directive, Field, ID, ObjectType } from "type-graphql";
import { CustomerGroup } from "../../../graph/customer-group";
import { Node } from "../../../graph/node";

@Directive('@key(fields: "id")')
@ObjectType("EcwidCustomerGroup", {
  implements: [CustomerGroup, Node],
  description:
    "A customer group of an Ecwid store. Ecwid keeps no dates of groups.",
  simpleResolvers: true,
})
export class EcwidCustomerGroup extends Node implements CustomerGroup {
  readonly storeKey!: string;
  readonly name!: string;
  readonly createdAt = null;
  readonly updatedAt = null;

  @Field(() => ID, { description: "Ecwid's own id; 0 is the built-in group." })
  readonly nativeId!: string;

  @Field(() => Boolean, {
    description:
      'Whether it is the built-in group 0, "General", which holds every customer who is in no other.',
  })
  readonly isDefault!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "The id that another system of the shop gave the group.",
  })
  readonly externalReferenceId!: string | null;
}
