import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { root } from "../../supply-chain/lockfiles";

const schema = JSON.parse(
  readFileSync(
    join(
      dirname(require.resolve("dclint/package.json")),
      "schemas/compose.schema.json",
    ),
    "utf8",
  ),
) as object;
// It names its draft in a manner that Ajv does not know.
const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false });
// Docker's own.
ajv.addFormat("duration", /^(\d+(us|ms|s|m|h))+$/);
ajv.addFormat("expose", /^\d+(-\d+)?(\/(tcp|udp))?$/);
ajv.addFormat("ports", /^[\w.:${}?/-]+$/);
const isCompose = ajv.compile(schema);

describe.each(["compose.yaml", "compose.accounts.yaml"])("%s", (name) => {
  const compose = parse(readFileSync(join(root, "deploy", name), "utf8")) as {
    readonly services: Readonly<Record<string, object>>;
  };

  it("is as the Compose specification has it", () => {
    isCompose(compose);
    expect(isCompose.errors ?? []).toEqual([]);
  });

  it("would be told of a misspelt setting", () => {
    const [service = ""] = Object.keys(compose.services);
    const misspelt = {
      ...compose,
      services: {
        ...compose.services,
        [service]: { ...compose.services[service], depend_on: [] },
      },
    };
    expect(isCompose(misspelt)).toBe(false);
  });
});
