import { SlidingWindow } from "../../../src/http/quota/sliding-window";

let time = 0;
const now = () => time;

function createWindow(limit: number, share?: number) {
  time = 0;
  return new SlidingWindow({
    limit,
    windowMs: 10_000,
    ...(share === undefined ? {} : { share }),
    now,
  });
}

/** Sends as many as may be sent now, each answered at once. */
function sendAll(window: SlidingWindow): number {
  let sent = 0;
  for (; window.freeAt(0) <= time; sent += 1) window.take()();
  return sent;
}

describe("a sliding window", () => {
  it("lets its limit pass and no more", () => {
    const window = createWindow(25);
    expect(sendAll(window)).toBe(25);
    expect(window.freeAt(0)).toBe(10_000);
    time = 9_999;
    expect(sendAll(window)).toBe(0);
    time = 10_000;
    expect(sendAll(window)).toBe(25);
  });

  it("holds in every stretch, whenever it begins", () => {
    const window = createWindow(10);
    const sentAt: number[] = [];
    for (time = 0; time < 100_000; time += 137) {
      for (let wanted = 0; wanted < 3 && window.freeAt(0) <= time; wanted++) {
        window.take()();
        sentAt.push(time);
      }
    }
    for (const start of sentAt) {
      const inStretch = sentAt.filter(
        (at) => at >= start && at < start + 10_000,
      );
      expect(inStretch.length).toBeLessThanOrEqual(10);
    }
    // As many as there can be, less what the steps of the clock cost.
    expect(sentAt.length).toBeGreaterThan(90);
  });

  it("counts a request until a window after its answer", () => {
    const window = createWindow(1);
    const answered = window.take();
    time = 4_000;
    expect(window.freeAt(0)).toBeGreaterThan(time);
    answered();
    expect(window.freeAt(0)).toBe(14_000);
  });

  it("tells when those ahead will have gone", () => {
    const window = createWindow(2);
    window.take()();
    time = 3_000;
    window.take()();
    expect(window.freeAt(0)).toBe(10_000);
    expect(window.freeAt(1)).toBe(13_000);
    // Those come after such as are not even sent.
    expect(window.freeAt(2)).toBeGreaterThanOrEqual(13_000);
    expect(window.freeAt(100)).toBeGreaterThan(window.freeAt(2));
  });

  it("uses its share of the limit only", () => {
    expect(sendAll(createWindow(10, 0.5))).toBe(5);
    expect(sendAll(createWindow(10, 0.34))).toBe(3);
  });

  it("lets one pass however small its share", () => {
    expect(sendAll(createWindow(10, 0.01))).toBe(1);
  });

  it("heeds what others have used", () => {
    const window = createWindow(100);
    window.take()();
    window.tell(3);
    expect(sendAll(window)).toBe(3);
  });

  it("lets others leave evenly over a window", () => {
    const window = createWindow(10);
    window.take()();
    window.tell(0);
    // Nine of others, and one of ours, sent at 0.
    expect(window.freeAt(0)).toBeCloseTo(10_000 / 9);
    time = 5_000;
    expect(sendAll(window)).toBe(4);
    time = 20_000;
    expect(sendAll(window)).toBe(10);
  });

  it("believes the last that was told", () => {
    const window = createWindow(10);
    window.take()();
    window.tell(0);
    window.tell(9);
    expect(sendAll(window)).toBe(9);
  });

  it("counts what is under way twice rather than never", () => {
    const window = createWindow(10);
    const answered = [window.take(), window.take(), window.take()];
    answered[0]!();
    // The platform may have counted all three.
    window.tell(7);
    expect(sendAll(window)).toBe(5);
  });

  it("changes its size as the platform tells", () => {
    const window = createWindow(10);
    expect(sendAll(window)).toBe(10);
    window.resize(30, 10_000);
    expect(sendAll(window)).toBe(20);
    window.resize(0, 0);
    expect(window.freeAt(0)).toBeGreaterThan(time);
  });

  it("does not believe a window of a year", () => {
    const window = createWindow(1);
    window.resize(1, 365 * 86_400_000);
    window.take()();
    expect(window.freeAt(0)).toBe(3_600_000);
  });
});
