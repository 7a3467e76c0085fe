import { Cancellation } from "../../../src/domain/cancellation";
import {
  PlatformError,
  QueryTooComplexError,
} from "../../../src/domain/errors";
import type {
  Send,
  UpstreamRequest,
  UpstreamResponse,
} from "../../../src/http/exchange";
import { Ledger } from "../../../src/http/ledger";
import {
  type ReadCache,
  type ReadCacheOptions,
  createReadCache,
} from "../../../src/http/policies/cache-reads";
import {
  TransportFailure,
  type TransportFailureKind,
} from "../../../src/http/transport-failure";
import { answer, call, requestTo } from "../support";

const groups = "http://upstream.test/groups";

/** A wire whose answers are set, and that can be held up. */
class Wire {
  readonly requests: UpstreamRequest[] = [];
  outcome: UpstreamResponse | Error = answer(200, "[1]");
  /** Called for each request before it is answered. */
  hold: () => Promise<void> = () => Promise.resolve();
  readonly send: Send = async (request) => {
    this.requests.push(request);
    await this.hold();
    if (this.outcome instanceof Error) throw this.outcome;
    return { ...this.outcome };
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("cacheReads", () => {
  let time: number;
  let wire: Wire;
  let cache: ReadCache | undefined;
  let background: Ledger[];

  beforeEach(() => {
    time = 1_000;
    wire = new Wire();
    background = [];
  });
  afterEach(() => {
    cache?.close();
  });

  /** A store that keeps groups for a second. */
  function open(options: Partial<ReadCacheOptions> = {}): Send {
    cache = createReadCache({
      groupsTtlMs: 1_000,
      customersTtlMs: 0,
      maxBytes: 1_048_576,
      refreshTimeoutMs: 50,
      onBackgroundRead: (ledger) => background.push(ledger),
      now: () => time,
      ...options,
    });
    if (!cache) throw new Error("There is no cache.");
    return cache.cacheReads(wire.send);
  }

  const ask = async (
    send: Send,
    request: Partial<UpstreamRequest> = {},
    url = groups,
  ) => {
    const ledger = new Ledger();
    const { status, body } = await send(
      requestTo(url, { holds: "groups", ledger, ...request }),
    );
    const { cached, staleMs } = ledger.account(call.store);
    return {
      status,
      body: body.toString(),
      cached,
      ...(staleMs === undefined ? {} : { staleMs }),
    };
  };

  it("is not there when nothing is to be kept", () => {
    expect(
      createReadCache({
        groupsTtlMs: 0,
        customersTtlMs: 0,
        maxBytes: 1_048_576,
        refreshTimeoutMs: 50,
      }),
    ).toBeUndefined();
  });

  it("answers from what is kept while it is fresh", async () => {
    const send = open();
    expect(await ask(send)).toEqual({ status: 200, body: "[1]", cached: 0 });
    wire.outcome = answer(200, "[2]");
    time += 999;
    expect(await ask(send)).toEqual({ status: 200, body: "[1]", cached: 1 });
    await turn();
    expect(wire.requests).toHaveLength(1);
    expect(background).toEqual([]);
  });

  it("costs nothing of what an operation may send", async () => {
    const send = open();
    await ask(send);
    const ledger = new Ledger();
    ledger.allow(0, 0);
    expect((await ask(send, { ledger })).body).toBe("[1]");
  });

  it("tells addresses, media types and contents apart", async () => {
    const send = open({ customersTtlMs: 1_000 });
    const asked: [Partial<UpstreamRequest>, string][] = [
      [{}, groups],
      [{}, `${groups}?page=2`],
      [{ headers: { accept: "application/json" } }, groups],
      [{ headers: { accept: "application/vnd.api+json" } }, groups],
      [{ holds: "customers" }, groups],
    ];
    for (const [request, url] of asked) await ask(send, request, url);
    expect(wire.requests).toHaveLength(asked.length);
    for (const [request, url] of asked) await ask(send, request, url);
    expect(wire.requests).toHaveLength(asked.length);
  });

  it.each<[string, Partial<UpstreamRequest>]>([
    ["customers, whose time is 0", { holds: "customers" }],
    ["what nobody says the content of", { holds: undefined }],
    ["what is no read", { method: "POST" }],
  ])("keeps nothing of %s", async (_, request) => {
    const send = open();
    await ask(send, request);
    await ask(send, request);
    expect(wire.requests).toHaveLength(2);
  });

  it("keeps customers for their own time, and groups not at all", async () => {
    const send = open({ groupsTtlMs: 0, customersTtlMs: 100 });
    for (const holds of ["groups", "customers", undefined] as const) {
      await ask(send, { holds });
      await ask(send, { holds });
    }
    // Groups twice; customers, named or not, once.
    expect(wire.requests).toHaveLength(3);
  });

  it.each<[string, UpstreamResponse]>([
    ["another status", answer(404, "[]")],
    ["no content", answer(204)],
    ["a page for people", answer(200, "<html>")],
    ["nothing", answer(200)],
    ["half an answer", answer(200, '{"data":')],
  ])("keeps nothing of %s, and ends what was kept", async (_, other) => {
    const send = open();
    await ask(send);
    time += 2_000;
    wire.outcome = other;
    expect(await ask(send)).toEqual({
      status: other.status,
      body: other.body.toString(),
      cached: 0,
    });
    wire.outcome = new TransportFailure("refused", "down");
    await expect(ask(send)).rejects.toThrow("down");
  });

  describe("past its time", () => {
    it("serves what is kept and renews it once", async () => {
      const send = open();
      await ask(send);
      let letGo = () => {};
      wire.hold = () => new Promise((resolve) => (letGo = resolve));
      wire.outcome = answer(200, "[2]");
      time += 1_000;
      for (let times = 0; times < 3; times += 1) {
        expect(await ask(send)).toEqual({
          status: 200,
          body: "[1]",
          cached: 1,
        });
      }
      expect(wire.requests).toHaveLength(2);
      letGo();
      await turn();
      expect((await ask(send)).body).toBe("[2]");
      expect(wire.requests).toHaveLength(2);
      expect(background).toHaveLength(1);
    });

    it("renews on an account and a deadline of its own", async () => {
      const send = open();
      await ask(send);
      time += 1_500;
      const ledger = new Ledger();
      const signal = new Cancellation();
      await ask(send, { ledger, signal, deadlineAt: 7 });
      const [, renewal] = wire.requests;
      expect(renewal?.deadlineAt).toBe(time + 50);
      expect(renewal?.ledger).not.toBe(ledger);
      // Whoever was served may leave.
      signal.cancel(new TransportFailure("cancelled", "left"));
      expect(renewal?.signal.aborted).toBe(false);
      await turn();
      expect(background).toEqual([renewal?.ledger]);
    });

    it("ends a renewal at its deadline, and tries again", async () => {
      const send = open();
      await ask(send);
      time += 1_000;
      wire.hold = () =>
        new Promise((_, reject) => {
          const { signal } = wire.requests.at(-1) as UpstreamRequest;
          signal.addEventListener("abort", () => {
            reject(new Error("ended"));
          });
        });
      await ask(send);
      while (background.length === 0) await turn();
      expect(wire.requests[1]?.signal.reason).toMatchObject({
        kind: "timeout",
      });
      expect(await ask(send)).toMatchObject({ body: "[1]", cached: 1 });
      expect(wire.requests).toHaveLength(3);
    });

    it.each<[string, UpstreamResponse | Error, string]>([
      ["is kept when its renewal fails", answer(503), "[1]"],
      [
        "is kept when its renewal finds nobody",
        new TransportFailure("refused", "down"),
        "[1]",
      ],
      ["is gone when its renewal finds nothing", answer(404, "no"), "no"],
    ])("%s", async (_, outcome, body) => {
      const send = open();
      await ask(send);
      time += 1_000;
      wire.outcome = outcome;
      await ask(send);
      await turn();
      expect((await ask(send)).body).toBe(body);
    });

    it("is read again when it is twice as old", async () => {
      const send = open();
      await ask(send);
      time += 2_000;
      wire.outcome = answer(200, "[2]");
      expect(await ask(send)).toEqual({ status: 200, body: "[2]", cached: 0 });
      expect(background).toEqual([]);
    });

    it("counts its age from when it was asked for", async () => {
      const send = open();
      wire.hold = () => {
        time += 400;
        return Promise.resolve();
      };
      await ask(send);
      wire.hold = () => Promise.resolve();
      time += 600;
      await ask(send);
      expect(wire.requests).toHaveLength(2);
    });

    it("keeps the later of two answers", async () => {
      const send = open();
      const ends: (() => void)[] = [];
      wire.hold = () => new Promise((resolve) => ends.push(resolve));
      wire.outcome = answer(200, '["early"]');
      const early = ask(send);
      time += 1;
      const late = ask(send);
      wire.outcome = answer(200, '["late"]');
      ends[1]?.();
      await late;
      wire.outcome = answer(200, '["early"]');
      ends[0]?.();
      expect((await early).body).toBe('["early"]');
      expect((await ask(send)).body).toBe('["late"]');
    });
  });

  describe("in an outage", () => {
    const outages: [string, UpstreamResponse | Error][] = [
      ...[500, 502, 503, 504, 429, 408].map(
        (status) => [`HTTP ${status}`, answer(status)] as const,
      ),
      ...(["refused", "untrusted", "reset", "timeout"] as const).map(
        (kind) => [kind, new TransportFailure(kind, "down")] as const,
      ),
      ["an open circuit", PlatformError.unavailable(call, "open")],
      ["no quota", PlatformError.throttled(call, "no quota", 1)],
    ].map(([name, outcome]) => [
      name as string,
      outcome as UpstreamResponse | Error,
    ]);

    it.each(outages)("an old answer stands in for %s", async (_, outcome) => {
      const send = open();
      await ask(send);
      time += 300_000;
      wire.outcome = outcome;
      expect(await ask(send)).toEqual({
        status: 200,
        body: "[1]",
        cached: 1,
        staleMs: 300_000,
      });
      // It is asked again each time: nobody knows when it is over.
      wire.outcome = answer(200, "[2]");
      expect(await ask(send)).toEqual({ status: 200, body: "[2]", cached: 0 });
    });

    it.each([
      [1_000, 300_000],
      [60_000, 600_000],
    ])("of %i ms it stands in for %i ms", async (groupsTtlMs, mostMs) => {
      const send = open({ groupsTtlMs });
      await ask(send);
      wire.outcome = new TransportFailure("refused", "down");
      time += mostMs;
      expect(await ask(send)).toMatchObject({ staleMs: mostMs });
      time += 1;
      await expect(ask(send)).rejects.toThrow("down");
    });

    it("tells the greatest age of what stood in", async () => {
      const send = open();
      await ask(send, {}, `${groups}/1`);
      time += 500;
      await ask(send, {}, `${groups}/2`);
      time += 5_000.5;
      wire.outcome = answer(503);
      const ledger = new Ledger();
      for (const id of [2, 1, 2]) {
        await ask(send, { ledger }, `${groups}/${id}`);
      }
      expect(ledger.stale).toEqual([{ store: "cl-eu", ageMs: 5_501 }]);
      expect(new Ledger().stale).toEqual([]);
    });

    it("nothing stands in for what was never read", async () => {
      const send = open();
      wire.outcome = answer(503);
      expect(await ask(send)).toEqual({ status: 503, body: "", cached: 0 });
      expect(wire.requests).toHaveLength(1);
    });

    it("nothing stands in for customers that are not kept", async () => {
      const send = open();
      await ask(send, { holds: "customers" });
      wire.outcome = answer(503);
      expect((await ask(send, { holds: "customers" })).status).toBe(503);
    });

    it.each<[string, Error]>([
      ...(["cancelled", "redirect", "oversized", "undecodable"] as const).map(
        (kind: TransportFailureKind): [string, Error] => [
          kind,
          new TransportFailure(kind, "no outage"),
        ],
      ),
      ["a refused credential", PlatformError.denied(call, "no outage")],
      ["what breaks a promise", PlatformError.contract(call, "no outage")],
      [
        "what may not be sent",
        new QueryTooComplexError("upstreamRequests", 1, 2, "no outage"),
      ],
      ["a fault of ours", new Error("no outage")],
    ])("nothing stands in for %s", async (_, error) => {
      const send = open();
      await ask(send);
      time += 2_000;
      wire.outcome = error;
      await expect(ask(send)).rejects.toThrow("no outage");
      // Nor does it end what is kept.
      wire.outcome = answer(503);
      expect(await ask(send)).toMatchObject({ staleMs: 2_000 });
    });

    it("nothing is served to an operation whose client left", async () => {
      const send = open();
      await ask(send);
      time += 2_000;
      const signal = new Cancellation();
      const left = new TransportFailure("cancelled", "left");
      signal.cancel(left);
      wire.outcome = PlatformError.throttled(call, "too late", 1);
      await expect(ask(send, { signal })).rejects.toThrow("too late");
    });

    it("an operation at its deadline is served", async () => {
      const send = open();
      await ask(send);
      time += 2_000;
      const signal = new Cancellation();
      const late = new TransportFailure("timeout", "too late");
      signal.cancel(late);
      wire.outcome = late;
      expect(await ask(send, { signal })).toMatchObject({ staleMs: 2_000 });
    });
  });

  describe("within its memory", () => {
    const page = (size: number) => answer(200, `"${"x".repeat(size - 2)}"`);

    it("forgets first what was asked for least lately", async () => {
      const send = open();
      wire.outcome = page(300_000);
      for (const id of [1, 2, 3]) await ask(send, {}, `${groups}/${id}`);
      await ask(send, {}, `${groups}/1`);
      await ask(send, {}, `${groups}/4`);
      expect(wire.requests).toHaveLength(4);
      await ask(send, {}, `${groups}/1`);
      expect(wire.requests).toHaveLength(4);
      await ask(send, {}, `${groups}/2`);
      expect(wire.requests).toHaveLength(5);
    });

    it("counts what an entry takes beside its body", async () => {
      const send = open();
      wire.outcome = answer(200, "1", { "x-long": "h".repeat(10_000) });
      for (let id = 0; id < 100; id += 1)
        await ask(send, {}, `${groups}/${id}`);
      await ask(send, {}, `${groups}/0`);
      expect(wire.requests).toHaveLength(101);
      await ask(send, {}, `${groups}/99`);
      expect(wire.requests).toHaveLength(101);
    });

    it("does not keep what is larger than all of it", async () => {
      const send = open();
      wire.outcome = page(1_048_576);
      await ask(send);
      await ask(send);
      expect(wire.requests).toHaveLength(2);
    });

    it("holds no larger buffer for a small body", async () => {
      const send = open();
      const slab = Buffer.from(`${" ".repeat(65_000)}[1]`);
      wire.outcome = { ...answer(), body: slab.subarray(65_000) };
      await ask(send);
      const { body } = await send(requestTo(groups, { holds: "groups" }));
      expect(body.toString()).toBe("[1]");
      expect(body.buffer.byteLength).toBe(3);
    });

    it("drops within a minute what is too old to be served", async () => {
      jest.useFakeTimers();
      try {
        const send = open();
        await ask(send);
        time += 300_001;
        jest.advanceTimersByTime(60_000);
        // Back in time: only what is gone cannot be served.
        time -= 300_001;
        await ask(send);
        expect(wire.requests).toHaveLength(2);
      } finally {
        cache?.close();
        jest.useRealTimers();
      }
    });
  });

  it("ends renewals when it is closed, and forgets everything", async () => {
    const send = open();
    await ask(send);
    time += 1_000;
    wire.hold = () => new Promise(() => undefined);
    await ask(send);
    cache?.close();
    expect(wire.requests[1]?.signal.reason).toMatchObject({
      kind: "cancelled",
    });
    wire.hold = () => Promise.resolve();
    wire.outcome = answer(503);
    expect((await ask(send)).status).toBe(503);
  });

  it("does not share its answers with another store's", async () => {
    const first = open();
    await ask(first);
    const firstCache = cache;
    const second = open();
    await ask(second);
    expect(wire.requests).toHaveLength(2);
    firstCache?.close();
  });
});
