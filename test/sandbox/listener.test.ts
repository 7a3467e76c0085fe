import { request } from "node:http";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { plainBody, type PlainRoom, startPlainRoom } from "./plain-room";

/** Asks without undoing the compression. */
function askRaw(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({ headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("a listening room", () => {
  let room: PlainRoom;
  afterEach(() => room.close());

  it("takes a free port on the loopback address", async () => {
    room = await startPlainRoom();
    expect(room.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${room.origin}/any`);
    expect(await answer.json()).toEqual(plainBody);
    expect(answer.headers.get("x-plain")).toBe("yes");
  });

  it("hands the handler the decoded query and body", async () => {
    room = await startPlainRoom();
    await fetch(`${room.origin}/a%20b?x%5By%5D=1%2C2&x[y]=3&empty`, {
      method: "POST",
      body: "héllo",
    });
    expect(room.asked).toMatchObject([
      {
        method: "POST",
        path: "/a%20b",
        query: [
          ["x[y]", "1,2"],
          ["x[y]", "3"],
          ["empty", ""],
        ],
        body: "héllo",
        ip: "127.0.0.1",
      },
    ]);
  });

  const long = { text: "long ".repeat(1000) };
  const startLong = () =>
    startPlainRoom(() => ({ status: 200, headers: {}, body: long }));

  it("compresses a long body when asked", async () => {
    room = await startLong();
    const { headers, body } = await askRaw(room.origin, {
      "accept-encoding": "br, gzip;q=0.8",
    });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(headers["vary"]).toBe("Accept-Encoding");
    expect(body.length).toBeLessThan(500);
    expect(JSON.parse(gunzipSync(body).toString())).toEqual(long);
    expect(room.journal.entries()).toMatchObject([{ bytes: body.length }]);
  });

  it.each([{}, { "accept-encoding": "br" }, { "accept-encoding": "gzip;q=0" }])(
    "sends a long body plainly for %j",
    async (headers) => {
      room = await startLong();
      const answer = await askRaw(room.origin, headers);
      expect(answer.headers["content-encoding"]).toBeUndefined();
      expect(JSON.parse(answer.body.toString())).toEqual(long);
    },
  );

  it("leaves a short body uncompressed", async () => {
    room = await startPlainRoom();
    const { headers } = await askRaw(room.origin, {
      "accept-encoding": "gzip",
    });
    expect(headers["content-encoding"]).toBeUndefined();
  });

  it("keeps connections alive between requests", async () => {
    room = await startPlainRoom();
    const socket = connect(Number(new URL(room.origin).port), "127.0.0.1");
    let received = "";
    socket.on("data", (piece) => (received += String(piece)));
    const answers = async (count: number) => {
      while (received.split("HTTP/1.1 200").length <= count)
        await new Promise((resolve) => socket.once("data", resolve));
    };
    socket.write("GET /1 HTTP/1.1\r\nhost: x\r\n\r\n");
    await answers(1);
    socket.write("GET /2 HTTP/1.1\r\nhost: x\r\n\r\n");
    await answers(2);
    expect(room.journal.entries().map(({ path }) => path)).toEqual([
      "/1",
      "/2",
    ]);
    socket.destroy();
  });

  it("ends open connections when it closes", async () => {
    room = await startPlainRoom();
    room.faults.add({ hang: true });
    const hung = fetch(room.origin);
    const failed = expect(hung).rejects.toThrow();
    await arrival(room);
    await room.close();
    await failed;
    await expect(fetch(room.origin)).rejects.toThrow();
  });

  it("closes twice without complaint", async () => {
    room = await startPlainRoom();
    await room.close();
    await room.close();
  });

  it("says that the sandbox itself has failed", async () => {
    room = await startPlainRoom(() => {
      throw new Error("a mistake in the handler");
    });
    const answer = await fetch(room.origin);
    expect(answer.status).toBe(500);
    expect(await answer.text()).toMatch(
      /^The sandbox failed: Error: a mistake in the handler/,
    );
  });
});

async function arrival({ journal }: PlainRoom): Promise<void> {
  while (journal.entries().length === 0)
    await new Promise((resolve) => setImmediate(resolve));
}
