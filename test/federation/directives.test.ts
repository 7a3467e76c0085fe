import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  parse,
  valueFromASTUntyped,
} from "graphql";
import { platforms } from "../../src/platforms/registry";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, startClientele } from "../support/clientele";

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const composites = parse(
  readFileSync(resolve(__dirname, "../../schema.graphql"), "utf8"),
).definitions.filter(
  (definition): definition is Composite =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
);
const fields = composites.flatMap((type) =>
  (type.fields ?? []).map((field) => ({
    type,
    field,
    path: `${type.name.value}.${field.name.value}`,
  })),
);

function argumentsOf(
  node: Composite | FieldDefinitionNode,
  name: string,
): Record<string, unknown> | undefined {
  const found = (node.directives as readonly ConstDirectiveNode[]).find(
    (directive) => directive.name.value === name,
  );
  return (
    found &&
    Object.fromEntries(
      (found.arguments ?? []).map((argument) => [
        argument.name.value,
        valueFromASTUntyped(argument.value),
      ]),
    )
  );
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

function isList(type: TypeNode): boolean {
  return (
    type.kind === Kind.LIST_TYPE ||
    (type.kind === Kind.NON_NULL_TYPE && isList(type.type))
  );
}

describe("directives for routers", () => {
  it("size every connection by its first", () => {
    const connections = fields.filter(({ field }) =>
      nameOf(field.type).endsWith("Connection"),
    );
    expect(connections.length).toBeGreaterThan(10);
    for (const { field, path } of connections) {
      expect([path, argumentsOf(field, "listSize")]).toEqual([
        path,
        {
          slicingArguments: ["first"],
          sizedFields: ["edges", "nodes"],
          requireOneSlicingArgument: false,
        },
      ]);
      const first = field.arguments?.find(({ name }) => name.value === "first");
      expect(first?.defaultValue).toMatchObject({ value: "20" });
    }
  });

  it("size every list that leads upstream", () => {
    const bare = fields
      .filter(
        ({ type, field }) =>
          isList(field.type) && /^(Query|Customer)$/.test(type.name.value),
      )
      .filter(({ field }) => !argumentsOf(field, "listSize"));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it("price a page by its size and requests", () => {
    const priced = fields
      .filter(({ field }) => argumentsOf(field, "cost"))
      .map(({ path }) => path);
    expect(priced).toEqual(
      expect.arrayContaining([
        "Query.customerGroups",
        "Query.nodes",
        "Store.customers",
        "CommerceLayerCustomerGroup.customers",
        "BigCommerceCustomerGroup.customers",
        "EcwidCustomerGroup.customers",
      ]),
    );
    expect(priced).not.toContain("CommerceLayerCustomer.customerGroup");
    expect(priced).not.toContain("Query.stores");
  });

  it("leave access and cost off every interface", () => {
    for (const { type, field } of fields) {
      if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const name of ["cost", "authenticated", "requiresScopes"]) {
        expect(argumentsOf(field, name)).toBeUndefined();
        expect(argumentsOf(type, name)).toBeUndefined();
      }
    }
  });

  it("tag personal data on interfaces and types alike", () => {
    const tagged = new Set(
      fields
        .filter(
          ({ field }) =>
            argumentsOf(field, "tag")?.["name"] === "personal-data",
        )
        .map(({ path }) => path),
    );
    for (const path of [
      "Customer.email",
      "Customer.name",
      "Customer.addresses",
      "CustomerAddress.phone",
      "BigCommerceCustomer.phone",
      "CommerceLayerCustomerSubscription.customerEmail",
      "Query.customersByEmail",
    ]) {
      expect(tagged).toContain(path);
    }
    for (const { type, path } of fields) {
      for (const parent of type.interfaces ?? []) {
        const inherited = `${parent.name.value}.${path.split(".")[1]!}`;
        if (tagged.has(inherited)) expect(tagged).toContain(path);
      }
    }
    expect([...tagged].some((path) => /Group\./.test(path))).toBe(false);
  });

  it("require a scope on every entity type", () => {
    for (const { kinds } of platforms) {
      for (const { typename, scope } of kinds) {
        const type = composites.find(({ name }) => name.value === typename);
        expect([typename, argumentsOf(type!, "requiresScopes")]).toEqual([
          typename,
          { scopes: [[scope]] },
        ]);
      }
    }
  });
});

describe("access that the schema declares", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;
  const tokens = {
    nothing: [],
    groups: ["read:groups"],
    customers: ["read:customers"],
  };

  beforeAll(async () => {
    sandbox = await startSandbox({
      rooms: await Promise.all(platforms.map(({ sandbox: room }) => room!())),
    });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
      {
        auth: {
          mode: "apiKeys",
          keys: Object.entries(tokens).map(([name, scopes]) => ({
            name,
            scopes,
            sha256: createHash("sha256").update(name).digest("hex"),
          })),
        },
      },
    );
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const group = "gid://clientele/CustomerGroup/commerce-layer-demo/xYZkjABcde";
  const customer = "gid://clientele/Customer/commerce-layer-demo/xYZkjABcde";
  const bigCommerceGroup = "gid://clientele/CustomerGroup/bigcommerce-demo/1";

  /** One operation for every field that carries a scope, by the field's path. */
  const operations: Readonly<Record<string, string>> = {
    "Query.customerGroup": `{ customerGroup(id: "${group}") { id name } }`,
    "Query.customerGroups": `{ customerGroups(first: 1) { nodes { id } } }`,
    "Query.customer": `{ customer(id: "${customer}") { id email } }`,
    "Query.customers": `{ customers(first: 1) { nodes { id } } }`,
    "Query.customersByEmail": `{ customersByEmail(email: "john@example.com") { id } }`,
    "Store.customerGroups": `{ stores { customerGroups(first: 1) { nodes { id } } } }`,
    "Store.customers": `{ stores { customers(first: 1) { totalCount } } }`,
    "CommerceLayerCustomerGroup.customers": `{ customerGroup(id: "${group}") { customers(first: 1) { totalCount } } }`,
    "BigCommerceCustomerGroup.customers": `{ customerGroup(id: "${bigCommerceGroup}") { customers(first: 1) { totalCount } } }`,
    "EcwidCustomerGroup.customers": `{ customerGroup(id: "gid://clientele/CustomerGroup/ecwid-demo/0") { customers(first: 1) { totalCount } } }`,
    "CommerceLayerCustomerGroup.attachments": `{ customerGroup(id: "${group}") { ... on CommerceLayerCustomerGroup { attachments { totalCount } } } }`,
    "CommerceLayerCustomer.customerGroup": `{ customer(id: "${customer}") { customerGroup { id } } }`,
    "BigCommerceCustomer.customerGroup": `{ customers(first: 1, filter: { stores: ["bigcommerce-demo"] }) { nodes { customerGroup { id } } } }`,
    "EcwidCustomer.customerGroup": `{ customers(first: 1, filter: { stores: ["ecwid-demo"] }) { nodes { customerGroup { id } } } }`,
  };

  const marked = fields.flatMap(({ field, path }) => {
    const scopes = argumentsOf(field, "requiresScopes")?.["scopes"];
    return scopes
      ? [{ path, scope: (scopes as readonly string[][]).flat().join() }]
      : [];
  });

  it("has an operation here for every field", () => {
    expect(marked.map(({ path }) => path).sort()).toEqual(
      Object.keys(operations).sort(),
    );
  });

  it.each(marked)("is enforced on $path", async ({ path, scope }) => {
    const other = scope === "read:groups" ? "customers" : "groups";
    const answer = await clientele.send(
      operations[path]!,
      {},
      { authorization: `Bearer ${other}` },
    );
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const error of answer.errors ?? []) {
      expect(error.extensions).toMatchObject({ code: "FORBIDDEN", scope });
    }
    // The last field of the path is what was refused.
    const name = path.split(".")[1]!;
    expect(answer.errors?.every((error) => error.path?.includes(name))).toBe(
      true,
    );
  });

  it.each(
    platforms.flatMap(({ name, kinds }) =>
      kinds.map(({ kind, typename, scope }) => ({
        name,
        kind,
        typename,
        scope,
      })),
    ),
  )("is enforced on $typename by its id", async (entity) => {
    const id = `gid://clientele/${entity.kind}/${entity.name}-demo/1`;
    const other = entity.scope === "read:groups" ? "customers" : "groups";
    for (const query of [
      `{ node(id: "${id}") { id } }`,
      `{ nodes(ids: ["${id}"]) { id } }`,
      `{ _entities(representations: [{ __typename: "${entity.typename}", id: "${id}" }]) { __typename } }`,
    ]) {
      const answer = await clientele.send(
        query,
        {},
        { authorization: `Bearer ${other}` },
      );
      expect(answer.errors).toMatchObject([
        { extensions: { code: "FORBIDDEN", scope: entity.scope } },
      ]);
    }
  });

  it("lets a caller without scopes see stores", async () => {
    const answer = await clientele.send(
      "{ stores { key } }",
      {},
      { authorization: "Bearer nothing" },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.stores).toHaveLength(3);
    const refused = await clientele.send("{ stores { key } }");
    expect(refused.status).toBe(401);
  });
});
