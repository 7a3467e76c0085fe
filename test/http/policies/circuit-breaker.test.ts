import { PlatformError } from "../../../src/domain/errors";
import type {
  Send,
  UpstreamRequest,
  UpstreamResponse,
} from "../../../src/http/exchange";
import {
  type CircuitBreakerLimits,
  createCircuitBreaker,
  defaultCircuitBreaker,
} from "../../../src/http/policies/circuit-breaker";
import {
  TransportFailure,
  type TransportFailureKind,
} from "../../../src/http/transport-failure";
import { compose } from "../../../src/http/upstream-client";
import { anyRequest, answer, call } from "../support";

type Outcome = number | Error;

let time = 0;

/** A breaker over a wire whose outcomes are given one by one; 200 by default. */
function start(limits: Partial<CircuitBreakerLimits> = {}) {
  time = 100_000;
  let calls = 0;
  let outcome: Outcome = 200;
  const held: (() => void)[] = [];
  let holds = false;
  const wire: Send = async () => {
    calls += 1;
    const end = outcome;
    if (holds) await new Promise<void>((resolve) => held.push(resolve));
    if (end instanceof Error) throw end;
    return answer(end);
  };
  const breaker = createCircuitBreaker({
    ...defaultCircuitBreaker,
    ...limits,
    timeoutMs: 5_000,
    now: () => time,
  });
  const send = compose([breaker.refuse, breaker.guard], wire);
  const ask = (request: UpstreamRequest = anyRequest) =>
    send(request).then(
      ({ status }: UpstreamResponse): unknown => status,
      (error: unknown) => error,
    );
  return {
    breaker,
    ask,
    /** Sends so many requests, one after another, with this outcome each. */
    end: async (count: number, next: Outcome) => {
      outcome = next;
      for (let sent = 0; sent < count; sent += 1) await ask();
    },
    hold: (next: Outcome = 200) => {
      outcome = next;
      holds = true;
    },
    /** Calls from now on are not held; those that are stay so. */
    letPass: () => {
      holds = false;
    },
    release: () => {
      holds = false;
      for (const go of held.splice(0)) go();
    },
    calls: () => calls,
  };
}

function failure(kind: TransportFailureKind): TransportFailure {
  return new TransportFailure(kind, "it failed");
}

const open = expect.objectContaining({
  code: "PLATFORM_UNAVAILABLE",
  details: expect.objectContaining({ circuit: "open" }) as unknown,
}) as Error;

describe("a circuit breaker", () => {
  it("lets calls pass while they succeed", async () => {
    const { breaker, ask, end, calls } = start();
    await end(100, 200);
    expect(await ask()).toBe(200);
    expect(breaker.state()).toBe("closed");
    expect(calls()).toBe(101);
  });

  it("opens after twenty failures and no later", async () => {
    const { breaker, ask, end, calls } = start();
    await end(19, 500);
    expect(breaker.state()).toBe("closed");
    await end(1, 500);
    expect(breaker.state()).toBe("open");
    expect(await ask()).toEqual(open);
    expect(calls()).toBe(20);
  });

  it.each<[string, Outcome]>([
    ["HTTP 500", 500],
    ["HTTP 503", 503],
    ["HTTP 599", 599],
    ["HTTP 429", 429],
    ["a refused connection", failure("refused")],
    ["an untrusted peer", failure("untrusted")],
    ["a reset", failure("reset")],
    ["a timeout", failure("timeout")],
    ["an answer that is no HTTP", failure("undecodable")],
  ])("counts %s", async (_, outcome) => {
    const { breaker, end } = start();
    await end(20, outcome);
    expect(breaker.state()).toBe("open");
  });

  it.each<[string, Outcome]>([
    ["HTTP 200", 200],
    ["HTTP 304", 304],
    ["HTTP 400", 400],
    ["HTTP 401", 401],
    ["HTTP 404", 404],
    ["HTTP 422", 422],
    ["an answer that is too large", failure("oversized")],
    ["a redirect", failure("redirect")],
    ["a client that left", failure("cancelled")],
    ["a credential that is not had", PlatformError.denied(call, "no token")],
    ["a fault of our own", new TypeError("a bug")],
  ])("does not count %s", async (_, outcome) => {
    const { breaker, end } = start();
    await end(40, outcome);
    expect(breaker.state()).toBe("closed");
  });

  it.each([
    [10, 10, "open"],
    [11, 9, "closed"],
    [30, 29, "closed"],
    [30, 30, "open"],
  ])("after %i successes and %i failures is %s", async (...row) => {
    const [successes, failures, state] = row;
    const { breaker, end } = start();
    await end(successes, 200);
    await end(failures, 500);
    expect(breaker.state()).toBe(state);
  });

  it("keeps to the limits that it is given", async () => {
    const { breaker, ask, end } = start({
      failureRate: 1,
      minimumCalls: 3,
      openMs: 60_000,
    });
    await end(1, 200);
    await end(3, 500);
    expect(breaker.state()).toBe("closed");
    time += 10_000;
    await end(3, 500);
    expect(breaker.state()).toBe("open");
    expect(await ask()).toMatchObject({ details: { retryAfterMs: 60_000 } });
  });

  it("forgets failures that are ten seconds old", async () => {
    const { breaker, end } = start();
    await end(19, 500);
    time += 10_001;
    await end(19, 500);
    expect(breaker.state()).toBe("closed");
    await end(1, 500);
    expect(breaker.state()).toBe("open");
  });

  it("forgets failures bit by bit", async () => {
    const { breaker, end } = start();
    for (let second = 0; second < 60; second += 1) {
      await end(1, 500);
      time += 1_000;
    }
    // Never more than ten in ten seconds.
    expect(breaker.state()).toBe("closed");
  });

  it("says since when and until when it is open", async () => {
    const { ask, end } = start();
    await end(20, 500);
    time += 1_500;
    expect(await ask()).toMatchObject({
      message:
        'Store "cl-eu", GET /customers/{id}: the circuit is open since 2 s: too many requests failed, and nothing is sent for another 4 s',
      details: { store: "cl-eu", circuit: "open", retryAfterMs: 3_500 },
    });
  });

  it("sends one call when its time is up", async () => {
    const { breaker, ask, end, hold, release, calls } = start();
    await end(20, 500);
    time += 4_999;
    expect(await ask()).toEqual(open);
    time += 1;
    expect(breaker.state()).toBe("half-open");
    hold();
    const probe = ask();
    const others = await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(others).toEqual(Array.from({ length: 50 }, () => open));
    expect(others[0]).toMatchObject({ details: { retryAfterMs: 1_000 } });
    expect(calls()).toBe(21);
    release();
    expect(await probe).toBe(200);
    expect(breaker.state()).toBe("closed");
    expect(await ask()).toBe(200);
  });

  it.each<[string, Outcome]>([
    ["HTTP 200", 200],
    ["HTTP 404", 404],
  ])("closes when the probe is answered %s", async (_, outcome) => {
    const { breaker, end } = start();
    await end(20, 500);
    time += 5_000;
    await end(1, outcome);
    expect(breaker.state()).toBe("closed");
  });

  it("needs as many failures after closing as before", async () => {
    const { breaker, end } = start();
    await end(20, 500);
    time += 5_000;
    await end(1, 200);
    await end(19, 500);
    expect(breaker.state()).toBe("closed");
  });

  it.each<[string, Outcome]>([
    ["HTTP 500", 500],
    ["HTTP 429", 429],
    ["a timeout", failure("timeout")],
  ])("opens anew when the probe ends in %s", async (_, outcome) => {
    const { breaker, ask, end, calls } = start();
    await end(20, 500);
    time += 5_000;
    await end(1, outcome);
    expect(breaker.state()).toBe("open");
    time += 4_999;
    expect(await ask()).toEqual(open);
    time += 1;
    await end(1, 200);
    expect(breaker.state()).toBe("closed");
    expect(calls()).toBe(22);
  });

  it.each<[string, Error]>([
    ["the client leaves", failure("cancelled")],
    ["no credential is had", PlatformError.unavailable(call, "no token")],
  ])("frees the probe's place when %s", async (_, outcome) => {
    const { breaker, end } = start();
    await end(20, 500);
    time += 5_000;
    await end(1, outcome);
    expect(breaker.state()).toBe("half-open");
    await end(1, 200);
    expect(breaker.state()).toBe("closed");
  });

  it("does not count what began before it changed", async () => {
    const { breaker, ask, end, hold, release, letPass } = start();
    hold(500);
    const slow = Array.from({ length: 5 }, () => ask());
    letPass();
    await end(20, 500);
    time += 5_000;
    await end(1, 200);
    release();
    expect(await Promise.all(slow)).toEqual([500, 500, 500, 500, 500]);
    await end(19, 500);
    expect(breaker.state()).toBe("closed");
  });

  it("stays open when late calls succeed", async () => {
    const { breaker, ask, end, hold, release, letPass } = start();
    hold(200);
    const slow = Array.from({ length: 30 }, () => ask());
    letPass();
    await end(20, 500);
    release();
    await Promise.all(slow);
    expect(breaker.state()).toBe("open");
  });

  it("refuses those who waited while it opened", async () => {
    const { breaker, end, calls } = start();
    await end(20, 500);
    // They have passed `refuse` before.
    const guarded = breaker.guard(() => Promise.resolve(answer()));
    await expect(guarded(anyRequest)).rejects.toEqual(open);
    expect(calls()).toBe(20);
  });

  it("blames no platform for an attempt cut short", async () => {
    const ended = new TransportFailure("timeout", "the deadline passed");
    const controller = new AbortController();
    controller.abort(ended);
    const cut = { ...anyRequest, signal: controller.signal };
    const { breaker, ask, hold, release } = start();
    for (const [ms, state] of [
      [2_499, "closed"],
      [2_500, "open"],
    ] as const) {
      hold(ended);
      const all = Array.from({ length: 20 }, () => ask(cut));
      time += ms;
      release();
      await Promise.all(all);
      expect(breaker.state()).toBe(state);
    }
  });

  it("heeds no jump of the machine's clock", async () => {
    jest.useFakeTimers();
    try {
      const breaker = createCircuitBreaker({
        ...defaultCircuitBreaker,
        timeoutMs: 5_000,
      });
      const failing = breaker.guard(() => Promise.resolve(answer(500)));
      for (let sent = 0; sent < 20; sent += 1) await failing(anyRequest);
      jest.setSystemTime(Date.now() + 3_600_000);
      expect(breaker.state()).toBe("open");
      jest.setSystemTime(Date.now() - 7_200_000);
      jest.advanceTimersByTime(5_000);
      expect(breaker.state()).toBe("half-open");
    } finally {
      jest.useRealTimers();
    }
  });

  it("refuses within five milliseconds", async () => {
    const { ask, end } = start();
    await end(20, 500);
    const startedAt = performance.now();
    for (let sent = 0; sent < 100; sent += 1) await ask();
    expect((performance.now() - startedAt) / 100).toBeLessThan(5);
  });
});
