import { Field, ID, InputType } from "type-graphql";
import { PersonalData } from "./personal-data";
import { PlatformEnum } from "./platform-enum";
import { DateTime } from "./scalars";

@InputType("DateTimeRange", {
  description:
    "A stretch of time. Both ends are inclusive, and may be left out.",
})
export class DateTimeRange {
  @Field(() => DateTime, { nullable: true, description: "Not before this." })
  readonly min?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Not after this." })
  readonly max?: string | null;
}

@InputType("CustomerGroupFilter", {
  description:
    "Conditions on customer groups; a group meets all of them. A condition that a platform cannot answer gives the error `UNSUPPORTED_BY_PLATFORM` for its stores: it is never left out in silence.",
})
export class CustomerGroupFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Keys of the stores to look in; all when left out.",
  })
  readonly stores?: readonly string[] | null;

  @Field(() => [PlatformEnum], {
    nullable: true,
    description: "Only stores of these platforms; all when left out.",
  })
  readonly platforms?: readonly string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Global ids of groups, at most 100.",
  })
  readonly ids?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: "The whole name." })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: "A part of the name." })
  readonly nameContains?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether new customers join the group by themselves.",
  })
  readonly isDefault?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the group stands for visitors without an account.",
  })
  readonly isGroupForGuests?: boolean | null;

  @Field(() => DateTimeRange, {
    nullable: true,
    description: "When the group was made.",
  })
  readonly createdAt?: DateTimeRange | null;

  @Field(() => DateTimeRange, {
    nullable: true,
    description: "When the group was last changed.",
  })
  readonly updatedAt?: DateTimeRange | null;
}

@InputType("CustomerFilter", {
  description:
    "Conditions on customers; a customer meets all of them. A condition that a platform cannot answer gives the error `UNSUPPORTED_BY_PLATFORM` for its stores: it is never left out in silence.",
})
export class CustomerFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Keys of the stores to look in; all when left out.",
  })
  readonly stores?: readonly string[] | null;

  @Field(() => [PlatformEnum], {
    nullable: true,
    description: "Only stores of these platforms; all when left out.",
  })
  readonly platforms?: readonly string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Global ids of customers, at most 100.",
  })
  readonly ids?: readonly string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "The global id of the group that they are in.",
  })
  readonly customerGroup?: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description:
      "The whole e-mail address. Whether the case of letters counts is the platform's matter; `customersByEmail` leaves it aside everywhere.",
  })
  readonly email?: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description:
      "Free text, as the platform itself searches: some look in names, some in e-mail addresses, some in both.",
  })
  readonly search?: string | null;

  @Field(() => DateTimeRange, {
    nullable: true,
    description: "When the customer was added.",
  })
  readonly createdAt?: DateTimeRange | null;

  @Field(() => DateTimeRange, {
    nullable: true,
    description: "When the customer was last changed.",
  })
  readonly updatedAt?: DateTimeRange | null;
}
