import { Directive, Field, ID, InterfaceType } from "type-graphql";
import type { CustomerRow } from "../platforms/platform";
import { createConnectionType } from "./connection";
import { Node } from "./node";
import { PersonalData } from "./personal-data";
import { DateTime } from "./scalars";

@Directive('@key(fields: "id")')
@InterfaceType("Customer", {
  implements: Node,
  description:
    "A customer of a store, in what all platforms mean by it. Each platform has its own type with everything it knows.",
  autoRegisterImplementations: false,
})
export abstract class Customer extends Node implements CustomerRow {
  @Field(() => ID, {
    description: "The platform's own id, as the platform writes it.",
  })
  readonly nativeId!: string;

  /** The key of the store that the row was read from. */
  readonly storeKey!: string;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The e-mail address." })
  readonly email!: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The full name; null where the platform keeps none.",
  })
  readonly name!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the customer was added; null where the platform keeps none.",
  })
  readonly createdAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the customer was last changed; null where the platform keeps none.",
  })
  readonly updatedAt!: string | null;
}

export const CustomerConnection = createConnectionType(
  Customer,
  "Customer",
  "customers",
);
