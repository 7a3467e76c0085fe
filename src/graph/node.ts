import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", {
  description:
    "Anything that can be fetched again by its global id, as Relay defines it.",
  autoRegisterImplementations: false,
})
export abstract class Node {
  @Field(() => ID, {
    description:
      "The global id. It is stable, and its form is public: `gid://clientele/<Kind>/<store key>/<native id>`.",
  })
  readonly id!: string;
}
