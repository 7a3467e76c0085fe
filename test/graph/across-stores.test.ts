import { platforms } from "../../src/platforms/registry";
import { type BigCommerceSandboxServer } from "../../src/sandbox/bigcommerce";
import { type CommerceLayerSandboxServer } from "../../src/sandbox/commerce-layer";
import { type EcwidSandboxServer } from "../../src/sandbox/ecwid";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import {
  GroupsPageDocument,
  type GroupsPageQuery,
  SameEmailDocument,
  StoreListsDocument,
} from "../gql/graphql";
import {
  type Answer,
  type Clientele,
  dataOf,
  startClientele,
} from "../support/clientele";

describe("all stores as one", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;
  let commerceLayer: CommerceLayerSandboxServer;
  let bigCommerce: BigCommerceSandboxServer;
  let ecwid: EcwidSandboxServer;
  /** Every group of every store, in order. */
  let all: string[];

  beforeAll(async () => {
    const rooms = await Promise.all(
      platforms.map(({ sandbox: room }) => room!()),
    );
    sandbox = await startSandbox({ rooms });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
    commerceLayer = sandbox.server(
      "commerce-layer-demo",
    ) as CommerceLayerSandboxServer;
    bigCommerce = sandbox.server(
      "bigcommerce-demo",
    ) as BigCommerceSandboxServer;
    ecwid = sandbox.server("ecwid-demo") as EcwidSandboxServer;
    all = [
      ...commerceLayer.data.customerGroups,
      ...bigCommerce.data.customerGroups,
      ...ecwid.data.customerGroups,
    ].map(({ id, name }) => `${id} ${name}`);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    for (const server of sandbox.servers) {
      server.faults.clear();
      server.journal.clear();
      server.shuffled = true;
    }
  });

  const asked = () =>
    sandbox.servers.map(({ journal }) => journal.requests("api").length);
  const page = async (
    first: number,
    after: string | null,
  ): Promise<{
    answer: Answer<GroupsPageQuery>;
    groups: NonNullable<GroupsPageQuery["customerGroups"]>;
  }> => {
    const answer = await clientele.query(GroupsPageDocument, { first, after });
    return { answer, groups: answer.data.customerGroups! };
  };
  /** Without the count, which asks every store. */
  const leanPage = async (first: number, after: string | null) => {
    const answer = await clientele.send(
      "query ($first: Int, $after: String) { customerGroups(first: $first, after: $after) { edges { cursor node { nativeId name } } pageInfo { hasNextPage endCursor } } }",
      { first, after },
    );
    return {
      answer,
      groups: answer.data.customerGroups as {
        edges: ({
          cursor: string;
          node: { nativeId: string; name: string };
        } | null)[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      },
    };
  };
  const namesOf = (
    edges: Awaited<ReturnType<typeof leanPage>>["groups"]["edges"],
  ) =>
    edges.flatMap((edge) =>
      edge ? [`${edge.node.nativeId} ${edge.node.name}`] : [],
    );

  it("S1 asks only the stores whose rows are shown", async () => {
    const { groups } = await leanPage(20, null);
    expect(namesOf(groups.edges)).toEqual(all.slice(0, 20));
    expect(asked()).toEqual([1, 0, 0]);
  });

  it("S1 asks every store for the total", async () => {
    const { answer, groups } = await page(20, null);
    dataOf(answer);
    expect(groups.totalCount).toBe(all.length);
    expect(asked()).toEqual([1, 1, 1]);
  });

  it("S2 asks each store once for its own list", async () => {
    const data = dataOf(await clientele.query(StoreListsDocument));
    expect(data.stores.map(({ key, mode }) => [key, mode])).toEqual([
      ["commerce-layer-demo", "TEST"],
      ["bigcommerce-demo", null],
      ["ecwid-demo", null],
    ]);
    expect(
      data.stores.map(({ customerGroups }) => customerGroups?.nodes.length),
    ).toEqual([5, 5, 5]);
    expect(asked()).toEqual([1, 1, 1]);
  });

  it("gives each group once for every page size", async () => {
    for (let first = 1; first <= 100; first += 1) {
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { answer, groups } = await leanPage(first, after);
        dataOf(answer);
        seen.push(...namesOf(groups.edges));
        if (!groups.pageInfo.hasNextPage) break;
        expect(groups.edges).toHaveLength(first);
        expect(groups.pageInfo.endCursor).toBe(groups.edges.at(-1)?.cursor);
        after = groups.pageInfo.endCursor;
      }
      expect(seen).toEqual(all);
    }
  }, 120_000);

  it("goes on from a cursor with another size", async () => {
    const { groups } = await leanPage(50, null);
    const cursor = groups.edges[17]!.cursor;
    const next = await leanPage(93, cursor);
    expect(namesOf(next.groups.edges)).toEqual(all.slice(18, 18 + 93));
  });

  it.each([1, 7, 40, 100])(
    "loses no group of a store that recovers, %i a page",
    async (first) => {
      const seen: string[] = [];
      let failures = 0;
      let after: string | null = null;
      for (let count = 0; ; count += 1) {
        // The store in the middle is down on every third page but the last ones.
        const isDown = count % 3 === 1 && seen.length < all.length - 70;
        if (isDown) {
          bigCommerce.faults.add({ when: { kind: "api" }, status: 503 });
        }
        const { answer, groups } = await leanPage(first, after);
        bigCommerce.faults.clear();
        failures += answer.errors?.length ?? 0;
        for (const { path, extensions } of answer.errors ?? []) {
          expect(extensions).toMatchObject({
            code: "PLATFORM_UNAVAILABLE",
            store: "bigcommerce-demo",
          });
          expect(groups.edges[path?.[2] as number]).toBeNull();
        }
        seen.push(...namesOf(groups.edges));
        if (!groups.pageInfo.hasNextPage) break;
        after = groups.pageInfo.endCursor;
      }
      expect(failures).toBeGreaterThan(0);
      expect([...seen].sort()).toEqual([...all].sort());
      // Each store's groups are in its own order all the same.
      const stores = [
        commerceLayer.data.customerGroups,
        bigCommerce.data.customerGroups,
        ecwid.data.customerGroups,
      ];
      for (const rows of stores) {
        const own = new Set(
          (rows as readonly { id: string | number; name: string }[]).map(
            ({ id, name }) => `${id} ${name}`,
          ),
        );
        expect(seen.filter((name) => own.has(name))).toEqual([...own]);
      }
    },
  );

  it("retries a failed page and goes on in order", async () => {
    const before = await leanPage(60, null);
    bigCommerce.faults.add({ when: { kind: "api" }, status: 503 });
    const failed = await leanPage(100, before.groups.pageInfo.endCursor);
    expect(failed.answer.errors).toHaveLength(1);
    expect(failed.groups.edges).toContain(null);
    bigCommerce.faults.clear();
    const retried = await leanPage(100, before.groups.pageInfo.endCursor);
    expect(namesOf(retried.groups.edges)).toEqual(all.slice(60, 160));
  });

  it("takes a failed store up where it was", async () => {
    bigCommerce.faults.add({ when: { kind: "api" }, status: 503 });
    const failed = await leanPage(100, null);
    bigCommerce.faults.clear();
    const { endCursor } = failed.groups.pageInfo;
    const next = await leanPage(100, endCursor);
    dataOf(next.answer);
    const shown = new Set([
      ...namesOf(failed.groups.edges),
      ...namesOf(next.groups.edges),
    ]);
    expect(shown.size).toBe(
      namesOf(failed.groups.edges).length + namesOf(next.groups.edges).length,
    );
    expect(namesOf(next.groups.edges)[0]).toBe(
      all[commerceLayer.data.customerGroups.length],
    );
  });

  it("ends while a store stays down", async () => {
    ecwid.faults.add({ when: { kind: "api" }, status: 503 });
    let after: string | null = null;
    let pages = 0;
    const seen: string[] = [];
    for (;;) {
      const { groups } = await leanPage(50, after);
      pages += 1;
      seen.push(...namesOf(groups.edges));
      if (!groups.pageInfo.hasNextPage) break;
      after = groups.pageInfo.endCursor;
      expect(pages).toBeLessThan(10);
    }
    expect(seen).toEqual(
      all.slice(0, all.length - ecwid.data.customerGroups.length),
    );
  });

  it("counts null when one store cannot tell", async () => {
    ecwid.faults.add({ when: { kind: "api" }, status: 503 });
    const { answer, groups } = await page(5, null);
    expect(groups.totalCount).toBeNull();
    expect(groups.edges).toHaveLength(5);
    expect(answer.errors).toMatchObject([
      {
        path: ["customerGroups", "totalCount"],
        extensions: { code: "PLATFORM_UNAVAILABLE", store: "ecwid-demo" },
      },
    ]);
  });

  it("asks the stores of a filter alone", async () => {
    const filtered = async (filter: object) => {
      for (const { journal } of sandbox.servers) journal.clear();
      await clientele.query(GroupsPageDocument, { first: 100, filter });
      return asked();
    };
    expect(await filtered({ stores: ["ecwid-demo"] })).toEqual([0, 0, 1]);
    expect(await filtered({ platforms: ["BIGCOMMERCE"] })).toEqual([0, 1, 0]);
    expect(
      await filtered({
        ids: ["gid://clientele/CustomerGroup/ecwid-demo/9367001"],
      }),
    ).toEqual([0, 0, 1]);
  });

  it("keeps an unanswerable filter to its store", async () => {
    const answer = await clientele.query(GroupsPageDocument, {
      first: 100,
      filter: { isDefault: true },
    });
    const edges = answer.data.customerGroups?.edges ?? [];
    expect(edges[0]).toBeNull();
    expect(edges.slice(1).map((edge) => edge?.node.nativeId)).toEqual([
      String(
        bigCommerce.data.customerGroups.find(({ is_default }) => is_default)
          ?.id,
      ),
      "0",
    ]);
    const codes = answer.errors?.map(({ extensions }) => [
      extensions.code,
      extensions["store"],
    ]);
    expect(codes).toContainEqual([
      "UNSUPPORTED_BY_PLATFORM",
      "commerce-layer-demo",
    ]);
    expect(asked()[0]).toBe(0);
  });

  it("gives nodes of every store in order", async () => {
    const ids = [
      "gid://clientele/CustomerGroup/ecwid-demo/0",
      "gid://clientele/CustomerGroup/commerce-layer-demo/xYZkjABcde",
      "gid://clientele/Store/bigcommerce-demo",
      "gid://clientele/CustomerGroup/bigcommerce-demo/1",
      "gid://clientele/CustomerGroup/ecwid-demo/xYZkjABcde",
      "gid://clientele/CommerceLayerMarket/ecwid-demo/1",
    ];
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on CustomerGroup { name } } }",
      { ids },
    );
    expect(answer.data.nodes).toEqual([
      { __typename: "EcwidCustomerGroup", id: ids[0], name: "General" },
      { __typename: "CommerceLayerCustomerGroup", id: ids[1], name: "VIP" },
      { __typename: "Store", id: ids[2] },
      { __typename: "BigCommerceCustomerGroup", id: ids[3], name: "Wholesale" },
      null,
      null,
    ]);
    expect(answer.errors?.map(({ path }) => path)).toEqual([
      ["nodes", 4],
      ["nodes", 5],
    ]);
    expect(asked()).toEqual([1, 1, 1]);
  });

  it("finds the same customer in other stores", async () => {
    const data = dataOf(
      await clientele.query(SameEmailDocument, { email: "JOHN@example.com" }),
    );
    const found = data.customersByEmail ?? [];
    expect(found.map((customer) => customer?.store.key)).toEqual(
      expect.arrayContaining(["commerce-layer-demo", "ecwid-demo"]),
    );
    for (const customer of found) {
      expect(customer?.email?.toLowerCase()).toBe("john@example.com");
      expect(customer?.sameEmail?.map(({ id }) => id)).toEqual(
        found
          .filter((other) => other?.store.key !== customer?.store.key)
          .map((other) => other?.id),
      );
    }
    // A search in each store, which serves the way back too.
    expect(Math.max(...asked())).toBe(1);
  });

  it("searches each other store once per address", async () => {
    const answer = await clientele.send(
      '{ customers(first: 20, filter: { stores: ["ecwid-demo"] }) { nodes { sameEmail { email store { key } } } } }',
    );
    dataOf(answer);
    const [commerceLayerCalls, bigCommerceCalls, ecwidCalls] = asked();
    expect(commerceLayerCalls).toBe(20);
    // BigCommerce takes many addresses at once.
    expect(bigCommerceCalls).toBe(1);
    expect(ecwidCalls).toBe(1);
  });

  it("tells which store could not be searched", async () => {
    bigCommerce.faults.add({ when: { kind: "api" }, status: 503 });
    const answer = await clientele.query(SameEmailDocument, {
      email: "john@example.com",
    });
    const stores = answer.data.customersByEmail?.map(
      (customer) => customer?.store.key ?? null,
    );
    expect(stores).toContain(null);
    expect(stores).toContain("ecwid-demo");
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({
        code: "PLATFORM_UNAVAILABLE",
        store: "bigcommerce-demo",
      });
    }
  });

  it.each(["", "@", "m", "john@", "a b@example.com", "x".repeat(300)])(
    "refuses an address that is none",
    async (email) => {
      const answer = await clientele.query(SameEmailDocument, { email });
      expect(answer.data).toEqual({ customersByEmail: null });
      expect(answer.errors).toMatchObject([
        { extensions: { code: "BAD_USER_INPUT", argument: "email" } },
      ]);
      expect(asked()).toEqual([0, 0, 0]);
    },
  );
});
