import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { PersonalData } from "../../../graph/personal-data";
import { CommerceLayerCustomerResource } from "./customer-resource";

@Directive('@key(fields: "id")')
@ObjectType("CommerceLayerCustomerPaymentSource", {
  implements: Node,
  description: "An entry in a customer's wallet. Its tokens are never fetched.",
  simpleResolvers: true,
})
export class CommerceLayerCustomerPaymentSource extends CommerceLayerCustomerResource {
  @PersonalData()
  @Field(() => String, {
    nullable: true,
    description:
      "What it is called in the wallet, e.g. the last digits of a card.",
  })
  readonly name!: string | null;
}
