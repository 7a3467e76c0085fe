import { createSharedState } from "../../src/platforms/shared-state";

describe("what stores have in common", () => {
  it("is made once for each key", () => {
    const shared = createSharedState();
    const one = shared("a", () => ({}));
    expect(shared("a", () => ({}))).toBe(one);
    expect(shared("b", () => ({}))).not.toBe(one);
  });

  it("may be nothing, and is made once all the same", () => {
    const shared = createSharedState();
    let made = 0;
    for (let asked = 0; asked < 3; asked += 1) {
      shared("a", () => {
        made += 1;
      });
    }
    expect(made).toBe(1);
  });

  it("belongs to one process's server alone", () => {
    const [one, two] = [createSharedState(), createSharedState()];
    expect(one("a", () => 1)).toBe(1);
    expect(two("a", () => 2)).toBe(2);
  });
});
