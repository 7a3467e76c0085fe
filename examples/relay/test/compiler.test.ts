import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const home = resolve(__dirname, "..");
const compiler = join(home, "node_modules/relay-compiler/cli.js");
const schema = readFileSync(join(home, "../../schema.api.graphql"), "utf8");

function run(script: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, ...args],
    { cwd, encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

/** Compiles a copy of the sources with one operation more. */
function compileWith(operation: string) {
  const folder = mkdtempSync(join(tmpdir(), "clientele-relay-"));
  try {
    cpSync(join(home, "src"), join(folder, "src"), { recursive: true });
    writeFileSync(
      join(folder, "src/added.ts"),
      `import { graphql } from "relay-runtime";\ngraphql\`${operation}\`;\n`,
    );
    writeFileSync(join(folder, "schema.graphql"), schema);
    const config = JSON.parse(
      readFileSync(join(home, "relay.config.json"), "utf8"),
    ) as object;
    writeFileSync(
      join(folder, "relay.config.json"),
      JSON.stringify({ ...config, schema: "./schema.graphql" }),
    );
    return run(compiler, [], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("Relay's compiler", () => {
  it("accepts every operation as it was compiled", () => {
    const { status, output } = run(compiler, ["--validate"], home);
    expect([status, output]).toEqual([
      0,
      expect.not.stringMatching(/error|warn/i),
    ]);
  });

  it("accepts another operation that is right", () => {
    const { status, output } = compileWith(
      "query addedQuery($id: ID!) { customer(id: $id) { ...customerCard_customer } }",
    );
    expect([status, output]).toEqual([0, expect.not.stringMatching(/error/i)]);
  });

  it.each([
    [
      "a field that does not exist",
      "query addedQuery { stores { name } }",
      "The type `Store` has no field `name`",
    ],
    [
      "a platform's field on a common type",
      "fragment added_customer on Customer { totalOrdersCount }",
      "The type `Customer` has no field `totalOrdersCount`",
    ],
    [
      "a fragment on a type that is never there",
      "fragment added_customer on Customer { ... on EcwidCustomerGroup { name } }",
      "this type can never occur for parent type 'Customer'",
    ],
    [
      "a variable of another type",
      "query addedQuery($id: String!) { node(id: $id) { id } }",
      "Variable of type 'String!' cannot be used where 'ID!' is expected",
    ],
    [
      "an argument that is missing",
      "query addedQuery { customer { email } }",
      "Missing required argument: `id`",
    ],
    [
      "a connection without its rows",
      'fragment added_query on Query { customers(first: 5) @connection(key: "added_customers") { totalCount } }',
      "Expected 'customers' to be passed a 'edges' selection",
    ],
    [
      "a refetch of what has no id",
      'fragment added_address on CustomerAddress @refetchable(queryName: "addedRefetchQuery") { city }',
      "Invalid use of @refetchable on fragment 'added_address'",
    ],
  ])("refuses %s", (_what, operation, reason) => {
    const { status, output } = compileWith(operation);
    expect(status).not.toBe(0);
    expect(output).toContain(reason);
    expect(output).toContain("added.ts");
  });

  it("makes types that hold", () => {
    const typescript = join(home, "node_modules/typescript/bin/tsc");
    expect(run(typescript, ["-p", home], home)).toEqual({
      status: 0,
      output: "",
    });
  }, 60_000);
});
