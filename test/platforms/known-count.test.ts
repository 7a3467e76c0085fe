import { KnownCount } from "../../src/platforms/known-count";

describe("KnownCount", () => {
  it("knows nothing before it was told", () => {
    expect(new KnownCount().atMost()).toBeNull();
  });

  it.each([
    [0, 10],
    [63, 79.3],
    [1_000, 1_110],
  ])("leaves room for %i to grow", (count, atMost) => {
    const known = new KnownCount();
    known.note(count);
    expect(known.atMost()).toBeCloseTo(atMost);
  });

  it("goes by what was told last", () => {
    const known = new KnownCount();
    known.note(500);
    known.note(100);
    expect(known.atMost()).toBeCloseTo(120);
  });

  it("forgets after an hour", () => {
    let now = 5_000_000;
    const known = new KnownCount(() => now);
    known.note(10);
    now += 3_599_999;
    expect(known.atMost()).not.toBeNull();
    now += 1;
    expect(known.atMost()).toBeNull();
    known.note(10);
    expect(known.atMost()).not.toBeNull();
  });
});
