import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomerAddress", {
  implements: Node,
  description: "An entry in a customer's address book.",
  simpleResolvers: true,
})
export class CommerceLayerCustomerAddress extends CommerceLayerCustomerResource {
  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description: "The address in one line, as Commerce Layer composes it.",
  })
  readonly name!: string | null;
}
