import { Directive, Field, Int, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { BigCommerceEntity } from "./entity";

@Directive('@key(fields: "id")')
@ObjectType("BigCommerceCategory", {
  implements: Node,
  description: "A category of the catalog.",
  simpleResolvers: true,
})
export class BigCommerceCategory extends BigCommerceEntity {
  /** The native id of the parent; null for a root. */
  readonly parentId!: string | null;

  @Field(() => String, { description: "The category's name." })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: "Its path in the storefront, e.g. `/shoes/`.",
  })
  readonly path!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Its description, in HTML.",
  })
  readonly description!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The address of its picture; null when it has none.",
  })
  readonly imageUrl!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the storefront shows it.",
  })
  readonly isVisible!: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: "Its place among its siblings, the lowest first.",
  })
  readonly sortOrder!: number | null;
}
