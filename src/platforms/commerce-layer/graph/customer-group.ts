import { Directive, Field, ObjectType } from "type-graphql";
import { CustomerGroup } from "../../../graph/customer-group";
import { ModeEnum } from "../../../graph/mode";
import { Node } from "../../../graph/node";
import { URLScalar } from "../../../graph/scalars";
import { CommerceLayerResource } from "./resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomerGroup", {
  implements: [CustomerGroup, Node],
  description: "A customer group of a Commerce Layer account.",
  simpleResolvers: true,
})
export class CommerceLayerCustomerGroup
  extends CommerceLayerResource
  implements CustomerGroup
{
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "A code that the shop's staff gave it, unique in the account; null in accounts whose API has none yet.",
  })
  readonly code!: string | null;

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
