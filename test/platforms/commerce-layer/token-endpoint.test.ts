import { PlatformError } from "../../../src/domain/errors";
import { Secret } from "../../../src/domain/secret";
import type { Send, UpstreamResponse } from "../../../src/http/exchange";
import { TransportFailure } from "../../../src/http/transport-failure";
import {
  createCredentials,
  createTokenQuota,
} from "../../../src/platforms/commerce-layer/credentials";
import { answer, anyRequest } from "../../http/support";

/** A token for an environment, of a number so that each is another. */
function token(number: number, test = true): string {
  const claims = Buffer.from(JSON.stringify({ test, rand: number }));
  return `e30.${claims.toString("base64url")}.sig`;
}

function granted(number: number, expiresIn: unknown = 7_200): UpstreamResponse {
  return answer(
    200,
    JSON.stringify({ access_token: token(number), expires_in: expiresIn }),
  );
}

type Outcome = UpstreamResponse | Error;

/** Credentials over a token endpoint that answers what it is told to. */
function start(first: Outcome = granted(1)) {
  let outcome: Outcome | "hang" = first;
  let calls = 0;
  const held: ((outcome: Outcome) => void)[] = [];
  const settle = (next: Outcome): Promise<UpstreamResponse> =>
    next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  const send: Send = () => {
    calls += 1;
    return outcome === "hang"
      ? new Promise<Outcome>((resolve) => held.push(resolve)).then(settle)
      : settle(outcome);
  };
  const credentials = createCredentials({
    settings: {
      baseUrl: new URL("https://acme.commercelayer.io"),
      credentials: {
        clientId: "id",
        clientSecret: new Secret("canary-secret"),
        tokenUrl: new URL("https://auth.commercelayer.io/oauth/token"),
      },
    },
    store: "acme",
    platform: "commerce-layer",
    send,
  });
  return {
    credentials,
    calls: () => calls,
    will: (next: Outcome | "hang") => {
      outcome = next;
    },
    answer: (next: Outcome) => {
      for (const resolve of held.splice(0)) resolve(next);
    },
    /** The token, or why there is none. */
    ask: () =>
      credentials
        .accessToken(new AbortController().signal)
        .catch((error: unknown) => error),
  };
}

const down = PlatformError.unavailable(
  { store: "acme", platform: "commerce-layer", operation: "POST /oauth/token" },
  "it is down",
);
const minute = 60_000;

describe("a token of Commerce Layer", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it("is fetched once for all who wait (A8)", async () => {
    const { credentials, ask, will, answer, calls } = start();
    will("hang");
    expect(credentials.isReady).toBe(false);
    const all = Array.from({ length: 50 }, () => ask());
    answer(granted(1));
    expect(new Set(await Promise.all(all))).toEqual(new Set([token(1)]));
    expect(calls()).toBe(1);
    expect(credentials.isReady).toBe(true);
    expect(credentials.mode).toBe("TEST");
  });

  it("is used until a minute before its end", async () => {
    const { ask, will, calls } = start();
    await ask();
    await pass(7_139_000);
    expect(await ask()).toBe(token(1));
    expect(calls()).toBe(1);
    will(granted(2));
    await pass(1_000);
    await ask();
    await pass(0);
    expect(await ask()).toBe(token(2));
    expect(calls()).toBe(2);
  });

  it("is renewed while the old one is used (A11)", async () => {
    const { ask, will, answer, calls } = start();
    await ask();
    await pass(7_145_000);
    will("hang");
    // Nobody waits for it.
    expect(await ask()).toBe(token(1));
    expect(await ask()).toBe(token(1));
    expect(calls()).toBe(2);
    answer(granted(2));
    await pass(0);
    expect(await ask()).toBe(token(2));
  });

  it("is used to its end while no other is had (A11)", async () => {
    const { ask, will, calls } = start();
    await ask();
    will(down);
    await pass(7_141_000);
    for (let second = 0; second < 58; second += 1) {
      expect(await ask()).toBe(token(1));
      await pass(1_000);
    }
    await pass(1_000);
    expect(await ask()).toMatchObject({ code: "PLATFORM_UNAVAILABLE" });
    // Not one for each second: it is left alone for longer and longer.
    expect(calls()).toBeLessThan(10);
  });

  it("is waited for only in its last seconds", async () => {
    const { ask, will, answer } = start();
    await ask();
    await pass(7_195_000);
    will("hang");
    const waiting = ask();
    answer(down);
    // It has five seconds left.
    expect(await waiting).toBe(token(1));
    const again = ask();
    answer(granted(2));
    expect(await again).toBe(token(2));
  });

  it.each([0, -1, "7200", null, {}, 1e308])(
    "that expires in %j is used until refused (A11)",
    async (expiresIn) => {
      const { ask, calls } = start(granted(1, expiresIn));
      for (let asked = 0; asked < 100; asked += 1) {
        expect(await ask()).toBe(token(1));
        await pass(minute);
      }
      expect(calls()).toBe(1);
    },
  );

  it("that lives a moment sets off no storm (A11)", async () => {
    const { ask, calls } = start(granted(1, 0.001));
    const outcomes: unknown[] = [];
    for (let asked = 0; asked < 100; asked += 1) {
      outcomes.push(await ask());
      await pass(10);
    }
    expect(calls()).toBe(30);
    expect(outcomes.at(-1)).toMatchObject({
      code: "PLATFORM_THROTTLED",
      details: { operation: "POST /oauth/token" },
    });
    await pass(minute);
    expect(await ask()).toBe(token(1));
  });

  it("is asked for again at once after one failure", async () => {
    const { ask, will } = start(down);
    expect(await ask()).toBe(down);
    will(granted(1));
    expect(await ask()).toBe(token(1));
  });

  it("is asked for less and less while none is had", async () => {
    const { ask, calls } = start(down);
    for (let second = 0; second < 600; second += 1) {
      await ask();
      await pass(1_000);
    }
    // 1, 2, 4 ... 32 seconds, then every minute.
    expect(calls()).toBeLessThanOrEqual(18);
    expect(calls()).toBeGreaterThanOrEqual(14);
    expect(await ask()).toMatchObject({
      code: "PLATFORM_UNAVAILABLE",
      message: expect.stringContaining("times in a row") as string,
      details: { retryAfterMs: expect.any(Number) as number },
    });
  });

  it("is not asked for while the client is refused (A10)", async () => {
    const { credentials, ask, will, calls } = start(
      answer(401, '{"errors":[{"detail":"canary"}]}'),
    );
    for (let asked = 0; asked < 50; asked += 1) {
      expect(await ask()).toMatchObject({
        code: "PLATFORM_DENIED",
        message:
          'Store "acme", POST /oauth/token: the token endpoint refused the client (HTTP 401); check credentials.clientId, clientSecret, scope and tokenUrl',
      });
      await pass(1_000);
    }
    expect(calls()).toBe(1);
    expect(credentials.isDenied).toBe(true);
    will(granted(1));
    await pass(10_001);
    expect(await ask()).toBe(token(1));
    expect(credentials.isDenied).toBe(false);
  });

  it("is not asked for while the endpoint is busy", async () => {
    const { ask, will, calls } = start(
      answer(429, "", { "retry-after": "20" }),
    );
    expect(await ask()).toMatchObject({ details: { retryAfterMs: 20_000 } });
    await pass(5_000);
    expect(await ask()).toMatchObject({
      code: "PLATFORM_THROTTLED",
      details: { retryAfterMs: 15_000 },
    });
    expect(calls()).toBe(1);
    will(granted(1));
    await pass(15_000);
    expect(await ask()).toBe(token(1));
  });

  it("heeds no jump of the machine's clock (X21)", async () => {
    const { ask, calls } = start();
    await ask();
    jest.setSystemTime(Date.now() + 3_600_000 * 3);
    expect(await ask()).toBe(token(1));
    jest.setSystemTime(Date.now() - 3_600_000 * 6);
    expect(await ask()).toBe(token(1));
    expect(calls()).toBe(1);
  });

  it("shares the endpoint's quota with other stores", async () => {
    const quota = createTokenQuota();
    for (let sent = 0; sent < 30; sent += 1) quota.take()();
    let sent = 0;
    const credentials = createCredentials({
      settings: {
        baseUrl: new URL("https://acme.commercelayer.io"),
        credentials: {
          clientId: "id",
          clientSecret: new Secret("secret"),
          tokenUrl: new URL("https://auth.commercelayer.io/oauth/token"),
        },
      },
      store: "acme",
      platform: "commerce-layer",
      send: () => {
        sent += 1;
        return Promise.resolve(granted(1));
      },
      quota,
    });
    const { signal } = new AbortController();
    await expect(credentials.accessToken(signal)).rejects.toMatchObject({
      code: "PLATFORM_THROTTLED",
    });
    expect(sent).toBe(0);
  });

  it("is thrown away when the API refuses it (A9)", async () => {
    const { credentials, ask, will, calls } = start();
    const headers = await credentials.headers(anyRequest);
    will(granted(2));
    const refusal = (code: string) =>
      answer(401, JSON.stringify({ errors: [{ code }] }));
    expect(credentials.hasExpired(refusal("UNAUTHORIZED"), headers)).toBe(
      false,
    );
    expect(await ask()).toBe(token(1));
    expect(credentials.hasExpired(refusal("INVALID_TOKEN"), headers)).toBe(
      true,
    );
    expect(await ask()).toBe(token(2));
    // One that was replaced meanwhile costs no further renewal.
    expect(credentials.hasExpired(refusal("INVALID_TOKEN"), headers)).toBe(
      true,
    );
    expect(await ask()).toBe(token(2));
    expect(calls()).toBe(2);
  });

  it("leaves nobody waiting who has left", async () => {
    const { credentials, will } = start();
    will("hang");
    const controller = new AbortController();
    const waiting = credentials.accessToken(controller.signal);
    const left = expect(waiting).rejects.toMatchObject({
      code: "PLATFORM_UNAVAILABLE",
      message: expect.stringContaining("the client has left") as string,
    });
    controller.abort(new TransportFailure("cancelled", "the client has left"));
    await left;
  });
});
