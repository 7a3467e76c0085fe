import { Directive, Field, ObjectType } from "type-graphql";
import { URLScalar } from "../../../graph/scalars";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerAttachment", {
  implements: Node,
  description: "A file that the shop's staff attached to a record.",
  simpleResolvers: true,
})
export class CommerceLayerAttachment extends CommerceLayerCustomerResource {
  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The attachment's internal name.",
  })
  readonly name!: string | null;

  @PersonalData()
  @Field(() => String, { nullable: true, description: "What it is about." })
  readonly description!: string | null;

  @PersonalData()
  @Field(() => URLScalar, {
    nullable: true,
    description:
      "Where the file is; null when it is none that can be read as a URL.",
  })
  readonly url!: string | null;
}
