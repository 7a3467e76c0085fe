import { request } from "node:http";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";

describe("deadlines", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeEach(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
  });
  afterEach(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const query = "{ customers(first: 5) { nodes { email } } stores { key } }";

  it("ends an operation whose store hangs", async () => {
    clientele = await startClientele([{ server: sandbox }], {
      operationTimeoutMs: 300,
    });
    sandbox.faults.add({ when: { kind: "api" }, hang: true });
    const startedAt = performance.now();
    const answer = await clientele.send(query);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(answer.data).toEqual({
      customers: { nodes: [null] },
      stores: [{ key: "commerce-layer-demo" }],
    });
    expect(answer.errors).toMatchObject([
      {
        message: expect.stringContaining("deadline of 300 ms") as string,
        extensions: { code: "PLATFORM_UNAVAILABLE" },
      },
    ]);
  });

  it("ends an attempt that drips bytes", async () => {
    clientele = await startClientele([
      {
        server: sandbox,
        settings: { timeoutMs: 300, retry: { attempts: 1 } },
      },
    ]);
    sandbox.faults.add({
      when: { kind: "api" },
      drip: { bytes: 1, everyMs: 50 },
    });
    const answer = await clientele.send(query);
    expect(answer.errors).toMatchObject([
      {
        message: expect.stringContaining("within 300 ms") as string,
        extensions: { code: "PLATFORM_UNAVAILABLE" },
      },
    ]);
    expect(sandbox.journal.requests("api")).toHaveLength(1);
  });

  it("ends upstream requests when the client leaves", async () => {
    clientele = await startClientele([{ server: sandbox }]);
    await clientele.send(query);
    sandbox.journal.clear();
    sandbox.faults.add({ when: { kind: "api" }, hang: true });
    const { hostname, port } = new URL(clientele.url);
    const sent = request({
      hostname,
      port,
      path: "/graphql",
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    sent.on("error", () => undefined);
    sent.end(JSON.stringify({ query }));
    while (sandbox.journal.requests("api").length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    sent.destroy();
    // The hanging request would hold the server's end up if it still stood.
    const startedAt = performance.now();
    await clientele.stop();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
