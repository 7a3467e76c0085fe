import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ApolloGateway } from "@apollo/gateway";
import { buildSchema, lexicographicSortSchema, printSchema } from "graphql";
import {
  CompositionError,
  composeWithApollo,
  composeWithGuild,
} from "../src/compose";
import { withoutSecurityFeatures } from "../src/without-security-features";

const read = (path: string) =>
  readFileSync(resolve(__dirname, "..", path), "utf8");
const subgraphs = [
  {
    name: "clientele",
    url: "http://127.0.0.1:4000/graphql",
    sdl: read("../../schema.graphql"),
  },
  {
    name: "loyalty",
    url: "http://127.0.0.1:4001/",
    sdl: read("loyalty/schema.graphql"),
  },
];

describe("composition", () => {
  const apollo = composeWithApollo(subgraphs);
  const guild = composeWithGuild(subgraphs);

  it("gives one API schema in both libraries", () => {
    const text = printSchema(lexicographicSortSchema(apollo.apiSchema));
    expect(text).toBe(printSchema(lexicographicSortSchema(guild.apiSchema)));
    expect(text).toContain("loyalty: LoyaltyMembership");
  });

  it("hints at nothing that needs a change", () => {
    // Clientele has two kinds of nodes, and each takes a scope of its own: what
    // reads just any node has to be able to read both.
    const argued = /^Directive @requiresScopes is applied to "Node" /;
    expect(apollo.hints.filter((hint) => !argued.test(hint))).toEqual([]);
    expect(guild.hints).toEqual([]);
  });

  it.each([
    ["@apollo/composition", composeWithApollo],
    ["@theguild/federation-composition", composeWithGuild],
  ])("says every reason that %s has", (library, compose) => {
    const misfit = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { storeCount: Int }
      type Store @key(fields: "key") { key: Int! platform: Int }
    `;
    const wrong = [
      ...subgraphs,
      { name: "misfit", url: "http://127.0.0.1:1/", sdl: misfit },
    ];
    expect(() => compose(wrong)).toThrow(CompositionError);
    expect(() => compose(wrong)).toThrow(
      new RegExp(`^${library} could not[^]*Store.key[^]*Store.platform`),
    );
  });

  it("is refused by Apollo Gateway with security features", async () => {
    const gateway = new ApolloGateway({ supergraphSdl: apollo.sdl });
    await expect(gateway.load()).rejects.toThrow(
      /requiresScopes.* is for: SECURITY but is unsupported/,
    );
  });

  it.each([
    ["@apollo/composition", apollo],
    ["@theguild/federation-composition", guild],
  ])("keeps its types without them, by %s", async (_, { sdl, apiSchema }) => {
    const plain = withoutSecurityFeatures(sdl);
    expect(plain).not.toMatch(/authenticated|requiresScopes/);
    const shapeOf = (text: string) => printSchema(buildSchema(text));
    expect(shapeOf(plain).replaceAll(/\s/g, "")).toBe(
      shapeOf(sdl)
        .replaceAll(
          /^(directive @(authenticated|requiresScopes)|scalar requiresScopes__).*$/gm,
          "",
        )
        .replaceAll(/\s/g, ""),
    );
    const gateway = new ApolloGateway({ supergraphSdl: plain });
    const { schema } = await gateway.load();
    expect(Object.keys(schema.getTypeMap()).sort()).toEqual(
      Object.keys(apiSchema.getTypeMap()).sort(),
    );
    await gateway.stop();
  });
});
