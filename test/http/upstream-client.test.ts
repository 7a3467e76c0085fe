import type { Policy } from "../../src/http/exchange";
import { Ledger } from "../../src/http/ledger";
import type { Credentials } from "../../src/http/policies/authorize";
import { TransportFailure } from "../../src/http/transport-failure";
import {
  type UpstreamClient,
  type UpstreamClientOptions,
  compose,
  createUpstreamClient,
} from "../../src/http/upstream-client";
import {
  anyRequest,
  answer,
  requestTo,
  scripted,
  startPeer,
  startUpstream,
  stopServers,
} from "./support";

const open: Credentials = {
  headers: () => ({ authorization: "Bearer t" }),
  hasExpired: () => false,
};

let client: UpstreamClient | undefined;

function createClient(options: Partial<UpstreamClientOptions> = {}) {
  client = createUpstreamClient({
    limits: { timeoutMs: 1_000, maxConcurrency: 2, attempts: 2 },
    credentials: open,
    ...options,
  });
  return client;
}

afterEach(async () => {
  await client?.close();
  await stopServers();
});

/** Notes each passage on the way to the wire. */
function noting(log: string[], name: string): Policy {
  return (next) => (request) => {
    log.push(name);
    return next(request);
  };
}

/** Notes the steps that a client can be given from outside. */
function notedSteps(log: string[], expires: () => boolean) {
  return {
    observe: noting(log, "observe"),
    quota: noting(log, "quota"),
    circuitBreaker: noting(log, "breaker"),
    credentials: {
      headers: () => {
        log.push("sign");
        return {};
      },
      hasExpired: expires,
    },
  };
}

describe("compose", () => {
  it("puts the first policy outermost", async () => {
    const log: string[] = [];
    const policies = ["a", "b", "c"].map((name) => noting(log, name));
    await compose(policies, scripted(answer()).send)(anyRequest);
    expect(log).toEqual(["a", "b", "c"]);
  });

  it("is the wire itself without policies", () => {
    const { send } = scripted();
    expect(compose([], send)).toBe(send);
  });
});

describe("an upstream client", () => {
  it("passes every step in its order", async () => {
    const log: string[] = [];
    const upstream = await startUpstream((_, response) => response.end());
    const { send } = createClient(notedSteps(log, () => false));
    await send(requestTo(upstream.origin));
    expect(log).toEqual(["breaker", "quota", "sign", "observe"]);
  });

  it("lets a repeated request pass quota again", async () => {
    const log: string[] = [];
    let connections = 0;
    const peer = await startPeer((socket) => {
      connections += 1;
      const breaks = connections === 1;
      socket.once("data", () => {
        if (breaks) socket.destroy();
        else socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
      });
    });
    const ledger = new Ledger();
    const { send } = createClient(notedSteps(log, () => false));
    const answered = await send(requestTo(peer.origin, { ledger }));
    expect(answered.status).toBe(200);
    expect(log).toEqual([
      "breaker",
      "quota",
      "sign",
      "observe",
      "quota",
      "sign",
      "observe",
    ]);
    expect(ledger.summary()).toMatchObject({
      requests: 2,
      byStore: { "cl-eu": { requests: 2, retried: 1 } },
    });
  });

  it("renews a credential within the same turn", async () => {
    const log: string[] = [];
    const statuses = [401, 200];
    const upstream = await startUpstream((_, response) => {
      response.writeHead(statuses.shift() ?? 500).end();
    });
    const { send } = createClient({
      ...notedSteps(log, () => statuses.length === 1),
      limits: { timeoutMs: 1_000, maxConcurrency: 1, attempts: 1 },
    });
    const answered = await send(requestTo(upstream.origin));
    expect(answered.status).toBe(200);
    expect(log).toEqual([
      "breaker",
      "quota",
      "sign",
      "observe",
      "sign",
      "observe",
    ]);
  });

  it("waits for its turn before it takes quota", async () => {
    const log: string[] = [];
    const held: (() => void)[] = [];
    const upstream = await startUpstream((_, response) => {
      held.push(() => response.end());
      if (held.length === 1) setImmediate(() => held[0]?.());
      else held.at(-1)?.();
    });
    const { send } = createClient({
      quota: (next) => async (request) => {
        log.push(`quota ${request.url.pathname}`);
        const answered = await next(request);
        log.push(`done ${request.url.pathname}`);
        return answered;
      },
      limits: { timeoutMs: 1_000, maxConcurrency: 1, attempts: 1 },
    });
    await Promise.all(
      ["/a", "/b"].map((path) => send(requestTo(upstream.origin + path))),
    );
    expect(log).toEqual(["quota /a", "done /a", "quota /b", "done /b"]);
  });

  it("sends no more than its concurrency allows", async () => {
    let running = 0;
    let most = 0;
    const upstream = await startUpstream((_, response) => {
      most = Math.max(most, (running += 1));
      setTimeout(() => {
        running -= 1;
        response.end();
      }, 5);
    });
    const { send } = createClient();
    await Promise.all(
      Array.from({ length: 10 }, () => send(requestTo(upstream.origin))),
    );
    expect(most).toBe(2);
  });

  it("refuses the 1,003rd of two at once", async () => {
    const upstream = await startUpstream(() => undefined);
    const { send } = createClient();
    const sent = Array.from({ length: 1_002 }, () =>
      send(requestTo(upstream.origin)).catch(() => undefined),
    );
    await expect(send(requestTo(upstream.origin))).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: 1000 requests are waiting already; ask again later',
    });
    await client?.close();
    await Promise.all(sent);
  });

  it("says which store did not answer", async () => {
    const upstream = await startUpstream(() => undefined);
    const { send } = createClient({
      limits: { timeoutMs: 100, maxConcurrency: 1, attempts: 3 },
    });
    const startedAt = performance.now();
    await expect(send(requestTo(upstream.origin))).rejects.toMatchObject({
      code: "PLATFORM_UNAVAILABLE",
      message: 'Store "cl-eu", GET /customers/{id}: no answer within 100 ms',
    });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it("explains what its breaker throws", async () => {
    const { send } = createClient({
      circuitBreaker: () => () =>
        Promise.reject(new TransportFailure("refused", "it is down")),
    });
    await expect(send(anyRequest)).rejects.toMatchObject({
      code: "PLATFORM_UNAVAILABLE",
      message: 'Store "cl-eu", GET /customers/{id}: it is down',
    });
  });

  it("never repeats what its breaker refuses", async () => {
    let calls = 0;
    const { send } = createClient({
      circuitBreaker: () => () => {
        calls += 1;
        return Promise.reject(new TransportFailure("reset", "it is down"));
      },
    });
    await expect(send(anyRequest)).rejects.toThrow("it is down");
    expect(calls).toBe(1);
  });

  it("shows each attempt to its observer", async () => {
    const seen: string[] = [];
    const peer = await startPeer((socket) => {
      socket.once("data", () => socket.destroy());
    });
    const { send } = createClient({
      observe: (next) => async (request) => {
        try {
          return await next(request);
        } catch (error) {
          seen.push((error as TransportFailure).kind);
          throw error;
        }
      },
    });
    await expect(send(requestTo(peer.origin))).rejects.toThrow(
      "the connection broke before the answer was complete",
    );
    expect(seen).toEqual(["reset", "reset"]);
  });
});

describe("an unsigned request", () => {
  it("passes no turn, observer, breaker or signature", async () => {
    const log: string[] = [];
    let signature: unknown;
    const upstream = await startUpstream((request, response) => {
      signature = request.headers.authorization;
      response.end();
    });
    const { sendUnsigned } = createClient({
      ...notedSteps(log, () => false),
      credentials: open,
    });
    await sendUnsigned(requestTo(upstream.origin));
    expect(log).toEqual([]);
    expect(signature).toBeUndefined();
  });

  it("can be sent while signing holds all turns", async () => {
    const paths: (string | undefined)[] = [];
    const upstream = await startUpstream((request, response) => {
      paths.push(request.url);
      response.end();
    });
    const { send } = createClient({
      limits: { timeoutMs: 1_000, maxConcurrency: 1, attempts: 1 },
      credentials: {
        headers: async () => {
          await client?.sendUnsigned(requestTo(`${upstream.origin}/token`));
          return {};
        },
        hasExpired: () => false,
      },
    });
    await Promise.all([
      send(requestTo(`${upstream.origin}/a`)),
      send(requestTo(`${upstream.origin}/b`)),
    ]);
    expect(paths).toEqual(["/token", "/a", "/token", "/b"]);
  });

  it("ends at the deadline, explained, sent once", async () => {
    let requests = 0;
    const upstream = await startUpstream(() => {
      requests += 1;
    });
    const { sendUnsigned } = createClient({
      limits: { timeoutMs: 100, maxConcurrency: 1, attempts: 3 },
    });
    await expect(
      sendUnsigned(requestTo(upstream.origin)),
    ).rejects.toMatchObject({
      code: "PLATFORM_UNAVAILABLE",
      message: 'Store "cl-eu", GET /customers/{id}: no answer within 100 ms',
    });
    expect(requests).toBe(1);
  });
});
