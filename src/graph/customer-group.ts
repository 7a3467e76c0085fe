import { Directive, Field, ID, InterfaceType } from "type-graphql";
import type { CustomerGroupRow } from "../platforms/platform";
import { createConnectionType } from "./connection";
import { Node } from "./node";
import { DateTime } from "./scalars";

@Directive('@key(fields: "id")')
@InterfaceType("CustomerGroup", {
  implements: Node,
  description:
    "A group that customers of a store belong to, in what all platforms mean by it. Each platform has its own type with everything it knows.",
  autoRegisterImplementations: false,
})
export abstract class CustomerGroup extends Node implements CustomerGroupRow {
  @Field(() => ID, {
    description: "The platform's own id, as the platform writes it.",
  })
  readonly nativeId!: string;

  /** The key of the store that the row was read from. */
  readonly storeKey!: string;

  @Field(() => String, { description: "The group's name." })
  readonly name!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the group was made; null where the platform keeps none.",
  })
  readonly createdAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the group was last changed; null where the platform keeps none.",
  })
  readonly updatedAt!: string | null;
}

export const CustomerGroupConnection = createConnectionType(
  CustomerGroup,
  "CustomerGroup",
  "customer groups",
);
