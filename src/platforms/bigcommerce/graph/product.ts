import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { Decimal } from "../../../graph/scalars";
import { BigCommerceEntity } from "./entity";

@Directive('@key(fields: "id")')
@ObjectType("BigCommerceProduct", {
  implements: Node,
  description: "A product of the catalog.",
  simpleResolvers: true,
})
export class BigCommerceProduct extends BigCommerceEntity {
  @Field(() => String, { description: "The product's name." })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: "The shop's own number for it; null when it has none.",
  })
  readonly sku!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The platform's own word: physical or digital.",
  })
  readonly type!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      "The catalog's price in the store's currency, before any group's discount.",
  })
  readonly price!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Its path in the storefront, e.g. `/blue-shirt/`.",
  })
  readonly path!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the storefront shows it.",
  })
  readonly isVisible!: boolean | null;
}
