import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type GraphQLNamedType,
  buildSchema as buildClientSchema,
  isIntrospectionType,
  isSpecifiedScalarType,
  printType,
  validateSchema,
} from "graphql";
import { toApiSdl } from "../../src/graph/api-sdl";
import { buildSchema } from "../../src/graph/build-schema";
import { toSdl } from "../../src/graph/federation";
import { platforms } from "../../src/platforms/registry";

const served = buildSchema(platforms);
const committed = readFileSync(
  resolve(__dirname, "../../schema.api.graphql"),
  "utf8",
);

describe("schema for clients", () => {
  it("is committed as it is printed", () => {
    expect(committed).toBe(toApiSdl(toSdl(served)));
  });

  it("is whole by itself", () => {
    expect(validateSchema(buildClientSchema(committed))).toEqual([]);
  });

  it("differs from what is served by federation alone", () => {
    const api = buildClientSchema(committed);
    const own = (type: GraphQLNamedType) =>
      !isSpecifiedScalarType(type) && !isIntrospectionType(type);
    const beyond: string[] = [];
    for (const type of Object.values(served.getTypeMap()).filter(own)) {
      const inApi = api.getType(type.name);
      if (!inApi) beyond.push(type.name);
      else if (type.name !== "Query") {
        expect(printType(inApi)).toBe(printType(type));
      }
    }
    expect(beyond.length).toBeGreaterThan(3);
    expect(
      beyond.filter((name) => !/^(_|federation__|link__)/.test(name)),
    ).toEqual([]);
    const fieldsOf = (schema: typeof served) =>
      Object.keys(schema.getQueryType()?.getFields() ?? {});
    expect(
      fieldsOf(served).filter((field) => !fieldsOf(api).includes(field)),
    ).toEqual(["_entities", "_service"]);
    expect(
      Object.keys(api.getTypeMap()).filter((name) => !served.getType(name)),
    ).toEqual([]);
  });

  it("keeps what GraphQL itself defines", () => {
    const sdl = toApiSdl(`
      extend schema
        @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query @federation__shareable {
        old: A @deprecated(reason: "Ask for new.") @federation__inaccessible
        new(by: Key @federation__tag(name: "x")): A
      }
      interface A @key(fields: "id") { id: ID! }
      type B implements A @key(fields: "id") { id: ID! url: URL }
      input Key @oneOf { id: ID @federation__tag(name: "x") name: String }
      scalar URL @specifiedBy(url: "https://url.spec.whatwg.org")
    `);
    expect(sdl).toBe(`type Query {
  old: A @deprecated(reason: "Ask for new.")
  new(by: Key): A
}

interface A {
  id: ID!
}

type B implements A {
  id: ID!
  url: URL
}

input Key @oneOf {
  id: ID
  name: String
}

scalar URL @specifiedBy(url: "https://url.spec.whatwg.org")
`);
  });
});
