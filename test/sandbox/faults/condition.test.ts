import type { FaultLimits } from "../../../src/sandbox/faults/condition";
import type { Fault } from "../../../src/sandbox/faults/fault";
import { type PlainRoom, startPlainRoom } from "../plain-room";

// Bounds against hangs alone: a busy machine takes its time.
jest.setTimeout(60_000);

describe("when faults count", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  const statusOf = async (path = "/") =>
    (await fetch(room.origin + path)).status;
  const statuses = async (count: number) => {
    const found: number[] = [];
    for (let n = 0; n < count; n++) found.push(await statusOf());
    return found;
  };

  it.each<[FaultLimits["when"], string, string]>([
    [{ pathPattern: "^/a/\\d+$" }, "/a/12", "/a/b"],
    [
      { queryPattern: { "filter[id]": "(^|,)7(,|$)" } },
      "/?filter[id]=1,7",
      "/?filter[id]=17",
    ],
    [{ queryPattern: { page: "." } }, "/?page=2", "/?pages=2"],
    [{ query: { page: "2" }, kind: "api" }, "/?page=2", "/token?page=2"],
  ])("spoils requests of %j alone", async (when, hit, miss) => {
    const fault = room.faults.add({ ...(when ? { when } : {}), status: 500 });
    expect([await statusOf(hit), await statusOf(miss)]).toEqual([500, 200]);
    expect(fault.hits).toBe(1);
  });

  it("rolls the same dice for the same seed", async () => {
    const rolled = async (seed: number) => {
      const fault = room.faults.add({ status: 500, probability: 0.3, seed });
      const found = await statuses(60);
      expect(fault.hits).toBe(found.filter((status) => status === 500).length);
      fault.remove();
      return found;
    };
    const first = await rolled(1);
    expect(await rolled(1)).toEqual(first);
    expect(await rolled(2)).not.toEqual(first);
    const hits = first.filter((status) => status === 500).length;
    expect(hits).toBeGreaterThan(6);
    expect(hits).toBeLessThan(36);
  });

  it.each([
    [0, [200, 200, 200]],
    [1, [500, 500, 500]],
  ])("knows the probability %i for certain", async (probability, expected) => {
    room.faults.add({ status: 500, probability });
    expect(await statuses(3)).toEqual(expected);
  });

  it("lets the next fault have what dice spare", async () => {
    room.faults.add({ status: 500, probability: 0.5 });
    room.faults.add({ status: 503 });
    const found = await statuses(20);
    expect(new Set(found)).toEqual(new Set([500, 503]));
  });

  it("spoils only what is above a rate", async () => {
    room.faults.add({
      status: 429,
      above: { requests: 3, perMs: 60_000 },
    });
    expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
  });

  it("lets requests pass again as time goes by", async () => {
    room.faults.add({ status: 429, above: { requests: 2, perMs: 150 } });
    expect(await statuses(2)).toEqual([200, 200]);
    let refusals = 0;
    while ((await statusOf()) === 429) refusals++;
    expect(refusals).toBeGreaterThan(0);
  });

  it("ends by itself when its time is over", async () => {
    const fault = room.faults.add({ status: 500, forMs: 200 });
    expect(await statusOf()).toBe(500);
    let status = 500;
    while (status === 500) status = await statusOf();
    expect(status).toBe(200);
    expect(room.faults.list()).toEqual([]);
    expect(fault.hits).toBeGreaterThan(0);
  });

  it("combines all limits in one fault", async () => {
    const fault = room.faults.add({
      when: { path: "/" },
      status: 500,
      after: 2,
      probability: 1,
      times: 2,
      forMs: 60_000,
    });
    expect(await statusOf("/other")).toBe(200);
    expect(await statuses(6)).toEqual([200, 200, 500, 500, 200, 200]);
    expect(fault.hits).toBe(2);
  });

  it("delays by a jitter that a seed repeats", () => {
    const delays = (seed: number) => {
      const fault = room.faults.add({ delayMs: 10, jitterMs: 1_000, seed });
      const found: number[] = [];
      for (let n = 0; n < 8; n++)
        found.push(
          room.faults.plan({ method: "GET", path: "/", query: [], kind: "api" })
            .delayMs,
        );
      fault.remove();
      return found;
    };
    const first = delays(1);
    expect(delays(1)).toEqual(first);
    expect(delays(2)).not.toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(4);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...first)).toBeLessThanOrEqual(1_010);
  });

  it.each<[unknown, RegExp]>([
    [null, /^a fault must be an object$/],
    [[{ status: 500 }], /^a fault must be an object$/],
    [{}, /^no fault is named: one of status, /],
    [{ times: 1 }, /^no fault is named/],
    [
      { status: 500, hang: true },
      /^status and hang are two faults: add them one by one$/,
    ],
    [
      { status: 600 },
      /^status must be a whole number, at least 200 and at most 599$/,
    ],
    [
      { status: 500, time: 1 },
      /^has no time; known: status, headers, body, .*forMs$/,
    ],
    [
      { status: 500, body: 1, bodyBase64: "AA==" },
      /^has both body and bodyBase64$/,
    ],
    [{ status: 500, bodyBase64: "§" }, /^bodyBase64 must be base64$/],
    [
      { status: 500, headers: { "a b": "c" } },
      /^headers.*is no name of a header/,
    ],
    [
      { status: 500, headers: { a: "b\nc" } },
      /^headers\.a must be a text that a header can carry$/,
    ],
    [
      { redirect: { status: 302, location: "a\r\nb" } },
      /^redirect\.location must be a text that a header/,
    ],
    [
      { redirect: { status: 200, location: "/" } },
      /^redirect\.status must be .* 300 and at most 399$/,
    ],
    [{ hang: false }, /^hang must be true; leave it out/],
    [{ reset: "now" }, /^reset must be one of before-headers, mid-body$/],
    [{ shape: "square" }, /^shape must be one of empty, html, /],
    [
      { gzipBomb: { decodedBytes: 1 } },
      /^gzipBomb\.decodedBytes must be a whole number, at least 1000/,
    ],
    [{ set: { at: "data", value: 1 } }, /^set\.at must be a JSON pointer$/],
    [{ set: { at: "/data" } }, /^set must have one of value, json and remove$/],
    [{ set: { at: "/a", value: 1, json: "1" } }, /^set must have one of/],
    [{ totals: [] }, /^totals must be a number, a text/],
    [{ links: {} }, /^links\.to must be there$/],
    [{ instead: { path: "x" } }, /^instead\.path must begin with \/$/],
    [{ transform: "x" }, /^transform must be a function/],
    [
      { status: 500, probability: 2 },
      /^probability must be a number from 0 to 1$/,
    ],
    [
      { status: 500, when: { method: "get" } },
      /^when\.method must be a method in upper case$/,
    ],
    [
      { status: 500, when: { paths: "/" } },
      /^when has no paths; known: method, path, /,
    ],
    [
      { status: 500, when: { path: "/", pathPattern: "/" } },
      /^when has both path and pathPattern$/,
    ],
    [
      { status: 500, when: { queryPattern: { a: "(" } } },
      /^when\.queryPattern\.a must be a regular expression$/,
    ],
    [
      { status: 500, when: { kind: "page" } },
      /^when\.kind must be one of api, token$/,
    ],
    [{ refuse: true, times: 1 }, /^has no times; known: refuse, forMs$/],
    [{ rows: "shuffled" }, /^this room does not say where its rows are$/],
    [{ totals: -1 }, /^this room does not say where its rows are$/],
    [{ paging: "stuck" }, /^this room does not say where its rows are$/],
  ])("refuses %j and says why", (fault, message) => {
    expect(() => room.faults.add(fault as Fault)).toThrow(RangeError);
    expect(() => room.faults.add(fault as Fault)).toThrow(message);
    expect(room.faults.list()).toEqual([]);
  });
});
