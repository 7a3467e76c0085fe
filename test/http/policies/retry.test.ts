import { PlatformError } from "../../../src/domain/errors";
import type { UpstreamResponse } from "../../../src/http/exchange";
import { Ledger } from "../../../src/http/ledger";
import { RetryBudget } from "../../../src/http/policies/retry-budget";
import { type RetryOptions, retry } from "../../../src/http/policies/retry";
import {
  TransportFailure,
  type TransportFailureKind,
} from "../../../src/http/transport-failure";
import { anyRequest, answer, call, scripted } from "../support";

const reset = new TransportFailure("reset", "the connection broke");

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A retry whose waits are as long as they can be, unless told otherwise. */
function retrying(attempts: number, options: Partial<RetryOptions> = {}) {
  return retry({ attempts, random: () => 1, ...options });
}

/** Lets all the waits of a request pass. */
async function settled<T>(sent: Promise<T>): Promise<T> {
  sent.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(120_000);
  return sent;
}

describe("retry", () => {
  it("sends a read again after a reset", async () => {
    const wire = scripted(reset, answer(200));
    const ledger = new Ledger();
    const answered = await settled(
      retrying(2)(wire.send)({ ...anyRequest, ledger }),
    );
    expect(answered.status).toBe(200);
    expect(wire.requests).toHaveLength(2);
    expect(ledger.account("cl-eu").retried).toBe(1);
  });

  it.each([500, 502, 503, 504, 429])(
    "sends a read again after HTTP %i, once",
    async (status) => {
      const wire = scripted(answer(status), answer(200));
      const answered = await settled(retrying(3)(wire.send)(anyRequest));
      expect(answered.status).toBe(200);
      expect(wire.requests).toHaveLength(2);
    },
  );

  it.each<TransportFailureKind>(["refused", "reset", "timeout", "undecodable"])(
    "sends a read again after %s",
    async (kind) => {
      const wire = scripted(new TransportFailure(kind, "it failed"), answer());
      const answered = await settled(retrying(3)(wire.send)(anyRequest));
      expect(answered.status).toBe(200);
      expect(wire.requests).toHaveLength(2);
    },
  );

  it("repeats the very same request", async () => {
    const wire = scripted(reset, answer());
    await settled(retrying(2)(wire.send)(anyRequest));
    expect(wire.requests).toEqual([anyRequest, anyRequest]);
  });

  it.each([1, 2, 3])("sends at most %i times", async (attempts) => {
    const wire = scripted(reset, reset, reset, reset);
    const ledger = new Ledger();
    await expect(
      settled(retrying(attempts)(wire.send)({ ...anyRequest, ledger })),
    ).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(attempts);
    expect(ledger.account("cl-eu").retried).toBe(attempts - 1);
  });

  it("hands over the last answer as it came", async () => {
    const last = answer(503, "the body");
    const wire = scripted(reset, answer(500), last);
    expect(await settled(retrying(3)(wire.send)(anyRequest))).toBe(last);
  });

  it("works without a ledger", async () => {
    const wire = scripted(reset, answer(204));
    const answered = await settled(retrying(2)(wire.send)(anyRequest));
    expect(answered.status).toBe(204);
  });

  it("never repeats what is not a read", async () => {
    const wire = scripted(reset, answer());
    const post = { ...anyRequest, method: "POST" } as const;
    await expect(settled(retrying(3)(wire.send)(post))).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(1);
  });

  it("never repeats once the operation has ended", async () => {
    const controller = new AbortController();
    const wire = scripted(reset, answer());
    const request = { ...anyRequest, signal: controller.signal };
    const sent = retrying(3)((next) => {
      controller.abort();
      return wire.send(next);
    })(request);
    await expect(settled(sent)).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(1);
  });

  it("ends its wait with the operation", async () => {
    const controller = new AbortController();
    const wire = scripted(reset, answer());
    const request = { ...anyRequest, signal: controller.signal };
    const sent = retrying(3)(wire.send)(request);
    const failed = expect(sent).rejects.toBe(reset);
    await jest.advanceTimersByTimeAsync(50);
    controller.abort();
    await failed;
    expect(wire.requests).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([200, 204, 304, 400, 401, 402, 403, 404, 408, 409, 422, 501, 507])(
    "never repeats after HTTP %i",
    async (status) => {
      const wire = scripted(answer(status), answer());
      const answered = await settled(retrying(3)(wire.send)(anyRequest));
      expect(answered.status).toBe(status);
      expect(wire.requests).toHaveLength(1);
    },
  );

  it.each<TransportFailureKind>([
    "untrusted",
    "cancelled",
    "redirect",
    "oversized",
  ])("never repeats after %s", async (kind) => {
    const failure = new TransportFailure(kind, "it failed");
    const wire = scripted(failure, answer());
    await expect(settled(retrying(3)(wire.send)(anyRequest))).rejects.toBe(
      failure,
    );
    expect(wire.requests).toHaveLength(1);
  });

  it("never repeats a refusal of our own", async () => {
    const refusal = PlatformError.throttled(call, "it is full", 1_000);
    const wire = scripted(reset, refusal, answer());
    const ledger = new Ledger();
    await expect(
      settled(retrying(3)(wire.send)({ ...anyRequest, ledger })),
    ).rejects.toBe(refusal);
    expect(wire.requests).toHaveLength(2);
    // It was not sent, so it does not count.
    expect(ledger.account("cl-eu").retried).toBe(0);
  });

  it("gives up at another failure of the repetition", async () => {
    const failure = new TransportFailure("oversized", "it is too large");
    const wire = scripted(reset, failure);
    await expect(settled(retrying(3)(wire.send)(anyRequest))).rejects.toBe(
      failure,
    );
  });

  it("survives a wire that throws at once", async () => {
    const sent = retrying(3)(() => {
      throw new TypeError("a bug");
    })(anyRequest);
    await expect(settled(sent)).rejects.toThrow("a bug");
  });
});

describe("the wait before a repetition", () => {
  /** When each request was sent, in milliseconds from the first. */
  async function timesOf(
    options: Partial<RetryOptions>,
    ...outcomes: readonly (UpstreamResponse | Error)[]
  ): Promise<number[]> {
    const wire = scripted(...outcomes);
    const startedAt = performance.now();
    const times: number[] = [];
    const sent = retrying(
      outcomes.length,
      options,
    )((request) => {
      times.push(Math.round(performance.now() - startedAt));
      return wire.send(request);
    })(anyRequest);
    await settled(sent).catch(() => undefined);
    return times;
  }

  it("doubles from a tenth to two seconds", async () => {
    const outcomes = Array.from({ length: 7 }, () => answer(500));
    expect(await timesOf({}, ...outcomes)).toEqual([
      0,
      100,
      100 + 200,
      300 + 400,
      700 + 800,
      1_500 + 1_600,
      3_100 + 2_000,
    ]);
  });

  it.each([
    [0, [0, 0, 0]],
    [0.25, [0, 25, 75]],
    [0.5, [0, 50, 150]],
  ])("is anything down to nothing: %d", async (chance, times) => {
    const outcomes = [reset, answer(502), answer(200)];
    expect(await timesOf({ random: () => chance }, ...outcomes)).toEqual(times);
  });

  it("is what a 503 asks for, if longer", async () => {
    const busy = answer(503, "", { "retry-after": "3" });
    expect(await timesOf({}, busy, answer())).toEqual([0, 3_000]);
  });

  it("is left to the quota after a 429", async () => {
    const outcomes = [answer(429), answer(200)];
    const waits = { quotaWaitMs: () => 5_000 };
    expect(await timesOf(waits, ...outcomes)).toEqual([0, 0]);
  });
});

describe("the deadline of a repetition", () => {
  const request = () => ({
    ...anyRequest,
    deadlineAt: performance.now() + 1_000,
  });

  it("is never outlasted by a wait", async () => {
    const busy = answer(503, "", { "retry-after": "1" });
    const wire = scripted(busy, answer());
    expect(await settled(retrying(3)(wire.send)(request()))).toBe(busy);
    expect(wire.requests).toHaveLength(1);
  });

  it("is never outlasted by a wait for quota", async () => {
    const throttled = answer(429);
    const wire = scripted(throttled, answer());
    const sent = retrying(3, { quotaWaitMs: () => 1_000 })(wire.send)(
      request(),
    );
    expect(await settled(sent)).toBe(throttled);
    expect(wire.requests).toHaveLength(1);
  });

  it("allows a wait that ends before it", async () => {
    const wire = scripted(answer(429), answer(200));
    const sent = retrying(3, { quotaWaitMs: () => 999 })(wire.send)(request());
    expect((await settled(sent)).status).toBe(200);
  });
});

describe("the budget of repetitions", () => {
  it("bounds what an outage costs", async () => {
    const policy = retrying(3);
    let calls = 0;
    const send = policy(() => {
      calls += 1;
      return Promise.resolve(answer(500));
    });
    for (let sent = 0; sent < 1_000; sent += 1) {
      await settled(send(anyRequest));
    }
    expect(calls).toBe(1_010);
  });

  it("is a fifth of what succeeds", async () => {
    let calls = 0;
    // Of ten calls, three fail.
    const send = retrying(3)(() => {
      calls += 1;
      return Promise.resolve(answer(calls % 10 < 3 ? 500 : 200));
    });
    let failed = 0;
    for (let sent = 0; sent < 1_000; sent += 1) {
      const { status } = await settled(send(anyRequest));
      if (status === 500) failed += 1;
    }
    const retried = calls - 1_000;
    expect(retried).toBeLessThanOrEqual(10 + 0.2 * (1_000 - failed));
    expect(retried).toBeGreaterThan(150);
  });

  it("is one for all requests of a store", async () => {
    const budget = new RetryBudget();
    while (budget.spend());
    const wire = scripted(reset, answer());
    await expect(
      settled(retrying(3, { budget })(wire.send)(anyRequest)),
    ).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(1);
  });

  it("is not paid by refusals for the rate", async () => {
    const budget = new RetryBudget();
    const send = retrying(1, { budget })(() => Promise.resolve(answer(429)));
    while (budget.spend());
    for (let sent = 0; sent < 20; sent += 1) await settled(send(anyRequest));
    expect(budget.spend()).toBe(false);
  });
});
