import { type ShapeFault, shapes } from "../../../src/sandbox/faults/body";
import { plainBody, type PlainRoom, startPlainRoom } from "../plain-room";
import { askWire } from "../wire";

const honest = JSON.stringify(plainBody);

// Bounds against hangs alone: a busy machine takes its time.
jest.setTimeout(60_000);

describe("faults of bodies", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  const read = async () => {
    const { body, header } = await askWire(room.origin);
    expect(header("content-length")).toEqual([String(body.length)]);
    return {
      bytes: body,
      text: body.toString(),
      type: header("content-type")[0],
    };
  };
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  const observed: Readonly<
    Record<
      ShapeFault["shape"],
      (sent: Awaited<ReturnType<typeof read>>) => void
    >
  > = {
    empty: ({ bytes }) => expect(bytes).toHaveLength(0),
    html: ({ text, type }) => {
      expect(type).toMatch(/^text\/html/);
      expect(text).toMatch(/^<!DOCTYPE html>/);
    },
    xml: ({ text, type }) => {
      expect(type).toMatch(/^application\/xml/);
      expect(text).toMatch(/^<\?xml/);
    },
    text: ({ text, type }) => {
      expect(type).toMatch(/^text\/plain/);
      expect(text).toBe("OK\n");
    },
    null: ({ text }) => expect(JSON.parse(text)).toBeNull(),
    number: ({ text }) => expect(JSON.parse(text)).toBe(42),
    string: ({ text }) => expect(JSON.parse(text)).toBe("a text"),
    list: ({ text }) => expect(JSON.parse(text)).toEqual([]),
    object: ({ text }) => expect(JSON.parse(text)).toEqual({}),
    "invalid-json": ({ text }) => {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      expect(text).toContain("héllo");
    },
    "cut-json": ({ text }) => {
      expect(honest.startsWith(text)).toBe(true);
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
    },
    bom: ({ bytes, text }) => {
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      expect(JSON.parse(text.slice(1))).toEqual(plainBody);
    },
    "iso-8859-1": ({ bytes }) => {
      expect(JSON.parse(bytes.toString("latin1"))).toEqual(plainBody);
      expect(() => strict.decode(bytes)).toThrow("not valid");
    },
    "invalid-utf-8": ({ bytes, text }) => {
      expect(() => strict.decode(bytes)).toThrow("not valid");
      expect(JSON.parse(text)).toEqual({
        ...plainBody,
        greeting: "héllo\ufffd",
      });
    },
    "utf-16": ({ bytes }) => {
      const text = new TextDecoder("utf-16le").decode(bytes);
      expect(JSON.parse(text)).toEqual(plainBody);
    },
    prototype: ({ text }) => {
      const body = JSON.parse(text) as object;
      expect(body).toMatchObject(plainBody);
      expect(Object.keys(body).slice(0, 3)).toEqual([
        "__proto__",
        "constructor",
        "prototype",
      ]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  };

  it.each(shapes)("sends the shape %s with status 200", async (shape) => {
    room.faults.add({ shape });
    observed[shape](await read());
    expect(room.journal.entries()).toMatchObject([{ status: 200 }]);
  });

  it("spoils the encoding of texts without umlauts too", async () => {
    room.faults.add({ set: { at: "/greeting", value: "hello" } });
    room.faults.add({ shape: "iso-8859-1" });
    const { bytes } = await read();
    expect(bytes.toString("latin1")).toContain('"helloé"');
    expect(() => strict.decode(bytes)).toThrow("not valid");
  });

  it("leaves braces in texts alone when polluting", async () => {
    room.faults.add({ set: { at: "/greeting", value: 'a { b } "{' } });
    room.faults.add({ set: { at: "/inner", value: { x: {} } } });
    room.faults.add({ shape: "prototype" });
    const body = JSON.parse((await read()).text) as Record<string, any>;
    expect(body["greeting"]).toBe('a { b } "{');
    expect(Object.keys(body["inner"].x)).toContain("__proto__");
  });

  it("spoils an answer that a fault gave", async () => {
    room.faults.add({ status: 404, body: { error: "gone" } });
    room.faults.add({ shape: "cut-json" });
    expect((await read()).text).toBe('{"error"');
  });

  it("gives a body to an answer without one", async () => {
    room.faults.add({ status: 204 });
    room.faults.add({ shape: "html" });
    const answer = await askWire(room.origin);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toMatch(/^<!DOCTYPE/);
  });

  it("nests lists as deep as told", async () => {
    room.faults.add({ deepBody: 200_000 });
    const { text } = await read();
    expect(text).toBe("[".repeat(200_000) + "]".repeat(200_000));
  });

  it("writes as many members as told", async () => {
    room.faults.add({ wideBody: 1_000_000 });
    const { text } = await read();
    expect(Object.keys(JSON.parse(text) as object)).toHaveLength(1_000_000);
  });

  it("pads the honest body to its size", async () => {
    room.faults.add({ bigBody: 50_000_000 });
    const answer = await askWire(room.origin, {
      headers: { "accept-encoding": "gzip" },
    });
    expect(answer.header("content-encoding")).toEqual([]);
    expect(answer.body).toHaveLength(50_000_000);
    expect(JSON.parse(answer.body.toString())).toEqual(plainBody);
    expect(room.journal.entries()).toMatchObject([{ bytes: 50_000_000 }]);
  });

  it("sends an endless body until the client goes", async () => {
    room.faults.add({ endlessBody: true });
    const answer = await askWire(room.origin, { enoughBytes: 3_000_000 });
    expect(answer.header("content-length")).toEqual([]);
    expect(answer.header("transfer-encoding")).toEqual(["chunked"]);
    expect(answer.body.toString("latin1", 0, 40)).toMatch(/\{"data":"/);
    expect(answer.isEnded).toBe(false);
    while (room.journal.sockets.open > 0)
      await new Promise((resolve) => setImmediate(resolve));
    const sent = room.journal.entries()[0]?.bytes;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(room.journal.entries()[0]?.bytes).toBe(sent);
  });

  it("waits for a client that does not read", async () => {
    room.faults.add({ endlessBody: true });
    const response = await fetch(room.origin);
    let before = -1;
    for (;;) {
      const { bytes = 0 } = room.journal.entries()[0] ?? {};
      if (bytes === before) break;
      before = bytes;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(before).toBeLessThan(100_000_000);
    await response.body?.cancel();
  });
});
