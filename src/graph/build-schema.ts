import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import type { Platform } from "../platforms/platform";
import { checkScopes } from "./authorize";
import { callDirectly } from "./direct-resolvers";
import { CustomerAddress } from "./customer-address";
import { toSubgraphSchema } from "./federation";
import { registerPlatforms } from "./platform-enum";
import { CustomerGroupResolver } from "./resolvers/customer-group-resolver";
import { CustomerResolver } from "./resolvers/customer-resolver";
import { QueryResolver } from "./resolvers/query-resolver";
import { StoreResolver } from "./resolvers/store-resolver";

/**
 * Builds the schema, ready to run and to be composed, for a list of
 * platforms. Once in a process: type-graphql keeps one registry of types.
 */
export function buildSchema(platforms: readonly Platform[]): GraphQLSchema {
  registerPlatforms(platforms);
  const schema = buildSchemaSync({
    resolvers: [
      QueryResolver,
      StoreResolver,
      CustomerGroupResolver,
      CustomerResolver,
      ...platforms.flatMap(({ graph }) => graph.resolvers),
    ],
    orphanedTypes: [
      CustomerAddress,
      ...platforms.flatMap(({ graph }) => graph.types),
    ],
    authChecker: checkScopes,
    validate: false,
  });
  callDirectly(schema);
  return toSubgraphSchema(schema, platforms);
}
