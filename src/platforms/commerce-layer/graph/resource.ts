import { Field, ID, ObjectType } from "type-graphql";
import { Node } from "../../../graph/node";
import { DateTime, JSONObject } from "../../../graph/scalars";
import type { EntityRow } from "../../../platforms/platform";

/**
 * Where a row's links lead, as its document said: by the relationship's name
 * on the wire.
 */
export interface ResourceLinks {
  /** The `related` link, not yet checked. Absent when the document has none. */
  readonly related: Readonly<Record<string, unknown>>;
  /**
   * The ids that the document's linkage names; `null` or an empty list when
   * nothing is linked; an error when the document was to carry a linkage and
   * carries none. Absent when it was not to.
   */
  readonly linked: Readonly<
    Record<string, string | readonly string[] | Error | null>
  >;
}

/** What every Commerce Layer resource has. */
@ObjectType({ simpleResolvers: true })
export abstract class CommerceLayerResource extends Node implements EntityRow {
  readonly storeKey!: string;
  readonly links!: ResourceLinks;

  @Field(() => ID, { description: "Commerce Layer's own id." })
  readonly nativeId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The id that another system of the shop gave the record.",
  })
  readonly reference!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Which other system `reference` is of.",
  })
  readonly referenceOrigin!: string | null;

  @Field(() => JSONObject, {
    nullable: true,
    description: "Whatever the shop's staff or systems noted with the record.",
  })
  readonly metadata!: Readonly<Record<string, unknown>> | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the record was made.",
  })
  readonly createdAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the record was last changed.",
  })
  readonly updatedAt!: string | null;
}
