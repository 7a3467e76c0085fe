import {
  type KeyFetchOutcome,
  KeyRefresh,
  keyCooldownMs,
  maxKeyAgeMs,
} from "../../src/server/key-refresh";

describe("an issuer's keys", () => {
  let clock = 1_000;
  let fetches = 0;
  let outcome: KeyFetchOutcome = "ok";
  let keys: KeyRefresh;

  beforeEach(() => {
    fetches = 0;
    outcome = "ok";
    keys = new KeyRefresh({
      fetch: () => {
        fetches += 1;
        return Promise.resolve(outcome);
      },
      maxWaiting: 10,
      now: () => clock,
    });
  });

  it("are fetched when first needed, and when they are too old", async () => {
    for (const afterMs of [0, maxKeyAgeMs - 1, 1]) {
      clock += afterMs;
      await keys.ensure();
    }
    expect(fetches).toBe(2);
    expect(keys.version).toBe(2);
  });

  it("are not fetched again for who has not seen the last ones", async () => {
    const seen = keys.version;
    await keys.ensure();
    expect(await keys.renew(seen)).toBe(true);
    expect(await keys.renew(keys.version)).toBe(false);
    expect(fetches).toBe(1);
  });

  it("stay as they are when newer ones cannot be fetched", async () => {
    await keys.ensure();
    clock += keyCooldownMs;
    outcome = "unreachable";
    await expect(keys.renew(keys.version)).rejects.toMatchObject({
      status: 503,
    });
    expect(keys.version).toBe(1);
    await keys.ensure();
    expect(fetches).toBe(2);
  });
});
