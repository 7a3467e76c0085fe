import { composeServices as composeWithApolloServices } from "@apollo/composition";
import { composeServices as composeWithGuildServices } from "@theguild/federation-composition";
import { type GraphQLSchema, buildSchema, parse } from "graphql";

export interface Subgraph {
  /** Its name in the supergraph. */
  readonly name: string;
  /** Where the gateway asks it. */
  readonly url: string;
  readonly sdl: string;
}

export interface Supergraph {
  readonly sdl: string;
  /** What a client of a gateway sees. */
  readonly apiSchema: GraphQLSchema;
  /** What the library would have you look at; none of it is an error. */
  readonly hints: readonly string[];
}

/** Subgraphs that do not fit together; the message has every reason. */
export class CompositionError extends Error {
  constructor(
    library: string,
    reasons: readonly { readonly message: string }[],
  ) {
    super(
      [
        `${library} could not compose the subgraphs:`,
        ...reasons.map(({ message }) => `  ${message}`),
      ].join("\n"),
    );
    this.name = "CompositionError";
  }
}

/**
 * Composes with `@apollo/composition`, which stands behind Rover and GraphOS.
 *
 * @throws CompositionError
 */
export function composeWithApollo(subgraphs: readonly Subgraph[]): Supergraph {
  const result = composeWithApolloServices(toServices(subgraphs));
  if (result.errors) {
    throw new CompositionError("@apollo/composition", result.errors);
  }
  return {
    sdl: result.supergraphSdl,
    apiSchema: result.schema.toAPISchema().toGraphQLJSSchema(),
    hints: result.hints.map(({ message }) => message),
  };
}

/**
 * Composes with `@theguild/federation-composition`, which stands behind Hive.
 *
 * @throws CompositionError
 */
export function composeWithGuild(subgraphs: readonly Subgraph[]): Supergraph {
  const result = composeWithGuildServices(toServices(subgraphs));
  if (result.errors) {
    throw new CompositionError(
      "@theguild/federation-composition",
      result.errors,
    );
  }
  return {
    sdl: result.supergraphSdl,
    apiSchema: buildSchema(result.publicSdl),
    hints: [],
  };
}

function toServices(subgraphs: readonly Subgraph[]) {
  return subgraphs.map(({ name, url, sdl }) => ({
    name,
    url,
    typeDefs: parse(sdl),
  }));
}
