import { Random } from "../../src/sandbox/random";

const draw = (random: Random) =>
  Array.from({ length: 50 }, () => random.next());

describe("random numbers of the sandbox", () => {
  it("repeats the numbers of an equal seed", () => {
    expect(draw(new Random(7))).toEqual(draw(new Random(7)));
  });

  it("gives other numbers for another seed", () => {
    expect(draw(new Random(7))).not.toEqual(draw(new Random(8)));
  });

  it("keeps a fork independent of its parent", () => {
    const used = new Random(7);
    draw(used);
    expect(draw(used.fork("names"))).toEqual(draw(new Random(7, "names")));
    expect(draw(used.fork("names"))).not.toEqual(draw(used.fork("dates")));
  });

  it("stays within zero and one", () => {
    for (const number of draw(new Random(1))) {
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }
  });

  it("draws both ends of a range", () => {
    const random = new Random(3);
    const drawn = new Set(Array.from({ length: 200 }, () => random.int(2, 5)));
    expect([...drawn].sort()).toEqual([2, 3, 4, 5]);
  });

  it("shuffles a copy without losing items", () => {
    const items = Array.from({ length: 30 }, (_, n) => n);
    const shuffled = new Random(3).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });

  it("refuses to pick from nothing", () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });

  it("respects the ends of a probability", () => {
    const random = new Random(1);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });
});
