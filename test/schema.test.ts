import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type DefinitionNode,
  Kind,
  type StringValueNode,
  parse,
} from "graphql";
import { buildSchema } from "../src/graph/build-schema";
import { toSdl } from "../src/graph/federation";
import { platforms } from "../src/platforms/registry";

const schema = buildSchema(platforms);
const committed = readFileSync(resolve(__dirname, "../schema.graphql"), "utf8");

describe("schema", () => {
  it("is committed as it is built", () => {
    expect(committed).toBe(toSdl(schema));
  });

  it("describes every type, field, argument and value", () => {
    const bare: string[] = [];
    const check = (
      path: string,
      node: { readonly description?: StringValueNode | undefined },
    ) => {
      if (!node.description?.value.trim()) bare.push(path);
    };
    for (const definition of parse(committed).definitions) {
      visit(definition, check);
    }
    expect(bare).toEqual([]);
  });

  it("wraps no plain field with a resolver", () => {
    const type = schema.getType("CommerceLayerCustomer");
    const fields = type && "getFields" in type ? type.getFields() : {};
    const plain = ["email", "status", "metadata", "createdAt", "id"];
    for (const name of plain) {
      const field = fields[name];
      expect(field).toBeDefined();
      expect(field && "resolve" in field ? field.resolve : undefined).toBe(
        undefined,
      );
    }
  });
});

function visit(
  definition: DefinitionNode,
  check: (
    path: string,
    node: { readonly description?: StringValueNode | undefined },
  ) => void,
): void {
  if (!("name" in definition) || !definition.name) return;
  const name = definition.name.value;
  if (
    definition.kind === Kind.DIRECTIVE_DEFINITION ||
    !("description" in definition)
  ) {
    return;
  }
  check(name, definition);
  if ("values" in definition) {
    for (const value of definition.values ?? []) {
      check(`${name}.${value.name.value}`, value);
    }
  }
  if ("fields" in definition) {
    for (const field of definition.fields ?? []) {
      const path = `${name}.${field.name.value}`;
      check(path, field);
      if (!("arguments" in field)) continue;
      for (const argument of field.arguments ?? []) {
        check(`${path}(${argument.name.value})`, argument);
      }
    }
  }
}
