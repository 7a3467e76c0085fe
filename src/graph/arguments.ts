import { ArgsType, Field, Int } from "type-graphql";
import { BadUserInputError } from "../domain/errors";
import { CustomerFilter, CustomerGroupFilter } from "./filters";

/** The largest page that a client may ask for. */
export const maxPageSize = 100;
const defaultPageSize = 20;

@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: defaultPageSize,
    description: `How many rows at the most, from 0 to ${maxPageSize}.`,
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Only rows behind this cursor: an `endCursor` or `cursor` of the same list, of a page of any size.",
  })
  readonly after?: string | null;
}

@ArgsType()
export class CustomerGroupsArguments extends PageArguments {
  @Field(() => CustomerGroupFilter, {
    nullable: true,
    description: "Only groups that meet every condition.",
  })
  readonly filter?: CustomerGroupFilter | null;
}

@ArgsType()
export class CustomersArguments extends PageArguments {
  @Field(() => CustomerFilter, {
    nullable: true,
    description: "Only customers that meet every condition.",
  })
  readonly filter?: CustomerFilter | null;
}

/** @throws BadUserInputError when the size is out of bounds. */
export function pageSizeOf({ first }: PageArguments): number {
  const size = first ?? defaultPageSize;
  if (size < 0 || size > maxPageSize) {
    throw new BadUserInputError(
      "first",
      `must be from 0 to ${maxPageSize}, and is ${size}; page through longer lists with "after"`,
    );
  }
  return size;
}
