import { type RequestOptions, createServer, request } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  RefusedRequest,
  parseRequestText,
  readRequestText,
} from "../../src/server/read-request-body";

const maxBytes = 1_000;
const canary = "anna.canary@shop.test";

type Outcome = { readonly value: unknown } | RefusedRequest | Error;

let outcome: Outcome | undefined;
const sockets = new Set<Socket>();

/** Reads each body, keeps what came of it, and answers its status. */
const server = createServer((incoming, response) => {
  const read = async () => {
    const text = await readRequestText(incoming, maxBytes);
    return text === undefined ? undefined : parseRequestText(text);
  };
  read().then(
    (value) => {
      outcome = { value };
      response.end();
    },
    (error: Error) => {
      outcome = error;
      response.writeHead(error instanceof RefusedRequest ? error.status : 500, {
        connection: "close",
      });
      response.end(error.message);
    },
  );
});

beforeAll(async () => {
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

beforeEach(() => {
  outcome = undefined;
});

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

function post(
  body: string | Buffer,
  headers: Record<string, string | number> = {},
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const options: RequestOptions = {
    port,
    host: "127.0.0.1",
    method: "POST",
    agent: false,
    headers: { "content-type": "application/json", ...headers },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode, body: text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const chunked = { "transfer-encoding": "chunked" };

/** JSON of exactly so many bytes. */
function jsonOf(bytes: number): string {
  return JSON.stringify("a".repeat(bytes - 2));
}

describe("a body of JSON", () => {
  it.each<[string, unknown]>([
    ['{"query":"{ stores { key } }"}', { query: "{ stores { key } }" }],
    ["null", null],
    ["1", 1],
    ["[]", []],
    [' "é🦊" ', "é🦊"],
  ])("reading %s is read", async (text, value) => {
    expect(await post(text)).toEqual({ status: 200, body: "" });
    expect(outcome).toEqual({ value });
  });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'application/json; charset="utf-8"',
    "APPLICATION/JSON ; Charset=Utf-8",
  ])("is known by the media type %s", async (type) => {
    await post("1", { "content-type": type });
    expect(outcome).toEqual({ value: 1 });
  });

  it.each(["", " ", "{", `{"email":"${canary}"`, canary, "1 2", "NaN"])(
    "that is %j is refused, quoting nothing",
    async (text) => {
      expect(await post(text)).toEqual({
        status: 400,
        body: "The body is not JSON.",
      });
    },
  );

  it("in invalid UTF-8 is refused", async () => {
    expect(await post(Buffer.from('"Andr\u00e9"', "latin1"))).toEqual({
      status: 400,
      body: "The body is not JSON.",
    });
  });

  it("nested 400 deep within the limit is read", async () => {
    const text = "[".repeat(400) + "]".repeat(400);
    await post(text);
    expect(JSON.stringify(outcome)).toBe(`{"value":${text}}`);
  });

  it("takes a __proto__ member as a member", async () => {
    await post('{"__proto__":{"polluted":true}}');
    expect(outcome).toHaveProperty("value");
    expect(Object.keys((outcome as { value: object }).value)).toEqual([
      "__proto__",
    ]);
    expect("polluted" in {}).toBe(false);
  });
});

describe("a body of another charset", () => {
  it.each(["x-mac-cyrillic", "iso-8859-1", "utf-7", "utf-16be", "", "utf-8x"])(
    "%j is refused",
    async (charset) => {
      expect(
        await post("1", {
          "content-type": `application/json; charset=${charset}`,
        }),
      ).toEqual({
        status: 415,
        body: "The body's charset is neither UTF-8 nor UTF-16LE.",
      });
    },
  );

  const utf16 = { "content-type": "application/json; charset=utf-16le" };

  it("P9 is read when it is UTF-16, little end first", async () => {
    const text = '{"query":"é🦊"}';
    expect(await post(Buffer.from(text, "utf16le"), utf16)).toMatchObject({
      status: 200,
    });
    expect(outcome).toEqual({ value: { query: "é🦊" } });
  });

  it.each<[string, Buffer]>([
    ["half a letter", Buffer.from([0x31, 0x00, 0x32])],
    ["half a pair", Buffer.from([0x22, 0x00, 0x3d, 0xd8, 0x22, 0x00])],
    ["UTF-8", Buffer.from('{"a":1}')],
  ])("with %s is refused as UTF-16", async (_, body) => {
    expect(await post(body, utf16)).toEqual({
      status: 400,
      body: "The body is not JSON.",
    });
  });
});

describe("a body of another media type", () => {
  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/graphql",
    "application/jsonp",
    "application/json, text/plain",
    "",
  ])("%j is left unread", async (type) => {
    expect(
      await post(`{"a":"${canary}"}`, { "content-type": type }),
    ).toMatchObject({ status: 200 });
    expect(outcome).toEqual({ value: undefined });
  });

  it.each<[string, string, Buffer]>([
    ["unknown encoding", "zstd", Buffer.from("1")],
    ["a brotli bomb", "br", brotliCompressSync(Buffer.alloc(50_000))],
    ["broken gzip", "gzip", Buffer.from(canary)],
    ["a gzip bomb", "gzip", gzipSync(Buffer.alloc(50_000))],
  ])("of %s rejects nothing unseen", async (_, encoding, body) => {
    await post(body, {
      "content-type": "text/plain",
      "content-encoding": encoding,
    });
    // Jest fails a test on a rejection that nobody handles.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(outcome).toEqual({ value: undefined });
  });

  it("of another charset rejects once, and seen", async () => {
    const { status } = await post(Buffer.from(canary), {
      "content-type": "application/json; charset=utf-7",
      "content-encoding": "gzip",
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(status).toBe(415);
  });
});

describe("the size of a body", () => {
  it.each<[string, Record<string, string>]>([
    ["announced", {}],
    ["in chunks", chunked],
  ])("may be the limit when %s", async (_, headers) => {
    expect(await post(jsonOf(maxBytes), headers)).toMatchObject({
      status: 200,
    });
    expect(outcome).toEqual({ value: "a".repeat(maxBytes - 2) });
  });

  it.each<[string, Record<string, string>]>([
    ["announced", {}],
    ["in chunks", chunked],
  ])("must not be one more when %s", async (_, headers) => {
    expect(await post(jsonOf(maxBytes + 1), headers)).toEqual({
      status: 413,
      body: "The body is larger than 1000 bytes.",
    });
  });

  it.each<[string, string]>([
    ["before its first byte comes", "content-length: 300000\r\n\r\n"],
    [
      "before its last byte comes",
      `transfer-encoding: chunked\r\n\r\n400\r\n${"a".repeat(1_024)}\r\n`,
    ],
  ])("is judged %s", async (_, text) => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${text}`,
    );
    const answered = await new Promise<string>((resolve, reject) => {
      socket.setEncoding("utf8");
      socket.once("data", resolve);
      socket.once("error", reject);
    });
    socket.destroy();
    expect(answered).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  });

  it("of another media type is limited too", async () => {
    expect(
      await post(jsonOf(maxBytes + 1), {
        "content-type": "text/plain",
        ...chunked,
      }),
    ).toMatchObject({ status: 413 });
  });
});

describe("an encoded body", () => {
  it.each(["gzip", "GZIP", "identity", "br", "BR"])(
    "is read when it says %s",
    async (encoding) => {
      const text = '{"a":1}';
      const body =
        encoding === "identity"
          ? text
          : encoding.toLowerCase() === "br"
            ? brotliCompressSync(text)
            : gzipSync(text);
      expect(await post(body, { "content-encoding": encoding })).toMatchObject({
        status: 200,
      });
      expect(outcome).toEqual({ value: { a: 1 } });
    },
  );

  it.each<[string, Buffer]>([
    ["deflate", deflateSync("1")],
    ["zstd", Buffer.from("1")],
    ["gzip, gzip", gzipSync(gzipSync("1"))],
    ["x", Buffer.from("1")],
  ])("is refused when it says %s", async (encoding, body) => {
    expect(await post(body, { "content-encoding": encoding })).toEqual({
      status: 415,
      body: "The body's encoding is not gzip, br or none.",
    });
  });

  it.each<[string, Buffer]>([
    ["plain", Buffer.from(`{"a":"${canary}"}`)],
    ["truncated", gzipSync(jsonOf(500)).subarray(0, 20)],
    ["empty", Buffer.alloc(0)],
  ])("that is %s is refused as gzip", async (_, body) => {
    expect(await post(body, { "content-encoding": "gzip" })).toEqual({
      status: 400,
      body: "The body is no correct gzip.",
    });
  });

  it.each<[string, Buffer]>([
    ["plain", Buffer.from(`{"a":"${canary}"}`)],
    ["truncated", brotliCompressSync(jsonOf(500)).subarray(0, 5)],
    ["empty", Buffer.alloc(0)],
  ])("that is %s is refused as brotli", async (_, body) => {
    expect(await post(body, { "content-encoding": "br" })).toEqual({
      status: 400,
      body: "The body is no correct brotli.",
    });
  });

  it("must not be larger than the limit, brotli decoded", async () => {
    expect(
      await post(brotliCompressSync(jsonOf(maxBytes + 1)), {
        "content-encoding": "br",
      }),
    ).toMatchObject({ status: 413 });
  });

  it("may be as large as the limit decoded", async () => {
    await post(gzipSync(jsonOf(maxBytes)), { "content-encoding": "gzip" });
    expect(outcome).toEqual({ value: "a".repeat(maxBytes - 2) });
  });

  it("must not be larger than the limit decoded", async () => {
    expect(
      await post(gzipSync(jsonOf(maxBytes + 1)), {
        "content-encoding": "gzip",
      }),
    ).toEqual({ status: 413, body: "The body is larger than 1000 bytes." });
  });

  it("of 600 KB in 1 KB is stopped early", async () => {
    const bomb = gzipSync(Buffer.alloc(600_000));
    expect(bomb.length).toBeLessThan(maxBytes);
    const startedAt = performance.now();
    expect(await post(bomb, { "content-encoding": "gzip" })).toMatchObject({
      status: 413,
    });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});

describe("a client that leaves", () => {
  it("within its body ends the reading", async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write(
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
      () => setTimeout(() => socket.destroy(), 10),
    );
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (outcome === undefined) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
    // No fault of ours, which would be reported as one.
    expect(outcome).toBeInstanceOf(RefusedRequest);
    expect(outcome).toMatchObject({
      status: 400,
      message: "The body broke off.",
    });
  });
});
