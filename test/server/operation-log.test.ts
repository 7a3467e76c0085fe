import { createHash } from "node:crypto";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";

/** One line for each operation: what it was and what it cost. */
describe("the line of an operation", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }], {
      auth: {
        mode: "apiKeys",
        keys: [
          {
            name: "storefront",
            sha256: createHash("sha256").update("canary-key").digest("hex"),
            scopes: ["read:groups", "read:customers"],
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const lines = async (query: string, variables = {}): Promise<any[]> => {
    const before = clientele.log.length;
    await clientele.send(query, variables, {
      authorization: "Bearer canary-key",
    });
    return clientele.log.slice(before).map((line) => JSON.parse(line));
  };

  it("tells what it was and cost upstream", async () => {
    const before = sandbox.journal.requests().length;
    const [line, ...others] = await lines(
      "query Emails { customers(first: 3) { nodes { email } } }",
    );
    expect(others).toEqual([]);
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: "operation",
      operation: {
        name: "Emails",
        type: "query",
        hash: expect.stringMatching(/^[0-9a-f]{12}$/),
      },
      caller: "storefront",
      ms: expect.any(Number),
      errors: {},
      upstream: {
        requests: sandbox.journal.requests().length - before,
        bytes: expect.any(Number),
        byStore: {
          "commerce-layer-demo": {
            requests: sandbox.journal.requests().length - before,
            bytes: expect.any(Number),
            cached: 0,
            coalesced: 0,
            retried: 0,
            waitedMs: expect.any(Number),
          },
        },
      },
    });
    expect(line.upstream.bytes).toBeGreaterThan(0);
  });

  it("counts errors by their codes", async () => {
    const [line] = await lines(
      '{ a: node(id: "x") { id } b: node(id: "y") { id } }',
    );
    expect(line.errors).toEqual({ BAD_USER_INPUT: 2 });
    expect(line.operation).toMatchObject({ name: null, type: "query" });
  });

  it("is written for what cannot be parsed", async () => {
    const [line] = await lines("query Canary { canary-literal");
    expect(line.operation).toEqual({ name: null, type: null, hash: null });
    expect(line.errors).toEqual({ GRAPHQL_PARSE_FAILED: 1 });
    expect(JSON.stringify(line)).not.toMatch(/canary/i);
  });

  it("names operations alike that differ in literals", async () => {
    const query = (email: string, first: number, alias = "x") =>
      `{ ${alias}: customers(first: ${first}, filter: { email: "${email}", stores: ["commerce-layer-demo"] }) { totalCount } }`;
    const [one] = await lines(query("canary@example.com", 1));
    const [two] = await lines(query("other@example.com", 2, "y"));
    const [different] = await lines(
      "{ customers(first: 1) { pageInfo { hasNextPage } } }",
    );
    expect(one.operation.hash).toBe(two.operation.hash);
    expect(different.operation.hash).not.toBe(one.operation.hash);
  });

  it("holds no literal, variable, alias or key", async () => {
    const said = JSON.stringify([
      await lines(
        '{ canaryAlias: customers(first: 1, filter: { email: "canary@example.com" }) { totalCount } }',
      ),
      await lines(
        "query Q($e: String) { customers(first: 1, filter: { email: $e }) { nodes { email } } }",
        { e: "canary@example.com" },
      ),
    ]);
    expect(said).not.toMatch(/canary|example\.com/i);
  });

  it("can be switched off", async () => {
    const silent = await startClientele([{ server: sandbox }], {
      logOperations: false,
    });
    await silent.send("{ stores { key } }");
    expect(silent.log).toEqual([]);
    await silent.stop();
  });
});
