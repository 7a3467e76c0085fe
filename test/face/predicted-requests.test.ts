import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Kind, parse, print } from "graphql";
import { platforms } from "../../src/platforms/registry";
import type { BigCommerceSandboxServer } from "../../src/sandbox/bigcommerce";
import type { CommerceLayerSandboxServer } from "../../src/sandbox/commerce-layer";
import type { EcwidSandboxServer } from "../../src/sandbox/ecwid";
import { Random } from "../../src/sandbox/random";
import type { SandboxServer } from "../../src/sandbox/room";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, startClientele } from "../support/clientele";
import { randomOperation } from "../support/random-operations";
import { createWorld } from "../support/world";

const root = resolve(__dirname, "../..");
const rooms = () => Promise.all(platforms.map(({ sandbox: room }) => room!()));

interface Measured {
  readonly predicted: number;
  /** Requests that the sandbox received. */
  readonly actual: number;
  readonly errors: readonly string[];
}

type Variables = Readonly<Record<string, unknown>>;

async function measure(
  clientele: Clientele,
  servers: readonly SandboxServer[],
  query: string,
  variables: Variables = {},
): Promise<Measured> {
  for (const server of servers) server.journal.clear();
  const answer = await clientele.send(query, variables, {
    "clientele-debug": "upstream",
  });
  const upstream = answer.extensions?.["upstream"] as
    { predicted: number } | undefined;
  const received = servers.map(({ journal }) => journal.requests("api").length);
  return {
    predicted: upstream?.predicted ?? NaN,
    actual: received.reduce((sum, count) => sum + count, 0),
    errors: (answer.errors ?? []).map(({ extensions }) => extensions.code),
  };
}

/** Every operation of a file on its own, with the fragments that it needs. */
function operationsIn(file: string): string[] {
  const { definitions } = parse(readFileSync(file, "utf8"));
  const fragments = definitions.filter(
    ({ kind }) => kind === Kind.FRAGMENT_DEFINITION,
  );
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? [
          [definition, ...fragments]
            .map(print)
            .filter(
              (text, index, texts) =>
                index === 0 ||
                texts.some(
                  (other) =>
                    other !== text && other.includes(`...${nameOf(text)}`),
                ),
            )
            .join("\n"),
        ]
      : [],
  );
}

function nameOf(fragment: string): string {
  return /^fragment (\w+)/.exec(fragment)?.[1] ?? "";
}

describe("predicted requests", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ rooms: await rooms() });
  });
  afterAll(() => sandbox.close());

  const commerceLayer = () =>
    sandbox.server("commerce-layer-demo") as CommerceLayerSandboxServer;
  const bigCommerce = () =>
    sandbox.server("bigcommerce-demo") as BigCommerceSandboxServer;
  const ecwid = () => sandbox.server("ecwid-demo") as EcwidSandboxServer;

  const gid = (kind: string, store: string, id: string | number) =>
    `gid://clientele/${kind}/${store}/${id}`;
  const references = (ids: readonly string[], __typename: string) => ({
    r: ids.map((id) => ({ __typename, id })),
  });

  /** A line of the budget: its shape, and the most that it may cost. */
  interface Line {
    readonly id: string;
    readonly query: string;
    readonly variables?: () => Variables;
    readonly most: number;
    /** What can come of it, when that is more than the budget foresees. */
    readonly predicted?: number;
  }

  const entities =
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { email } ... on CustomerGroup { name } } }";
  const nodes =
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Customer { email } ... on CustomerGroup { name } } }";

  const clGroups = (count: number) =>
    commerceLayer()
      .data.customerGroups.slice(0, count)
      .map(({ id }) => gid("CustomerGroup", "commerce-layer-demo", id));
  const clCustomers = (count: number) =>
    commerceLayer()
      .data.customers.slice(0, count)
      .map(({ id }) => gid("Customer", "commerce-layer-demo", id));
  const bcGroups = (count: number) =>
    bigCommerce()
      .data.customerGroups.slice(0, count)
      .map(({ id }) => gid("CustomerGroup", "bigcommerce-demo", id));
  const bcCustomers = (count: number) =>
    bigCommerce()
      .data.customers.slice(0, count)
      .map(({ id }) => gid("Customer", "bigcommerce-demo", id));
  const ecwidGroups = (count: number) =>
    ecwid()
      .data.customerGroups.slice(0, count)
      .map(({ id }) => gid("CustomerGroup", "ecwid-demo", id));
  const ecwidCustomers = (count: number) =>
    ecwid()
      .data.customers.slice(0, count)
      .map(({ id }) => gid("Customer", "ecwid-demo", id));

  const one = (field: string, ids: () => string[], selection: string) => ({
    query: `query ($id: ID!) { ${field}(id: $id) { ${selection} } }`,
    variables: () => ({ id: ids()[0] }),
  });
  const members =
    "{ customerGroups(first: 10) { nodes { customers(first: 10) { nodes { email } } } } }";

  const lines: Readonly<Record<string, readonly Line[]>> = {
    "commerce-layer-demo": [
      {
        id: "C1 of a group",
        ...one("customerGroup", () => clGroups(1), "name createdAt"),
        most: 1,
      },
      {
        id: "C1 of a customer",
        ...one("customer", () => clCustomers(1), "email"),
        most: 1,
      },
      ...[2, 25, 26, 60].map((count) => ({
        id: `C2 of ${count} groups`,
        query: nodes,
        variables: () => ({ ids: clGroups(count) }),
        most: Math.ceil(count / 25),
      })),
      {
        id: "C2 of a gateway's customers",
        query: entities,
        variables: () => references(clCustomers(400), "Customer"),
        most: 16,
      },
      {
        id: "C3",
        query: "{ customers(first: 25) { nodes { customerGroup { name } } } }",
        most: 1,
      },
      {
        id: "C4",
        query:
          "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { email customerGroup { name } } } }",
        variables: () => ({ ids: clCustomers(60) }),
        most: 3,
      },
      {
        id: "C5",
        ...one("customer", () => clCustomers(1), "customerGroup { name }"),
        most: 1,
      },
      {
        id: "C6",
        ...one(
          "customerGroup",
          () => clGroups(1),
          "name customers(first: 10) { nodes { email } }",
        ),
        most: 2,
      },
      { id: "C7", query: members, most: 11 },
      {
        id: "C8",
        query:
          "{ customerGroups(first: 25) { nodes { ... on CommerceLayerCustomerGroup { markets { nodes { name priceList { name } } } } } } }",
        most: 2,
        // Any group may have so many markets that each is asked alone.
        predicted: 1 + 1 + 25,
      },
      {
        id: "C9",
        query: "{ customers(first: 25) { nodes { addresses { city } } } }",
        most: 1,
      },
      {
        id: "C10",
        query: "{ customers(first: 60) { nodes { id } } }",
        most: 3,
      },
      {
        id: "C11 beside a page",
        query: "{ customers(first: 10) { totalCount nodes { email } } }",
        most: 1,
      },
      {
        id: "C11 alone",
        query: "{ customers(first: 0) { totalCount } }",
        most: 1,
      },
      {
        id: "C11 of a group",
        ...one(
          "customerGroup",
          () => clGroups(1),
          "customers(first: 0) { totalCount }",
        ),
        most: 2,
      },
      {
        id: "C12",
        ...one(
          "customerGroup",
          () => clGroups(1),
          "name customers(first: 10) { nodes { customerGroup { id name } } }",
        ),
        most: 2,
      },
      {
        id: "S3 of an entity",
        query:
          "query ($id: ID!) { a: customer(id: $id) { email } b: node(id: $id) { ... on Customer { createdAt } } c: nodes(ids: [$id, $id]) { id } }",
        variables: () => ({ id: clCustomers(1)[0] }),
        most: 1,
      },
      {
        id: "S3 of a list",
        query:
          "{ a: customers(first: 5) { nodes { email } } b: customers(first: 5) { nodes { createdAt } } }",
        most: 1,
      },
      {
        id: "S4",
        query: "{ stores { __typename id key platform } }",
        most: 0,
      },
      {
        id: "S4 of references",
        query:
          "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id nativeId store { key } } } }",
        variables: () => references(clCustomers(10), "Customer"),
        most: 0,
      },
    ],
    "bigcommerce-demo": [
      {
        id: "B1",
        ...one("customerGroup", () => bcGroups(1), "name"),
        most: 1,
      },
      ...[2, 30, 60].map((count) => ({
        id: `B2 of ${count} groups`,
        query: nodes,
        variables: () => ({ ids: bcGroups(count) }),
        most: 1,
      })),
      {
        id: "B3",
        query: "{ customers(first: 100) { nodes { customerGroup { name } } } }",
        most: 2,
      },
      {
        id: "B4",
        query: entities,
        variables: () => references(bcCustomers(300), "Customer"),
        most: 2,
      },
      {
        id: "B5",
        query:
          "{ customerGroups(first: 50) { nodes { ... on BigCommerceCustomerGroup { categoryAccess { categories { name } } discountRules { ... on BigCommerceCategoryDiscountRule { category { name } } ... on BigCommerceProductDiscountRule { product { name } } ... on BigCommercePriceListDiscountRule { priceList { name } } } } } } }",
        most: 4,
      },
      { id: "B6", query: members, most: 11 },
      {
        id: "B7",
        query:
          "{ customerGroups(first: 50) { nodes { ... on BigCommerceCustomerGroup { priceListAssignments { priceList { name } } } } } }",
        most: 3,
      },
      {
        id: "B8",
        query: "{ customers(first: 50) { nodes { addresses { city } } } }",
        most: 1,
      },
      {
        id: "B9",
        query: "{ customerGroups(first: 0) { totalCount } }",
        most: 1,
      },
    ],
    "ecwid-demo": [
      {
        id: "E1",
        ...one("customerGroup", () => ecwidGroups(1), "name"),
        most: 1,
      },
      {
        id: "E2",
        query:
          "{ customers(first: 100) { nodes { customerGroup { id name } } } }",
        most: 1,
      },
      ...[2, 40, 63].map((count) => ({
        id: `E3 of ${count} groups`,
        query: nodes,
        variables: () => ({ ids: ecwidGroups(count) }),
        most: 1,
      })),
      {
        id: "E4",
        query: nodes,
        variables: () => ({ ids: ecwidCustomers(40) }),
        most: 40,
      },
      {
        id: "E5",
        ...one(
          "customerGroup",
          () => ecwidGroups(1),
          "customers(first: 0) { totalCount }",
        ),
        most: 1,
      },
      {
        id: "E5 beside the name",
        ...one(
          "customerGroup",
          () => ecwidGroups(1),
          "name customers(first: 0) { totalCount }",
        ),
        most: 2,
      },
      { id: "E6", query: members, most: 11 },
    ],
  };

  describe.each(Object.entries(lines))(
    "of the budget at %s",
    (store, budget) => {
      let clientele: Clientele;
      const servers = () => [sandbox.server(store)];

      beforeAll(async () => {
        clientele = await startClientele(
          servers().map((server) => ({ server })),
        );
        // The token that tells the mode, and the length of the list of groups.
        await measure(
          clientele,
          servers(),
          "{ customerGroups(first: 0) { totalCount } }",
        );
      });
      afterAll(() => clientele.stop());

      it.each(budget.map((line) => [line.id, line] as const))(
        "%s are as many as are sent",
        async (_, { query, variables, most, predicted = most }) => {
          const measured = await measure(
            clientele,
            servers(),
            query,
            variables?.(),
          );
          expect(measured.errors).toEqual([]);
          expect(measured.actual).toBeLessThanOrEqual(measured.predicted);
          expect(measured.predicted).toBe(predicted);
          if (predicted === most) expect(measured.actual).toBe(most);
        },
      );
    },
  );

  describe("over all stores", () => {
    let clientele: Clientele;
    const all = (query: string, variables?: Variables) =>
      measure(clientele, sandbox.servers, query, variables);

    beforeAll(async () => {
      clientele = await startClientele(
        sandbox.servers.map((server) => ({ server })),
        { limits: { maxUpstreamRequests: 2_000 } },
      );
    });
    afterAll(() => clientele.stop());

    it("are the most that an unseen store can cost", async () => {
      // Nobody has told yet how many groups there are.
      const fresh = await startClientele([
        { server: sandbox.server("ecwid-demo") },
      ]);
      const servers = [sandbox.server("ecwid-demo")];
      const first = await measure(fresh, servers, members);
      const second = await measure(fresh, servers, members);
      await fresh.stop();
      expect(first).toEqual({ predicted: 50 + 10, actual: 11, errors: [] });
      expect(second).toEqual({ predicted: 11, actual: 11, errors: [] });
    });

    it("S1 count so many rows in all, not for each store", async () => {
      await all("{ stores { customerGroups(first: 0) { totalCount } } }");
      const few = await all("{ customerGroups(first: 20) { nodes { name } } }");
      expect(few).toEqual({ predicted: 3, actual: 1, errors: [] });
      const more = await all(
        "{ customerGroups(first: 20) { nodes { customers(first: 2) { nodes { email } } } } }",
      );
      expect(more).toEqual({ predicted: 3 + 20, actual: 1 + 20, errors: [] });
    });

    it("S1 count every store when the total is asked", async () => {
      expect(
        await all(
          "{ customerGroups(first: 20) { totalCount nodes { name } } }",
        ),
      ).toEqual({ predicted: 3, actual: 3, errors: [] });
    });

    it("S2 are one for each store", async () => {
      expect(
        await all("{ stores { customerGroups(first: 5) { nodes { name } } } }"),
      ).toEqual({ predicted: 3, actual: 3, errors: [] });
    });

    it("count only the stores that a filter leaves", async () => {
      expect(
        await all(
          '{ customers(first: 60, filter: { platforms: [COMMERCE_LAYER] }) { nodes { email } } customerGroups(first: 5, filter: { stores: ["bigcommerce-demo"] }) { nodes { name } } }',
        ),
      ).toEqual({ predicted: 4, actual: 4, errors: [] });
    });

    it.each<[string, string]>([
      [
        "aliases",
        `query ($ids: [ID!]!) { ${Array.from({ length: 30 }, (_, index) => `a${index}: customer(id: "$${index}") { email }`).join(" ")} nodes(ids: $ids) @skip(if: true) { id } }`,
      ],
      ["nodes", nodes],
      ["representations", entities],
      [
        "a list",
        "query ($ids: [ID!]!) { customers(first: 30, filter: { ids: $ids }) { nodes { email } } }",
      ],
      [
        "several of these",
        "query ($ids: [ID!]!) { a: nodes(ids: $ids) { ... on Customer { email } } b: nodes(ids: $ids) { ... on Customer { name } } }",
      ],
    ])("A5 count each of many customers, named by %s", async (_, query) => {
      // Ecwid reads each by a request of its own.
      const ids = ecwidCustomers(30);
      expect(
        await all(
          query.replace(/"\$(\d+)"/g, (__, index) => `"${ids[Number(index)]}"`),
          { ids, ...references(ids, "Customer") },
        ),
      ).toEqual({ predicted: 30, actual: 30, errors: [] });
    });

    it("count one search of each store for an address", async () => {
      expect(
        await all(
          '{ customersByEmail(email: "john@example.com") { email sameEmail { id } } }',
        ),
      ).toEqual({ predicted: 3, actual: 3, errors: [] });
    });

    it("count a search elsewhere for each customer's address", async () => {
      const { predicted, actual, errors } = await all(
        '{ customers(first: 10, filter: { stores: ["bigcommerce-demo"] }) { nodes { sameEmail { id } } } }',
      );
      expect(errors).toEqual([]);
      expect(predicted).toBe(1 + 10 + 10);
      expect(actual).toBeLessThanOrEqual(predicted);
    });

    it("count again what asks after each answer", async () => {
      // Sixty customers come with three answers, and each of those may be
      // followed by a search of its own for all its addresses together.
      const { predicted, actual, errors } = await all(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { sameEmail { id } } } }",
        { ids: clCustomers(60) },
      );
      expect(errors).toEqual([]);
      expect(predicted).toBe(3 + 3 + 60);
      expect(actual).toBeLessThanOrEqual(predicted);
    });

    it("count the group of members once, and its lists", async () => {
      expect(
        await all(
          "query ($id: ID!) { customerGroup(id: $id) { customers(first: 10) { nodes { customerGroup { name customers(first: 3) { nodes { email } } } } } } }",
          { id: bcGroups(1)[0] },
        ),
      ).toEqual({ predicted: 3, actual: 3, errors: [] });
    });

    it("begin where a cursor says", async () => {
      const answer = await clientele.send(
        '{ customers(first: 7, filter: { stores: ["commerce-layer-demo"] }) { pageInfo { endCursor } } }',
      );
      const after = answer.data.customers.pageInfo.endCursor as string;
      for (const first of [18, 25]) {
        const measured = await all(
          'query ($first: Int, $after: String) { customers(first: $first, after: $after, filter: { stores: ["commerce-layer-demo"] }) { nodes { id } } }',
          { first, after },
        );
        // Rows 8 to 25 lie on one page; rows 8 to 32 need two.
        const pages = first === 18 ? 1 : 2;
        expect(measured).toEqual({
          predicted: pages,
          actual: pages,
          errors: [],
        });
      }
    });

    it("leave out what is skipped", async () => {
      const query =
        "query ($all: Boolean = false) { customers(first: 25) { nodes { id ... on CommerceLayerCustomer @include(if: $all) { orders { totalCount } } } } }";
      const without = await all(query);
      const with_ = await all(query, { all: true });
      expect(without.predicted).toBe(3);
      expect(with_.predicted).toBeGreaterThan(25);
      expect(with_.actual).toBeLessThanOrEqual(with_.predicted);
    });

    it("hold for every operation of the examples and tests", async () => {
      const ids = {
        group: gid("CustomerGroup", "commerce-layer-demo", "xYZkjABcde"),
        customer: gid("Customer", "commerce-layer-demo", "xYZkjABcde"),
      };
      const files = ["examples", "test/operations"].flatMap((folder) =>
        readdirSync(join(root, folder))
          .filter((name) => name.endsWith(".graphql"))
          .map((name) => join(root, folder, name)),
      );
      const operations = files.flatMap(operationsIn);
      expect(operations.length).toBeGreaterThan(30);
      for (const query of operations) {
        const isOfGroup = query.includes("customerGroup(id: $id)");
        const { predicted, actual, errors } = await all(query, {
          id: isOfGroup ? ids.group : ids.customer,
          ids: [ids.customer, ...clCustomers(30)],
          first: 30,
          members: 5,
          markets: 20,
          email: "john@example.com",
          search: "john",
        });
        expect({ query, errors }).toEqual({ query, errors: [] });
        expect({ query, isBound: actual <= predicted }).toEqual({
          query,
          isBound: true,
        });
      }
    });

    it("hold for hundreds of random operations", async () => {
      const world = await createWorld(sandbox, clientele);
      const ratios: number[] = [];
      for (let index = 0; index < 400; index += 1) {
        const { query, variables } = randomOperation(
          new Random(7, `operation ${index}`),
          world,
        );
        const { predicted, actual, errors } = await all(query, variables);
        if (errors.includes("QUERY_TOO_COMPLEX")) {
          expect(actual).toBe(0);
          continue;
        }
        expect(errors).not.toContain("GRAPHQL_VALIDATION_FAILED");
        expect({ query, variables, isBound: actual <= predicted }).toEqual({
          query,
          variables,
          isBound: true,
        });
        if (actual > 0) ratios.push(predicted / actual);
      }
      expect(ratios.length).toBeGreaterThan(300);
      // A bound that is far off is no use: the middle one is exact.
      ratios.sort((a, b) => a - b);
      expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThanOrEqual(1.25);
    }, 120_000);
  });
});
