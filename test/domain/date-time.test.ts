import fc from "fast-check";
import { toDateTime } from "../../src/domain/date-time";

const instants = fc.date({
  min: new Date("1970-01-01T00:00:00.000Z"),
  max: new Date("2099-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

describe("toDateTime", () => {
  it.each<[string, string, string]>([
    ["ISO 8601", "2018-01-01T12:00:00.000Z", "2018-01-01T12:00:00.000Z"],
    [
      "ISO without fraction",
      "2018-01-01T12:00:00Z",
      "2018-01-01T12:00:00.000Z",
    ],
    [
      "ISO with offset",
      "2018-01-01T12:00:00+02:00",
      "2018-01-01T10:00:00.000Z",
    ],
    ["ISO in lower case", "2018-01-01t12:00:00z", "2018-01-01T12:00:00.000Z"],
    ["no zone", "2024-06-04 21:15:10", "2024-06-04T21:15:10.000Z"],
    [
      "a zone after a blank",
      "2024-06-04 21:15:10 +0000",
      "2024-06-04T21:15:10.000Z",
    ],
    [
      "an offset after a blank",
      "2024-06-04 21:15:10 -0530",
      "2024-06-05T02:45:10.000Z",
    ],
    ["UTC as a word", "2024-06-04 21:15:10 UTC", "2024-06-04T21:15:10.000Z"],
    ["RFC 2822", "Tue, 04 Jun 2024 21:15:10 +0000", "2024-06-04T21:15:10.000Z"],
    [
      "RFC 2822 with offset",
      "Tue, 4 Jun 2024 21:15:10 -0500",
      "2024-06-05T02:15:10.000Z",
    ],
    [
      "RFC 2822 in capitals",
      "TUE, 04 JUN 2024 21:15:10 GMT",
      "2024-06-04T21:15:10.000Z",
    ],
    [
      "RFC 2822 without weekday",
      "4 Jun 2024 21:15:10 GMT",
      "2024-06-04T21:15:10.000Z",
    ],
    ["a bare date", "2024-06-04", "2024-06-04T00:00:00.000Z"],
  ])("reads %s", (_, text, instant) => {
    expect(toDateTime(text)).toBe(instant);
  });

  it.each<[string, string]>([
    ["2024-06-04T00:30:00+01:00", "2024-06-03T23:30:00.000Z"],
    ["2024-12-31T23:30:00-01:00", "2025-01-01T00:30:00.000Z"],
    ["2024-06-04T00:00:00-00:00", "2024-06-04T00:00:00.000Z"],
    ["2024-06-04T00:00:00+14:00", "2024-06-03T10:00:00.000Z"],
    ["2024-06-04T00:00:00+05:45", "2024-06-03T18:15:00.000Z"],
  ])("carries %s over midnight to UTC", (text, instant) => {
    expect(toDateTime(text)).toBe(instant);
  });

  it.each<[string, string]>([
    ["2024-06-04T21:15:10.1Z", "2024-06-04T21:15:10.100Z"],
    ["2024-06-04T21:15:10.12Z", "2024-06-04T21:15:10.120Z"],
    ["2024-06-04T21:15:10.999999999Z", "2024-06-04T21:15:10.999Z"],
  ])("keeps milliseconds of %s, never rounding up", (text, instant) => {
    expect(toDateTime(text)).toBe(instant);
  });

  it.each(["2024-02-29", "2000-02-29", "1996-02-29"])(
    "accepts the leap day %s",
    (text) => {
      expect(toDateTime(text)).toBe(`${text}T00:00:00.000Z`);
    },
  );

  it.each([
    "2023-02-29",
    "1900-02-29",
    "2024-02-30",
    "2024-04-31",
    "2024-13-01",
    "2024-00-10",
    "2024-01-00",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "2024-02-30T12:00:00+02:00",
    "30 Feb 2024 12:00:00 GMT",
    "0 Jun 2024 12:00:00 GMT",
    "4 Foo 2024 12:00:00 GMT",
    "4 Juni 2024 12:00:00 GMT",
  ])("refuses %s: no calendar has it", (text) => {
    expect(toDateTime(text)).toBeNull();
  });

  it.each([
    "2024-06-04T24:00:00Z",
    "2024-06-04T23:60:00Z",
    "2024-06-04T23:59:60Z",
    "2024-06-04T12:00:00+24:00",
    "2024-06-04T12:00:00+01:60",
  ])("refuses %s: no clock shows it", (text) => {
    expect(toDateTime(text)).toBeNull();
  });

  it.each([
    "",
    " ",
    "now",
    "null",
    "Invalid Date",
    "1717535710",
    "2024",
    "2024-06",
    "24-06-04",
    "06/04/2024",
    "2024-6-4",
    "2024-W23-2",
    "2024-06-04T21:15",
    "2024-06-04T21:15:10.Z",
    "2024-06-04T21:15:10.1234567890Z",
    "2024-06-04T21:15:10+02",
    "2024-06-04T21:15:10 CEST",
    "2024-06-04T21:15:10Z\n",
    " 2024-06-04T21:15:10Z",
    "+012024-06-04T21:15:10Z",
    "-2024-06-04T21:15:10Z",
    "２０２４-06-04",
    "Tuesday, 04 Jun 2024 21:15:10 GMT",
    "Tue, 04 Jun 24 21:15:10 GMT",
    "4 Jun 2024 21:15:10",
    "4 Jun 2024 21:15:10 EST",
    `2024-06-04${" ".repeat(200_000)}`,
  ])("refuses a text in no known form", (text) => {
    expect(toDateTime(text)).toBeNull();
  });

  it.each(["0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"])(
    "refuses %s: RFC 3339 has four-digit years",
    (text) => {
      expect(toDateTime(text)).toBeNull();
    },
  );

  it("gives any instant back, however it was written", () => {
    const offsets = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });
    fc.assert(
      fc.property(instants, offsets, (instant, offset) => {
        const whole = new Date(Math.floor(instant.getTime() / 1e3) * 1e3);
        const local = new Date(whole.getTime() + offset * 60_000)
          .toISOString()
          .slice(0, 19);
        const minutes = Math.abs(offset);
        const hh = String(Math.floor(minutes / 60)).padStart(2, "0");
        const mm = String(minutes % 60).padStart(2, "0");
        const sign = offset < 0 ? "-" : "+";
        const expected = whole.toISOString();
        expect(toDateTime(`${local}${sign}${hh}:${mm}`)).toBe(expected);
        expect(toDateTime(`${local.replace("T", " ")} ${sign}${hh}${mm}`)).toBe(
          expected,
        );
        expect(toDateTime(whole.toUTCString())).toBe(expected);
        expect(toDateTime(instant.toISOString())).toBe(instant.toISOString());
      }),
    );
  });

  it("answers RFC 3339 in UTC, or null", () => {
    const digits = fc.stringMatching(
      /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/,
    );
    fc.assert(
      fc.property(digits, (text) => {
        const instant = toDateTime(text);
        if (instant === null) return;
        expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(new Date(instant).toISOString()).toBe(instant);
      }),
    );
  });
});
