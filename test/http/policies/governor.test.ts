import type {
  Send,
  UpstreamRequest,
  UpstreamResponse,
} from "../../../src/http/exchange";
import { Ledger } from "../../../src/http/ledger";
import {
  type GovernorOptions,
  createGovernor,
} from "../../../src/http/policies/governor";
import type {
  AccountQuota,
  Lane,
  QuotaLimit,
  Verdict,
} from "../../../src/http/quota/account-quota";
import { Pause } from "../../../src/http/quota/pause";
import { readRetryAfter } from "../../../src/http/quota/retry-after";
import { SlidingWindow } from "../../../src/http/quota/sliding-window";
import { createWaitingPlaces } from "../../../src/http/quota/waiting-places";
import { createUnknownQuota } from "../../../src/http/quota/unknown-quota";
import { TransportFailure } from "../../../src/http/transport-failure";
import { Random } from "../../../src/sandbox/random";
import { answer, requestTo } from "../support";

function request(
  name: string,
  overrides: Partial<UpstreamRequest> = {},
): UpstreamRequest {
  return requestTo(`http://upstream.test/${name}`, overrides);
}

/** A wire whose answers are given by hand. */
function manual() {
  const started: string[] = [];
  const ends = new Map<string, (outcome?: Error | UpstreamResponse) => void>();
  let running = 0;
  let most = 0;
  const send: Send = ({ url }) => {
    const name = url.pathname.slice(1);
    started.push(name);
    most = Math.max(most, (running += 1));
    return new Promise((resolve, reject) => {
      ends.set(name, (outcome) => {
        running -= 1;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome ?? answer(200, name));
      });
    });
  };
  return {
    send,
    started,
    most: () => most,
    end: async (name: string, outcome?: Error | UpstreamResponse) => {
      ends.get(name)?.(outcome);
      await settled();
    },
  };
}

/** Lets everything happen that waits for nothing but promises. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** A governor that knows of no quota: it bounds the concurrency alone. */
function limitConcurrency(limits: { concurrent: number; queued: number }) {
  return createGovernor({ quota: createUnknownQuota(), ...limits }).policy;
}

describe("concurrency under a governor", () => {
  it("starts the waiting in the order they came", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 2, queued: 10 })(wire.send);
    const all = ["a", "b", "c", "d", "e"].map((name) => send(request(name)));
    expect(wire.started).toEqual(["a", "b"]);
    await wire.end("b");
    expect(wire.started).toEqual(["a", "b", "c"]);
    await wire.end("c");
    await wire.end("a");
    expect(wire.started).toEqual(["a", "b", "c", "d", "e"]);
    await wire.end("d");
    await wire.end("e");
    const bodies = (await Promise.all(all)).map(({ body }) => body.toString());
    expect(bodies).toEqual(["a", "b", "c", "d", "e"]);
    expect(wire.most()).toBe(2);
  });

  it("gives the place back after a failure", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 10 })(wire.send);
    const failure = new TransportFailure("reset", "it broke");
    const [a, b] = [send(request("a")), send(request("b"))];
    const failed = expect(a).rejects.toBe(failure);
    await wire.end("a", failure);
    await failed;
    await wire.end("b");
    await expect(b).resolves.toMatchObject({ status: 200 });
  });

  it("gives the place back after a throw", async () => {
    let calls = 0;
    const send = limitConcurrency({ concurrent: 1, queued: 0 })(() => {
      calls += 1;
      throw new Error("a bug");
    });
    await expect(send(request("a"))).rejects.toThrow("a bug");
    await expect(send(request("b"))).rejects.toThrow("a bug");
    expect(calls).toBe(2);
  });

  it("never exceeds the limit over many rounds", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 3, queued: 100 })(wire.send);
    const names = Array.from({ length: 50 }, (_, index) => `r${index}`);
    const all = names.map((name) => send(request(name)));
    for (const name of names) await wire.end(name);
    await Promise.all(all);
    expect(wire.started).toEqual(names);
    expect(wire.most()).toBe(3);
  });

  it("refuses at once above a full queue", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 2 })(wire.send);
    const ledger = new Ledger();
    const sent = ["a", "b", "c"].map((name) => send(request(name, { ledger })));
    await expect(send(request("d", { ledger }))).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: 2 requests are waiting for the store already; ask again later',
      details: { store: "cl-eu", retryAfterMs: 1_000 },
    });
    // Others are not refused for what one operation asks.
    sent.push(send(request("e", { ledger: new Ledger() })));
    for (const name of ["a", "b", "e", "c"]) await wire.end(name);
    await Promise.all(sent);
    expect(wire.started).toEqual(["a", "b", "e", "c"]);
  });

  it("refuses at once when too many operations wait", async () => {
    const wire = manual();
    const places = createWaitingPlaces(2);
    const stores = [0, 1].map(() =>
      createGovernor({
        quota: createUnknownQuota(),
        concurrent: 1,
        queued: 10,
        places,
      }).policy(wire.send),
    );
    const [first, second] = stores as [Send, Send];
    const sent = ["a", "b", "c"].map((name) => first(request(name)));
    await expect(first(request("d"))).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: 2 operations are waiting for the store already; ask again later',
      details: { store: "cl-eu", retryAfterMs: 1_000 },
    });
    // Another store has its share, whatever this one holds.
    sent.push(second(request("e")), second(request("f")));
    await settled();
    expect(wire.started).toEqual(["a", "e"]);
    for (const name of ["a", "b", "c", "e", "f"]) await wire.end(name);
    await Promise.all(sent);
    // All have come back.
    const again = [first(request("g")), first(request("h"))];
    for (const name of ["g", "h"]) await wire.end(name);
    await Promise.all(again);
  });

  it("leaves the queue when its operation ends", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 2 })(wire.send);
    const controller = new AbortController();
    const a = send(request("a"));
    const b = send(request("b", { signal: controller.signal }));
    const c = send(request("c"));
    const left = expect(b).rejects.toMatchObject({
      kind: "cancelled",
      message: "the operation ended before its turn",
    });
    controller.abort();
    await left;
    const d = send(request("d"));
    await wire.end("a");
    await wire.end("c");
    await wire.end("d");
    await Promise.all([a, c, d]);
    expect(wire.started).toEqual(["a", "c", "d"]);
  });

  it("keeps the reason why the operation ended", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 2 })(wire.send);
    const reason = new TransportFailure("timeout", "the deadline passed");
    const controller = new AbortController();
    void send(request("a"));
    const b = send(request("b", { signal: controller.signal }));
    const left = expect(b).rejects.toBe(reason);
    controller.abort(reason);
    await left;
  });

  it("sends nothing when the operation ended already", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 2 })(wire.send);
    await expect(
      send(request("a", { signal: AbortSignal.abort() })),
    ).rejects.toMatchObject({ kind: "cancelled" });
    const b = send(request("b"));
    expect(wire.started).toEqual(["b"]);
    await wire.end("b");
    await b;
  });

  it("loses no place when an abort meets a turn", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 2 })((next) => {
      // As the transport does.
      if (next.signal.aborted) throw new TransportFailure("cancelled", "left");
      return wire.send(next);
    });
    const controller = new AbortController();
    const a = send(request("a"));
    const b = send(request("b", { signal: controller.signal }));
    const left = expect(b).rejects.toMatchObject({ kind: "cancelled" });
    void a.then(() => {
      controller.abort();
    });
    await wire.end("a");
    controller.abort();
    await wire.end("b", new TransportFailure("cancelled", "left"));
    await left;
    const c = send(request("c"));
    await wire.end("c");
    await expect(c).resolves.toMatchObject({ status: 200 });
  });

  it("keeps no listener of a request that started", async () => {
    const wire = manual();
    const send = limitConcurrency({ concurrent: 1, queued: 2 })(wire.send);
    const { signal } = new AbortController();
    const removed = jest.spyOn(signal, "removeEventListener");
    const added = jest.spyOn(signal, "addEventListener");
    const all = [
      send(request("a", { signal })),
      send(request("b", { signal })),
    ];
    await wire.end("a");
    await wire.end("b");
    await Promise.all(all);
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
  });

  it("notes how long a request waited", async () => {
    jest.useFakeTimers();
    try {
      const wire = manual();
      const send = limitConcurrency({ concurrent: 1, queued: 2 })(wire.send);
      const ledger = new Ledger();
      const a = send(request("a", { ledger }));
      const b = send(request("b", { ledger }));
      jest.advanceTimersByTime(250);
      await wire.end("a");
      jest.advanceTimersByTime(100);
      await wire.end("b");
      await Promise.all([a, b]);
      expect(ledger.account("cl-eu").waitedMs).toBe(250);
    } finally {
      jest.useRealTimers();
    }
  });

  it("limits each store by itself", async () => {
    const wire = manual();
    const policy = { concurrent: 1, queued: 2 };
    const [one, two] = [
      limitConcurrency(policy)(wire.send),
      limitConcurrency(policy)(wire.send),
    ];
    const all = [one(request("a")), two(request("b"))];
    expect(wire.started).toEqual(["a", "b"]);
    await wire.end("a");
    await wire.end("b");
    await Promise.all(all);
  });
});

/** A quota of ten in ten seconds for each first letter, twenty for all. */
function createTestQuota(): AccountQuota {
  const all = new SlidingWindow({ limit: 20, windowMs: 20_000 });
  const lanes = new Map<string, Lane>();
  return {
    pause: new Pause({ random: () => 1 }),
    laneOf: ({ url }) => {
      const key = url.pathname.slice(1, 2);
      let lane = lanes.get(key);
      if (!lane) {
        const own = new SlidingWindow({ limit: 10, windowMs: 10_000 });
        lanes.set(key, (lane = { limits: [all, own] }));
      }
      return lane;
    },
    read: (response): Verdict => {
      switch (response.status) {
        case 429:
          return { kind: "throttled", waitMs: readRetryAfter(response) };
        case 401:
          return { kind: "refused", problem: "check the token" };
        default:
          return { kind: "served" };
      }
    },
    current: () => [],
  };
}

describe("quota under a governor", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** A governor over a wire that answers at once, unless told otherwise. */
  const start = (
    options: Partial<GovernorOptions> = {},
    answers: (name: string) => UpstreamResponse | Error = () => answer(200),
  ) => {
    const governor = createGovernor({
      quota: createTestQuota(),
      concurrent: 50,
      queued: 100,
      ...options,
    });
    const sent: { readonly name: string; readonly at: number }[] = [];
    const send = governor.policy(({ url }) => {
      const name = url.pathname.slice(1);
      sent.push({ name, at: performance.now() });
      const next = answers(name);
      return next instanceof Error
        ? Promise.reject(next)
        : Promise.resolve(next);
    });
    const startedAt = performance.now();
    return {
      governor,
      /** @param inMs when its operation ends. */
      ask: (name: string, inMs = 60_000, ledger?: Ledger) =>
        send(
          request(name, {
            deadlineAt: performance.now() + inMs,
            ...(ledger ? { ledger } : {}),
          }),
        ),
      sentAt: () =>
        sent.map(({ name, at }) => `${name} ${Math.round(at - startedAt)}`),
    };
  };
  const names = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index}`);

  it("sends no more than a window holds", async () => {
    const { ask, sentAt } = start();
    const all = Promise.all(names("a", 25).map((name) => ask(name)));
    await jest.advanceTimersByTimeAsync(0);
    expect(sentAt()).toHaveLength(10);
    await jest.advanceTimersByTimeAsync(9_990);
    expect(sentAt()).toHaveLength(10);
    await jest.advanceTimersByTimeAsync(20);
    expect(sentAt()).toHaveLength(20);
    await jest.advanceTimersByTimeAsync(10_000);
    await all;
    expect(sentAt()).toHaveLength(25);
  });

  it("refuses at once what cannot be sent in time", async () => {
    const { ask, governor } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    await jest.advanceTimersByTimeAsync(4_000);
    await expect(ask("late", 5_000)).resolves.toMatchObject({ status: 200 });
    await expect(ask("a-late", 5_000)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: the platform\'s quota is used up for 6 s, longer than the operation may last',
      details: { store: "cl-eu", retryAfterMs: 6_000 },
    });
    expect(governor.waiting).toBe(0);
  });

  it("counts those that would go first", async () => {
    const { ask } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    // Ten more fill the next window; the eleventh has to wait for the one after.
    const waiting = names("a", 10).map((name) => ask(name, 15_000));
    await expect(ask("a-more", 15_000)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
    });
    await jest.advanceTimersByTimeAsync(10_010);
    await Promise.all(waiting);
  });

  it("lets one operation of one pass one of many", async () => {
    const { ask, sentAt } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    const many = new Ledger();
    const all = names("b", 9).map((name) => ask(`a-${name}`, 60_000, many));
    all.push(ask("a-one", 60_000, new Ledger()));
    await jest.advanceTimersByTimeAsync(10_010);
    await Promise.all(all);
    expect(sentAt()[11]).toMatch(/^a-one /);
  });

  it("lets a free lane pass one that is not", async () => {
    const { ask, sentAt } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    const waiting = ask("a-waits");
    await ask("b-passes");
    expect(sentAt().at(-1)).toBe("b-passes 0");
    await jest.advanceTimersByTimeAsync(10_010);
    await waiting;
  });

  it("keeps what lanes have in common", async () => {
    const { ask, sentAt } = start();
    const all = ["a", "b", "c"].flatMap((letter) =>
      names(letter, 10).map((name) => ask(name)),
    );
    await jest.advanceTimersByTimeAsync(19_000);
    expect(sentAt()).toHaveLength(20);
    await jest.advanceTimersByTimeAsync(1_010);
    await Promise.all(all);
    expect(sentAt()).toHaveLength(30);
  });

  it("sends nothing while it is paused", async () => {
    const statuses = [429];
    const { ask, sentAt } = start({}, () =>
      answer(statuses.shift() ?? 200, "", { "retry-after": "3" }),
    );
    await ask("a");
    const later = [ask("b", 5_000), ask("c", 5_000)];
    await expect(ask("d", 2_999)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: the platform refused a request for its rate (HTTP 429); nothing is sent for 3 s',
      details: { retryAfterMs: 3_000 },
    });
    await jest.advanceTimersByTimeAsync(2_990);
    expect(sentAt()).toEqual(["a 0"]);
    await jest.advanceTimersByTimeAsync(20);
    await Promise.all(later);
    expect(sentAt()).toHaveLength(3);
  });

  it("ends waits that a pause makes too long", async () => {
    const wire = manual();
    const { policy } = createGovernor({
      quota: createTestQuota(),
      concurrent: 1,
      queued: 10,
    });
    const send = policy(wire.send);
    const a = send(request("a"));
    const deadlineAt = performance.now() + 10_000;
    const b = send(request("b", { deadlineAt }));
    const refused = expect(b).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      details: { retryAfterMs: 60_000 },
    });
    await wire.end("a", answer(429, "", { "retry-after": "999999" }));
    await refused;
    await a;
    expect(wire.started).toEqual(["a"]);
  });

  it("comes back with one request after a pause", async () => {
    const wire = manual();
    const { policy } = createGovernor({
      quota: createTestQuota(),
      concurrent: 3,
      queued: 10,
    });
    const send = policy(wire.send);
    const all = ["a", "b", "c", "d"].map((name) => send(request(name)));
    await wire.end("a", answer(429, "", { "retry-after": "1" }));
    await wire.end("b", answer(429, "", { "retry-after": "1" }));
    await wire.end("c");
    const later = ["e", "f", "g"].map((name) => send(request(name)));
    await jest.advanceTimersByTimeAsync(1_010);
    expect(wire.started).toEqual(["a", "b", "c", "d"]);
    await wire.end("d");
    // Three were too many: half of them, then slowly more.
    expect(wire.started).toEqual(["a", "b", "c", "d", "e"]);
    await wire.end("e");
    expect(wire.started).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    await wire.end("f");
    await wire.end("g");
    await Promise.all([...all, ...later]);
  });

  it("stays at one when the one fails too", async () => {
    const { ask, sentAt } = start({}, (name) =>
      name === "ok" ? answer(200) : answer(429, "", { "retry-after": "1" }),
    );
    await ask("a");
    const all = ["b", "c", "ok", "d"].map((name) => ask(name));
    await jest.advanceTimersByTimeAsync(5_100);
    await Promise.all(all);
    expect(sentAt()).toEqual(["a 0", "b 1000", "c 2000", "ok 3000", "d 3000"]);
  });

  it("is not held up when the one gets no answer", async () => {
    const failure = new TransportFailure("reset", "it broke");
    const { ask, sentAt } = start({}, (name) =>
      name === "a"
        ? answer(429, "", { "retry-after": "1" })
        : name === "b"
          ? failure
          : answer(200),
    );
    await ask("a");
    const failed = expect(ask("b")).rejects.toBe(failure);
    const c = ask("c");
    await jest.advanceTimersByTimeAsync(1_010);
    await failed;
    await c;
    expect(sentAt()).toEqual(["a 0", "b 1000", "c 1000"]);
  });

  it("sends nothing with a credential that is refused", async () => {
    const statuses = [401];
    const { ask, sentAt } = start({}, () => answer(statuses.shift() ?? 200));
    await ask("a");
    await expect(ask("b")).rejects.toMatchObject({
      code: "PLATFORM_DENIED",
      message:
        'Store "cl-eu", GET /customers/{id}: the platform refused our credential; nothing is sent for 60 s; check the token',
    });
    await jest.advanceTimersByTimeAsync(60_010);
    await ask("c");
    expect(sentAt()).toEqual(["a 0", "c 60010"]);
  });

  it("ends waits when the credential is refused", async () => {
    const wire = manual();
    const { policy } = createGovernor({
      quota: createTestQuota(),
      concurrent: 1,
      queued: 10,
    });
    const send = policy(wire.send);
    const a = send(request("a"));
    const refused = expect(send(request("b"))).rejects.toMatchObject({
      code: "PLATFORM_DENIED",
    });
    await wire.end("a", answer(401));
    await refused;
    await a;
    expect(wire.started).toEqual(["a"]);
  });

  it("calls a wait for quota by its name", async () => {
    const { ask, governor } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    const controller = new AbortController();
    const send = governor.policy(() => Promise.resolve(answer()));
    const waits = send(request("a", { signal: controller.signal }));
    const ended = expect(waits).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      details: { retryAfterMs: 9_000 },
    });
    await jest.advanceTimersByTimeAsync(1_000);
    controller.abort(new TransportFailure("timeout", "the deadline passed"));
    await ended;
  });

  it("keeps limits from the first refusal on if so told", async () => {
    const statuses = Array.from({ length: 30 }, () => 200);
    const { ask, sentAt } = start({ enforce: "afterRefusal" }, () =>
      answer(statuses.shift() ?? 429, "", { "retry-after": "1" }),
    );
    await Promise.all(names("a", 31).map((name) => ask(name)));
    expect(sentAt()).toHaveLength(31);
    await expect(ask("a-late", 5_000)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
    });
  });

  it("counts a request that is sent twice twice", async () => {
    const { ask, governor, sentAt } = start();
    governor.countRepeat(request("a"));
    const all = Promise.all(names("a", 10).map((name) => ask(name)));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sentAt()).toHaveLength(9);
    await jest.advanceTimersByTimeAsync(5_010);
    await all;
  });

  it("tells how long a request would wait", async () => {
    const { ask, governor } = start();
    expect(governor.quotaWaitMs(request("a"))).toBe(0);
    await Promise.all(names("a", 10).map((name) => ask(name)));
    expect(governor.quotaWaitMs(request("a"))).toBe(10_000);
    expect(governor.quotaWaitMs(request("b"))).toBe(0);
  });

  it("shares an account between two stores", async () => {
    const quota = createTestQuota();
    const [one, two] = [start({ quota }), start({ quota })];
    await Promise.all(names("a", 10).map((name) => one.ask(name)));
    const waits = two.ask("a");
    await jest.advanceTimersByTimeAsync(9_000);
    expect(two.sentAt()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_010);
    await waits;
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "misses no quota that comes free before look %i",
    async (look) => {
      let looks = 0;
      const limit: QuotaLimit = {
        freeAt: () => ((looks += 1) < look ? performance.now() + 1_000 : 0),
        take: () => () => undefined,
      };
      const lane: Lane = { limits: [limit] };
      const quota = { ...createTestQuota(), laneOf: () => lane };
      const { ask, sentAt } = start({ quota });
      const sent = ask("a");
      await jest.advanceTimersByTimeAsync(5_000);
      expect(sentAt()).toHaveLength(1);
      await sent;
    },
  );

  it("leaves no timer when nobody waits", async () => {
    const { ask } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    const late = ask("a");
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(10_010);
    await late;
    expect(jest.getTimerCount()).toBe(0);
  });

  it("heeds no jump of the machine's clock", async () => {
    const { ask, sentAt } = start();
    await Promise.all(names("a", 10).map((name) => ask(name)));
    const waits = ask("a");
    jest.setSystemTime(Date.now() + 3_600_000);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sentAt()).toHaveLength(10);
    jest.setSystemTime(Date.now() - 7_200_000);
    await jest.advanceTimersByTimeAsync(5_010);
    await waits;
    expect(sentAt()).toHaveLength(11);
  });
});

describe("a governor over a long time", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "keeps every limit and loses nobody, seed %i",
    async (seed) => {
      const random = new Random(seed);
      const governor = createGovernor({
        quota: createTestQuota(),
        concurrent: 4,
        queued: 50,
      });
      const sentAt = new Map<string, number[]>([
        ["a", []],
        ["b", []],
        ["c", []],
      ]);
      let running = 0;
      let pausedUntil = 0;
      const send = governor.policy(async ({ url, signal }) => {
        const now = performance.now();
        expect(now).toBeGreaterThanOrEqual(pausedUntil);
        sentAt.get(url.pathname.slice(1, 2))?.push(now);
        expect((running += 1)).toBeLessThanOrEqual(4);
        try {
          await new Promise((resolve, reject) => {
            setTimeout(resolve, random.int(1, 300));
            signal.addEventListener("abort", () => {
              reject(new TransportFailure("cancelled", "left"));
            });
          });
        } finally {
          running -= 1;
        }
        if (random.chance(0.02)) {
          const seconds = random.int(0, 5);
          const until = performance.now() + Math.max(100, seconds * 1_000);
          pausedUntil = Math.max(pausedUntil, until);
          return answer(429, "", { "retry-after": String(seconds) });
        }
        if (random.chance(0.05)) throw new TransportFailure("reset", "broke");
        return answer(200);
      });
      let settled = 0;
      const operations = Array.from({ length: 8 }, () => new Ledger());
      for (let count = 0; count < 600; count += 1) {
        const controller = new AbortController();
        const inMs = random.int(100, 20_000);
        const request_ = request(`${random.pick(["a", "b", "c"])}${count}`, {
          ledger: random.pick(operations),
          deadlineAt: performance.now() + inMs,
          signal: controller.signal,
        });
        const leaves = random.chance(0.1) ? random.int(0, inMs) : inMs;
        const timer = setTimeout(() => {
          controller.abort(new TransportFailure("timeout", "it is over"));
        }, leaves);
        void send(request_)
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(Error);
          })
          .finally(() => {
            clearTimeout(timer);
            settled += 1;
          });
        await jest.advanceTimersByTimeAsync(random.int(0, 400));
      }
      await jest.advanceTimersByTimeAsync(90_000);
      expect(settled).toBe(600);
      expect([governor.waiting, governor.running]).toEqual([0, 0]);
      const all = [...sentAt.values()].flat();
      expect(all.length).toBeGreaterThan(60);
      for (const [times, limit, windowMs] of [
        ...[...sentAt.values()].map((times) => [times, 10, 10_000] as const),
        [all, 20, 20_000] as const,
      ]) {
        for (const start of times) {
          const within = times.filter(
            (at) => at >= start && at < start + windowMs,
          );
          expect(within.length).toBeLessThanOrEqual(limit);
        }
      }
      expect(jest.getTimerCount()).toBe(0);
    },
  );
});
