import type { ClienteleError } from "../../src/domain/errors";
import type { Policy } from "../../src/http/exchange";
import { Ledger } from "../../src/http/ledger";
import type { Credentials } from "../../src/http/policies/authorize";
import type { AccountQuota } from "../../src/http/quota/account-quota";
import { Pause } from "../../src/http/quota/pause";
import { SlidingWindow } from "../../src/http/quota/sliding-window";
import { createUnknownQuota } from "../../src/http/quota/unknown-quota";
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

/** Notes what a client asks of that which it is given from outside. */
function notedSteps(log: string[], expires: () => boolean) {
  const pause = new Pause();
  const quota: AccountQuota = {
    pause,
    laneOf: () => {
      log.push("lane");
      return { limits: [] };
    },
    read: ({ status }) => {
      log.push(`read ${status}`);
      return { kind: "served" };
    },
    current: () => [],
  };
  return {
    quota,
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
    const upstream = await startUpstream((_, response) => {
      log.push("wire");
      response.end();
    });
    const { send } = createClient(notedSteps(log, () => false));
    await send(requestTo(upstream.origin));
    expect(log).toEqual(["lane", "sign", "wire", "read 200"]);
  });

  it("lets a repeated request wait for its turn again", async () => {
    const log: string[] = [];
    const upstream = await startUpstream((_, response) => {
      log.push("wire");
      response.writeHead(log.length === 3 ? 503 : 200).end();
    });
    const ledger = new Ledger();
    const { send } = createClient(notedSteps(log, () => false));
    const answered = await send(requestTo(upstream.origin, { ledger }));
    expect(answered.status).toBe(200);
    expect(log).toEqual([
      ...["lane", "sign", "wire", "read 503"],
      // How long quota would be waited for, and then the turn itself.
      ...["lane", "lane", "sign", "wire", "read 200"],
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
      log.push("wire");
      response.writeHead(statuses.shift() ?? 500).end();
    });
    const { send } = createClient({
      ...notedSteps(log, () => statuses.length === 1),
      limits: { timeoutMs: 1_000, maxConcurrency: 1, attempts: 1 },
    });
    const answered = await send(requestTo(upstream.origin));
    expect(answered.status).toBe(200);
    expect(log).toEqual([
      ...["lane", "sign", "wire"],
      // The second request of the turn counts too.
      "lane",
      ...["sign", "wire", "read 200"],
    ]);
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

  it("refuses the 1,003rd of an operation that sends two at once", async () => {
    const upstream = await startUpstream(() => undefined);
    const { send } = createClient();
    const ledger = new Ledger();
    const ask = (n: number) =>
      send(requestTo(`${upstream.origin}/${n}`, { ledger }));
    const sent = Array.from({ length: 1_002 }, (_, n) =>
      ask(n).catch(() => undefined),
    );
    await expect(ask(1_002)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: 1000 requests are waiting for the store already; ask again later',
    });
    await client?.close();
    await Promise.all(sent);
  });

  it("refuses the 103rd operation where two are sent at once", async () => {
    const upstream = await startUpstream(() => undefined);
    const { send } = createClient();
    const sent = Array.from({ length: 102 }, () =>
      send(requestTo(upstream.origin)).catch(() => undefined),
    );
    await expect(send(requestTo(upstream.origin))).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: 100 operations are waiting for the store already; ask again later',
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

  it("repeats a read whose connection broke", async () => {
    let connections = 0;
    const peer = await startPeer((socket) => {
      connections += 1;
      const breaks = connections === 1;
      socket.once("data", () => {
        if (breaks) socket.destroy();
        else socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
      });
    });
    const { send } = createClient();
    expect((await send(requestTo(peer.origin))).status).toBe(200);
    expect(connections).toBe(2);
  });

  it("repeats a read that took too long", async () => {
    let requests = 0;
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      if (requests > 1) response.end();
    });
    const { send } = createClient({
      limits: { timeoutMs: 200, maxConcurrency: 2, attempts: 2 },
    });
    expect((await send(requestTo(upstream.origin))).status).toBe(200);
    expect(requests).toBe(2);
  });

  it("waits for what a 429 asks for", async () => {
    let requests = 0;
    const times: number[] = [];
    const upstream = await startUpstream((_, response) => {
      times.push(performance.now());
      requests += 1;
      if (requests > 1) response.end();
      else response.writeHead(429, { "retry-after": "1" }).end();
    });
    const { send } = createClient();
    const deadlineAt = performance.now() + 10_000;
    const request = requestTo(upstream.origin, { deadlineAt });
    expect((await send(request)).status).toBe(200);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThan(950);
  });

  it("hands over a 429 whose wait is too long", async () => {
    let requests = 0;
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      response.writeHead(429, { "retry-after": "999999" }).end();
    });
    const { send, state } = createClient();
    const deadlineAt = performance.now() + 10_000;
    const request = requestTo(upstream.origin, { deadlineAt });
    expect((await send(request)).status).toBe(429);
    await expect(send(request)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
    });
    expect(requests).toBe(1);
    const { pausedMs } = state();
    expect(pausedMs).toBeGreaterThan(50_000);
    expect(pausedMs).toBeLessThanOrEqual(60_000);
  });

  it("stops asking a platform that is down (X10)", async () => {
    let requests = 0;
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      response.writeHead(500).end();
    });
    const { send, state } = createClient({
      limits: { timeoutMs: 1_000, maxConcurrency: 2, attempts: 3 },
    });
    expect(state().circuit).toBe("closed");
    const outcomes: unknown[] = [];
    while (outcomes.length < 1_000) {
      const batch = Array.from({ length: 50 }, () =>
        send(requestTo(upstream.origin)).then(
          ({ status }) => status,
          (error: unknown) => (error as ClienteleError).details["circuit"],
        ),
      );
      outcomes.push(...(await Promise.all(batch)));
    }
    expect(state().circuit).not.toBe("closed");
    // Twenty calls and those under way beside them, and probes meanwhile.
    expect(requests).toBeLessThan(40);
    expect(outcomes.filter((outcome) => outcome === "open").length).toBe(
      1_000 - outcomes.filter((outcome) => outcome === 500).length,
    );
  });

  it("tells how many are under way and wait", async () => {
    const held: (() => void)[] = [];
    const upstream = await startUpstream((_, response) => {
      held.push(() => response.end());
    });
    const { send, state } = createClient();
    const all = [1, 2, 3].map(() => send(requestTo(upstream.origin)));
    while (held.length < 2) await new Promise((next) => setImmediate(next));
    expect(state()).toEqual({
      circuit: "closed",
      pausedMs: 0,
      isDenied: false,
      running: 2,
      waiting: 1,
    });
    while (held.length < 3) {
      held[0]?.();
      await new Promise((next) => setImmediate(next));
    }
    for (const end of held) end();
    await Promise.all(all);
    expect(state()).toMatchObject({ running: 0, waiting: 0 });
  });

  it("leaves a platform alone that refused its credential", async () => {
    let requests = 0;
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      response.writeHead(401).end();
    });
    const { send, state } = createClient({
      quota: {
        pause: new Pause(),
        laneOf: () => ({ limits: [] }),
        read: () => ({ kind: "refused", problem: "check the token" }),
        current: () => [],
      },
    });
    expect((await send(requestTo(upstream.origin))).status).toBe(401);
    await expect(send(requestTo(upstream.origin))).rejects.toMatchObject({
      code: "PLATFORM_DENIED",
      message: expect.stringContaining("check the token") as string,
    });
    expect(state().isDenied).toBe(true);
    expect(requests).toBe(1);
  });

  it("holds requests back before they are refused", async () => {
    let requests = 0;
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      response.end();
    });
    const limit = new SlidingWindow({ limit: 3, windowMs: 60_000 });
    const lane = { limits: [limit] };
    const { send } = createClient({
      quota: { ...createUnknownQuota(), laneOf: () => lane },
    });
    const deadlineAt = performance.now() + 10_000;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        send(requestTo(upstream.origin, { deadlineAt })),
      ),
    );
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(7);
    expect(refused[0]).toMatchObject({
      reason: { code: "PLATFORM_THROTTLED" },
    });
    expect(requests).toBe(3);
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
