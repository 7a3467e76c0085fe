import { existsSync } from "node:fs";
import eslint from "@eslint/js";
import graphql from "@graphql-eslint/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

// Packages of their own can be judged only where what they import is installed.
const absent = [
  "test/browser",
  "test/deploy/checks",
  "examples/relay",
  "examples/caches",
  "examples/supergraph",
].filter(
  (folder) => !existsSync(new URL(`${folder}/node_modules`, import.meta.url)),
);

export default tseslint.config(
  {
    ignores: [
      "**/dist/",
      "node_modules/",
      "test/gql/",
      "**/__generated__/",
      // Has rules of its own: `npm run check` there.
      "examples/client/",
      "**/jest*.config.js",
      ...absent.map((folder) => `${folder}/`),
    ],
  },
  {
    files: ["**/*.{js,mjs,ts,tsx}"],
    extends: [
      eslint.configs.recommended,
      tseslint.configs.recommendedTypeChecked,
    ],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    // Answers to operations that no type can describe, wrong ones and a
    // gateway's, are read as they come.
    files: ["test/**/*.ts", "examples/*/test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // Apollo Client has its defaults declared in a namespace of its own.
    files: ["examples/caches/src/create-apollo-client.ts"],
    rules: {
      "@typescript-eslint/no-namespace": ["error", { allowDeclarations: true }],
    },
  },
  {
    // The subgraph's own SDL: the plugin knows federation by its @link, and
    // builds the schema with the definitions of its directives.
    files: ["schema.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "schema.graphql" } },
    },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // An id is for what can be fetched again. Pages, their parts, and values
      // that are a part of their parent have none upstream either.
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            types: [
              "BigCommerceCategoryAccess",
              "CommerceLayerAnonymizationInfo",
              "CustomerAddress",
              "PageInfo",
            ],
            suffixes: ["Connection", "Edge", "DiscountRule"],
          },
        },
      ],
      // Forward only. Rows are counted from the first; to page backwards from
      // the last would need every store's count, and rows that are added
      // meanwhile come last. Relay's specification asks for either direction.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
      // Lists that are short by their nature, such as the rules of a group, are
      // lists; and connections have `nodes` beside `edges`.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { listTypeCanWrapOnlyEdgeType: false },
      ],
      // The rule reads names by their letters, and takes the field
      // `Customer.customerGroup` for a repetition of its type's name, though it
      // is the name of another type. test/schema-lint.test.ts sees to all other
      // fields.
      "@graphql-eslint/no-typename-prefix": "off",
    },
  },
  prettier,
);
