import {
  buildASTSchema,
  parse,
  printSchema,
  specifiedDirectives,
  visit,
} from "graphql";

const specified = new Set(specifiedDirectives.map(({ name }) => name));

/**
 * What a client may ask for, in plain GraphQL: the subgraph's SDL without
 * what it tells a router. For tools that know no federation and refuse, or
 * crash on, a schema with directives that it does not define itself.
 *
 * @param subgraphSdl as `toSdl` prints it.
 */
export function toApiSdl(subgraphSdl: string): string {
  const document = visit(parse(subgraphSdl), {
    SchemaExtension: () => null,
    Directive: ({ name }) => (specified.has(name.value) ? undefined : null),
  });
  return `${printSchema(buildASTSchema(document))}\n`;
}
