import { Agent, get } from "node:http";
import { connect } from "node:net";
import { Journal } from "../../src/sandbox/journal";
import { type PlainRoom, startPlainRoom } from "./plain-room";

describe("the journal of a room", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  it("writes down what was asked and answered", async () => {
    const before = Date.now();
    const answer = await fetch(`${room.origin}/a/b?x%5By%5D=%C3%A9`, {
      headers: { accept: "text/plain", authorization: "Bearer good" },
    });
    const length = (await answer.arrayBuffer()).byteLength;
    const [entry] = room.journal.entries();
    expect(entry).toEqual({
      method: "GET",
      path: "/a/b",
      query: [["x[y]", "é"]],
      kind: "api",
      status: 200,
      bytes: length,
      accept: "text/plain",
      authorized: true,
      at: expect.any(Number) as number,
      faults: [],
      socket: {
        id: 1,
        openedAt: expect.any(Number) as number,
        closedAt: undefined,
        requests: 1,
      },
    });
    expect(entry?.at).toBeGreaterThanOrEqual(before);
    expect(entry?.at).toBeLessThanOrEqual(Date.now());
  });

  it("keeps the order in which requests came", async () => {
    for (const path of ["/1", "/2", "/3"]) await fetch(room.origin + path);
    expect(room.journal.entries().map(({ path }) => path)).toEqual([
      "/1",
      "/2",
      "/3",
    ]);
  });

  it("tells token requests from those to the API", async () => {
    await fetch(`${room.origin}/token`, { method: "POST" });
    await fetch(`${room.origin}/api`);
    expect(room.journal.requests("token")).toMatchObject([{ path: "/token" }]);
    expect(room.journal.requests()).toMatchObject([{ path: "/api" }]);
  });

  it("shows a hung request without a status", async () => {
    room.faults.add({ hang: true });
    const gone = new AbortController();
    const hung = fetch(room.origin, { signal: gone.signal });
    while (room.journal.entries().length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    expect(room.journal.entries()).toMatchObject([
      { path: "/", status: undefined, bytes: undefined },
    ]);
    gone.abort();
    await expect(hung).rejects.toThrow("aborted");
  });

  it("never keeps a token or secret", async () => {
    await fetch(`${room.origin}/token?client_secret=s3cret&token=t0ken`, {
      method: "POST",
      headers: { authorization: "Bearer t0ken" },
      body: JSON.stringify({ client_secret: "s3cret" }),
    });
    const written = JSON.stringify(room.journal.entries());
    expect(written).not.toMatch(/s3cret|t0ken/);
    expect(written).toContain('["token","[hidden]"]');
  });

  it("says who was not authorized", async () => {
    await fetch(room.origin, { headers: { authorization: "Bearer bad" } });
    await fetch(room.origin);
    expect(room.journal.entries().map((entry) => entry.authorized)).toEqual([
      false,
      false,
    ]);
  });

  it("forgets everything when it is cleared", async () => {
    await fetch(room.origin);
    room.journal.clear();
    expect(room.journal.entries()).toEqual([]);
  });

  it("forgets the oldest of very many", () => {
    const journal = new Journal();
    for (let n = 0; n <= 100_000; n++)
      journal.add({
        method: "GET",
        path: `/${n}`,
        query: [],
        kind: "api",
        accept: undefined,
        authorized: false,
        at: n,
        faults: [],
        socket: { id: 1, openedAt: 0, closedAt: undefined, requests: n + 1 },
      });
    const entries = journal.entries();
    expect(entries.length).toBeLessThanOrEqual(100_000);
    expect(entries.at(-1)?.path).toBe("/100000");
  });

  it("hands out entries that stay as they are", async () => {
    room.faults.add({ hang: true, times: 1 });
    const gone = new AbortController();
    const hung = fetch(room.origin, { signal: gone.signal });
    while (room.journal.entries().length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    const before = room.journal.entries();
    await fetch(room.origin);
    expect(before).toHaveLength(1);
    gone.abort();
    await expect(hung).rejects.toThrow();
  });

  it("names the faults that a request met", async () => {
    const slow = room.faults.add({ delayMs: 1 });
    room.faults.add({ when: { path: "/other" }, status: 500 });
    const busy = room.faults.add({ status: 503, after: 1 });
    await fetch(room.origin);
    await fetch(room.origin);
    expect(room.journal.entries().map(({ faults }) => faults)).toEqual([
      [slow.id],
      [slow.id, busy.id],
    ]);
  });

  it("tells when a request's connection closed", async () => {
    const before = Date.now();
    room.faults.add({ hang: true });
    const hung = get(room.origin).on("error", () => undefined);
    while (room.journal.entries().length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    expect(room.journal.entries()[0]?.socket.closedAt).toBeUndefined();
    expect(room.journal.sockets.open).toBe(1);
    hung.destroy();
    while (room.journal.sockets.open > 0)
      await new Promise((resolve) => setImmediate(resolve));
    const { socket } = room.journal.entries()[0]!;
    expect(socket.openedAt).toBeGreaterThanOrEqual(before);
    expect(socket.closedAt).toBeGreaterThanOrEqual(socket.openedAt);
    expect(room.journal.sockets.list()).toEqual([socket]);
  });

  it("tells which requests shared a connection", async () => {
    const { agent, ask } = keptAlive(room.origin);
    await ask("/1");
    await ask("/2");
    await fetch(`${room.origin}/3`);
    const [one, two, three] = room.journal.entries();
    expect(two?.socket).toEqual({ ...one?.socket, requests: 2 });
    expect(three?.socket.id).not.toBe(one?.socket.id);
    expect(room.journal.sockets.open).toBe(2);
    agent.destroy();
  });

  it("counts a connection that asks nothing", async () => {
    const socket = connect(Number(new URL(room.origin).port), "127.0.0.1");
    while (room.journal.sockets.open === 0)
      await new Promise((resolve) => setImmediate(resolve));
    expect(room.journal.sockets.list()).toMatchObject([{ requests: 0 }]);
    socket.destroy();
    while (room.journal.sockets.open > 0)
      await new Promise((resolve) => setImmediate(resolve));
    room.journal.clear();
    expect(room.journal.sockets.list()).toEqual([]);
  });
});

function keptAlive(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string) =>
    new Promise<void>((resolve, reject) => {
      get(origin + path, { agent }, (response) => {
        response.resume().on("end", resolve);
      }).on("error", reject);
    });
  return { agent, ask };
}
