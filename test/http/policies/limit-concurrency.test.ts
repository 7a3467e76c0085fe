import type { Send, UpstreamRequest } from "../../../src/http/exchange";
import { Ledger } from "../../../src/http/ledger";
import { limitConcurrency } from "../../../src/http/policies/limit-concurrency";
import { TransportFailure } from "../../../src/http/transport-failure";
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
  const ends = new Map<string, (failure?: Error) => void>();
  let running = 0;
  let most = 0;
  const send: Send = ({ url }) => {
    const name = url.pathname.slice(1);
    started.push(name);
    most = Math.max(most, (running += 1));
    return new Promise((resolve, reject) => {
      ends.set(name, (failure) => {
        running -= 1;
        if (failure) reject(failure);
        else resolve(answer(200, name));
      });
    });
  };
  return {
    send,
    started,
    most: () => most,
    end: async (name: string, failure?: Error) => {
      ends.get(name)?.(failure);
      await settled();
    },
  };
}

/** Lets everything happen that waits for nothing but promises. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe("limitConcurrency", () => {
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
    const send = limitConcurrency({ concurrent: 1, queued: 1 })(wire.send);
    const [a, b] = [send(request("a")), send(request("b"))];
    await expect(send(request("c"))).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
      message:
        'Store "cl-eu", GET /customers/{id}: 1 requests are waiting already; ask again later',
      details: { store: "cl-eu", retryAfterMs: 1_000 },
    });
    await wire.end("a");
    await wire.end("b");
    await Promise.all([a, b]);
    expect(wire.started).toEqual(["a", "b"]);
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
