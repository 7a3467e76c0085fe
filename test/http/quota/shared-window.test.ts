import { SharedWindow } from "../../../src/http/quota/shared-window";

let time = 0;
const now = () => time;

function createWindow(limit: number, share?: number) {
  time = 0;
  return new SharedWindow({
    limit,
    windowMs: 30_000,
    ...(share === undefined ? {} : { share }),
    now,
  });
}

function sendAll(window: SharedWindow): number {
  let sent = 0;
  for (; window.freeAt(0) <= time; sent += 1) window.take()();
  return sent;
}

describe("a shared window", () => {
  it("lets the assumed limit pass before it is told", () => {
    const window = createWindow(150);
    expect(sendAll(window)).toBe(150);
    expect(window.freeAt(0)).toBe(30_000);
  });

  it("begins with its first use", () => {
    const window = createWindow(2);
    time = 10_000;
    expect(sendAll(window)).toBe(2);
    expect(window.freeAt(0)).toBe(40_000);
    time = 40_000;
    expect(sendAll(window)).toBe(2);
  });

  it("believes what is told against its own count", () => {
    const window = createWindow(150);
    window.take()();
    window.tell({ limit: 150, left: 2, windowMs: 30_000, resetMs: 7_000 });
    expect(sendAll(window)).toBe(2);
    expect(window.freeAt(0)).toBe(7_000);
    time = 7_000;
    expect(sendAll(window)).toBe(150);
  });

  it("takes a larger plan as it is told", () => {
    const window = createWindow(150);
    window.take()();
    window.tell({ limit: 450, left: 449, windowMs: 30_000, resetMs: 30_000 });
    expect(sendAll(window)).toBe(449);
  });

  it("waits for the end of a window that others drained", () => {
    const window = createWindow(150);
    window.take()();
    window.tell({ limit: 150, left: 0, windowMs: 30_000, resetMs: 1_234 });
    expect(window.freeAt(0)).toBe(1_234);
    expect(window.freeAt(149)).toBe(1_234);
    expect(window.freeAt(150)).toBe(31_234);
  });

  it("uses its share of each window only", () => {
    const window = createWindow(100, 0.25);
    expect(sendAll(window)).toBe(25);
    window.tell({ limit: 100, left: 75, windowMs: 30_000, resetMs: 5_000 });
    expect(sendAll(window)).toBe(0);
    time = 5_000;
    expect(sendAll(window)).toBe(25);
  });

  it("counts what is under way twice rather than never", () => {
    const window = createWindow(10);
    const answered = [window.take(), window.take(), window.take()];
    answered[0]!();
    window.tell({ limit: 10, left: 9, windowMs: 30_000, resetMs: 30_000 });
    expect(sendAll(window)).toBe(7);
  });

  it("counts what is under way in the next window", () => {
    const window = createWindow(10);
    window.take();
    window.take();
    time = 30_000;
    expect(sendAll(window)).toBe(8);
  });

  it("finds an end when nothing is ever answered", () => {
    const window = createWindow(1);
    window.take();
    time = 30_000;
    expect(window.freeAt(0)).toBe(60_000);
    time = 60_000;
    expect(window.freeAt(0)).toBe(90_000);
  });

  it("keeps its own end when none is told", () => {
    const window = createWindow(10);
    window.take()();
    window.tell({ limit: 10, left: 0, windowMs: null, resetMs: null });
    expect(window.freeAt(0)).toBe(30_000);
  });

  it("does not believe an end in a year", () => {
    const window = createWindow(10);
    window.take()();
    window.tell({
      limit: 0,
      left: 0,
      windowMs: 999_999_999_999,
      resetMs: 999_999_999_999,
    });
    expect(window.freeAt(0)).toBe(60_000);
  });
});
