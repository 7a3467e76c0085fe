import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(__dirname, "..");
const schema = readFileSync(resolve(root, "schema.graphql"), "utf8");

interface Report {
  readonly rule: string;
  readonly message: string;
}

/** ESLint loads its configuration as an ES module, which Jest cannot do here. */
const program = `
  import { readFileSync } from "node:fs";
  import { ESLint } from "eslint";
  const { texts, rules } = JSON.parse(readFileSync(0, "utf8"));
  const eslint = new ESLint({ overrideConfig: { rules } });
  const reports = [];
  for (const text of texts) {
    const [{ messages }] = await eslint.lintText(text, {
      filePath: "schema.graphql",
    });
    reports.push(
      messages.map(({ ruleId, message }) => ({ rule: ruleId, message })),
    );
  }
  process.stdout.write(JSON.stringify(reports));
`;

const typenamePrefix = "@graphql-eslint/no-typename-prefix";

/**
 * Lints texts as if each were `schema.graphql`: by the repository's own rules,
 * and by the one that it has switched off for the sake of one field.
 */
function lint(texts: readonly string[]): readonly (readonly Report[])[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    {
      cwd: root,
      encoding: "utf8",
      input: JSON.stringify({ texts, rules: { [typenamePrefix]: "error" } }),
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Report[][];
}

/** The schema with one thing broken, and the rule that is to see it. */
const breaches: readonly {
  readonly name: string;
  readonly rule: string;
  readonly from: string | RegExp;
  readonly to: string;
}[] = [
  {
    name: "a type without a description",
    rule: "require-description",
    from: /"""A product of the catalog."""\n/,
    to: "",
  },
  {
    name: "a description in a comment",
    rule: "no-hashtag-description",
    from: /"""A product of the catalog."""\n/,
    to: "# A product of the catalog.\n",
  },
  {
    name: "a field in another manner of writing",
    rule: "naming-convention",
    from: /^ {2}imageUrl: String/m,
    to: "  image_url: String",
  },
  {
    name: "a field that repeats what it does",
    rule: "naming-convention",
    from: /^ {2}stores: \[Store!\]!/m,
    to: "  getStores: [Store!]!",
  },
  {
    name: "a field that repeats its type's name",
    rule: "no-typename-prefix",
    from: /^ {2}imageUrl: String/m,
    to: "  bigCommerceCategoryImage: String",
  },
  {
    name: "a type that does not exist",
    rule: "known-type-names",
    from: /^ {2}platform: Platform!/m,
    to: "  platform: Shop!",
  },
  {
    name: "a directive that does not exist",
    rule: "known-directives",
    from: /^ {2}imageUrl: String/m,
    to: "  imageUrl: String @hidden",
  },
  {
    name: "a directive without what it takes",
    rule: "provided-required-arguments",
    from: '@key(fields: "key")',
    to: "@key",
  },
  {
    name: "a directive with what it does not take",
    rule: "known-argument-names",
    from: '@key(fields: "key")',
    to: '@key(fields: "key", unique: true)',
  },
  {
    name: "a type that nothing leads to",
    rule: "no-unreachable-types",
    from: /$/,
    to: '\n"""A lost type."""\ntype Lost { id: ID! }\n',
  },
  {
    name: "a field that is said twice",
    rule: "unique-field-definition-names",
    from: /^ {2}imageUrl: String/m,
    to: "  imageUrl: String\n  imageUrl: Int",
  },
  {
    name: "a value that is said twice",
    rule: "unique-enum-value-names",
    from: /^ {2}TEST$/m,
    to: "  TEST\n  TEST",
  },
  {
    name: "a deprecation without its reason",
    rule: "require-deprecation-reason",
    from: /^ {2}imageUrl: String/m,
    to: "  imageUrl: String @deprecated",
  },
  {
    name: "a thing without an id",
    rule: "strict-id-in-types",
    from: /(type BigCommerceProduct [^]*?) {2}id: ID!/,
    to: "$1  gid: ID!",
  },
  {
    name: "a list that cannot be paged",
    rule: "relay-arguments",
    from: /("""The store's customers, in[^]*?)after: String/,
    to: "$1behind: String",
  },
  {
    name: "a connection without its place",
    rule: "relay-connection-types",
    from: /(type CustomerConnection\n[^]*?)pageInfo: PageInfo!/,
    to: "$1page: PageInfo!",
  },
  {
    name: "an edge without a cursor",
    rule: "relay-edge-types",
    from: /(type CustomerEdge \{[^]*?)cursor: String!/,
    to: "$1position: String!",
  },
  {
    name: "rows of a connection that are no nodes",
    rule: "relay-edge-types",
    from: /(type CommerceLayerMarketEdge \{[^]*?)node: CommerceLayerMarket!/,
    to: "$1node: CustomerAddress!",
  },
  {
    name: "a cursor that must be there on an empty page",
    rule: "relay-page-info",
    from: /^ {2}startCursor: String$/m,
    to: "  startCursor: String!",
  },
];

describe("lint of the schema", () => {
  const texts = breaches.map(({ from, to }) => schema.replace(from, to));
  let sound: readonly Report[] = [];
  let broken: readonly (readonly Report[])[] = [];

  beforeAll(() => {
    [sound = [], ...broken] = lint([schema, ...texts]);
  }, 60_000);

  it("finds one name that begins like its type's", () => {
    expect(sound).toEqual([
      {
        rule: typenamePrefix,
        message:
          'Field "customerGroup" starts with the name of the parent type "Customer"',
      },
    ]);
  });

  it.each(breaches.map(({ name, rule }, index) => ({ name, rule, index })))(
    "finds $name by $rule",
    ({ rule, index }) => {
      expect(texts[index]).not.toBe(schema);
      const rules = broken[index]?.map((report) => report.rule);
      expect(rules).toContain(`@graphql-eslint/${rule}`);
      if (rule === "no-typename-prefix") expect(rules).toHaveLength(2);
    },
  );
});
