import type { CodegenConfig } from "@graphql-codegen/cli";

/** Typed documents for every `graphql(…)` in `src`: `npm run generate`. */
const config: CodegenConfig = {
  schema: "../../schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/gql/**"],
  config: { federation: true },
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: {
        // Its other name, useFragment, is that of a React hook, which it is not.
        fragmentMasking: { unmaskFunctionName: "readFragment" },
      },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        avoidOptionals: { field: true },
        scalars: {
          DateTime: "string",
          Decimal: "string",
          JSONObject: "Readonly<Record<string, unknown>>",
          URL: "string",
          FieldSet: "string",
        },
      },
    },
  },
};

export default config;
