import type { ClassType } from "type-graphql";
import { Field, Int, ObjectType } from "type-graphql";
import { PageInfo } from "./page-info";

/** An edge of any connection. */
export interface Edge {
  readonly cursor: string;
  readonly node: unknown;
}

/**
 * A page of a list as the connection types show it. What was not selected is
 * absent; an `Error` stands where its place in the answer becomes null.
 */
export interface Connection {
  readonly edges?: readonly (Edge | Error)[];
  readonly nodes?: readonly unknown[];
  readonly pageInfo?: PageInfo;
  readonly totalCount?: number | null | Error;
}

/**
 * Declares the connection type of a node type, `<Node>Connection`, and its
 * edge type, `<Node>Edge`.
 *
 * @param node the node's class.
 * @param name the node type's name in the schema.
 * @param rows what the list holds, in words for the descriptions: `customer groups`.
 */
export function createConnectionType(
  node: ClassType | (abstract new () => unknown),
  name: string,
  rows: string,
): ClassType<Connection> {
  const nodeType = () => node as ClassType;

  @ObjectType(`${name}Edge`, {
    description: `One of the ${rows} in a list, with its place there.`,
    simpleResolvers: true,
  })
  class EdgeType implements Edge {
    @Field(() => String, {
      description:
        "The place of this row: give it as `after` to go on behind it. Opaque, and good for this list only.",
    })
    readonly cursor!: string;

    @Field(nodeType, { description: "The row itself." })
    readonly node!: unknown;
  }

  @ObjectType(`${name}Connection`, {
    description: `A page of ${rows}.`,
    simpleResolvers: true,
  })
  class ConnectionType implements Connection {
    @Field(() => [EdgeType], {
      nullable: "items",
      description:
        "The rows with their cursors. An edge is null where its row or its store could not be read; the reason stands in `errors`, with this path.",
    })
    readonly edges!: readonly (Edge | Error)[];

    @Field(() => [node as ClassType], {
      nullable: "items",
      description:
        "The rows without their cursors. A row is null where it or its store could not be read; the reason stands in `errors`, with this path.",
    })
    readonly nodes!: readonly unknown[];

    @Field(() => PageInfo, { description: "Where this page lies in the list." })
    readonly pageInfo!: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description:
        "How many rows the whole list has, whatever the page. Free of cost beside a page; alone it costs one upstream request for each store. Null, with an error, when a store cannot tell.",
    })
    readonly totalCount!: number | null | Error;
  }

  return ConnectionType;
}
