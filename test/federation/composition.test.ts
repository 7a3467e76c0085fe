import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { composeServices as composeWithApollo } from "@apollo/composition";
import {
  composeSchemaContract,
  composeServices as composeWithGuild,
} from "@theguild/federation-composition";
import {
  type ConstDirectiveNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type TypeDefinitionNode,
  buildSchema,
  isTypeDefinitionNode,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  valueFromASTUntyped,
} from "graphql";
import { platforms } from "../../src/platforms/registry";
import { startEcwidSandbox } from "../../src/sandbox/ecwid";
import { dataOf, startClientele } from "../support/clientele";

const read = (file: string) =>
  readFileSync(resolve(__dirname, "../..", file), "utf8");
const sdl = read("schema.graphql");
const loyaltySdl = read("examples/supergraph/loyalty/schema.graphql");

const services = [
  { name: "clientele", sdl },
  { name: "loyalty", sdl: loyaltySdl },
].map(toService);

function toService({
  name,
  sdl,
}: {
  readonly name: string;
  readonly sdl: string;
}) {
  return { name, url: `http://${name}.test/graphql`, typeDefs: parse(sdl) };
}

/** What a library makes of the subgraphs. */
interface Composed {
  readonly errors: readonly string[];
  readonly hints: readonly string[];
  readonly supergraphSdl: string;
  /** What a client sees, sorted. */
  readonly apiSdl: string;
}

type Services = readonly ReturnType<typeof toService>[];

const libraries: readonly [string, (services: Services) => Composed][] = [
  [
    "@apollo/composition",
    (services) => {
      const {
        errors = [],
        hints = [],
        ...result
      } = composeWithApollo([...services]);
      return {
        errors: errors.map(({ message }) => message),
        hints: hints.map(({ message }) => message),
        supergraphSdl: result.supergraphSdl ?? "",
        apiSdl: result.schema
          ? printSchema(
              lexicographicSortSchema(
                result.schema.toAPISchema().toGraphQLJSSchema(),
              ),
            )
          : "",
      };
    },
  ],
  [
    "@theguild/federation-composition",
    (services) => {
      const result = composeWithGuild([...services]);
      return {
        errors: (result.errors ?? []).map(({ message }) => message),
        hints: [],
        supergraphSdl: result.supergraphSdl ?? "",
        apiSdl: result.publicSdl
          ? printSchema(lexicographicSortSchema(buildSchema(result.publicSdl)))
          : "",
      };
    },
  ],
];

describe("the subgraph's SDL", () => {
  it("is answered as it is committed", async () => {
    const sandbox = await startEcwidSandbox({});
    const clientele = await startClientele([{ server: sandbox }]);
    const answer = await clientele.send("{ _service { sdl } }");
    await clientele.stop();
    await sandbox.close();
    expect(dataOf(answer)._service.sdl).toBe(sdl);
  });

  it("links federation 2.9 with what it uses", () => {
    const [link] = parse(sdl).definitions.flatMap((definition) =>
      definition.kind === Kind.SCHEMA_EXTENSION
        ? (definition.directives ?? [])
        : [],
    );
    const { url, import: imported } = argumentsOf(link!);
    expect(url).toBe("https://specs.apollo.dev/federation/v2.9");
    const used = new Set(
      directivesOf(sdl).flatMap(([, directives]) =>
        directives.map(({ name }) => `@${name.value}`),
      ),
    );
    for (const builtIn of ["@deprecated", "@specifiedBy"]) used.delete(builtIn);
    expect(new Set(imported as string[])).toEqual(used);
  });

  it("has a key for every entity", () => {
    const keys = Object.fromEntries(
      directivesOf(sdl).flatMap(([coordinate, directives]) => {
        const found = directives.filter(({ name }) => name.value === "key");
        return found.length > 0
          ? [[coordinate, found.map((key) => argumentsOf(key))]]
          : [];
      }),
    );
    const byId = [{ fields: "id" }];
    const typenames = platforms.flatMap(({ kinds }) =>
      kinds.map(({ typename }) => typename),
    );
    expect(typenames.length).toBeGreaterThan(10);
    expect(keys).toEqual({
      ...Object.fromEntries(typenames.map((typename) => [typename, byId])),
      Customer: byId,
      CustomerGroup: byId,
      Store: [{ fields: "id" }, { fields: "key" }],
    });
  });
});

describe("composition with a subgraph of interface objects", () => {
  const composed = libraries.map(([, compose]) => compose(services));

  it.each(libraries)("has no errors by %s", (_, compose) => {
    const { errors, supergraphSdl, apiSdl } = compose(services);
    expect(errors).toEqual([]);
    expect(supergraphSdl).toContain("isInterfaceObject: true");
    for (const type of ["Customer", "CommerceLayerCustomer", "EcwidCustomer"]) {
      expect(fieldsOf(apiSdl, type)).toContain("loyalty: LoyaltyMembership");
    }
  });

  it("gives the same types in both libraries", () => {
    const [apollo, guild] = composed;
    expect(apollo?.apiSdl).toBe(guild?.apiSdl);
    expect(fieldsOf(apollo?.apiSdl ?? "", "Store")).toContain("key: String!");
  });

  it("keeps costs, scopes and tags in both libraries", () => {
    const names = [
      "authenticated",
      "cost",
      "listSize",
      "requiresScopes",
      "tag",
    ];
    const [apollo, guild] = composed.map(({ supergraphSdl }) =>
      Object.fromEntries(
        directivesOf(supergraphSdl).flatMap(([coordinate, directives]) => {
          const found = directives
            .filter(({ name }) => names.includes(name.value))
            .sort((a, b) => (a.name.value < b.name.value ? -1 : 1))
            .map((directive) => [directive.name.value, argumentsOf(directive)]);
          return found.length > 0 ? [[coordinate, found]] : [];
        }),
      ),
    );
    expect(guild).toEqual(apollo);
    expect(Object.keys(apollo ?? {}).length).toBeGreaterThan(20);
  });

  it("hints at nothing that needs a change", () => {
    // Two kinds of nodes take a scope each: what reads just any node behind a
    // router that checks scopes has to be able to read both.
    const argued = /^Directive @requiresScopes is applied to "Node" /;
    for (const { hints } of composed) {
      expect(hints.filter((hint) => !argued.test(hint))).toEqual([]);
    }
  });

  it.each(libraries)("lets others have a PageInfo, by %s", (_, compose) => {
    const other = `
      extend schema
        @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
      type Query { pages: PageInfo! }
      type PageInfo @shareable {
        hasNextPage: Boolean!
        hasPreviousPage: Boolean!
        startCursor: String
        endCursor: String
      }
    `;
    const withOther = [...services, toService({ name: "other", sdl: other })];
    expect(compose(withOther).errors).toEqual([]);
    const notShareable = other.replace("PageInfo @shareable", "PageInfo");
    expect(
      compose([...services, toService({ name: "other", sdl: notShareable })])
        .errors,
    ).toHaveLength(4);
  });
});

/** Every type, field, argument and value with its directives, by coordinate. */
function directivesOf(text: string): [string, readonly ConstDirectiveNode[]][] {
  return parse(text)
    .definitions.filter((definition): definition is TypeDefinitionNode =>
      isTypeDefinitionNode(definition),
    )
    .flatMap((type): [string, readonly ConstDirectiveNode[]][] => {
      const members = [
        ...("fields" in type ? (type.fields ?? []) : []),
        ...("values" in type ? (type.values ?? []) : []),
      ];
      return [
        [type.name.value, type.directives ?? []],
        ...members.map((member): [string, readonly ConstDirectiveNode[]] => [
          `${type.name.value}.${member.name.value}`,
          member.directives ?? [],
        ]),
      ];
    });
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [
      name.value,
      valueFromASTUntyped(value),
    ]),
  );
}

function fieldsOf(text: string, type: string): string[] {
  const found = parse(text).definitions.find(
    (definition) =>
      isTypeDefinitionNode(definition) && definition.name.value === type,
  );
  return found && "fields" in found
    ? (found.fields ?? []).map(
        (field) =>
          `${field.name.value}: ${"type" in field && field.type ? print(field.type) : ""}`,
      )
    : [];
}

it("makes a contract without personal data", () => {
  const { errors, publicSdl } = composeSchemaContract(services, {
    include: new Set(),
    exclude: new Set(["personal-data"]),
  }) as { readonly errors?: unknown; readonly publicSdl?: string };
  expect(errors).toBeUndefined();
  const contract = buildSchema(publicSdl ?? "");
  const whole = buildSchema(read("schema.api.graphql"));
  const fieldsOf = (schema: GraphQLSchema, name: string) =>
    Object.keys((schema.getType(name) as GraphQLObjectType).getFields());
  expect(fieldsOf(whole, "Customer")).toEqual(
    expect.arrayContaining(["email", "name", "addresses", "sameEmail"]),
  );
  // Loyalty's points are no personal data, and say whose they are by id alone.
  expect(fieldsOf(contract, "Customer").sort()).toEqual([
    "createdAt",
    "customerGroup",
    "id",
    "loyalty",
    "nativeId",
    "store",
    "updatedAt",
  ]);
  expect(fieldsOf(contract, "CustomerFilter")).not.toContain("email");
  expect(fieldsOf(contract, "Query")).not.toContain("customersByEmail");
});
