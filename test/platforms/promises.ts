import { setMaxListeners } from "node:events";
import { PlatformError } from "../../src/domain/errors";
import { Ledger } from "../../src/http/ledger";
import { createBatch } from "../../src/loaders/batch";
import type {
  CustomerGroupRow,
  CustomerRow,
  EntityRow,
  Projection,
  RequestCosts,
  StoreSession,
} from "../../src/platforms/platform";
import { createSharedState } from "../../src/platforms/shared-state";
import type { SandboxServer } from "../../src/sandbox/room";
import { type Facts, type PlatformFixture, selecting } from "./fixture";

/**
 * The specification of a platform: what every room promises to the rest of the
 * server. Each promise has an id that stays, and runs against every platform.
 */
export interface Promise_ {
  readonly id: string;
  /** A fact of five to eight words. */
  readonly title: string;
  check(bench: Bench): Promise<void>;
}

/** A store of the platform under test, connected to its sandbox. */
export interface Bench {
  readonly fixture: PlatformFixture;
  readonly server: SandboxServer;
  readonly facts: Facts;
  /** Begins an operation that selects these fields on every type. */
  open(
    projection?: Projection,
    signal?: AbortSignal,
  ): StoreSession & { readonly ledger: Ledger };
  /** What the store says that reads of such an operation cost at the most. */
  costs(projection: Projection): RequestCosts;
  /** Requests that the sandbox has received since the last `forget`. */
  asked(): number;
  forget(): void;
}

const groupFields = ["name", "createdAt", "updatedAt"];
const customerFields = ["email", "createdAt", "updatedAt"];

export const promises: readonly Promise_[] = [
  {
    id: "SETTINGS-1",
    title: "takes the settings of its sandbox",
    check: async ({ fixture, server }) => {
      const result = fixture.platform.settings.safeParse(server.storeSettings);
      expect(result.error).toBeUndefined();
      return Promise.resolve();
    },
  },
  {
    id: "SETTINGS-2",
    title: "refuses settings that it does not know",
    check: async ({ fixture, server }) => {
      const result = fixture.platform.settings.safeParse({
        ...server.storeSettings,
        colour: "canary-value",
      });
      expect(result.success).toBe(false);
      expect(JSON.stringify(result.error)).not.toContain("canary-value");
      return Promise.resolve();
    },
  },
  {
    id: "KINDS-1",
    title: "has the two common kinds of entity",
    check: async ({ fixture }) => {
      const kinds = fixture.platform.kinds.map(({ kind }) => kind);
      expect(kinds).toEqual(
        expect.arrayContaining(["CustomerGroup", "Customer"]),
      );
      expect(new Set(kinds).size).toBe(kinds.length);
      return Promise.resolve();
    },
  },
  {
    id: "KINDS-2",
    title: "takes its own native ids and no dangerous text",
    check: async ({ fixture, facts }) => {
      const dangerous = [
        "",
        "..",
        "../orders",
        "a/b",
        "a?b",
        "a#b",
        "a b",
        "a\r\nb",
        "a\0b",
        "%2e%2e",
        "a,b",
        "é",
        "😀",
        "a".repeat(200_000),
      ];
      for (const kind of fixture.platform.kinds) {
        for (const text of dangerous) expect(kind.isNativeId(text)).toBe(false);
      }
      const kindOf = (name: string) =>
        fixture.platform.kinds.find(({ kind }) => kind === name);
      for (const { nativeId } of facts.groups) {
        expect(kindOf("CustomerGroup")?.isNativeId(nativeId)).toBe(true);
      }
      for (const { nativeId } of facts.customers) {
        expect(kindOf("Customer")?.isNativeId(nativeId)).toBe(true);
      }
      expect(kindOf("Customer")?.isNativeId(facts.missingId)).toBe(true);
      return Promise.resolve();
    },
  },
  {
    id: "OPEN-1",
    title: "sends nothing until something is read",
    check: async (bench) => {
      const session = bench.open();
      session.reference("Customer", bench.facts.missingId);
      expect(bench.asked()).toBe(0);
      return Promise.resolve();
    },
  },
  {
    id: "ENTITY-1",
    title: "reads one group in one request",
    check: async (bench) => {
      const [fact] = bench.facts.groups;
      const row = await bench
        .open(selecting(...groupFields))
        .entity("CustomerGroup", fact?.nativeId ?? "");
      expect(row).toMatchObject(groupOf(fact));
      expect(bench.asked()).toBe(1);
    },
  },
  {
    id: "ENTITY-2",
    title: "reads one customer in one request",
    check: async (bench) => {
      const fact = bench.facts.customers[7];
      const row = await bench
        .open(selecting(...customerFields))
        .entity("Customer", fact?.nativeId ?? "");
      expect(row).toMatchObject(customerOf(fact));
      expect(bench.asked()).toBe(1);
    },
  },
  {
    id: "ENTITY-3",
    title: "answers null for what does not exist",
    check: async (bench) => {
      const session = bench.open(selecting(...groupFields));
      const { missingId } = bench.facts;
      expect(await session.entity("CustomerGroup", missingId)).toBeNull();
      expect(await session.entity("Customer", missingId)).toBeNull();
    },
  },
  {
    id: "ENTITY-4",
    title: "puts each answer on its own key",
    check: async (bench) => {
      bench.server.shuffled = true;
      const facts = bench.facts.groups.slice(0, 40);
      const session = bench.open(selecting(...groupFields));
      const ids = facts.map(({ nativeId }) => nativeId);
      ids.splice(3, 0, bench.facts.missingId);
      const rows = await Promise.all(
        ids.map(async (id) => session.entity("CustomerGroup", id)),
      );
      expect(rows[3]).toBeNull();
      rows.splice(3, 1);
      expect(rows).toMatchObject(facts.map(groupOf));
      expect(bench.asked()).toBeLessThanOrEqual(
        Math.ceil(ids.length / bench.facts.groupsPerRequest),
      );
    },
  },
  {
    id: "ENTITY-5",
    title: "shares requests between customers of a turn",
    check: async (bench) => {
      bench.server.shuffled = true;
      const facts = bench.facts.customers.slice(10, 70);
      const session = bench.open(selecting(...customerFields));
      const rows = await Promise.all(
        facts.map(async ({ nativeId }) => session.entity("Customer", nativeId)),
      );
      expect(rows).toMatchObject(facts.map(customerOf));
      expect(bench.asked()).toBeLessThanOrEqual(
        Math.ceil(facts.length / bench.facts.customersPerRequest),
      );
    },
  },
  {
    id: "ENTITY-6",
    title: "reads an entity once in an operation",
    check: async (bench) => {
      const id = bench.facts.customers[3]?.nativeId ?? "";
      const session = bench.open(selecting(...customerFields));
      await session.entity("Customer", id);
      await session.entity("Customer", id);
      expect(bench.asked()).toBe(1);
    },
  },
  {
    id: "ENTITY-7",
    title: "knows what a list brought already",
    check: async (bench) => {
      const session = bench.open(selecting(...customerFields));
      const page = await session.customers(whole(5));
      const before = bench.asked();
      await Promise.all(
        page.rows.map(async (row) =>
          session.entity("Customer", valid(row).nativeId),
        ),
      );
      expect(bench.asked()).toBe(before);
    },
  },
  {
    id: "LIST-1",
    title: "lists every group once and in order",
    check: async (bench) => {
      bench.server.shuffled = true;
      const session = bench.open(selecting(...groupFields));
      const { groups } = bench.facts;
      const page = await session.customerGroups(whole(groups.length));
      expect(page.rows).toMatchObject(groups.map(groupOf));
      expect(page.totalCount).toBe(groups.length);
      expect(page.hasNextPage).toBe(false);
    },
  },
  {
    id: "LIST-2",
    title: "cuts any window out of a list",
    check: async (bench) => {
      bench.server.shuffled = true;
      const windows = [
        [0, 1],
        [1, 1],
        [7, 10],
        [13, 25],
        [24, 2],
        [40, 60],
        [99, 100],
        [bench.facts.customers.length - 3, 10],
        [bench.facts.customers.length, 5],
        [bench.facts.customers.length + 1_000, 5],
      ] as const;
      for (const [offset, count] of windows) {
        const page = await bench.open(selecting(...customerFields)).customers({
          window: { offset, count },
          needsTotal: true,
          criteria: {},
        });
        const facts = bench.facts.customers.slice(offset, offset + count);
        expect(page.rows).toHaveLength(facts.length);
        expect(page.rows).toMatchObject(facts.map(customerOf));
        expect(page.totalCount).toBe(bench.facts.customers.length);
        expect(page.hasNextPage).toBe(
          offset + count < bench.facts.customers.length,
        );
      }
    },
  },
  {
    id: "LIST-3",
    title: "counts a list with a single request",
    check: async (bench) => {
      const session = bench.open(selecting());
      const page = await session.customers({
        window: { offset: 0, count: 0 },
        needsTotal: true,
        criteria: {},
      });
      expect(page).toMatchObject({
        rows: [],
        totalCount: bench.facts.customers.length,
      });
      expect(bench.asked()).toBe(1);
    },
  },
  {
    id: "LIST-4",
    title: "sends nothing when nothing is wanted",
    check: async (bench) => {
      await bench.open(selecting()).customers({
        window: { offset: 0, count: 0 },
        needsTotal: false,
        criteria: {},
      });
      expect(bench.asked()).toBe(0);
    },
  },
  {
    id: "LIST-5",
    title: "finds a customer by the whole e-mail",
    check: async (bench) => {
      const fact = bench.facts.customers.find(({ email }) => email !== null);
      const page = await bench.open(selecting(...customerFields)).customers({
        ...whole(10),
        criteria: { email: fact?.email ?? "" },
      });
      expect(page.rows).toMatchObject([customerOf(fact)]);
    },
  },
  {
    id: "LIST-6",
    title: "refuses a condition it cannot answer",
    check: async (bench) => {
      const { unsupportedGroupCriteria } = bench.facts;
      if (!unsupportedGroupCriteria) return;
      const error = await failureOf(
        bench.open(selecting("name")).customerGroups({
          ...whole(10),
          criteria: unsupportedGroupCriteria,
        }),
      );
      expect(error.code).toBe("UNSUPPORTED_BY_PLATFORM");
      expect(bench.asked()).toBe(0);
    },
  },
  {
    id: "MEMBERS-1",
    title: "gives each group its own members",
    check: async (bench) => {
      bench.server.shuffled = true;
      const session = bench.open(
        selecting(...groupFields, "customers", "email"),
      );
      const groups = await session.customerGroups(whole(10));
      const pages = await Promise.all(
        groups.rows.map((row) => session.customersOf(valid(row), whole(5))),
      );
      pages.forEach((page, index) => {
        const members = bench.facts.groups[index]?.members ?? [];
        expect(page?.rows.map((row) => valid(row).nativeId)).toEqual(
          members.slice(0, 5),
        );
        expect(page?.totalCount).toBe(members.length);
        expect(page?.hasNextPage).toBe(members.length > 5);
      });
    },
  },
  {
    id: "GROUP-1",
    title: "gives each customer the right group",
    check: async (bench) => {
      bench.server.shuffled = true;
      const session = bench.open(selecting("customerGroup", "name", "email"));
      const page = await session.customers(whole(100));
      const groups = await Promise.all(
        page.rows.map(async (row) => session.customerGroupOf(valid(row))),
      );
      expect(groups.map((group) => group?.nativeId ?? null)).toEqual(
        bench.facts.customers.slice(0, 100).map(({ group }) => group),
      );
    },
  },
  {
    id: "ADDRESSES-1",
    title: "gives each customer the right addresses",
    check: async (bench) => {
      bench.server.shuffled = true;
      const session = bench.open(selecting("addresses", "city", "email"));
      const page = await session.customers(whole(25));
      const addresses = await Promise.all(
        page.rows.map(async (row) => session.addressesOf(valid(row))),
      );
      addresses.forEach((list, index) => {
        const cities = (list ?? []).map((address) => {
          if (address instanceof Error) throw address;
          return address.city;
        });
        // A shuffling platform shuffles what comes included too.
        expect([...cities].sort()).toEqual(
          [...(bench.facts.customers[index]?.cities ?? [])].sort(),
        );
      });
    },
  },
  {
    id: "ERRORS-1",
    title: "names store, platform and operation in errors",
    check: async (bench) => {
      bench.server.faults.add({
        when: { kind: "api" },
        status: 500,
        body: "canary-body anna@example.com",
      });
      const error = await failureOf(
        bench.open(selecting("email")).customers(whole(5)),
      );
      expect(error.code).toBe("PLATFORM_UNAVAILABLE");
      expect(error.details).toMatchObject({
        store: "store-under-test",
        platform: bench.fixture.platform.name,
      });
      expect(error.details["operation"]).toMatch(/^GET \//);
      expect(JSON.stringify([error.message, error.details])).not.toMatch(
        /canary|anna/,
      );
    },
  },
  {
    id: "ERRORS-2",
    title: "follows no redirect with its credentials",
    check: async (bench) => {
      bench.server.faults.add({
        when: { kind: "api" },
        redirect: { status: 302, location: `${bench.server.origin}/elsewhere` },
      });
      const error = await failureOf(
        bench.open(selecting("email")).customers(whole(5)),
      );
      expect(error.code).toBe("PLATFORM_CONTRACT");
      expect(bench.asked()).toBe(1);
    },
  },
  {
    id: "ERRORS-3",
    title: "calls an answer without sense a breach",
    check: async (bench) => {
      for (const body of ["<html>", "null", "42", "[1]", '{"data":{}}', ""]) {
        bench.server.faults.clear();
        bench.server.faults.add({ when: { kind: "api" }, status: 200, body });
        const error = await failureOf(
          bench.open(selecting("email")).customers(whole(5)),
        );
        expect([body, error.code]).toEqual([body, "PLATFORM_CONTRACT"]);
      }
    },
  },
  {
    id: "ERRORS-4",
    title: "never takes another entity for the asked one",
    check: async (bench) => {
      const [asked, other] = bench.facts.customers;
      bench.server.faults.add({
        when: { kind: "api" },
        transform: (body: unknown) =>
          JSON.parse(
            JSON.stringify(body).replaceAll(
              asked?.nativeId ?? "",
              other?.nativeId ?? "",
            ),
          ) as unknown,
      });
      const session = bench.open(selecting("email"));
      const error = await failureOf(
        Promise.resolve(session.entity("Customer", asked?.nativeId ?? "")),
      );
      expect(error.code).toBe("PLATFORM_CONTRACT");
    },
  },
  {
    id: "ABORT-1",
    title: "sends nothing for an ended operation",
    check: async (bench) => {
      const session = bench.open(selecting("email"), AbortSignal.abort());
      const error = await failureOf(session.customers(whole(5)));
      expect(error.code).toBe("PLATFORM_UNAVAILABLE");
      expect(bench.asked()).toBe(0);
    },
  },
  {
    id: "ABORT-2",
    title: "ends waiting when the operation ends",
    check: async (bench) => {
      bench.server.faults.add({ when: { kind: "api" }, hang: true });
      const controller = new AbortController();
      const session = bench.open(selecting("email"), controller.signal);
      const failure = failureOf(session.customers(whole(5)));
      setTimeout(() => {
        controller.abort();
      }, 20);
      expect((await failure).code).toBe("PLATFORM_UNAVAILABLE");
    },
  },
  {
    id: "RETRY-1",
    title: "repeats a read whose connection broke",
    check: async (bench) => {
      bench.server.faults.add({
        when: { kind: "api" },
        times: 1,
        reset: "before-headers",
      });
      const session = bench.open(selecting("email"));
      const page = await session.customers(whole(5));
      expect(page.rows).toHaveLength(5);
      expect(bench.asked()).toBe(2);
      expect(session.ledger.account("store-under-test").retried).toBe(1);
    },
  },
  {
    id: "COSTS-1",
    title: "foretells no fewer requests than it sends",
    check: async (bench) => {
      const projection = selecting(
        ...[...groupFields, ...customerFields],
        ...["customers", "customerGroup", "addresses"],
      );
      const { groups, customers } = bench.facts;
      const group = groups.find(({ members }) => members.length > 1);
      const email = customers[7]?.email?.toLowerCase() ?? "";
      const count = { window: { offset: 0, count: 0 }, needsTotal: true };
      const rest = { window: { offset: 7, count: 31 }, needsTotal: false };
      const entities = (kind: string, ids: readonly string[]) => ({
        read: (session: StoreSession) =>
          Promise.all(ids.map(async (id) => session.entity(kind, id))),
        cost: (costs: RequestCosts) =>
          costs.entities(kind, { rows: ids.length, turns: 1 }),
      });
      const idsOf = (facts: readonly { readonly nativeId: string }[]) =>
        facts.map(({ nativeId }) => nativeId);
      const reads: readonly {
        readonly read: (session: StoreSession) => Promise<unknown>;
        readonly cost: (costs: RequestCosts) => number;
      }[] = [
        ...[1, 2, 60].flatMap((rows) => [
          entities("CustomerGroup", idsOf(groups.slice(-rows))),
          entities("Customer", idsOf(customers.slice(-rows))),
        ]),
        ...[whole(60), { ...count, criteria: {} }, { ...rest, criteria: {} }]
          .map((request) => [
            {
              read: (session: StoreSession) => session.customerGroups(request),
              cost: (costs: RequestCosts) => costs.customerGroups(request),
            },
            {
              read: (session: StoreSession) => session.customers(request),
              cost: (costs: RequestCosts) => costs.customers(request),
            },
            {
              read: async (session: StoreSession) => {
                const row = await session.entity(
                  "CustomerGroup",
                  group?.nativeId ?? "",
                );
                await session.customersOf(row as CustomerGroupRow, request);
              },
              cost: (costs: RequestCosts) =>
                costs.entities("CustomerGroup", { rows: 1, turns: 1 }) +
                costs.customersOf(request),
            },
          ])
          .flat(),
        {
          read: (session) => session.customersByEmail(email),
          cost: (costs) => costs.customersByEmail({ rows: 1, turns: 1 }),
        },
        {
          read: (session) => session.mode(),
          cost: (costs) => costs.mode(),
        },
      ];
      for (const { read, cost } of reads) {
        // Asked before the read: it may have to be told something by it.
        const foretold = cost(bench.costs(projection));
        bench.forget();
        await read(bench.open(projection));
        expect(bench.asked()).toBeLessThanOrEqual(Math.floor(foretold + 1e-9));
      }
    },
  },
  {
    id: "COSTS-2",
    title: "foretells what links from customers cost",
    check: async (bench) => {
      const projection = selecting(
        ...[...groupFields, ...customerFields],
        ...["customerGroup", "addresses"],
      );
      const typename =
        bench.fixture.platform.kinds.find(({ kind }) => kind === "Customer")
          ?.typename ?? "";
      for (const count of [1, 40]) {
        const costs = bench.costs(projection);
        const asked = { rows: count, turns: 1 };
        const session = bench.open(projection);
        const { rows } = await session.customers(whole(count));
        bench.forget();
        const customers = rows.map(valid);
        await Promise.all(
          customers.map(async (row) => session.customerGroupOf(row)),
        );
        const link = costs.link(typename, "customerGroup", asked, null);
        const foretold =
          link && "kind" in link
            ? costs.entities(link.kind, { ...asked, rows: count * link.rows })
            : link && "requests" in link
              ? link.requests
              : 0;
        expect(bench.asked()).toBeLessThanOrEqual(Math.floor(foretold + 1e-9));
        bench.forget();
        await Promise.all(
          customers.map(async (row) => session.addressesOf(row)),
        );
        const addresses = costs.link(typename, "addresses", asked, null);
        expect(addresses ?? { along: 1 }).toHaveProperty("along");
        expect(bench.asked()).toBe(0);
      }
    },
  },
];

/** Connects a store of the platform to its sandbox, for one promise. */
export async function withBench(
  fixture: PlatformFixture,
  started: Awaited<ReturnType<PlatformFixture["start"]>>,
  check: (bench: Bench) => Promise<void>,
): Promise<void> {
  const { server, facts } = started;
  const store = fixture.platform.connect({
    key: "store-under-test",
    settings: fixture.platform.settings.parse(server.storeSettings),
    limits: {
      ...fixture.platform.limits,
      timeoutMs: 2_000,
      quota: { enforce: "afterRefusal" },
    },
    shared: createSharedState(),
    signals: { unreadableDate: () => undefined },
  });
  server.faults.clear();
  server.shuffled = false;
  server.journal.clear();
  try {
    await check({
      fixture,
      server,
      facts,
      open: (projection = selecting(), signal) => {
        const ledger = new Ledger();
        const ends = signal ?? new AbortController().signal;
        setMaxListeners(0, ends);
        const session = store.open({
          signal: ends,
          projection,
          ledger,
          batch: (question) => createBatch(question, "test"),
        });
        return Object.assign(session, { ledger });
      },
      costs: (projection) => store.costs(projection, "most"),
      asked: () => server.journal.requests("api").length,
      forget: () => {
        server.journal.clear();
      },
    });
  } finally {
    server.faults.clear();
    server.shuffled = false;
    await store.close();
  }
}

function whole(count: number) {
  return { window: { offset: 0, count }, needsTotal: true, criteria: {} };
}

function groupOf(fact: Facts["groups"][number] | undefined) {
  return {
    nativeId: fact?.nativeId,
    name: fact?.name,
    createdAt: fact?.createdAt,
    updatedAt: fact?.updatedAt,
  };
}

function customerOf(fact: Facts["customers"][number] | undefined) {
  return {
    nativeId: fact?.nativeId,
    email: fact?.email,
    createdAt: fact?.createdAt,
    updatedAt: fact?.updatedAt,
  };
}

function valid<Row extends EntityRow | CustomerRow | CustomerGroupRow>(
  row: Row | Error,
): Row {
  if (row instanceof Error) throw row;
  return row;
}

async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const outcome = await promise.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (outcome instanceof PlatformError) return outcome;
  throw new Error("expected a PlatformError", { cause: outcome });
}
