import type { SandboxServer } from "../../src/sandbox/room";
import type { Facts } from "../platforms/fixture";
import { type Clientele, dataOf, startClientele } from "../support/clientele";
import { type Fault, fixtures } from "./bench";
import { type Bystanders, startBystanders } from "./bystanders";
import { type Read, readsOf } from "./reads";

/** Content that is not what was promised: mapped by rule, or an error of its row. */

type Value = Readonly<{ value: string | number | boolean | null | object }>;
type Json = Readonly<{ json: string }>;

/** Where a platform's answers hold what the tests set, in row 1 of a list. */
interface Places {
  readonly id: string;
  readonly email: string;
  readonly createdAt: string;
  readonly group: string;
  readonly groupName: string;
  /** What stands there for a group of that id. */
  readonly groupOf: (id: string) => Value;
  /** Whether ids come as texts. */
  readonly hasTextIds: boolean;
  readonly fetchesTokens: boolean;
  /** Whether an empty list of groups is told by 204. */
  readonly hasNoContent: boolean;
}

const places: Readonly<Record<string, Places>> = {
  "commerce-layer": {
    id: "/data/1/id",
    email: "/data/1/attributes/email",
    createdAt: "/data/1/attributes/created_at",
    group: "/data/1/relationships/customer_group/data",
    groupName: "/data/1/attributes/name",
    groupOf: (id) => ({ value: { type: "customer_groups", id } }),
    hasTextIds: true,
    fetchesTokens: true,
    hasNoContent: false,
  },
  bigcommerce: {
    id: "/data/1/id",
    email: "/data/1/email",
    createdAt: "/data/1/date_created",
    group: "/data/1/customer_group_id",
    groupName: "/1/name",
    groupOf: (id) => ({ value: Number(id) }),
    hasTextIds: false,
    fetchesTokens: false,
    hasNoContent: true,
  },
  ecwid: {
    id: "/items/1/id",
    email: "/items/1/email",
    createdAt: "/items/1/registered",
    group: "/items/1/customerGroupId",
    groupName: "/items/1/name",
    groupOf: (id) => ({ value: Number(id) }),
    hasTextIds: false,
    fetchesTokens: false,
    hasNoContent: false,
  },
};

const settings = {
  retry: { attempts: 1 },
  circuitBreaker: { failureRate: 1, minimumCalls: 1_000 },
};
const breach = { extensions: { code: "PLATFORM_CONTRACT" } };
const script =
  '<script>alert("x")</script><img src=x onerror=alert(1)> & \u202e\u2028 </html>';
let bystanders: Bystanders;

beforeAll(async () => {
  bystanders = await startBystanders();
});
afterAll(() => bystanders.stop());

describe.each(
  fixtures.map((fixture) => [fixture.platform.name, fixture] as const),
)("%s", (platform, fixture) => {
  let server: SandboxServer;
  let facts: Facts;
  let reads: readonly Read[];
  let clientele: Clientele;
  const place = places[platform]!;

  beforeAll(async () => {
    ({ server, facts } = await fixture.start());
    reads = readsOf(server, facts);
    clientele = await startClientele([{ server, settings }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await server.close();
  });
  beforeEach(() => {
    server.faults.clear();
    server.journal.clear();
  });
  afterEach(() => {
    bystanders.expectNothing([server.origin, clientele.url]);
  });

  const spoil = (fault: Fault) =>
    server.faults.add({ ...fault, when: { kind: "api" } });
  const set = (at: string, value: Value | Json) =>
    server.faults.add({
      when: { pathPattern: "/customers$" },
      set: { at, ...value } as never,
    });

  describe("that has prototypes in its objects (U14)", () => {
    it.each(["single", "list", "entities", "members"] as const)(
      "pollutes nothing by a read of %s",
      async (name) => {
        const { query, variables, whole } = reads.find(
          (read) => read.name === name,
        )!;
        const fault = spoil({ shape: "prototype" });
        expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
        expect(fault.hits).toBeGreaterThan(0);
        const plain: Record<string, unknown> = {};
        expect(plain["polluted"]).toBeUndefined();
        expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain(
          "polluted",
        );
      },
    );

    it("shows none of them in any field", async () => {
      spoil({ shape: "prototype" });
      const answer = await clientele.send(
        "{ customers(first: 3) { nodes { id email name createdAt addresses { city } customerGroup { id name } } } customerGroups(first: 3) { nodes { id name } } }",
      );
      server.faults.clear();
      const again = await clientele.send(
        "{ customers(first: 3) { nodes { id email name createdAt addresses { city } customerGroup { id name } } } customerGroups(first: 3) { nodes { id name } } }",
      );
      expect(dataOf(answer)).toEqual(dataOf(again));
      expect(JSON.stringify(answer)).not.toContain("polluted");
    });
  });

  describe("whose row has a wrong value (U15)", () => {
    const query =
      "{ customers(first: 3) { nodes { nativeId email createdAt customerGroup { nativeId } } } }";
    const rows = () =>
      facts.customers.slice(0, 3).map((row) => ({
        nativeId: row.nativeId,
        email: row.email,
        createdAt: row.createdAt,
        customerGroup: row.group === null ? null : { nativeId: row.group },
      }));
    /** Reads three rows of which the second is changed. */
    const read = async (at: string, value: Value | Json) => {
      const fault = set(at, value);
      const answer = await clientele.send(query);
      expect(fault.hits).toBeGreaterThan(0);
      return answer;
    };

    const lost: readonly (readonly [keyof Places, Value | Json])[] = [
      ["email", { value: 42 }],
      ["email", { value: true }],
      ["email", { value: ["anna@example.com"] }],
      ["email", { value: { email: "anna@example.com" } }],
      ["email", { json: "9007199254740993" }],
      ["createdAt", { value: true }],
      ["createdAt", { value: 1_700_000_000 }],
      ["createdAt", { value: ["2024-01-01"] }],
      ["createdAt", { value: { date: "2024-01-01" } }],
      ["id", { value: null }],
      ["id", { value: {} }],
      ["id", { value: [] }],
      ["id", { value: true }],
      ["id", { value: 1.5 }],
      ["id", { value: -1 }],
      ["id", { json: "9007199254740993" }],
      ["id", { json: "1e999" }],
      ...(place.hasTextIds
        ? ([["id", { value: 42 }]] as const)
        : ([
            ["id", { value: "x" }],
            ["id", { value: "" }],
            ["group", { value: "x" }],
            ["group", { value: true }],
            ["group", { value: {} }],
            ["group", { value: [] }],
            ["group", { value: 1.5 }],
            ["group", { value: -1 }],
            ["group", { json: "9007199254740993" }],
          ] as const)),
    ];
    it.each(lost)("loses that row alone: %s %j", async (name, value) => {
      const answer = await read(place[name] as string, value);
      const expected = rows();
      expect(answer.data.customers.nodes).toEqual([
        expected[0],
        null,
        expected[2],
      ]);
      expect(answer.errors).toMatchObject([
        { path: ["customers", "nodes", 1], ...breach },
      ]);
      expect(JSON.stringify(answer.errors)).not.toMatch(
        /anna|9007199254740993|2024-01-01/,
      );
    });

    const mapped: readonly [
      keyof Places,
      Value | Json,
      Readonly<Record<string, unknown>>,
    ][] = [
      ["email", { value: null }, { email: null }],
      ["email", { value: "" }, { email: null }],
      ["email", { value: "no address" }, { email: "no address" }],
      ["email", { value: "a\u0000b" }, { email: "a\u0000b" }],
      ["email", { value: "\ud83d\ude00" }, { email: "\ud83d\ude00" }],
      ["email", { value: script }, { email: script }],
      ["createdAt", { value: null }, { createdAt: null }],
      ["createdAt", { value: "" }, { createdAt: null }],
      ["createdAt", { value: "sometime in May" }, { createdAt: null }],
      ["createdAt", { value: "0000-00-00 00:00:00" }, { createdAt: null }],
      ["createdAt", { value: "2024-13-45T99:99:99Z" }, { createdAt: null }],
      ["createdAt", { value: script }, { createdAt: null }],
      ["group", { value: null }, { customerGroup: null }],
    ];
    it.each(mapped)("reads it by rule: %s %j", async (name, value, changed) => {
      const expected = rows();
      const answer = await read(place[name] as string, value);
      expect(dataOf(answer).customers.nodes).toEqual([
        expected[0],
        { ...expected[1], ...changed },
        expected[2],
      ]);
    });

    it("takes group 0 by its own rule", async () => {
      const answer = await read(place.group, place.groupOf("0"));
      // None, a built-in group, or one that does not exist: never another.
      const [first, changed, third] = answer.data.customers.nodes as {
        customerGroup: { nativeId: string } | null;
      }[];
      const expected = rows();
      expect([first, third]).toEqual([expected[0], expected[2]]);
      const hasZero = facts.groups.some(({ nativeId }) => nativeId === "0");
      expect(changed?.customerGroup ?? null).toEqual(
        hasZero ? { nativeId: "0" } : null,
      );
    });
  });

  describe("whose body is no answer (U15)", () => {
    it.each([
      ...["empty", "html", "xml", "text", "null", "number", "string"],
      ...["list", "object", "invalid-json", "cut-json"],
      ...["iso-8859-1", "utf-16", "invalid-utf-8"],
    ] as const)("serves nothing of %s", async (shape) => {
      for (const { name, query, variables, whole, nothing } of reads) {
        const fault = spoil({ shape: shape as "empty" });
        const answer = await clientele.send(query, variables);
        fault.remove();
        expect([name, answer.data]).toEqual([name, nothing]);
        for (const error of answer.errors ?? []) {
          expect(error).toMatchObject(breach);
          // Neither a parser's words nor the body's.
          expect(error.message).not.toMatch(
            /unexpected|token|position|maintenance|DOCTYPE|back soon/i,
          );
        }
        expect(answer.errors?.length).toBeGreaterThan(0);
        expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
      }
    });

    it("reads what stands behind a byte order mark", async () => {
      spoil({ shape: "bom" });
      for (const { query, variables, whole } of reads) {
        expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
      }
    });

    it("reads JSON under a wrong type", async () => {
      spoil({ addHeaders: { "content-type": "text/html; charset=latin1" } });
      for (const { query, variables, whole } of reads) {
        expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
      }
    });
  });

  it("passes HTML in names as data (U18)", async () => {
    server.faults.add({
      when: { pathPattern: "/customer_groups$" },
      set: { at: place.groupName, value: script },
    });
    const response = await fetch(clientele.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "*/*" },
      body: JSON.stringify({
        query: "{ customerGroups(first: 2) { nodes { name } } }",
      }),
    });
    expect(response.headers.get("content-type")).toMatch(
      /^application\/(graphql-response\+)?json/,
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const { data } = (await response.json()) as {
      data: { customerGroups: { nodes: unknown[] } };
    };
    expect(data.customerGroups.nodes[1]).toEqual({ name: script });
  });

  describe("that repeats what it was sent (U20)", () => {
    const secrets = () =>
      Object.values(
        server.storeSettings["credentials"] as Record<string, string>,
      ).filter((value) => !value.startsWith("http"));

    it.each<[number, "json" | "text" | "html", "api" | "token"]>([
      ...[200, 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503].map(
        (status) => [status, "json", "api"] as [number, "json", "api"],
      ),
      [200, "html", "api"],
      [500, "html", "api"],
      [500, "text", "api"],
      [403, "text", "api"],
      ...(place.fetchesTokens
        ? ([
            [200, "json", "token"],
            [400, "json", "token"],
            [401, "html", "token"],
            [500, "text", "token"],
          ] as [number, "json", "token"][])
        : []),
    ])("is not repeated: HTTP %i as %s of %s", async (status, as, kind) => {
      // A refused credential ends a store's calls: each has its own.
      const own = await startClientele(
        [{ server, settings }],
        // It is waited for what refuses for its rate.
        status === 429 ? { operationTimeoutMs: 500 } : {},
      );
      const fault = server.faults.add({ when: { kind }, echo: { status, as } });
      let said = "";
      for (const { query, variables } of reads) {
        const { errors } = await own.send(query, variables);
        if (status !== 404) expect(errors?.length).toBeGreaterThan(0);
        said += JSON.stringify(errors ?? []);
      }
      const metrics = await fetch(new URL("/metrics", own.url));
      said += own.log.join("") + (await metrics.text());
      expect(said).not.toMatch(/canary|example\.|@|bearer|authorization/i);
      for (const secret of secrets()) expect(said).not.toContain(secret);
      expect(fault.hits).toBeGreaterThan(0);
      // It looks for leaks of its own.
      await own.stop();
      bystanders.expectNothing([server.origin, clientele.url, own.url]);
    });
  });

  describe("that answers otherwise than by 200 (U21)", () => {
    it.each<[string, Fault]>([
      ["200 with errors", { status: 200, body: { errors: [{ code: "X" }] } }],
      [
        "200 with errors beside nothing",
        { status: 200, body: { data: null, errors: [{ title: "no" }] } },
      ],
      ["200 with an error", { status: 200, body: { errorMessage: "no" } }],
      ...[201, 202, 203, 206, 207].map((status): [string, Fault] => [
        String(status),
        {
          status,
          body: {
            ...{ data: [], items: [], total: 0 },
            meta: {
              record_count: 0,
              pagination: { total: 0, total_pages: 0 },
            },
          },
        },
      ]),
      ["204", { status: 204 }],
      ["304", { status: 304 }],
    ])("serves nothing of %s", async (_, fault) => {
      for (const { name, query, variables, nothing } of reads) {
        const handle = spoil(fault);
        const answer = await clientele.send(query, variables);
        handle.remove();
        expect([name, answer.data]).toEqual([name, nothing]);
        expect(answer.errors?.length).toBeGreaterThan(0);
        for (const error of answer.errors ?? []) {
          expect([name, error]).toMatchObject([name, breach]);
        }
      }
    });

    it("tells an empty list by 204 where that is the rule", async () => {
      server.faults.add({
        when: { pathPattern: "/customer_groups$" },
        status: 204,
      });
      const answer = await clientele.send(
        "{ customerGroups(first: 3) { nodes { name } } }",
      );
      if (place.hasNoContent) {
        expect(dataOf(answer)).toEqual({ customerGroups: { nodes: [] } });
      } else {
        expect(answer.data).toEqual({ customerGroups: { nodes: [null] } });
        expect(answer.errors).toMatchObject([breach]);
      }
    });
  });
});
