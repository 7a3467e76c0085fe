import fc from "fast-check";
import { align } from "../../src/loaders/align";

const question = {
  foreignAnswer: (key: string) => new Error(`no answer to ${key}`),
};

function aligned(keys: readonly string[], answers: [string, unknown][]) {
  return align(keys, new Map(answers), question);
}

describe("align", () => {
  it("puts shuffled answers in the keys' order", () => {
    const pairs = fc
      .uniqueArray(fc.string(), { minLength: 1, maxLength: 20 })
      .chain((keys) =>
        fc.record({
          keys: fc.constant(keys),
          shuffled: fc.shuffledSubarray(keys),
        }),
      );
    fc.assert(
      fc.property(pairs, ({ keys, shuffled }) => {
        const answers = shuffled.map((key): [string, unknown] => [
          key,
          `answer to ${key}`,
        ]);
        expect(aligned(keys, answers)).toEqual(
          keys.map((key) =>
            shuffled.includes(key) ? `answer to ${key}` : null,
          ),
        );
      }),
    );
  });

  it("gives null for a key without answer", () => {
    expect(aligned(["a", "b"], [["b", 2]])).toEqual([null, 2]);
    expect(aligned(["a"], [])).toEqual([null]);
  });

  it("keeps an error with its own key", () => {
    const error = new Error("only b");
    const answers = aligned(
      ["a", "b", "c"],
      [
        ["c", 3],
        ["b", error],
        ["a", 1],
      ],
    );
    expect(answers).toEqual([1, error, 3]);
    expect(answers[1]).toBe(error);
  });

  it("distrusts absence among foreign answers", () => {
    expect(
      aligned(
        ["a", "b"],
        [
          ["x", 9],
          ["b", 2],
        ],
      ),
    ).toEqual([new Error("no answer to a"), 2]);
  });

  it("calls a foreign error foreign too", () => {
    expect(aligned(["a"], [["x", new Error("of x")]])).toEqual([
      new Error("no answer to a"),
    ]);
  });

  it("never takes a foreign answer for another", () => {
    expect(aligned(["1"], [["01", "other"]])).toEqual([
      new Error("no answer to 1"),
    ]);
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["false", false],
    ["zero", 0],
    ["an empty text", ""],
  ])("keeps %s as the answer it is", (_, value) => {
    expect(
      aligned(
        ["a"],
        [
          ["a", value],
          ["x", 1],
        ],
      ),
    ).toEqual([value]);
  });

  it.each(["__proto__", "constructor", "toString", ""])(
    "has no answer of its own for %j",
    (key) => {
      expect(aligned([key], [])).toEqual([null]);
    },
  );

  it("answers every key once and only keys", () => {
    expect(aligned([], [["x", 1]])).toEqual([]);
  });
});
