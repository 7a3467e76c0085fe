// What the caches have to know of the schema: node generate.mjs [--check]
import { readFileSync, writeFileSync } from "node:fs";
import { minifyIntrospectionQuery } from "@urql/introspection";
import { buildSchema, introspectionFromSchema } from "graphql";

const here = (path) => new URL(path, import.meta.url);
const schema = introspectionFromSchema(
  buildSchema(readFileSync(here("../../schema.api.graphql"), "utf8")),
  { descriptions: false },
);

const generated = {
  // For Apollo Client: the types of each interface.
  "src/possible-types.json": Object.fromEntries(
    schema.__schema.types
      .filter(({ kind }) => kind === "INTERFACE" || kind === "UNION")
      .map(({ name, possibleTypes }) => [
        name,
        possibleTypes.map((type) => type.name),
      ]),
  ),
  // For Graphcache: also which fields may be null.
  "src/introspection.json": minifyIntrospectionQuery(schema),
};

for (const [path, value] of Object.entries(generated)) {
  const text = `${JSON.stringify(value)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(here(path), text);
  else if (readFileSync(here(path), "utf8") !== text) {
    throw new Error(`${path} is stale: npm run generate`);
  }
}
