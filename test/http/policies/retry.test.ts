import { PlatformError } from "../../../src/domain/errors";
import { Ledger } from "../../../src/http/ledger";
import { retry } from "../../../src/http/policies/retry";
import {
  TransportFailure,
  type TransportFailureKind,
} from "../../../src/http/transport-failure";
import { anyRequest, answer, call, scripted } from "../support";

const reset = new TransportFailure("reset", "the connection broke");

describe("retry", () => {
  it("sends a read again after a reset", async () => {
    const wire = scripted(reset, answer(200));
    const ledger = new Ledger();
    const answered = await retry(2)(wire.send)({ ...anyRequest, ledger });
    expect(answered.status).toBe(200);
    expect(wire.requests).toHaveLength(2);
    expect(ledger.account("cl-eu").retried).toBe(1);
  });

  it("repeats the very same request", async () => {
    const wire = scripted(reset, answer());
    await retry(2)(wire.send)(anyRequest);
    expect(wire.requests).toEqual([anyRequest, anyRequest]);
  });

  it.each([1, 2, 3])("sends at most %i times", async (attempts) => {
    const wire = scripted(reset, reset, reset, reset);
    const ledger = new Ledger();
    await expect(
      retry(attempts)(wire.send)({ ...anyRequest, ledger }),
    ).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(attempts);
    expect(ledger.account("cl-eu").retried).toBe(attempts - 1);
  });

  it("works without a ledger", async () => {
    const wire = scripted(reset, answer(204));
    expect((await retry(2)(wire.send)(anyRequest)).status).toBe(204);
  });

  it("never repeats what is not a read", async () => {
    const wire = scripted(reset, answer());
    const post = { ...anyRequest, method: "POST" } as const;
    await expect(retry(3)(wire.send)(post)).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(1);
  });

  it("never repeats once the operation has ended", async () => {
    const controller = new AbortController();
    const wire = scripted(reset, answer());
    const request = { ...anyRequest, signal: controller.signal };
    const sent = retry(3)((next) => {
      const answered = wire.send(next);
      controller.abort();
      return answered;
    })(request);
    await expect(sent).rejects.toBe(reset);
    expect(wire.requests).toHaveLength(1);
  });

  it.each([200, 304, 400, 401, 404, 422, 429, 500, 502, 503, 504])(
    "takes HTTP %i as an answer",
    async (status) => {
      const wire = scripted(answer(status), answer(200));
      expect((await retry(3)(wire.send)(anyRequest)).status).toBe(status);
      expect(wire.requests).toHaveLength(1);
    },
  );

  it.each<TransportFailureKind>([
    "refused",
    "timeout",
    "cancelled",
    "redirect",
    "oversized",
    "undecodable",
  ])("never repeats a failure of kind %s", async (kind) => {
    const failure = new TransportFailure(kind, "it failed");
    const wire = scripted(failure, answer());
    await expect(retry(3)(wire.send)(anyRequest)).rejects.toBe(failure);
    expect(wire.requests).toHaveLength(1);
  });

  it("never repeats a refusal of our own", async () => {
    const refusal = PlatformError.throttled(call, "ask later", 1_000);
    const wire = scripted(refusal, answer());
    await expect(retry(3)(wire.send)(anyRequest)).rejects.toBe(refusal);
    expect(wire.requests).toHaveLength(1);
  });

  it("gives up at another failure of the repetition", async () => {
    const timeout = new TransportFailure("timeout", "it took too long");
    const wire = scripted(reset, timeout, answer());
    await expect(retry(3)(wire.send)(anyRequest)).rejects.toBe(timeout);
    expect(wire.requests).toHaveLength(2);
  });
});
