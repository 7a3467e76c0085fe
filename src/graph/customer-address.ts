import { Field, ObjectType } from "type-graphql";
import type { CustomerAddressRow } from "../platforms/platform";
import { PersonalData } from "./personal-data";

@ObjectType("CustomerAddress", {
  description:
    "A postal address in common terms. A part that the shop does not know is null.",
  simpleResolvers: true,
})
export class CustomerAddress implements CustomerAddressRow {
  @PersonalData()
  @Field(() => String, { nullable: true, description: "Who receives." })
  readonly name!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The company's name." })
  readonly company!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "Street and number." })
  readonly line1!: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "Flat, floor or building.",
  })
  readonly line2!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The city." })
  readonly city!: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "State or province, by name or code as the shop keeps it.",
  })
  readonly region!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "The postal code." })
  readonly postalCode!: string | null;

  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The country, by its ISO 3166-1 code of two letters.",
  })
  readonly countryCode!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "A telephone number." })
  readonly phone!: string | null;
}
