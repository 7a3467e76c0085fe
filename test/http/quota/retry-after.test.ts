import {
  clampWait,
  countHeader,
  readRetryAfter,
} from "../../../src/http/quota/retry-after";
import { answer } from "../support";

const now = Date.parse("2026-03-01T12:00:00Z");

beforeEach(() => {
  jest.useFakeTimers({ now });
});

afterEach(() => {
  jest.useRealTimers();
});

function read(value: string, headers: Readonly<Record<string, string>> = {}) {
  return readRetryAfter(answer(429, "", { "retry-after": value, ...headers }));
}

describe("readRetryAfter", () => {
  it.each([
    ["0", 0],
    ["1", 1_000],
    [" 7 ", 7_000],
    ["60", 60_000],
    ["999999", 60_000],
    ["999999999999", 60_000],
  ])("reads %j seconds, a minute at the most", (text, ms) => {
    expect(read(text)).toBe(ms);
  });

  it.each([
    ["Sun, 01 Mar 2026 12:00:05 GMT", 5_000],
    ["Sun, 01 Mar 2026 11:59:00 GMT", 0],
    ["Thu, 01 Jan 2099 00:00:00 GMT", 60_000],
  ])("reads the date %s", (text, ms) => {
    expect(read(text)).toBe(ms);
  });

  it("compares a date with the answer's own", () => {
    // Our clock is an hour ahead of the platform's.
    const date = "Sun, 01 Mar 2026 11:00:00 GMT";
    expect(read("Sun, 01 Mar 2026 11:00:07 GMT", { date })).toBe(7_000);
  });

  it("trusts its own clock beside an odd date", () => {
    const date = "yesterday";
    expect(read("Sun, 01 Mar 2026 12:00:07 GMT", { date })).toBe(7_000);
  });

  it.each([
    ...["", " ", "-1", "1.5", "1e3", "soon", "1, 2", "9".repeat(13)],
    ...["2026-03-01", "Sun, 31 Feb", "Sun, 41 Abc 2026 12:00:00 GMT"],
    "Sunday, 01-Mar-26 12:00:05 GMT",
  ])("takes %j for nothing told", (text) => {
    expect(read(text)).toBeNull();
  });

  it("takes an absent header for nothing told", () => {
    expect(readRetryAfter(answer(429))).toBeNull();
  });

  it("reads a header of another name", () => {
    const response = answer(429, "", { "x-retry-after": "3" });
    expect(readRetryAfter(response, "x-retry-after")).toBe(3_000);
    expect(readRetryAfter(response)).toBeNull();
  });
});

describe("clampWait", () => {
  it.each([
    [-5, 0],
    [0, 0],
    [59_999, 59_999],
    [60_001, 60_000],
    [Infinity, 60_000],
  ])("makes %d ms %d ms", (ms, clamped) => {
    expect(clampWait(ms)).toBe(clamped);
  });
});

describe("countHeader", () => {
  it.each([
    ["0", 0],
    ["150", 150],
    [" 7 ", 7],
    ["999999999999", 999_999_999_999],
  ])("reads %j", (text, count) => {
    expect(countHeader(answer(200, "", { a: text }), "a")).toBe(count);
  });

  it.each(["", " ", "-1", "1.5", "1e3", "0x10", "NaN", "1, 2", "9".repeat(13)])(
    "takes %j for nothing told",
    (text) => {
      expect(countHeader(answer(200, "", { a: text }), "a")).toBeNull();
      expect(countHeader(answer(200, "", { b: text }), "a")).toBeNull();
    },
  );
});
