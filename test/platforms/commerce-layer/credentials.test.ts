import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
  sandboxCredentials,
} from "../../../src/sandbox/commerce-layer";
import { Secret } from "../../../src/domain/secret";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid } from "./truth";

describe("credentials for Commerce Layer", () => {
  let sandbox: CommerceLayerSandboxServer;
  const running: Clientele[] = [];

  beforeEach(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((clientele) => clientele.stop()));
    await sandbox.close();
  });

  const start = async (settings: Readonly<Record<string, unknown>> = {}) => {
    const clientele = await startClientele([{ server: sandbox, settings }]);
    running.push(clientele);
    return clientele;
  };
  const tokens = () => sandbox.journal.requests("token").length;
  const readTwoLists =
    "{ customers(first: 5) { nodes { email } } customerGroups(first: 5) { nodes { name } } }";

  it("fetches no token before the first read", async () => {
    const clientele = await start();
    dataOf(await clientele.send("{ stores { key platform } }"));
    expect(tokens()).toBe(0);
  });

  it("fetches one token for fifty reads at once", async () => {
    const clientele = await start();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => clientele.send(readTwoLists)),
    );
    answers.forEach(dataOf);
    expect(tokens()).toBe(1);
  });

  it("renews a refused token once for all", async () => {
    const clientele = await start();
    dataOf(await clientele.send(readTwoLists));
    sandbox.revokeTokens();
    sandbox.journal.clear();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => clientele.send(readTwoLists)),
    );
    answers.forEach(dataOf);
    expect(tokens()).toBe(1);
  });

  it("renews a token before it runs out", async () => {
    sandbox.settings.tokenLifetimeSeconds = 0.2;
    const clientele = await start();
    dataOf(await clientele.send(readTwoLists));
    await new Promise((resolve) => setTimeout(resolve, 150));
    sandbox.journal.clear();
    dataOf(await clientele.send(readTwoLists));
    expect(tokens()).toBe(1);
    expect(sandbox.journal.requests("api").map(({ status }) => status)).toEqual(
      [200, 200],
    );
  });

  it("renews nothing for a missing permission", async () => {
    const clientele = await start();
    sandbox.settings.denied = ["customers"];
    const answer = await clientele.send(readTwoLists);
    expect(answer.data.customers).toEqual({ nodes: [null] });
    expect(answer.data.customerGroups.nodes).toHaveLength(5);
    expect(answer.errors).toMatchObject([
      {
        extensions: {
          code: "PLATFORM_DENIED",
          store: "commerce-layer-demo",
          scope: expect.stringContaining("read_only"),
        },
      },
    ]);
    expect(tokens()).toBe(1);
  });

  it("gives up when a new token is refused too", async () => {
    const clientele = await start();
    sandbox.faults.add({
      when: { kind: "api" },
      status: 401,
      body: { errors: [{ code: "INVALID_TOKEN", detail: "canary" }] },
    });
    const answer = await clientele.send(
      `{ customer(id: "${gid("Customer", "xYZkjABcde")}") { email } }`,
    );
    expect(answer.errors).toMatchObject([
      { extensions: { code: "PLATFORM_DENIED" } },
    ]);
    expect(JSON.stringify(answer)).not.toContain("canary");
    expect(sandbox.journal.requests("api")).toHaveLength(2);
    expect(tokens()).toBe(2);
  });

  it("says when the client is refused", async () => {
    const clientele = await start({
      credentials: {
        tokenUrl: `${sandbox.origin}/oauth/token`,
        clientId: "wrong",
        clientSecret: "canary-secret",
      },
    });
    const answer = await clientele.send(
      `{ customer(id: "${gid("Customer", "xYZkjABcde")}") { email } }`,
    );
    expect(answer.errors).toMatchObject([
      {
        extensions: {
          code: "PLATFORM_DENIED",
          operation: "POST /oauth/token",
        },
        message: expect.stringContaining("clientId"),
      },
    ]);
    expect(JSON.stringify([answer, clientele.log])).not.toContain("canary");
  });

  it("survives a token endpoint that fails", async () => {
    const clientele = await start();
    sandbox.faults.add({ when: { kind: "token" }, times: 1, status: 503 });
    const failed = await clientele.send(readTwoLists);
    expect(failed.errors?.[0]).toMatchObject({
      extensions: { code: "PLATFORM_UNAVAILABLE" },
    });
    dataOf(await clientele.send(readTwoLists));
  });

  it("opens a store with a static token", async () => {
    const clientele = await start({
      credentials: { accessToken: sandboxCredentials.accessToken },
    });
    dataOf(await clientele.send(readTwoLists));
    expect(tokens()).toBe(0);
  });

  it("tells the mode from the token alone", async () => {
    const clientele = await start();
    expect(dataOf(await clientele.send("{ stores { mode } }"))).toEqual({
      stores: [{ mode: "TEST" }],
    });
    expect(sandbox.journal.requests("api")).toHaveLength(0);
  });

  it("survives a renewal that nobody waits for", async () => {
    const clientele = await startClientele([{ server: sandbox }], {
      operationTimeoutMs: 200,
    });
    running.push(clientele);
    sandbox.faults.add({ when: { kind: "token" }, delayMs: 400, times: 1 });
    sandbox.faults.add({ when: { kind: "token" }, status: 500 });
    const answer = await clientele.send("{ stores { key mode } }");
    expect(answer.data).toEqual({
      stores: [{ key: "commerce-layer-demo", mode: null }],
    });
    expect(answer.errors).toMatchObject([
      {
        extensions: {
          code: "PLATFORM_UNAVAILABLE",
          store: "commerce-layer-demo",
        },
      },
    ]);
    // The renewal fails later, with nobody left who asked for it.
    await new Promise((resolve) => setTimeout(resolve, 400));
    sandbox.faults.clear();
    dataOf(await clientele.send("{ stores { mode } }"));
  });

  it("asks for no token when all has ended", async () => {
    const { createCredentials } =
      await import("../../../src/platforms/commerce-layer/credentials");
    let sent = 0;
    const credentials = createCredentials({
      settings: {
        baseUrl: new URL(sandbox.origin),
        credentials: {
          clientId: "a",
          clientSecret: new Secret("b"),
          tokenUrl: new URL(sandbox.origin),
        },
      },
      store: "s",
      platform: "commerce-layer",
      send: () => {
        sent += 1;
        return Promise.reject(new Error("not to be sent"));
      },
    });
    await expect(
      credentials.accessToken(AbortSignal.abort()),
    ).rejects.toMatchObject({ code: "PLATFORM_UNAVAILABLE" });
    expect(sent).toBe(0);
  });
});
