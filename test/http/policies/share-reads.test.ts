import { Cancellation } from "../../../src/domain/cancellation";
import { QueryTooComplexError } from "../../../src/domain/errors";
import type {
  UpstreamRequest,
  UpstreamResponse,
} from "../../../src/http/exchange";
import { Ledger } from "../../../src/http/ledger";
import { shareReads } from "../../../src/http/policies/share-reads";
import { withinAllowance } from "../../../src/http/policies/within-allowance";
import { TransportFailure } from "../../../src/http/transport-failure";
import { compose } from "../../../src/http/upstream-client";
import { anyRequest, answer, call } from "../support";

const store = call.store;

/** A wire that answers when it is told to, and ends with its signal. */
function held() {
  const requests: UpstreamRequest[] = [];
  const ends: ((end: UpstreamResponse | Error) => void)[] = [];
  const send = shareReads({ maxAgeMs: 1_000 })((request) => {
    requests.push(request);
    return new Promise<UpstreamResponse>((resolve, reject) => {
      ends.push((end) => {
        request.ledger?.record({
          store,
          method: request.method,
          path: request.url.pathname,
          ms: 1,
          bytes: 10,
        });
        if (end instanceof Error) reject(end);
        else resolve(end);
      });
      request.signal.addEventListener("abort", () => {
        const { reason } = request.signal;
        reject(reason instanceof Error ? reason : new Error("cut"));
      });
    });
  });
  return { send, requests, ends };
}

/** An operation: its accounts, and what ends it. */
function operation(overrides: Partial<UpstreamRequest> = {}) {
  const ledger = new Ledger();
  const cancellation = new Cancellation();
  return {
    ledger,
    cancellation,
    request: { ...anyRequest, signal: cancellation, ledger, ...overrides },
  };
}

const requestsOf = ({ ledger }: { readonly ledger: Ledger }) =>
  ledger.account(store).requests;
const coalescedOf = ({ ledger }: { readonly ledger: Ledger }) =>
  ledger.account(store).coalesced;

const deadline = () => new TransportFailure("timeout", "the deadline passed");
const hangUp = () => new TransportFailure("cancelled", "the client has left");

describe("shareReads", () => {
  it("sends one request for equal reads of several operations", async () => {
    const { send, requests, ends } = held();
    const all = [operation(), operation(), operation()];
    const answers = all.map(({ request }) => send(request));
    expect(requests).toHaveLength(1);
    const given = answer(200, "rows");
    ends[0]!(given);
    expect(await Promise.all(answers)).toEqual([given, given, given]);
    expect(all.map(requestsOf)).toEqual([1, 0, 0]);
    expect(all.map(coalescedOf)).toEqual([0, 1, 1]);
    expect(all.map(({ ledger }) => ledger.attempts.length)).toEqual([1, 0, 0]);
  });

  it("asks again for what comes after the answer", async () => {
    const { send, requests, ends } = held();
    const first = send(operation().request);
    ends[0]!(answer());
    await first;
    const later = operation();
    const second = send(later.request);
    expect(requests).toHaveLength(2);
    ends[1]!(answer());
    await second;
    expect([requestsOf(later), coalescedOf(later)]).toEqual([1, 0]);
  });

  it.each<[string, Partial<UpstreamRequest>]>([
    ["another path", { url: new URL("http://upstream.test/groups") }],
    ["another query", { url: new URL("http://upstream.test/customers?a=1") }],
    ["another order", { url: new URL("http://upstream.test/customers?b&a") }],
    ["another host", { url: new URL("http://other.test/customers") }],
    ["another scheme", { url: new URL("https://upstream.test/customers") }],
    ["another accept", { headers: { accept: "application/vnd.api+json" } }],
    ["a POST", { method: "POST" }],
  ])("shares nothing with %s", async (_, other) => {
    const { send, requests, ends } = held();
    const [one, two] = [operation(), operation(other)];
    const answers = [send(one.request), send(two.request)];
    expect(requests).toHaveLength(2);
    ends[0]!(answer(200, "one"));
    ends[1]!(answer(200, "two"));
    const texts = (await Promise.all(answers)).map(({ body }) => String(body));
    expect(texts).toEqual(["one", "two"]);
    expect([one, two].map(requestsOf)).toEqual([1, 1]);
    expect([one, two].map(coalescedOf)).toEqual([0, 0]);
  });

  it("sends every POST, equal as they are", () => {
    const { send, requests } = held();
    for (let sent = 0; sent < 2; sent += 1) {
      void send(operation({ method: "POST", body: "{}" }).request);
    }
    expect(requests).toHaveLength(2);
  });

  it("shares nothing between stores, even of one address", () => {
    const [one, other] = [held(), held()];
    void one.send(operation().request);
    void other.send(operation().request);
    expect([one.requests.length, other.requests.length]).toEqual([1, 1]);
  });

  it("shares nothing that belongs to no operation", () => {
    const { send, requests } = held();
    void send(anyRequest);
    void send(anyRequest);
    expect(requests).toHaveLength(2);
    // Nor is it joined by one that does.
    void send(operation().request);
    expect(requests).toHaveLength(3);
  });

  it("lets nobody join who has ended already", () => {
    const { send, requests } = held();
    void send(operation().request);
    const late = operation();
    late.cancellation.cancel(hangUp());
    void send(late.request).catch(() => undefined);
    expect(requests).toHaveLength(2);
    expect(requests[1]!.signal.aborted).toBe(true);
    expect(coalescedOf(late)).toBe(0);
  });

  it("lets nobody join a read that is too old", () => {
    jest.useFakeTimers();
    try {
      const { send, requests } = held();
      void send(operation().request);
      jest.advanceTimersByTime(1_000);
      void send(operation().request);
      expect(requests).toHaveLength(1);
      jest.advanceTimersByTime(1);
      void send(operation().request);
      expect(requests).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it("shares a failure, and asks anew after it", async () => {
    const { send, requests, ends } = held();
    const answers = [operation(), operation()].map(({ request }) =>
      send(request),
    );
    const failure = new TransportFailure("reset", "the connection broke");
    ends[0]!(failure);
    for (const each of answers) await expect(each).rejects.toBe(failure);
    void send(operation().request);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ["hangs up", hangUp],
    ["meets its deadline", deadline],
  ])("goes on when one %s", async (_, reason) => {
    for (const leaving of [0, 1, 2]) {
      const { send, requests, ends } = held();
      const all = [operation(), operation(), operation()];
      const answers = all.map(({ request }) => send(request));
      const why = reason();
      all[leaving]!.cancellation.cancel(why);
      await expect(answers[leaving]).rejects.toBe(why);
      expect(requests[0]!.signal.aborted).toBe(false);
      ends[0]!(answer(200, "rows"));
      for (const [index, each] of answers.entries()) {
        if (index !== leaving) expect(String((await each).body)).toBe("rows");
      }
      expect(requests).toHaveLength(1);
    }
  });

  it("is paid by one that is still there", async () => {
    const { send, ends } = held();
    const all = [operation(), operation(), operation()];
    const answers = all.map(({ request }) => send(request));
    for (const gone of [0, 1]) {
      all[gone]!.cancellation.cancel(hangUp());
      await expect(answers[gone]).rejects.toMatchObject({ kind: "cancelled" });
    }
    ends[0]!(answer());
    await answers[2];
    expect(all.map(requestsOf)).toEqual([0, 0, 1]);
  });

  it("is paid by the last one when all have left", async () => {
    const { send, requests, ends } = held();
    const all = [operation(), operation()];
    const answers = all.map(({ request }) => send(request));
    const why = hangUp();
    for (const { cancellation } of all) cancellation.cancel(why);
    for (const each of answers) await expect(each).rejects.toBe(why);
    expect(requests[0]!.signal.aborted).toBe(true);
    expect(requests[0]!.signal.reason).toBe(why);
    ends[0]!(answer());
    expect(all.map(requestsOf)).toEqual([0, 1]);
  });

  it("ends when all have left, and no sooner", async () => {
    const { send, requests } = held();
    const all = [operation(), operation(), operation()];
    const answers = all.map(({ request }) => send(request));
    for (const [index, { cancellation }] of all.entries()) {
      expect(requests[0]!.signal.aborted).toBe(false);
      cancellation.cancel(hangUp());
      await expect(answers[index]).rejects.toMatchObject({ kind: "cancelled" });
    }
    expect(requests[0]!.signal.aborted).toBe(true);
    // Whoever comes now does not join what has been given up.
    void send(operation().request);
    expect(requests).toHaveLength(2);
  });

  it("listens to an operation no longer than it takes", async () => {
    const { send, ends } = held();
    const { request, cancellation } = operation();
    const added = jest.spyOn(cancellation, "addEventListener");
    const removed = jest.spyOn(cancellation, "removeEventListener");
    const read = send(request);
    ends[0]!(answer());
    await read;
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });

  it("tells in our words why, whatever the reason is", async () => {
    const { send } = held();
    const [one, other] = [operation(), operation()];
    const answers = [send(one.request), send(other.request)];
    one.cancellation.cancel("a text");
    await expect(answers[0]).rejects.toMatchObject({
      name: "TransportFailure",
      kind: "cancelled",
    });
    other.cancellation.cancel(hangUp());
    await expect(answers[1]).rejects.toMatchObject({ kind: "cancelled" });
  });

  it("waits as long as whoever waits longest", () => {
    const { send, requests } = held();
    void send(operation({ deadlineAt: 1_000 }).request);
    void send(operation({ deadlineAt: 9_000 }).request);
    expect(requests).toHaveLength(1);
    expect(requests[0]!.deadlineAt ?? Infinity).toBeGreaterThanOrEqual(9_000);
  });

  describe("and what an operation may send", () => {
    const guarded = () => {
      const { send, requests, ends } = held();
      const inner: UpstreamRequest[] = [];
      const composed = compose(
        [shareReads({ maxAgeMs: 1_000 }), withinAllowance],
        (request) => {
          inner.push(request);
          return send({ ...request, method: "POST" });
        },
      );
      return { send: composed, requests, inner, ends };
    };

    it("is claimed once, by the one that sends", async () => {
      const { send, ends, requests } = guarded();
      const all = [operation(), operation()];
      for (const { ledger } of all) ledger.allow(1, 1);
      const answers = all.map(({ request }) => send(request));
      ends[0]!(answer());
      await Promise.all(answers);
      const next = {
        url: new URL("http://upstream.test/next"),
      };
      await expect(send({ ...all[0]!.request, ...next })).rejects.toThrow(
        QueryTooComplexError,
      );
      // The other one has sent nothing so far.
      const second = send({ ...all[1]!.request, ...next });
      expect(requests).toHaveLength(2);
      ends[1]!(answer());
      await second;
    });

    it("fails nobody else when it is used up", async () => {
      const { send, requests, ends } = guarded();
      const poor = operation();
      poor.ledger.allow(0, 0);
      const refused = send(poor.request);
      await expect(refused).rejects.toMatchObject({
        code: "QUERY_TOO_COMPLEX",
      });
      expect(requests).toHaveLength(0);
      // Nothing of the refused read is left to be joined.
      const rich = operation();
      const read = send(rich.request);
      expect(requests).toHaveLength(1);
      // Joining costs nothing, so whoever may send nothing may join.
      const joined = send(poor.request);
      ends[0]!(answer(200, "rows"));
      expect(String((await read).body)).toBe("rows");
      expect(String((await joined).body)).toBe("rows");
      expect([rich, poor].map(requestsOf)).toEqual([1, 0]);
    });
  });
});
