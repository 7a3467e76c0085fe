import { type AddressInfo, type Server, connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:https";
import type { SandboxServer } from "../../src/sandbox/room";
import { createCertificate } from "../http/certificate";
import { type Clientele, dataOf, startClientele } from "../support/clientele";
import { type Fault, fixtures } from "./bench";
import { type Bystanders, startBystanders } from "./bystanders";
import { type Read, readsOf } from "./reads";

/** Bodies and heads that are made to do harm. Nothing of them is served. */

const mebibyte = 1024 * 1024;
/** No fault is repeated, so that requests can be counted; none opens a circuit. */
const settings = {
  retry: { attempts: 1 },
  circuitBreaker: { failureRate: 1, minimumCalls: 1_000 },
};
let bystanders: Bystanders;

beforeAll(async () => {
  bystanders = await startBystanders();
});
afterAll(() => bystanders.stop());

/** The largest memory of the process while something runs, in bytes. */
async function memoryWhile<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly grownBy: number }> {
  const before = process.memoryUsage.rss();
  let largest = before;
  const timer = setInterval(() => {
    largest = Math.max(largest, process.memoryUsage.rss());
  }, 2);
  const result = await run();
  clearInterval(timer);
  largest = Math.max(largest, process.memoryUsage.rss());
  return { result, grownBy: largest - before };
}

describe.each(
  fixtures.map((fixture) => [fixture.platform.name, fixture] as const),
)("%s", (_, fixture) => {
  let server: SandboxServer;
  let reads: readonly Read[];
  let clientele: Clientele;

  beforeAll(async () => {
    const { facts, ...started } = await fixture.start();
    ({ server } = started);
    // A fault of many megabytes is not sent fifty times over, where entities
    // are read one by one.
    reads = readsOf(server, facts).filter(
      ({ name }) => name !== "entities" || facts.customersPerRequest > 1,
    );
    clientele = await startClientele([{ server, settings }], {
      // Each read is judged by what it alone sent.
      coalesce: false,
    });
    for (const { query, variables, whole } of reads) {
      expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
    }
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

  it.each<[string, Fault, string]>([
    [
      "is a bomb of 200 MB (U11)",
      { gzipBomb: { decodedBytes: 200_000_000 } },
      "PLATFORM_CONTRACT",
    ],
    ["is compressed eight times (U11)", { gzipLayers: 8 }, "PLATFORM_CONTRACT"],
    [
      "is plain and says gzip (U11)",
      { gzip: "mislabelled" },
      "PLATFORM_CONTRACT",
    ],
    [
      "is compressed by an unknown method (U11)",
      { addHeaders: { "content-encoding": "br" } },
      "PLATFORM_CONTRACT",
    ],
    ["has 50 MB (U12)", { bigBody: 50_000_000 }, "PLATFORM_CONTRACT"],
    ["never ends (U12)", { endlessBody: true }, "PLATFORM_CONTRACT"],
    ["nests 200,000 lists (U13)", { deepBody: 200_000 }, "PLATFORM_CONTRACT"],
    ["nests 1,000 lists (U13)", { deepBody: 1_000 }, "PLATFORM_CONTRACT"],
    [
      "has a million members (U13)",
      { wideBody: 1_000_000 },
      "PLATFORM_CONTRACT",
    ],
    ["has 300,000 members (U13)", { wideBody: 300_000 }, "PLATFORM_CONTRACT"],
    [
      "has 400 headers of 200 bytes (U19)",
      { manyHeaders: { count: 400, bytes: 200 } },
      "PLATFORM_CONTRACT",
    ],
    [
      "has one header of 100 KB (U19)",
      { manyHeaders: { count: 1, bytes: 100_000 } },
      "PLATFORM_CONTRACT",
    ],
    [
      "tells two lengths (U19)",
      { framing: "two-content-lengths" },
      "PLATFORM_UNAVAILABLE",
    ],
    [
      "tells a length and is chunked (U19)",
      { framing: "content-length-and-chunked" },
      "PLATFORM_UNAVAILABLE",
    ],
  ])("serves nothing of an answer that %s", async (_, fault, code) => {
    for (const { name, query, variables, whole, nothing } of reads) {
      server.journal.clear();
      const handle = server.faults.add({
        ...fault,
        when: { kind: "api" },
      });
      const { result: answer, grownBy } = await memoryWhile(() =>
        clientele.send(query, variables),
      );
      expect([name, answer.data]).toEqual([name, nothing]);
      expect(answer.errors?.length).toBeGreaterThan(0);
      for (const { extensions } of answer.errors ?? []) {
        expect([name, extensions]).toMatchObject([
          name,
          { code, store: server.storeKey },
        ]);
      }
      expect(handle.hits).toBeGreaterThan(0);
      // Decoded or collected, the bomb and the flood would take more: the
      // sandbox's own part is in it.
      expect(grownBy).toBeLessThan(150 * mebibyte);
      handle.remove();
      for (const { bytes = 0 } of server.journal.requests("api")) {
        // Five are read; what is on its way is lost.
        expect(bytes).toBeLessThan(25_000_000);
      }
      expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
    }
  });

  it.each<[string, Fault]>([
    ["50 MB", { bigBody: 50_000_000 }],
    ["no end", { endlessBody: true }],
  ])("loses its connection over a body of %s (U12)", async (_, fault) => {
    const { query, variables } = reads[0]!;
    server.faults.add({ ...fault, when: { kind: "api" } });
    await clientele.send(query, variables);
    for (let waited = 0; waited < 200; waited += 1) {
      if (server.journal.requests("api")[0]?.socket.closedAt) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(server.journal.requests("api")).toMatchObject([
      { socket: { closedAt: expect.any(Number) as number } },
    ]);
  });

  it("gets no cookie back that it set (U19)", async () => {
    const relay = await startRelay(new URL(server.origin));
    const own = await startClientele([
      { server, settings: { ...settings, baseUrl: relay.origin } },
    ]);
    server.faults.add({
      when: { kind: "api" },
      addHeaders: {
        "set-cookie": ["session=canary-cookie; Path=/", "b=canary-cookie"],
      },
    });
    const { query, variables, whole } = reads.find(
      ({ name }) => name === "list",
    )!;
    for (let time = 0; time < 3; time += 1) {
      expect(dataOf(await own.send(query, variables))).toEqual(whole);
    }
    const response = await fetch(own.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    expect(response.headers.get("set-cookie")).toBeNull();
    await own.stop();
    await relay.stop();
    expect(relay.sent().match(/^GET /gm)?.length).toBe(4);
    expect(relay.sent()).not.toMatch(/cookie/i);
    bystanders.expectNothing([
      server.origin,
      clientele.url,
      own.url,
      relay.origin,
    ]);
  });

  it("stops nobody else while it sends bombs (U11)", async () => {
    const [read] = reads;
    const { query, variables } = read!;
    server.faults.add({
      when: { kind: "api" },
      gzipBomb: { decodedBytes: 200_000_000 },
    });
    const { result: answers, grownBy } = await memoryWhile(() =>
      Promise.all(
        Array.from({ length: 8 }, () => clientele.send(query, variables)),
      ),
    );
    for (const { errors } of answers) {
      expect(errors?.[0]?.extensions.code).toBe("PLATFORM_CONTRACT");
    }
    expect(grownBy).toBeLessThan(300 * mebibyte);
  });
});

/** TLS that proves nothing. Nothing is sent, and plain text is no way out. */
describe("a platform over TLS", () => {
  const dayMs = 86_400_000;
  const from = new Date(Date.now() - 30 * dayMs);
  const to = new Date(Date.now() + 30 * dayMs);

  describe.each(
    fixtures.map((fixture) => [fixture.platform.name, fixture] as const),
  )("that is %s", (_, fixture) => {
    let server: SandboxServer;
    let reads: readonly Read[];

    beforeAll(async () => {
      const started = await fixture.start();
      ({ server } = started);
      reads = readsOf(server, started.facts);
    });
    afterAll(() => server.close());

    /** Asks the store of that port by TLS, and expects that nothing is sent. */
    const expectSilence = async (port: number) => {
      const origin = `https://127.0.0.1:${port}`;
      const clientele = await startClientele([
        { server, settings: { ...settings, baseUrl: origin } },
      ]);
      for (const { query, variables, nothing } of reads) {
        const answer = await clientele.send(query, variables);
        expect(answer.data).toEqual(nothing);
        expect(answer.errors?.length).toBeGreaterThan(0);
        for (const { message, extensions } of answer.errors ?? []) {
          expect(extensions.code).toBe("PLATFORM_UNAVAILABLE");
          expect(message).toContain("it could not be trusted over TLS");
        }
      }
      await clientele.stop();
      bystanders.expectNothing([server.origin, clientele.url, origin]);
      expect(server.journal.requests("api")).toHaveLength(0);
    };

    it.each<[string, string, Date]>([
      ["self-signed", "127.0.0.1", to],
      ["expired", "127.0.0.1", new Date(Date.now() - dayMs)],
      ["another host's", "other.test", to],
    ])("is asked nothing by a certificate that is %s (U22)", async (...row) => {
      const [, host, until] = row;
      let requests = 0;
      const { key, cert } = createCertificate({
        hosts: [host],
        from,
        to: until,
      });
      const platform = createTlsServer({ key, cert }, (_request, response) => {
        requests += 1;
        response.end("{}");
      });
      const { port } = await listen(platform);
      await expectSilence(port);
      await close(platform);
      expect(requests).toBe(0);
    });

    it("is sent no secret when it speaks plain text (U22)", async () => {
      await expectSilence(Number(new URL(server.origin).port));
    });
  });
});

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(server.address() as AddressInfo);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** Stands before a platform and hears what it is sent, to the byte. */
async function startRelay({ hostname, port }: URL): Promise<{
  readonly origin: string;
  sent(): string;
  stop(): Promise<void>;
}> {
  const chunks: string[] = [];
  const relay = createServer((socket) => {
    const onward = connect(Number(port), hostname);
    socket.on("data", (bytes) => chunks.push(bytes.toString("latin1")));
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  const { port: own } = await listen(relay);
  return {
    origin: `http://127.0.0.1:${own}`,
    sent: () => chunks.join(""),
    stop: () => close(relay),
  };
}
