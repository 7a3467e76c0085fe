import { Pause } from "../../../src/http/quota/pause";

let time = 0;
const now = () => time;

function createPause(random = 1) {
  time = 1_000;
  return new Pause({ now, random: () => random });
}

describe("a pause", () => {
  it("is none before a refusal", () => {
    const pause = createPause();
    expect(pause.current()).toBeUndefined();
    expect(pause.mostAtATime).toBe(Infinity);
    expect(pause.hasThrottled).toBe(false);
  });

  it("lasts as long as the platform told", () => {
    const pause = createPause();
    pause.throttle(5_000, 8);
    expect(pause.current()).toEqual({ until: 6_000 });
    time = 5_999;
    expect(pause.current()).toBeDefined();
    time = 6_000;
    expect(pause.current()).toBeUndefined();
    expect(pause.hasThrottled).toBe(true);
  });

  it("lasts a minute at the most", () => {
    const pause = createPause();
    pause.throttle(999_999_000, 8);
    expect(pause.current()?.until).toBe(61_000);
  });

  it("lasts a moment when told to last none", () => {
    const pause = createPause();
    pause.throttle(0, 8);
    expect(pause.current()?.until).toBe(1_100);
  });

  it("doubles its own time with every refusal", () => {
    const pause = createPause();
    const lengths = Array.from({ length: 9 }, () => {
      pause.throttle(null, 8);
      const { until } = pause.current()!;
      const length = until - time;
      time = until;
      return length;
    });
    expect(lengths).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it("spreads its own time by chance", () => {
    const pause = createPause(0.5);
    pause.throttle(null, 8);
    expect(pause.current()?.until).toBe(1_750);
  });

  it("counts answers that came together as one refusal", () => {
    const pause = createPause();
    for (let count = 0; count < 10; count += 1) pause.throttle(null, 8);
    expect(pause.current()?.until).toBe(2_000);
  });

  it("takes the longer of two waits that were told", () => {
    const pause = createPause();
    pause.throttle(2_000, 8);
    pause.throttle(7_000, 8);
    pause.throttle(3_000, 8);
    expect(pause.current()?.until).toBe(8_000);
  });

  it("begins anew after a success", () => {
    const pause = createPause();
    pause.throttle(null, 8);
    time = 2_000;
    pause.throttle(null, 8);
    time = 4_000;
    pause.settle();
    pause.throttle(null, 8);
    expect(pause.current()?.until).toBe(5_000);
  });

  it("is not ended by what was under way before", () => {
    const pause = createPause();
    pause.throttle(5_000, 8);
    pause.settle();
    expect(pause.current()).toBeDefined();
    expect(pause.mostAtATime).toBe(1);
  });

  it("lets requests go one by one until one is answered", () => {
    const pause = createPause();
    pause.throttle(1_000, 8);
    time = 2_000;
    expect(pause.current()).toBeUndefined();
    expect(pause.mostAtATime).toBe(1);
    pause.settle();
    expect(pause.mostAtATime).toBe(4);
  });

  it("lets half as many go at a time, and slowly more", () => {
    const pause = createPause();
    pause.throttle(1_000, 8);
    time = 2_000;
    // The first of them is the one that tried.
    for (let answered = 0; answered < 5; answered += 1) pause.settle();
    expect(pause.mostAtATime).toBe(4);
    pause.settle();
    expect(pause.mostAtATime).toBe(5);
    for (let answered = 0; answered < 100; answered += 1) pause.settle();
    expect(pause.mostAtATime).toBeGreaterThan(10);
    pause.throttle(1_000, 2);
    time = 4_000;
    pause.settle();
    expect(pause.mostAtATime).toBe(1);
  });
});
