import { Directive, Field, ObjectType } from "type-graphql";

@Directive("@shareable")
@ObjectType("PageInfo", {
  description: "Where a page lies in its list, as Relay defines it.",
  simpleResolvers: true,
})
export class PageInfo {
  @Field(() => Boolean, {
    description:
      "Whether rows follow this page. Exact within one store. Across stores it is also true while a later store has not been asked yet, and when a store failed beside rows that are shown.",
  })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether rows precede this page." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "The cursor of the first row; null when the page is empty.",
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Where this page ends: give it as `after` to get the next page, of any size. A store that failed on this page is then tried again where it was. Null when the page is empty.",
  })
  readonly endCursor!: string | null;
}
