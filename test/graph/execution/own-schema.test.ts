import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  concatAST,
  execute,
  getIntrospectionQuery,
  getVariableValues,
  parse,
  separateOperations,
} from "graphql";
import { checkConfig } from "../../../src/config/load-config";
import { Cancellation } from "../../../src/domain/cancellation";
import { buildSchema } from "../../../src/graph/build-schema";
import { type Scope, allScopes } from "../../../src/graph/caller";
import { compileOperation } from "../../../src/graph/execution/compile-operation";
import {
  type ConnectedStore,
  type OperationContext,
  createOperationContext,
} from "../../../src/graph/operation-context";
import { projectionOf } from "../../../src/graph/projection";
import { platforms } from "../../../src/platforms/registry";
import { createSharedState } from "../../../src/platforms/shared-state";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start";
import { type Outcome, toOutcome } from "./both-ways";

const root = resolve(__dirname, "../../..");
const textsIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));

const operations = [
  ...Object.values(
    separateOperations(
      concatAST(textsIn("test/operations").map((text) => parse(text))),
    ),
  ),
  ...textsIn("examples").map((text) => parse(text)),
].map((document) => {
  const operation = document.definitions.find(
    (each): each is OperationDefinitionNode =>
      each.kind === Kind.OPERATION_DEFINITION,
  )!;
  return { name: operation.name?.value ?? "unnamed", document, operation };
});

describe("operations on our own schema", () => {
  let schema: GraphQLSchema;
  let sandbox: Sandbox;
  let stores: readonly ConnectedStore[];
  /** Some of each store, and one that nobody has. */
  const ids: string[] = ["gid://clientele/Customer/nowhere/1", "no id"];
  const emails: string[] = [];

  beforeAll(async () => {
    schema = buildSchema(platforms);
    sandbox = await startSandbox({
      rooms: await Promise.all(platforms.map(({ sandbox: room }) => room!())),
    });
    const config = checkConfig(
      {
        server: { auth: { mode: "none" } },
        stores: sandbox.servers.map((server) => ({
          key: server.storeKey,
          platform: server.platform,
          ...server.storeSettings,
          quota: { enforce: "afterRefusal" },
        })),
      },
      "test configuration",
      { environment: {}, platforms },
    );
    const shared = createSharedState();
    stores = config.stores.map(({ key, platform, settings, limits }) => ({
      key,
      platform,
      store: platform.connect({
        key,
        settings,
        limits,
        shared,
        signals: { unreadableDate: () => undefined },
      }),
    }));
    const { data } = await byPlan(
      "{ stores { customerGroups(first: 2) { nodes { id } } customers(first: 2) { nodes { id email } } } }",
    );
    for (const { customerGroups, customers } of (data as any).stores) {
      for (const { id } of [...customerGroups.nodes, ...customers.nodes]) {
        ids.push(id as string);
      }
      emails.push(customers.nodes[0].email as string);
    }
  });
  afterAll(async () => {
    await Promise.all(stores.map(({ store }) => store.close()));
    await sandbox.close();
  });

  const contextFor = (
    document: ReturnType<typeof parse>,
    variables: Readonly<Record<string, unknown>>,
    scopes: ReadonlySet<Scope>,
  ): OperationContext => {
    const context = createOperationContext({
      caller: { name: "test", scopes },
      stores,
      signal: new Cancellation(),
    });
    context.plan(
      projectionOf(schema, document, operationOf(document), variables, scopes),
    );
    return context;
  };
  const byPlan = async (
    source: string | ReturnType<typeof parse>,
    given: Readonly<Record<string, unknown>> = {},
    scopes: ReadonlySet<Scope> = allScopes,
  ): Promise<Outcome> => {
    const document = typeof source === "string" ? parse(source) : source;
    const operation = operationOf(document);
    const { coerced, errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      given,
    );
    if (!coerced) return toOutcome({ errors });
    const plan = compileOperation(schema, document, operation);
    const context = contextFor(document, coerced, scopes);
    return toOutcome(await plan.execute(context, coerced));
  };
  const byGraphql = async (
    document: ReturnType<typeof parse>,
    variableValues: Readonly<Record<string, unknown>>,
    scopes: ReadonlySet<Scope>,
  ): Promise<Outcome> =>
    toOutcome(
      await execute({
        schema,
        document,
        variableValues,
        contextValue: contextFor(document, variableValues, scopes),
      }),
    );

  /** Values for what an operation declares: one set for each id of ours. */
  const variablesOf = ({
    variableDefinitions = [],
  }: OperationDefinitionNode): Record<string, unknown>[] => {
    const names = variableDefinitions.map(
      ({ variable }) => variable.name.value,
    );
    const subjects = names.includes("id") ? ids : [undefined];
    return subjects.map((id) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const known: Readonly<Record<string, unknown>> = {
            id,
            ids,
            email: emails[0],
            search: "a",
            first: 3,
            members: 2,
            markets: 2,
          };
          return name in known ? [[name, known[name]] as const] : [];
        }),
      ),
    );
  };

  it("are some", () => {
    expect(operations.length).toBeGreaterThan(35);
  });

  it.each(operations)(
    "are answered as by graphql: $name",
    async ({ document, operation }) => {
      let answered = 0;
      for (const variables of variablesOf(operation)) {
        const expected = await byGraphql(document, variables, allScopes);
        const compiled = await byPlan(document, variables);
        expect(compiled).toEqual(expected);
        expect(JSON.stringify(compiled.data)).toBe(
          JSON.stringify(expected.data),
        );
        if (Object.values(expected.data ?? {}).some(Boolean)) answered += 1;
      }
      expect(answered).toBeGreaterThan(0);
    },
  );

  it.each(operations)(
    "fail as by graphql without a right: $name",
    async ({ document, operation }) => {
      const [first, , variables = first!] = variablesOf(operation);
      for (const scopes of [
        new Set<Scope>(["read:groups"]),
        new Set<Scope>(),
      ]) {
        expect(await byPlan(document, variables, scopes)).toEqual(
          await byGraphql(document, variables, scopes),
        );
      }
    },
  );

  it("fail as by graphql when stores fail", async () => {
    for (const { faults } of sandbox.servers) {
      faults.add({ when: { kind: "api" }, status: 404, body: "no" });
    }
    try {
      for (const { document, operation } of operations) {
        const [first, , variables = first!] = variablesOf(operation);
        expect(await byPlan(document, variables)).toEqual(
          await byGraphql(document, variables, allScopes),
        );
      }
    } finally {
      for (const { faults } of sandbox.servers) faults.clear();
    }
  });

  it("tell of the schema what graphql tells", async () => {
    const document = parse(getIntrospectionQuery());
    const expected = await byGraphql(document, {}, allScopes);
    expect(expected.errors).toEqual([]);
    expect(await byPlan(document)).toEqual(expected);
  });
});

function operationOf(
  document: ReturnType<typeof parse>,
): OperationDefinitionNode {
  return document.definitions.find(
    (each): each is OperationDefinitionNode =>
      each.kind === Kind.OPERATION_DEFINITION,
  )!;
}
