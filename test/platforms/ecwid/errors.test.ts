import {
  type EcwidSandboxServer,
  readyFaults,
  startEcwidSandbox,
} from "../../../src/sandbox/ecwid";
import { type Clientele, startClientele } from "../../support/clientele";

const query = "{ customers(first: 2) { nodes { email } } }";
// What is repeated is told in test/http and test/platforms/retries.test.ts.
const settings = { retry: { attempts: 1 } };

describe("errors of Ecwid", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startEcwidSandbox();
  });
  afterAll(async () => {
    await sandbox.close();
  });
  beforeEach(async () => {
    sandbox.reset();
    // A refusal stops a store for a while: each test has its own.
    clientele = await startClientele([{ server: sandbox, settings }]);
  });
  afterEach(() => clientele.stop());

  it.each(Object.entries(readyFaults))(
    "in the shape %s are told alike",
    async (name, fault) => {
      sandbox.faults.add({ ...fault, when: { kind: "api" } });
      const answer = await clientele.send(query);
      expect(answer.errors).toHaveLength(1);
      const { status } = fault;
      const code =
        status === 402 || status === 403
          ? "PLATFORM_DENIED"
          : status === 429
            ? "PLATFORM_THROTTLED"
            : status >= 500 || status === 408
              ? "PLATFORM_UNAVAILABLE"
              : "PLATFORM_CONTRACT";
      expect([name, answer.errors?.[0]?.extensions]).toMatchObject([
        name,
        { code, store: "ecwid-demo", operation: "GET /customers" },
      ]);
    },
  );

  it("name the scope that is missing", async () => {
    sandbox.settings.scopes = ["read_store_profile"];
    const answer = await clientele.send(query);
    expect(answer.errors).toMatchObject([
      { extensions: { code: "PLATFORM_DENIED", scope: "read_customers" } },
    ]);
  });

  it("end all calls after a refused token", async () => {
    sandbox.settings.tokenRevoked = true;
    for (let count = 0; count < 5; count += 1) {
      const answer = await clientele.send(query);
      expect(answer.errors).toMatchObject([
        {
          message: expect.stringContaining("credentials.accessToken") as string,
          extensions: { code: "PLATFORM_DENIED" },
        },
      ]);
    }
    expect(sandbox.refusedCalls).toBe(1);
  });

  it("end all calls until a cooldown is over", async () => {
    const hasty = await startClientele([{ server: sandbox }], {
      operationTimeoutMs: 4_000,
    });
    sandbox.faults.add({
      when: { kind: "api" },
      times: 1,
      status: 429,
      headers: { "retry-after": "7" },
    });
    const first = await hasty.send(query);
    expect(first.errors?.[0]?.extensions).toMatchObject({
      code: "PLATFORM_THROTTLED",
      retryAfterMs: 7_000,
    });
    const second = await hasty.send(query);
    await hasty.stop();
    expect(second.errors?.[0]?.extensions["code"]).toBe("PLATFORM_THROTTLED");
    const wait = second.errors?.[0]?.extensions["retryAfterMs"];
    expect(wait).toBeGreaterThan(5_000);
    expect(wait).toBeLessThanOrEqual(7_000);
    expect(sandbox.journal.requests("api")).toHaveLength(1);
  });

  it("say when there is no such store", async () => {
    const other = await startClientele([
      { server: sandbox, settings: { storeId: 4 } },
    ]);
    const answer = await other.send(query);
    await other.stop();
    expect(answer.errors).toMatchObject([
      {
        message: expect.stringContaining("storeId") as string,
        extensions: { code: "PLATFORM_CONTRACT" },
      },
    ]);
  });

  it("show no member that names another group", async () => {
    sandbox.faults.add({
      when: { path: /\/customers$/ },
      transform: (body) => {
        (
          body as { items: { customerGroupId: number }[] }
        ).items[0]!.customerGroupId = 9367003;
        return body;
      },
    });
    for (const list of [
      '{ customerGroup(id: "gid://clientele/CustomerGroup/ecwid-demo/9367001") { customers(first: 3) { nodes { email } } } }',
      '{ customerGroup: stores { customers(first: 3, filter: { customerGroup: "gid://clientele/CustomerGroup/ecwid-demo/9367001" }) { nodes { email } } } }',
    ]) {
      const answer = await clientele.send(list);
      const [group] = [answer.data.customerGroup].flat();
      expect(group.customers.nodes[0]).toBeNull();
      expect(group.customers.nodes[1]).not.toBeNull();
      expect(answer.errors).toMatchObject([
        { extensions: { code: "PLATFORM_CONTRACT" } },
      ]);
    }
  });

  it("end a list without an end", async () => {
    sandbox.faults.add({
      when: { kind: "api" },
      transform: (body) => ({
        ...(body as object),
        total: Number.MAX_SAFE_INTEGER,
      }),
    });
    const answer = await clientele.send(
      '{ customersByEmail(email: "john@example.com") { email } customerGroups(first: 3) { nodes { name } } }',
    );
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions.code).toBe("PLATFORM_CONTRACT");
    }
  });

  it("do not come of many reads by id", async () => {
    const rows = sandbox.data.customers.slice(0, 300);
    const answers = await Promise.all(
      [0, 1, 2].map(() =>
        clientele.send(
          "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { email } } }",
          {
            r: rows.map(({ id }) => ({
              __typename: "EcwidCustomer",
              id: `gid://clientele/Customer/ecwid-demo/${id}`,
            })),
          },
        ),
      ),
    );
    for (const answer of answers) {
      expect(answer.errors).toBeUndefined();
      expect(answer.data._entities).toEqual(
        rows.map(({ email }) => ({ email })),
      );
    }
  });
});
