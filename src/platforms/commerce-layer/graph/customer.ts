import { Directive, Field, Int, ObjectType } from "type-graphql";
import { Customer } from "../../../graph/customer";
import { ModeEnum } from "../../../graph/mode";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { DateTime, URLScalar } from "../../../graph/scalars";
import {
  CommerceLayerAnonymizationStatus,
  CommerceLayerCustomerStatus,
} from "./enums";
import { CommerceLayerCustomerResource } from "./customer-resource";

@ObjectType("CommerceLayerAnonymizationInfo", {
  description:
    "The course of a removal of personal data. Who asked for it is not exposed.",
  simpleResolvers: true,
})
export class CommerceLayerAnonymizationInfo {
  @Field(() => CommerceLayerAnonymizationStatus, {
    nullable: true,
    description: "How far it has come.",
  })
  readonly status!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was asked for.",
  })
  readonly requestedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it began." })
  readonly startedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was done." })
  readonly completedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it failed." })
  readonly failedAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was called off.",
  })
  readonly cancelledAt!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomer", {
  implements: [Customer, Node],
  description:
    "A customer of a Commerce Layer account. Commerce Layer keeps no name of a customer: names stand in addresses.",
  simpleResolvers: true,
})
export class CommerceLayerCustomer
  extends CommerceLayerCustomerResource
  implements Customer
{
  readonly email!: string | null;
  readonly name = null;

  @Field(() => CommerceLayerCustomerStatus, {
    nullable: true,
    description: "How far the customer has come.",
  })
  readonly status!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the customer can sign in.",
  })
  readonly hasPassword!: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many orders the customer has; null in accounts whose API does not count yet.",
  })
  readonly totalOrdersCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A reference that Commerce Layer makes for the shopper; null in accounts whose API has none yet.",
  })
  readonly shopperReference!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The id of the shopper's profile; null in accounts whose API has none yet.",
  })
  readonly profileId!: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The code under which the customer is exempt from taxes.",
  })
  readonly taxExemptionCode!: string | null;

  @Field(() => CommerceLayerAnonymizationStatus, {
    nullable: true,
    description:
      "How far the removal of the customer's personal data has come; null when none was asked for.",
  })
  readonly anonymizationStatus!: string | null;

  @Field(() => CommerceLayerAnonymizationInfo, {
    nullable: true,
    description:
      "The course of the removal of the customer's personal data; null when none was asked for.",
  })
  readonly anonymizationInfo!: CommerceLayerAnonymizationInfo | null;

  @Field(() => ModeEnum, {
    nullable: true,
    description: "Whether it is a test or a live record.",
  })
  readonly mode!: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: "Its own address at Commerce Layer's API.",
  })
  readonly url!: string | null;
}
