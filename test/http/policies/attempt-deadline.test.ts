import type { Send } from "../../../src/http/exchange";
import { attemptDeadline } from "../../../src/http/policies/attempt-deadline";
import { anyRequest, answer, scripted } from "../support";

/** As the transport: ends with the reason of its signal, and not before. */
const never: Send = ({ signal }) =>
  new Promise((_, reject) => {
    const end = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("cut"));
    };
    if (signal.aborted) end();
    signal.addEventListener("abort", end);
  });

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe("attemptDeadline", () => {
  it("ends an attempt when its time is up", async () => {
    let ended = false;
    const sent = attemptDeadline(5_000)(never)(anyRequest);
    const failed = expect(sent).rejects.toMatchObject({
      kind: "timeout",
      message: "no answer within 5000 ms",
    });
    void sent.catch(() => (ended = true));
    await jest.advanceTimersByTimeAsync(4_999);
    expect(ended).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(ended).toBe(true);
    await failed;
  });

  it("leaves no timer behind an answer", async () => {
    await attemptDeadline(5_000)(scripted(answer()).send)(anyRequest);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("leaves no timer behind a failure", async () => {
    const failure = new Error("it failed");
    await expect(
      attemptDeadline(5_000)(scripted(failure).send)(anyRequest),
    ).rejects.toBe(failure);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("gives each attempt its whole time", async () => {
    const send = attemptDeadline(100)(never);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const startedAt = performance.now();
      const failed = expect(send(anyRequest)).rejects.toMatchObject({
        kind: "timeout",
      });
      await jest.advanceTimersByTimeAsync(100);
      await failed;
      expect(performance.now() - startedAt).toBe(100);
    }
  });

  it("ends with its operation, for the same reason", async () => {
    const controller = new AbortController();
    const reason = new Error("the client has left");
    const sent = attemptDeadline(5_000)(never)({
      ...anyRequest,
      signal: controller.signal,
    });
    const failed = expect(sent).rejects.toBe(reason);
    controller.abort(reason);
    await failed;
    expect(jest.getTimerCount()).toBe(0);
  });

  it("passes on that the operation ended before", async () => {
    const reason = new Error("the client has left");
    await expect(
      attemptDeadline(5_000)(never)({
        ...anyRequest,
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
  });

  it("ends the attempt and not the operation", async () => {
    const controller = new AbortController();
    const sent = attemptDeadline(100)(never)({
      ...anyRequest,
      signal: controller.signal,
    });
    const failed = expect(sent).rejects.toMatchObject({ kind: "timeout" });
    await jest.advanceTimersByTimeAsync(100);
    await failed;
    expect(controller.signal.aborted).toBe(false);
  });
});
