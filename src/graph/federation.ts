import { buildSubgraphSchema, printSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  Kind,
  parse,
} from "graphql";
import { createResolversMap } from "type-graphql";
import type { Platform } from "../platforms/platform";
import { BadUserInputError } from "../domain/errors";
import { requireScope } from "./authorize";
import {
  isAnsweredByReference,
  locateEntity,
  requireRepresentations,
} from "./entities";
import {
  addFederationDirectives,
  federationLink,
} from "./federation-directives";
import type { OperationContext } from "./operation-context";
import { Store } from "./store";

interface Reference {
  readonly __typename: string;
  readonly id?: unknown;
  readonly key?: unknown;
}

type ResolveReference = (
  reference: Reference,
  context: OperationContext,
  info: GraphQLResolveInfo,
) => Promise<unknown>;

/**
 * Makes a subgraph of a schema: `_service`, `_entities`, and a reference
 * resolver for every entity of the platforms and for the common interfaces.
 */
export function toSubgraphSchema(
  schema: GraphQLSchema,
  platforms: readonly Platform[],
): GraphQLSchema {
  const typenames = platforms.flatMap(({ kinds }) =>
    kinds.map(({ typename }) => typename),
  );
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const [type, fields] of Object.entries(createResolversMap(schema))) {
    resolvers[type] = { ...(fields as Record<string, unknown>) };
  }
  const addReference = (type: string, resolve: ResolveReference) => {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  };
  for (const typename of typenames) {
    addReference(
      typename,
      resolveEntity((type) => type === typename),
    );
  }
  addReference("CustomerGroup", resolveEntity(undefined, "CustomerGroup"));
  addReference("Customer", resolveEntity(undefined, "Customer"));
  addReference("Store", resolveStore);
  const entityTypes = new Set([
    ...typenames,
    "CustomerGroup",
    "Customer",
    "Store",
  ]);
  const subgraph = buildSubgraphSchema([
    {
      typeDefs: sorted(
        addFederationDirectives(
          parse(federationLink + printSchemaWithDirectives(schema)),
          platforms,
        ),
      ),
      resolvers: resolvers as never,
    },
  ]);
  isolateRepresentations(subgraph, entityTypes);
  serveSdl(subgraph);
  return subgraph;
}

/**
 * Lets `_service` answer what `schema.graphql` holds. The subgraph library
 * answers the definitions of federation's own directives too, which every
 * composition knows by the `@link`.
 */
function serveSdl(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()["_service"];
  if (!field) throw new Error("The schema has no service.");
  const service = { sdl: toSdl(schema) };
  field.resolve = () => service;
}

/**
 * Lets a representation fail alone that names no entity type: the subgraph
 * library fails the whole `_entities` list for one of them.
 */
function isolateRepresentations(
  schema: GraphQLSchema,
  entityTypes: ReadonlySet<string>,
): void {
  const field = schema.getQueryType()?.getFields()["_entities"];
  const resolve = field?.resolve;
  if (!field || !resolve) throw new Error("The schema has no entities.");
  field.resolve = (
    source,
    { representations }: { readonly representations: readonly unknown[] },
    context,
    info,
  ) => {
    requireRepresentations(representations);
    return representations.map((representation) => {
      const { __typename: type } = Object(representation) as {
        readonly __typename?: unknown;
      };
      if (typeof type !== "string" || !entityTypes.has(type)) {
        return new BadUserInputError(
          "representations.__typename",
          "names no entity type of this graph",
        );
      }
      const [entity] = resolve(
        source,
        { representations: [representation] },
        context,
        info,
      ) as readonly unknown[];
      return entity;
    });
  };
}

/** Types by name, so that a change shows as one; fields as they were declared. */
function sorted(document: DocumentNode): DocumentNode {
  const nameOf = (definition: DefinitionNode) =>
    "name" in definition ? (definition.name?.value ?? "") : "";
  return {
    ...document,
    definitions: [...document.definitions]
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
      .map(describeQuery),
  };
}

/** type-graphql has no place for the description of the root type. */
function describeQuery(definition: DefinitionNode): DefinitionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    definition.name.value === "Query"
    ? {
        ...definition,
        description: {
          kind: Kind.STRING,
          value:
            "Everything that can be asked. Nothing is asked of a store unless the operation selects something of it.",
        },
      }
    : definition;
}

/** The schema in SDL: what `_service` answers, and what `schema.graphql` holds. */
export function toSdl(schema: GraphQLSchema): string {
  return printSubgraphSchema(schema);
}

/**
 * Every reference resolver is async: one that throws at once would empty the
 * whole `_entities` list instead of its own place.
 */
function resolveEntity(
  isType?: (typename: string) => boolean,
  kind?: string,
): ResolveReference {
  return async (reference, context) => {
    const id = requireText(reference.id, "id");
    const entity = locateEntity(context, id, "representations.id", kind);
    if (isType && !isType(entity.typename)) {
      throw new BadUserInputError(
        "representations.id",
        `is the id of a ${entity.typename}; expected that of a ${reference.__typename}`,
      );
    }
    requireScope(context, entity.scope);
    return isAnsweredByReference(context, entity.typename)
      ? entity.store.session.reference(entity.kind, entity.nativeId)
      : entity.store.session.entity(entity.kind, entity.nativeId);
  };
}

const resolveStore: ResolveReference = async (reference, context) => {
  if (reference.id !== undefined) {
    const id = requireText(reference.id, "id");
    const store = context.stores.find(
      ({ key }) => `gid://clientele/Store/${key}` === id,
    );
    return Promise.resolve(
      store
        ? new Store(store.key, store.platform.enumValue)
        : unknownStore("id"),
    );
  }
  const key = requireText(reference.key, "key");
  const store = context.store(key);
  return Promise.resolve(
    store
      ? new Store(store.key, store.platform.enumValue)
      : unknownStore("key"),
  );
};

function unknownStore(field: string): BadUserInputError {
  return new BadUserInputError(`representations.${field}`, "names no store");
}

function requireText(value: unknown, field: string): string {
  if (typeof value !== "string") {
    throw new BadUserInputError(
      `representations.${field}`,
      "must be a text: the key of the entity",
    );
  }
  return value;
}
