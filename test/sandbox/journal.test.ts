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
});
