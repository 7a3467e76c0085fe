import { gunzipSync } from "node:zlib";
import { plainBody, type PlainRoom, startPlainRoom } from "../plain-room";
import { askWire } from "../wire";

// Bounds against hangs alone: a busy machine takes its time.
jest.setTimeout(60_000);

describe("faults of compression", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  const read = async () => {
    const answer = await askWire(room.origin);
    expect(answer.header("content-length")).toEqual([
      String(answer.body.length),
    ]);
    return { bytes: answer.body, codings: answer.header("content-encoding") };
  };

  it.each([
    ["truncated" as const, "unexpected end of file"],
    ["corrupt" as const, "incorrect data check"],
    ["mislabelled" as const, "incorrect header check"],
  ])("sends gzip that is %s", async (gzip, message) => {
    room.faults.add({ gzip });
    const { bytes, codings } = await read();
    expect(codings).toEqual(["gzip"]);
    expect(() => gunzipSync(bytes)).toThrow(message);
  });

  it("sends a plain body that claims gzip", async () => {
    room.faults.add({ gzip: "mislabelled" });
    const { bytes } = await read();
    expect(JSON.parse(bytes.toString())).toEqual(plainBody);
  });

  it("sends garbage behind whole gzip", async () => {
    room.faults.add({ gzip: "trailing-garbage" });
    const { bytes } = await read();
    const whole = bytes.subarray(0, -"trailing garbage".length);
    expect(JSON.parse(gunzipSync(whole).toString())).toEqual(plainBody);
    expect(bytes.toString("latin1")).toMatch(/trailing garbage$/);
  });

  it("compresses as many times as told", async () => {
    room.faults.add({ gzipLayers: 8 });
    const { bytes, codings } = await read();
    expect(codings).toEqual([Array(8).fill("gzip").join(", ")]);
    let inner = bytes;
    for (let layer = 0; layer < 8; layer++) inner = gunzipSync(inner);
    expect(JSON.parse(inner.toString())).toEqual(plainBody);
  });

  it.each([1_000, 3_500_000, 20_000_000])(
    "sends a bomb of %i decoded bytes",
    async (decodedBytes) => {
      room.faults.add({ gzipBomb: { decodedBytes } });
      const { bytes, codings } = await read();
      expect(codings).toEqual(["gzip"]);
      expect(bytes.length).toBeLessThan(300 + decodedBytes / 900);
      // It decodes as one member, checksum and length included.
      const decoded = gunzipSync(bytes);
      expect(decoded).toHaveLength(decodedBytes);
      const { data } = JSON.parse(decoded.toString()) as { data: string };
      expect(data).toHaveLength(decodedBytes - '{"data":""}'.length);
    },
  );

  it("promises a huge bomb and stops with its client", async () => {
    room.faults.add({ gzipBomb: { decodedBytes: 100_000_000_000 } });
    const answer = await askWire(room.origin, { enoughBytes: 100_000 });
    expect(Number(answer.header("content-length")[0])).toBeGreaterThan(
      90_000_000,
    );
    while (room.journal.sockets.open > 0)
      await new Promise((resolve) => setImmediate(resolve));
    expect(room.journal.entries()[0]?.bytes).toBeLessThan(20_000_000);
  });

  it("compresses only the beginning of an endless body", async () => {
    room.faults.add({ endlessBody: true });
    room.faults.add({ gzipLayers: 2 });
    const { bytes } = await read();
    expect(gunzipSync(gunzipSync(bytes)).toString()).toMatch(/^\{"data":"a+$/);
  });
});
