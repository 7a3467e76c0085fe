import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { createGzip, gzipSync } from "node:zlib";
import { Ledger } from "../../src/http/ledger";
import { attemptDeadline } from "../../src/http/policies/attempt-deadline";
import { type Transport, createTransport } from "../../src/http/transport";
import { TransportFailure } from "../../src/http/transport-failure";
import { requestTo, startPeer, startUpstream, stopServers } from "./support";

const secret = "CANARY-secret-3f1c";
const mebibyte = 1024 * 1024;

let transport: Transport;

beforeEach(() => {
  transport = createTransport({ connections: 2 });
});

afterEach(async () => {
  await transport.close();
  await stopServers();
});

/** The failure of a request; fails the test when an answer comes. */
async function failureOf(request: Promise<unknown>): Promise<TransportFailure> {
  const failure = await request.then(
    () => new Error("It was answered."),
    (error: unknown) => error,
  );
  if (!(failure instanceof TransportFailure)) throw failure;
  return failure;
}

function ending(kind: string, message: string) {
  return expect.objectContaining({ kind, message }) as TransportFailure;
}

const broken = ending(
  "reset",
  "the connection broke before the answer was complete",
);
const noHttp = ending("undecodable", "the answer is no correct HTTP");
const badGzip = ending(
  "undecodable",
  "the answer is truncated or its compression is broken",
);

describe("an answer", () => {
  it.each([200, 201, 204, 304, 400, 401, 404, 429, 500, 503])(
    "is handed over with status %i",
    async (status) => {
      const upstream = await startUpstream((_, response) => {
        response.writeHead(status).end();
      });
      const answered = await transport.send(requestTo(upstream.origin));
      expect(answered.status).toBe(status);
      expect(answered.body).toHaveLength(0);
    },
  );

  it("comes whole, its header names lower-cased", async () => {
    const upstream = await startUpstream((_, response) => {
      response.setHeader("X-Quota-Left", "7");
      response.write('{"a":');
      response.end("1}");
    });
    const answered = await transport.send(requestTo(upstream.origin));
    expect(answered.body.toString()).toBe('{"a":1}');
    expect(answered.headers).toMatchObject({ "x-quota-left": "7" });
  });

  it("keeps the last of a repeated header", async () => {
    const upstream = await startUpstream((_, response) => {
      response.setHeader("x-twice", ["one", "two"]);
      response.end();
    });
    const { headers } = await transport.send(requestTo(upstream.origin));
    expect(headers["x-twice"]).toBe("two");
  });

  it("leaves no cookie for the next request", async () => {
    const cookies: unknown[] = [];
    const upstream = await startUpstream((request, response) => {
      cookies.push(request.headers.cookie);
      response.setHeader("set-cookie", "session=1");
      response.end();
    });
    await transport.send(requestTo(upstream.origin));
    await transport.send(requestTo(upstream.origin));
    expect(cookies).toEqual([undefined, undefined]);
  });
});

describe("a request", () => {
  it("carries method, path, query, headers and body", async () => {
    const seen: unknown[] = [];
    const upstream = await startUpstream((request, response) => {
      request.setEncoding("utf8");
      request.on("data", (text) => seen.push(text));
      request.on("end", () => {
        seen.push(request.method, request.url, request.headers["x-a"]);
        response.end();
      });
    });
    await transport.send(
      requestTo(`${upstream.origin}/a%2Fb?page[size]=1&q=%26`, {
        method: "POST",
        headers: { "x-a": "1" },
        body: "text",
      }),
    );
    expect(seen).toEqual(["text", "POST", "/a%2Fb?page[size]=1&q=%26", "1"]);
  });

  it("asks for gzip and nothing else", async () => {
    let accepted: unknown;
    const upstream = await startUpstream((request, response) => {
      accepted = request.headers["accept-encoding"];
      response.end();
    });
    await transport.send(requestTo(upstream.origin));
    expect(accepted).toBe("gzip");
  });

  it("quotes no header that cannot be sent", async () => {
    const upstream = await startUpstream((_, response) => response.end());
    const failure = await failureOf(
      transport.send(
        requestTo(upstream.origin, {
          headers: { authorization: `Bearer ${secret}\r\nx-evil: 1` },
        }),
      ),
    );
    expect(failure.message).not.toContain(secret);
    expect(upstream.sockets).toHaveLength(0);
  });

  it("waits for a connection above the limit", async () => {
    let together = 0;
    let most = 0;
    const upstream = await startUpstream((_, response) => {
      most = Math.max(most, (together += 1));
      setTimeout(() => {
        together -= 1;
        response.end();
      }, 5);
    });
    await Promise.all(
      Array.from({ length: 10 }, () =>
        transport.send(requestTo(upstream.origin)),
      ),
    );
    expect(most).toBe(2);
    expect(upstream.sockets).toHaveLength(2);
  });
});

describe("a redirect", () => {
  const statuses = [300, 301, 302, 303, 305, 307, 308];
  const targets: [string, (evil: string, own: string) => string][] = [
    ["to another port", (evil) => `${evil}/x`],
    ["to itself", (_, own) => own],
    ["to a file", () => "file:///etc/passwd"],
    ["without scheme", (evil) => evil.replace("http:", "")],
    ["nowhere", () => ""],
  ];
  const cases = statuses.flatMap((status) =>
    targets.map(([where, target]) => [status, where, target] as const),
  );

  it.each(cases)("of HTTP %i %s is never followed", async (...row) => {
    const [status, , target] = row;
    let requests = 0;
    const evil = await startUpstream((_, response) => response.end());
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      response
        .writeHead(status, { location: target(evil.origin, upstream.origin) })
        .end(secret);
    });
    const failure = await failureOf(
      transport.send(
        requestTo(upstream.origin, { headers: { "x-auth-token": secret } }),
      ),
    );
    expect(failure).toEqual(
      ending(
        "redirect",
        `it answered with a redirect (HTTP ${status}), which is never followed`,
      ),
    );
    expect(requests).toBe(1);
    expect(evil.sockets).toHaveLength(0);
  });

  it("with an endless body ends its socket", async () => {
    let requests = 0;
    const upstream = await startUpstream((_, response) => {
      requests += 1;
      response.writeHead(302, { location: "/elsewhere" });
      const feed = () => {
        while (response.writable && response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", feed);
      feed();
    });
    const failure = await failureOf(transport.send(requestTo(upstream.origin)));
    expect(failure.kind).toBe("redirect");
    await upstream.allClosed();
    expect(upstream.sockets[0]?.destroyed).toBe(true);
    expect(requests).toBe(1);
  });
});

describe("an encoded answer", () => {
  async function encoded(encoding: string, body: Buffer) {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(body);
    });
    return transport.send(requestTo(upstream.origin));
  }

  it.each(["gzip", "GZIP", " gzip ", "x-gzip"])(
    "is decoded when it says %j",
    async (encoding) => {
      const { body } = await encoded(encoding, gzipSync('{"a":1}'));
      expect(body.toString()).toBe('{"a":1}');
    },
  );

  it.each(["identity", ""])("is plain when it says %j", async (encoding) => {
    const { body } = await encoded(encoding, Buffer.from("text"));
    expect(body.toString()).toBe("text");
  });

  it("may be empty, as of HTTP 204", async () => {
    const { body } = await encoded("gzip", Buffer.alloc(0));
    expect(body).toHaveLength(0);
  });

  it("is decoded when gzip has several members", async () => {
    const { body } = await encoded(
      "gzip",
      Buffer.concat([gzipSync('{"a":'), gzipSync("1}")]),
    );
    expect(body.toString()).toBe('{"a":1}');
  });

  it.each([0.1, 0.5, 0.9, 0.999])(
    "truncated after %d of its gzip is refused",
    async (part) => {
      const whole = gzipSync(JSON.stringify({ rows: Array(500).fill("row") }));
      const failure = await failureOf(
        encoded("gzip", whole.subarray(0, Math.floor(whole.length * part))),
      );
      expect(failure).toEqual(badGzip);
    },
  );

  it.each<[string, Buffer]>([
    ["plain text", Buffer.from(`{"email":"${secret}"}`)],
    ["garbage behind it", Buffer.concat([gzipSync("1"), Buffer.from("x")])],
    ["a wrong checksum", tampered(gzipSync(secret))],
  ])("of gzip with %s is refused", async (_, body) => {
    const failure = await failureOf(encoded("gzip", body));
    expect(failure).toEqual(badGzip);
  });

  it.each([
    "br",
    "deflate",
    "zstd",
    "gzip, gzip",
    Array(8).fill("gzip").join(", "),
    secret,
  ])("in encoding %s is refused", async (encoding) => {
    const failure = await failureOf(encoded(encoding, gzipSync("1")));
    expect(failure).toEqual(
      ending(
        "undecodable",
        "the answer has a content encoding that was not asked for",
      ),
    );
  });

  it("of 200 MB in 200 KB is stopped early", async () => {
    const bomb = await gzipBomb(200);
    expect(bomb.length).toBeLessThan(256 * 1024);
    const before = process.resourceUsage().maxRSS;
    const startedAt = performance.now();
    const failure = await failureOf(encoded("gzip", bomb));
    expect(failure).toEqual(
      ending(
        "oversized",
        "the answer is larger than 5242880 bytes when decoded",
      ),
    );
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(40 * 1024);
  });

  it("is refused one byte above the decoded limit", async () => {
    await transport.close();
    transport = createTransport({
      connections: 1,
      limits: { maxWireBytes: 1_000, maxDecodedBytes: 1_000 },
    });
    const { body } = await encoded("gzip", gzipSync(Buffer.alloc(1_000)));
    expect(body).toHaveLength(1_000);
    const failure = await failureOf(
      encoded("gzip", gzipSync(Buffer.alloc(1_001))),
    );
    expect(failure.message).toBe(
      "the answer is larger than 1000 bytes when decoded",
    );
  });
});

describe("a large answer", () => {
  it("is read up to the cap, not beyond", async () => {
    await transport.close();
    transport = createTransport({
      connections: 1,
      limits: { maxWireBytes: 1_000, maxDecodedBytes: 1_000 },
    });
    let size = 1_000;
    const upstream = await startUpstream((_, response) => {
      response.end(Buffer.alloc(size));
    });
    const { body } = await transport.send(requestTo(upstream.origin));
    expect(body).toHaveLength(1_000);
    size = 1_001;
    expect(await failureOf(transport.send(requestTo(upstream.origin)))).toEqual(
      ending("oversized", "the answer is larger than 1000 bytes"),
    );
  });

  it("without end is cut and its socket closed", async () => {
    let written = 0;
    const upstream = await startUpstream((_, response) => {
      const chunk = Buffer.alloc(65_536, "a");
      const feed = () => {
        do written += chunk.length;
        while (response.writable && response.write(chunk));
      };
      response.on("drain", feed);
      feed();
    });
    const failure = await failureOf(transport.send(requestTo(upstream.origin)));
    expect(failure).toEqual(
      ending("oversized", "the answer is larger than 5242880 bytes"),
    );
    await upstream.allClosed();
    expect(written).toBeLessThan(25 * mebibyte);
  });
});

describe("a broken connection", () => {
  const head = "HTTP/1.1 200 OK\r\n";

  it.each<[string, string]>([
    ["closes without a byte", ""],
    ["closes within the head", head],
    [
      "closes before its content-length",
      `${head}content-length: 10\r\n\r\n12345`,
    ],
    [
      "closes within a chunk",
      `${head}transfer-encoding: chunked\r\n\r\na\r\n12345`,
    ],
    [
      "closes before the last chunk",
      `${head}transfer-encoding: chunked\r\n\r\n5\r\n12345\r\n`,
    ],
    [
      "names two lengths",
      `${head}content-length: 5\r\ncontent-length: 6\r\n\r\n123456`,
    ],
    [
      "names a length before chunks",
      `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
  ])("that %s is a reset", async (_, text) => {
    const peer = await startPeer((socket) => {
      socket.once("data", () => socket.end(text));
    });
    expect(await failureOf(transport.send(requestTo(peer.origin)))).toEqual(
      broken,
    );
  });

  it.each<[string, string]>([
    ["before the head", ""],
    ["within the body", `${head}content-length: 10\r\n\r\n12345`],
  ])("reset %s is a reset", async (_, text) => {
    const peer = await startPeer((socket) => {
      socket.once("data", () => {
        socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 5));
      });
    });
    expect(await failureOf(transport.send(requestTo(peer.origin)))).toEqual(
      broken,
    );
  });

  it.each<[string, string]>([
    ["an SSH banner", `SSH-2.0-${secret}\r\n`],
    ["HTML without a head", `<html>${secret}</html>`],
    [
      "chunks beside a length",
      `${head}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n`,
    ],
    ["400 headers", `${head}${`x-a: ${"a".repeat(200)}\r\n`.repeat(400)}\r\n`],
    ["a NUL in a header", `${head}x-a: \u0000${secret}\r\n\r\n`],
  ])("to a peer with %s is no HTTP", async (_, text) => {
    const peer = await startPeer((socket) => {
      socket.once("data", () => socket.end(text));
    });
    expect(await failureOf(transport.send(requestTo(peer.origin)))).toEqual(
      noHttp,
    );
  });

  it("with more bytes than announced is not reused", async () => {
    const peer = await startPeer((socket) => {
      socket.on("data", () => {
        socket.write(
          `${head}content-length: 7\r\n\r\n{"a":1}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n{"b"}x`,
        );
      });
    });
    const first = await transport.send(requestTo(peer.origin));
    const second = await transport.send(requestTo(peer.origin));
    expect(first.body.toString()).toBe('{"a":1}');
    expect(second.body.toString()).toBe('{"a":1}');
    expect(peer.sockets).toHaveLength(2);
  });
});

describe("an unreachable peer", () => {
  it.each(["127.0.0.1", "localhost"])("at %s is refused", async (host) => {
    const port = await freePort();
    expect(
      await failureOf(transport.send(requestTo(`http://${host}:${port}`))),
    ).toEqual(ending("refused", "it cannot be reached (ECONNREFUSED)"));
  });

  it("that speaks no TLS is not trusted", async () => {
    const peer = await startPeer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    const failure = await failureOf(
      transport.send(requestTo(`https://127.0.0.1:${peer.port}`)),
    );
    expect(failure.kind).toBe("untrusted");
  });
});

describe("an attempt", () => {
  it("that drips bytes ends at its deadline", async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("a"), 20);
      response.on("close", () => clearInterval(timer));
    });
    const startedAt = performance.now();
    const failure = await failureOf(
      attemptDeadline(250)(transport.send)(requestTo(upstream.origin)),
    );
    const ms = performance.now() - startedAt;
    expect(failure).toEqual(ending("timeout", "no answer within 250 ms"));
    expect(ms).toBeGreaterThan(240);
    expect(ms).toBeLessThan(4_000);
    await upstream.allClosed();
    expect(upstream.sockets).toHaveLength(1);
  });

  it("without any answer ends at its deadline", async () => {
    const upstream = await startUpstream(() => undefined);
    const failure = await failureOf(
      attemptDeadline(100)(transport.send)(requestTo(upstream.origin)),
    );
    expect(failure).toEqual(ending("timeout", "no answer within 100 ms"));
    await upstream.allClosed();
    expect(upstream.sockets).toHaveLength(1);
  });

  it("that waits for a connection ends too", async () => {
    const upstream = await startUpstream(() => undefined);
    const held = [1, 2].map(() =>
      failureOf(transport.send(requestTo(upstream.origin))),
    );
    const failure = await failureOf(
      attemptDeadline(100)(transport.send)(requestTo(upstream.origin)),
    );
    expect(failure.kind).toBe("timeout");
    expect(upstream.sockets).toHaveLength(2);
    await transport.close();
    await Promise.all(held);
  });
});

describe("a cancelled request", () => {
  const cancelled = ending(
    "cancelled",
    "the operation ended before it answered",
  );

  it("is not sent when it ended before", async () => {
    const upstream = await startUpstream((_, response) => response.end());
    const failure = await failureOf(
      transport.send(
        requestTo(upstream.origin, { signal: AbortSignal.abort() }),
      ),
    );
    expect(failure).toEqual(cancelled);
    expect(upstream.sockets).toHaveLength(0);
  });

  it.each<[string, boolean]>([
    ["before the head", false],
    ["within the body", true],
  ])("closes its socket at once %s", async (_, sendsHead) => {
    const controller = new AbortController();
    let abortedAt = 0;
    const upstream = await startUpstream((_request, response) => {
      if (sendsHead) response.write("{");
      setTimeout(() => {
        abortedAt = performance.now();
        controller.abort();
      }, 20);
    });
    const failure = await failureOf(
      transport.send(requestTo(upstream.origin, { signal: controller.signal })),
    );
    await upstream.allClosed();
    expect(performance.now() - abortedAt).toBeLessThan(2_000);
    expect(failure).toEqual(cancelled);
  });

  it("keeps the reason that it was given", async () => {
    const reason = new TransportFailure("timeout", "the deadline passed");
    const upstream = await startUpstream(() => undefined);
    const failure = await failureOf(
      transport.send(
        requestTo(upstream.origin, { signal: AbortSignal.abort(reason) }),
      ),
    );
    expect(failure).toBe(reason);
  });

  it("leaves no listener on the operation's signal", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    const upstream = await startUpstream((_, response) => response.end("{}"));
    const send = attemptDeadline(1_000)(transport.send);
    for (let round = 0; round < 3; round += 1) {
      await send(requestTo(upstream.origin, { signal }));
    }
    expect(listeners).toBe(0);
  });
});

describe("closing", () => {
  it("cancels what is under way", async () => {
    const upstream = await startUpstream(() => {
      void transport.close();
    });
    const failure = await failureOf(transport.send(requestTo(upstream.origin)));
    expect(failure).toEqual(ending("cancelled", "the server is stopping"));
    await upstream.allClosed();
  });

  it("refuses what comes afterwards", async () => {
    const upstream = await startUpstream((_, response) => response.end());
    await transport.close();
    const failure = await failureOf(transport.send(requestTo(upstream.origin)));
    expect(failure).toEqual(ending("cancelled", "the server is stopping"));
    expect(upstream.sockets).toHaveLength(0);
  });
});

describe("the ledger", () => {
  it("notes path, status and wire bytes", async () => {
    const ledger = new Ledger();
    const zipped = gzipSync("a".repeat(1_000));
    const upstream = await startUpstream((_, response) => {
      response.writeHead(404, { "content-encoding": "gzip" }).end(zipped);
    });
    await transport.send(requestTo(`${upstream.origin}/a?b=c`, { ledger }));
    expect(ledger.attempts).toEqual([
      {
        store: "cl-eu",
        method: "GET",
        path: "/a?b=c",
        status: 404,
        bytes: zipped.length,
        ms: expect.any(Number) as number,
      },
    ]);
  });

  it("notes an attempt that got no answer", async () => {
    const ledger = new Ledger();
    const origin = `http://127.0.0.1:${await freePort()}`;
    await failureOf(transport.send(requestTo(`${origin}/a`, { ledger })));
    expect(ledger.attempts).toEqual([
      {
        store: "cl-eu",
        method: "GET",
        path: "/a",
        bytes: 0,
        ms: expect.any(Number) as number,
      },
    ]);
  });

  it("notes the status of an answer that broke", async () => {
    const ledger = new Ledger();
    const peer = await startPeer((socket) => {
      socket.once("data", () =>
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345"),
      );
    });
    await failureOf(transport.send(requestTo(peer.origin, { ledger })));
    expect(ledger.attempts).toMatchObject([{ status: 200 }]);
  });
});

function tampered(zipped: Buffer): Buffer {
  const copy = Buffer.from(zipped);
  copy.writeUInt32LE(0, copy.length - 8);
  return copy;
}

/** So many MiB of zeros in one gzip member. */
async function gzipBomb(mebibytes: number): Promise<Buffer> {
  const zip = createGzip({ level: 9 });
  const parts: Buffer[] = [];
  zip.on("data", (part: Buffer) => parts.push(part));
  const zeros = Buffer.alloc(mebibyte);
  for (let count = 0; count < mebibytes; count += 1) {
    await new Promise((resolve) => {
      zip.write(zeros, resolve);
    });
  }
  await new Promise<void>((resolve) => {
    zip.end(resolve);
  });
  return Buffer.concat(parts);
}

/** A port where nobody listens any more. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
