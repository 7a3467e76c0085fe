import { createHash } from "node:crypto";
import { connect } from "node:net";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";

const maxOperations = 5;

describe("overload", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }], { maxOperations });
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.journal.clear();
  });

  const get = (path: string) => fetch(new URL(path, clientele.url));
  const post = (query: string) =>
    fetch(clientele.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
  const id = (index: number) =>
    `gid://clientele/CustomerGroup/commerce-layer-demo/${sandbox.data.customerGroups[index]!.id}`;

  it("O1 runs so many operations, and refuses the rest", async () => {
    sandbox.faults.add({ when: { kind: "api" }, delayMs: 1_500 });
    let answered = 0;
    const running = Array.from({ length: maxOperations }, async (_, index) => {
      const response = await post(
        `{ customerGroup(id: "${id(index)}") { name } }`,
      );
      answered += 1;
      return response;
    });
    await waitUntil(
      () => sandbox.journal.requests("api").length === maxOperations,
    );
    const ready = await get("/readyz");
    expect([ready.status, await ready.text()]).toEqual([503, "overloaded\n"]);
    expect((await get("/healthz")).status).toBe(200);
    const refused = await Promise.all(
      Array.from({ length: 45 }, () => post("{ stores { key } }")),
    );
    // All refusals came while the first operations were still waiting.
    expect(answered).toBe(0);
    for (const response of refused) {
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("1");
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }],
      });
    }
    for (const [index, response] of (await Promise.all(running)).entries()) {
      expect(await response.json()).toEqual({
        data: {
          customerGroup: { name: sandbox.data.customerGroups[index]!.name },
        },
      });
    }
    expect(sandbox.journal.requests("api")).toHaveLength(maxOperations);
    expect((await post("{ stores { key } }")).status).toBe(200);
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toContain("clientele_operations_refused_total 45");
    expect(metrics).toContain("clientele_operations_running 0");
  }, 30_000);

  const half =
    "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
  const running = async () => {
    const text = await (await get("/metrics")).text();
    return Number(/^clientele_operations_running (\d+)$/m.exec(text)?.[1]);
  };

  it("O1 counts operations whose body is still on its way", async () => {
    const sockets = Array.from({ length: maxOperations }, () =>
      connect(Number(new URL(clientele.url).port)).on("error", () => undefined),
    );
    for (const socket of sockets) socket.write(half);
    await waitUntil(async () => (await running()) === maxOperations);
    const refused = await post("{ stores { key } }");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    // Their places are free again when they leave.
    for (const socket of sockets) socket.destroy();
    await waitUntil(async () => (await running()) === 0);
    expect((await post("{ stores { key } }")).status).toBe(200);
  });

  it("O1 gives no place to whoever has no key", async () => {
    const closed = await startClientele([{ server: sandbox }], {
      maxOperations,
      auth: {
        mode: "apiKeys",
        keys: [
          {
            name: "storefront",
            sha256: createHash("sha256").update("a-key").digest("hex"),
            scopes: [],
          },
        ],
      },
    });
    const answers: string[] = [];
    const sockets = Array.from({ length: 4 * maxOperations }, () => {
      const socket = connect(Number(new URL(closed.url).port));
      socket.on("error", () => undefined);
      socket.once("data", (chunk: Buffer) =>
        answers.push(chunk.toString().slice(0, 12)),
      );
      socket.write(half);
      return socket;
    });
    // They are told so before their bodies are there.
    await waitUntil(() => answers.length === sockets.length);
    expect(new Set(answers)).toEqual(new Set(["HTTP/1.1 401"]));
    const answer = await closed.send("{ stores { key } }", undefined, {
      authorization: "Bearer a-key",
    });
    expect(answer.status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await closed.stop();
  });

  it("O5 asks once for a hundred equal lookups", async () => {
    const ids = Array.from({ length: 100 }, () => JSON.stringify(id(0)));
    const response = await post(
      `{ nodes(ids: [${ids.join()}]) { ... on CustomerGroup { name } } }`,
    );
    const { name } = sandbox.data.customerGroups[0]!;
    expect(await response.json()).toEqual({
      data: { nodes: ids.map(() => ({ name })) },
    });
    expect(sandbox.journal.requests("api")).toHaveLength(1);
  });

  it("O6 is unready, not dead, after a blocked loop", async () => {
    await waitUntil(async () => (await get("/readyz")).status === 200);
    const until = performance.now() + 600;
    while (performance.now() < until);
    // The delay is noted by the next tick of the measure.
    await waitUntil(async () => (await get("/readyz")).status === 503);
    expect((await get("/healthz")).status).toBe(200);
    await waitUntil(async () => (await get("/readyz")).status === 200);
  }, 30_000);

  it("O7 closes connections with slow headers or body", async () => {
    const starts = [
      "POST /graphql HTTP/1.1\r\nhost: a\r\nx-slow: ",
      "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    ];
    const answers = await Promise.all(
      starts.map(async (start) => {
        const socket = connect(Number(new URL(clientele.url).port));
        let received = "";
        socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
        socket.on("error", () => undefined);
        socket.write(start);
        const drip = setInterval(() => socket.write("x"), 1_000);
        await new Promise((resolve) => socket.once("close", resolve));
        clearInterval(drip);
        return received.slice(0, 12);
      }),
    );
    expect(answers).toEqual(["HTTP/1.1 408", "HTTP/1.1 408"]);
  }, 30_000);
});

async function waitUntil(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await holds())) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
