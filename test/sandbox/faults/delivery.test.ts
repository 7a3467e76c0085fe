import { gunzipSync } from "node:zlib";
import {
  type FramingFault,
  framings,
} from "../../../src/sandbox/faults/delivery";
import { plainBody, type PlainRoom, startPlainRoom } from "../plain-room";
import { askWire, type WireAnswer } from "../wire";

const honest = Buffer.from(JSON.stringify(plainBody));

// Bounds against hangs alone: a busy machine takes its time.
jest.setTimeout(60_000);

describe("faults of delivery", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  const observed: Readonly<
    Record<FramingFault["framing"], (answer: WireAnswer) => void>
  > = {
    "content-length-too-large": ({ header, body }) => {
      expect(header("content-length")).toEqual([String(honest.length + 10)]);
      expect(body).toEqual(honest);
    },
    "content-length-too-small": ({ header, body }) => {
      expect(header("content-length")).toEqual([String(honest.length - 10)]);
      expect(body).toEqual(honest);
    },
    "second-response": ({ header, body }) => {
      expect(header("content-length")).toEqual([String(honest.length)]);
      expect(body.subarray(0, honest.length)).toEqual(honest);
      expect(body.subarray(honest.length).toString()).toMatch(
        /^HTTP\/1\.1 200 OK\r\n(.+\r\n)+\r\n\{"poisoned":true\}$/,
      );
    },
    "two-content-lengths": ({ header, body }) => {
      expect(header("content-length")).toEqual([
        String(honest.length),
        String(honest.length + 10),
      ]);
      expect(body).toEqual(honest);
    },
    "content-length-and-chunked": ({ header, body }) => {
      expect(header("content-length")).toEqual([String(honest.length)]);
      expect(header("transfer-encoding")).toEqual(["chunked"]);
      expect(body.toString()).toBe(chunked(honest) + "0\r\n\r\n");
    },
    "chunked-cut": ({ header, body }) => {
      expect(header("transfer-encoding")).toEqual(["chunked"]);
      expect(chunked(honest).startsWith(body.toString())).toBe(true);
      expect(body.length).toBeLessThan(honest.length);
    },
    "chunked-unfinished": ({ header, body }) => {
      expect(header("transfer-encoding")).toEqual(["chunked"]);
      expect(body.toString()).toBe(chunked(honest));
    },
    "chunked-garbage": ({ header, body }) => {
      expect(header("transfer-encoding")).toEqual(["chunked"]);
      expect(body.toString()).toMatch(/^not a size\r\n/);
    },
    "without-length": ({ header, body }) => {
      expect(header("content-length")).toEqual([]);
      expect(header("transfer-encoding")).toEqual([]);
      expect(body).toEqual(honest);
    },
  };

  it.each(framings)("sends the framing %s", async (framing) => {
    room.faults.add({ framing });
    const answer = await askWire(room.origin);
    expect(answer.status).toBe(200);
    expect(answer.header("x-plain")).toEqual(["yes"]);
    expect(answer.isEnded).toBe(true);
    expect(answer.code).toBeUndefined();
    observed[framing](answer);
    expect(room.journal.entries()).toMatchObject([{ status: 200 }]);
  });

  // The client of Node itself is the measure of what is wrong.
  it.each(framings.filter((framing) => framing !== "without-length"))(
    "sends what a strict client refuses or cuts: %s",
    async (framing) => {
      room.faults.add({ framing });
      const text = await fetch(room.origin).then(
        (answer) => answer.text().catch(() => undefined),
        () => undefined,
      );
      if (framing === "second-response") expect(text).toBe(honest.toString());
      else if (framing === "content-length-too-small")
        expect(text).toBe(honest.subarray(0, -10).toString());
      else expect(text).toBeUndefined();
    },
  );

  it.each(["second-response", "content-length-too-small"] as const)(
    "keeps the connection open after %s",
    async (framing) => {
      room.faults.add({ framing });
      const answer = await askWire(room.origin, {
        close: false,
        patienceMs: 300,
      });
      expect(answer.isEnded).toBe(false);
      observed[framing](answer);
    },
  );

  it("frames compressed bytes wrongly too", async () => {
    const long = await startPlainRoom(() => ({
      status: 200,
      headers: {},
      body: { text: "long ".repeat(1000) },
    }));
    long.faults.add({ framing: "without-length" });
    const answer = await askWire(long.origin, {
      headers: { "accept-encoding": "gzip" },
    });
    expect(answer.header("content-encoding")).toEqual(["gzip"]);
    expect(gunzipSync(answer.body).toString()).toContain("long long");
    await long.close();
  });

  it.each([
    ["after-headers" as const, 0],
    ["mid-body" as const, Math.floor(honest.length / 2)],
    ["before-end" as const, honest.length - 1],
  ])("stalls %s and stays connected", async (stall, bytes) => {
    room.faults.add({ stall });
    const answer = await askWire(room.origin, { patienceMs: 300 });
    expect(answer.status).toBe(200);
    expect(answer.header("content-length")).toEqual([String(honest.length)]);
    expect(answer.body).toEqual(honest.subarray(0, bytes));
    expect(answer.isEnded).toBe(false);
    expect(room.journal.entries()).toMatchObject([{ bytes }]);
  });

  it("sends every byte on its own", async () => {
    room.faults.add({ drip: { bytes: 1, everyMs: 0 } });
    const answer = await askWire(room.origin);
    expect(answer.body).toEqual(honest);
    expect(answer.pieces).toBeGreaterThan(5);
  });

  it("pauses between the pieces that drip", async () => {
    room.faults.add({ drip: { bytes: 20, everyMs: 30 } });
    const answer = await askWire(room.origin);
    const pauses = Math.ceil(honest.length / 20);
    expect(answer.body).toEqual(honest);
    expect(answer.elapsedMs).toBeGreaterThanOrEqual(pauses * 30 - 5 * pauses);
  });

  it("sends no faster than the bandwidth", async () => {
    room.faults.add({ bytesPerSecond: 200 });
    const answer = await askWire(room.origin);
    expect(answer.body).toEqual(honest);
    expect(answer.elapsedMs).toBeGreaterThanOrEqual(honest.length * 5 * 0.9);
  });

  it("drips slower than a byte a slice", async () => {
    room.faults.add({ bytesPerSecond: 5 });
    const answer = await askWire(room.origin, { patienceMs: 500 });
    expect(answer.body.length).toBeGreaterThanOrEqual(1);
    expect(answer.body.length).toBeLessThanOrEqual(3);
  });

  it("stops dripping when the client goes", async () => {
    room.faults.add({ drip: { bytes: 1, everyMs: 20 } });
    await askWire(room.origin, { patienceMs: 150 });
    while (room.journal.sockets.open > 0)
      await new Promise((resolve) => setImmediate(resolve));
    const sent = room.journal.entries()[0]?.bytes;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(room.journal.entries()[0]?.bytes).toBe(sent);
    expect(sent).toBeLessThan(honest.length);
  });
});

function chunked(bytes: Buffer): string {
  return `${bytes.length.toString(16)}\r\n${bytes.toString()}\r\n`;
}
