import { createBatch } from "../../src/loaders/batch";
import type { BatchQuestion } from "../../src/platforms/platform";

/** Answers `answer to <key>`, and keeps what it was asked. */
function question(overrides: Partial<BatchQuestion<string>> = {}) {
  const asked: (readonly string[])[] = [];
  const answers = (keys: readonly string[]) =>
    new Map(keys.map((key) => [key, `answer to ${key}`]));
  const full: BatchQuestion<string> = {
    maxSize: 3,
    foreignAnswer: (key) => new Error(`no answer to ${key}`),
    ...overrides,
    get: (keys) => {
      asked.push([...keys]);
      return overrides.get?.(keys) ?? Promise.resolve(answers(keys));
    },
  };
  return { asked, batch: createBatch(full, "acme") };
}

describe("createBatch", () => {
  it("asks once for keys of one turn", async () => {
    const { asked, batch } = question();
    await expect(
      Promise.all([batch.load("b"), batch.load("a")]),
    ).resolves.toEqual(["answer to b", "answer to a"]);
    expect(asked).toEqual([["b", "a"]]);
  });

  it("shares a call with keys asked after promises", async () => {
    const { asked, batch } = question();
    await Promise.all([
      batch.load("a"),
      Promise.resolve().then(() => batch.load("b")),
    ]);
    expect(asked).toEqual([["a", "b"]]);
  });

  it("asks again in a later turn", async () => {
    const { asked, batch } = question();
    await batch.load("a");
    await batch.load("b");
    expect(asked).toEqual([["a"], ["b"]]);
  });

  it("cuts a turn's keys at the largest call", async () => {
    const { asked, batch } = question();
    const keys = ["a", "b", "c", "d", "e", "f", "g"];
    const answers = await Promise.all(keys.map(async (key) => batch.load(key)));
    expect(answers).toEqual(keys.map((key) => `answer to ${key}`));
    expect(asked).toEqual([["a", "b", "c"], ["d", "e", "f"], ["g"]]);
  });

  it("asks for a key once per operation", async () => {
    const { asked, batch } = question();
    await Promise.all([batch.load("a"), batch.load("a")]);
    await batch.load("a");
    expect(asked).toEqual([["a"]]);
  });

  it("keeps an absence as it keeps answers", async () => {
    const { asked, batch } = question({
      get: () => Promise.resolve(new Map()),
    });
    await expect(Promise.resolve(batch.load("a"))).resolves.toBeNull();
    await expect(Promise.resolve(batch.load("a"))).resolves.toBeNull();
    expect(asked).toEqual([["a"]]);
  });

  it("never asks for what came otherwise", async () => {
    const { asked, batch } = question();
    batch.prime("a", "primed");
    await expect(
      Promise.all([batch.load("a"), batch.load("b")]),
    ).resolves.toEqual(["primed", "answer to b"]);
    expect(asked).toEqual([["b"]]);
  });

  it("keeps a known answer against a later one", async () => {
    const { batch } = question();
    batch.prime("a", "first");
    batch.prime("a", "second");
    await batch.load("b");
    batch.prime("b", "late");
    await expect(Promise.resolve(batch.load("a"))).resolves.toBe("first");
    await expect(Promise.resolve(batch.load("b"))).resolves.toBe("answer to b");
  });

  it("rejects with a primed error, when asked", async () => {
    const { asked, batch } = question();
    const error = new Error("unreadable");
    batch.prime("a", error);
    await new Promise(setImmediate);
    await expect(batch.load("a")).rejects.toBe(error);
    expect(asked).toEqual([]);
  });

  it("rejects each key with its own error", async () => {
    const error = new Error("only b");
    const { batch } = question({
      get: () =>
        Promise.resolve(
          new Map<string, string | Error>([
            ["b", error],
            ["a", "one"],
          ]),
        ),
    });
    const results = await Promise.allSettled(
      ["a", "b", "c"].map(async (key) => batch.load(key)),
    );
    expect(results).toEqual([
      { status: "fulfilled", value: "one" },
      { status: "rejected", reason: error },
      { status: "fulfilled", value: null },
    ]);
  });

  it("rejects unanswered keys among foreign answers", async () => {
    const { batch } = question({
      get: () => Promise.resolve(new Map([["x", "other"]])),
    });
    await expect(batch.load("a")).rejects.toThrow("no answer to a");
  });

  it.each<[string, () => Promise<never>]>([
    ["rejects", () => Promise.reject(new Error("down"))],
    [
      "throws",
      () => {
        throw new Error("down");
      },
    ],
  ])("fails all keys of a call that %s", async (_, get) => {
    const { asked, batch } = question({ get });
    const results = await Promise.allSettled(
      ["a", "b"].map(async (key) => batch.load(key)),
    );
    expect(results.map((result) => result.status)).toEqual([
      "rejected",
      "rejected",
    ]);
    await expect(batch.load("a")).rejects.toThrow("down");
    expect(asked).toEqual([["a", "b"]]);
  });

  it("lets the other calls of a turn stand", async () => {
    const { batch } = question({
      maxSize: 1,
      get: ([key]) =>
        key === "a"
          ? Promise.reject(new Error("down"))
          : Promise.resolve(new Map([[key ?? "", "fine"]])),
    });
    const results = await Promise.allSettled([
      batch.load("a"),
      batch.load("b"),
    ]);
    expect(results.map((result) => result.status)).toEqual([
      "rejected",
      "fulfilled",
    ]);
  });

  it("shares nothing with another operation's batch", async () => {
    const [one, two] = [question(), question()];
    one.batch.prime("a", "primed");
    await expect(two.batch.load("a")).resolves.toBe("answer to a");
  });
});
