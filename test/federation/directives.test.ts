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

/** The same of a field of an interface and of the types that implement it. */
function onEvery<Value>(
  name: string,
  field: string,
  value: Value,
): Record<string, Value> {
  return Object.fromEntries(
    composites
      .filter(
        ({ name: own, interfaces = [] }) =>
          own.value === name ||
          interfaces.some((one) => one.name.value === name),
      )
      .map((type) => [`${type.name.value}.${field}`, value]),
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

  it("size every other list of objects", () => {
    const sized = fields
      .filter(
        ({ type, field }) =>
          isList(field.type) &&
          composites.some(({ name }) => name.value === nameOf(field.type)) &&
          !/Connection$/.test(type.name.value),
      )
      .map(({ field, path }) => [path, argumentsOf(field, "listSize")]);
    expect(Object.fromEntries(sized)).toEqual({
      "Query.nodes": { assumedSize: 25 },
      "Query.stores": { assumedSize: 3 },
      "Query.customersByEmail": { assumedSize: 3 },
      "BigCommerceCategoryAccess.categories": { assumedSize: 10 },
      "BigCommerceCustomerGroup.discountRules": { assumedSize: 5 },
      "BigCommerceCustomerGroup.priceListAssignments": { assumedSize: 3 },
      ...onEvery("Customer", "addresses", { assumedSize: 2 }),
      // Each row is a search of its own.
      ...onEvery("Customer", "sameEmail", { assumedSize: 10 }),
    });
  });

  it("price whatever is read by a request of its own", () => {
    const weights = [
      ...composites.map((type) => [type.name.value, type] as const),
      ...fields.map(({ path, field }) => [path, field] as const),
    ].flatMap(([path, node]) => {
      const cost = argumentsOf(node, "cost");
      return cost ? [[path, cost["weight"]] as const] : [];
    });
    expect(Object.fromEntries(weights)).toEqual({
      CustomerConnection: 10,
      CustomerGroupConnection: 10,
      "Query.customer": 10,
      "Query.customerGroup": 10,
      "Query.customersByEmail": 10,
      "Query.node": 10,
    });
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
    for (const { type, path } of fields) {
      for (const parent of type.interfaces ?? []) {
        const inherited = `${parent.name.value}.${path.split(".")[1]!}`;
        if (tagged.has(inherited)) expect(tagged).toContain(path);
      }
    }
    expect([...tagged].some((path) => /Group\./.test(path))).toBe(false);

    // What a contract variant without them still shows of customers.
    const scopes = new Map(
      platforms.flatMap(({ kinds }) =>
        kinds.map(({ typename, scope }) => [typename, scope]),
      ),
    );
    const isOfCustomers = ({ name: { value: name } }: Composite) =>
      ["Customer", "CustomerAddress"].includes(name) ||
      scopes.get(name) === "read:customers";
    const shown = new Map<string, string[]>();
    for (const { type, field, path } of fields) {
      const isConnection = nameOf(field.type).endsWith("Connection");
      if (!isOfCustomers(type) || isConnection || tagged.has(path)) continue;
      const names = shown.get(type.name.value) ?? [];
      shown.set(type.name.value, [...names, field.name.value].sort());
    }
    // Keys, which joins need; where and when; pseudonyms of other systems.
    const ofEach = ["createdAt", "id", "nativeId", "updatedAt"];
    const ofResources = [...ofEach, "reference", "referenceOrigin"];
    const ofCustomers = [...ofEach, "customerGroup", "store"];
    const expected: Readonly<Record<string, readonly string[]>> = {
      Customer: ofCustomers,
      EcwidCustomer: [
        ...ofCustomers,
        ...["orderCount", "taxExempt", "acceptMarketing", "language"],
      ],
      BigCommerceCustomer: [
        ...ofCustomers,
        ...["taxExemptCategory", "storeCredit", "originChannelId"],
      ],
      CommerceLayerCustomer: [
        ...ofCustomers,
        ...["reference", "referenceOrigin", "shopperReference", "profileId"],
        ...["status", "hasPassword", "totalOrdersCount", "mode", "url"],
        // How far personal data is gone.
        ...["anonymizationStatus", "anonymizationInfo"],
      ],
      CommerceLayerAttachment: ofResources,
      CommerceLayerCustomerAddress: ofResources,
      CommerceLayerCustomerPaymentSource: ofResources,
      CommerceLayerCustomerSubscription: ofResources,
      CommerceLayerOrder: [
        ...ofResources,
        ...["number", "status", "paymentStatus", "fulfillmentStatus"],
        ...["currencyCode", "totalAmountCents", "placedAt"],
      ],
      CommerceLayerOrderSubscription: [
        ...ofResources,
        ...["number", "status", "frequency"],
      ],
      CommerceLayerReturn: [...ofResources, "number", "status"],
    };
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([type, names]) => [
          type,
          [...names].sort(),
        ]),
      ),
    );
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
