import { networkInterfaces } from "node:os";
import { startControl } from "../../src/sandbox/control";
import { type ControlOf, startControlOf } from "./control-of";
import { listen } from "../../src/sandbox/listener";
import { type PlainRoom, startPlainRoom } from "./plain-room";
import { askWire } from "./wire";

describe("the control API of a room", () => {
  let room: PlainRoom;
  let api: ControlOf;
  beforeEach(async () => {
    room = await startPlainRoom();
    api = await startControlOf(room);
  });
  afterEach(async () => {
    await api.close();
    await room.close();
  });

  const control: ControlOf["ask"] = (method, path, body) =>
    api.ask(method, path, body);

  it("shows and clears the journal", async () => {
    await fetch(`${room.origin}/api?x=1`);
    expect(await control("GET", "/journal")).toMatchObject({
      status: 200,
      body: [
        {
          path: "/api",
          query: [["x", "1"]],
          status: 200,
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        },
      ],
    });
    expect((await control("DELETE", "/journal")).status).toBe(204);
    expect((await control("GET", "/journal")).body).toEqual([]);
  });

  it("writes nothing of itself into the journal", async () => {
    await control("GET", "/journal");
    await control("GET", "/settings");
    expect(room.journal.entries()).toEqual([]);
  });

  it("meets no fault itself", async () => {
    room.faults.add({ reset: "before-headers" });
    expect((await control("GET", "/faults")).status).toBe(200);
  });

  it.each([
    [{ status: 500, headers: { a: "b" }, body: { c: [1] } }],
    [{ delayMs: 5 }],
    [{ hang: true }],
    [{ reset: "mid-body" }],
    [{ truncate: true }],
    [{ drip: { bytes: 1, everyMs: 1 } }],
    [{ redirect: { status: 302, location: "/" } }],
    [{ close: true }],
    [{ raw: "SSH", andThen: "reset" }],
    [{ echo: { status: 500, as: "html" } }],
    [{ set: { at: "/a", value: { __proto__: null, b: [1] } } }],
    [{ links: { to: "/x", named: ["next"] } }],
    [{ instead: { path: "/b", query: { a: "1", c: null } } }],
    [{ shape: "bom" }],
    [{ gzipBomb: { decodedBytes: 1000 } }],
    [{ addHeaders: { a: ["b", "c"] } }],
    [{ bytesPerSecond: 10 }],
    [{ stall: "mid-body" }],
    [{ framing: "chunked-cut" }],
  ])("adds, shows and removes the fault %j", async (action) => {
    const when = { method: "GET", pathPattern: "^.api", kind: "api" };
    const limits = { times: 3, after: 1, probability: 0.5, seed: 2 };
    const fault = { ...action, when, ...limits, forMs: 60_000 };
    const added = await control("POST", "/faults", fault);
    expect(added).toEqual({ status: 201, body: { id: 1 } });
    expect((await control("GET", "/faults")).body).toEqual([
      { id: 1, hits: 0, ...fault },
    ]);
    expect((await control("DELETE", "/faults/1")).status).toBe(204);
    expect((await control("GET", "/faults")).body).toEqual([]);
    expect((await control("DELETE", "/faults/1")).status).toBe(404);
  });

  it("applies a fault that came over HTTP", async () => {
    await control("POST", "/faults", {
      when: { path: "/a", query: { b: "1" } },
      status: 418,
    });
    expect((await fetch(`${room.origin}/a?b=1`)).status).toBe(418);
    expect((await fetch(`${room.origin}/a?b=2`)).status).toBe(200);
    await control("DELETE", "/faults");
    expect((await fetch(`${room.origin}/a?b=1`)).status).toBe(200);
  });

  it("lists faults that were added in process", async () => {
    room.faults.add({ transform: (body) => body });
    room.faults.add({
      when: { path: /x/ },
      status: 200,
      body: Buffer.from(""),
    });
    expect((await control("GET", "/faults")).body).toEqual([
      { id: 1, hits: 0, transform: "in process" },
      {
        id: 2,
        hits: 0,
        when: { pathPattern: "x" },
        status: 200,
        body: "0 bytes",
      },
    ]);
  });

  it("reads and changes the settings", async () => {
    expect((await control("GET", "/settings")).body).toEqual({
      shuffled: false,
      mood: "calm",
    });
    expect(await control("PUT", "/settings", { mood: "wild" })).toEqual({
      status: 200,
      body: { shuffled: false, mood: "wild" },
    });
    expect(room.settings.mood).toBe("wild");
  });

  it.each([
    ["POST", "/faults", "{", /one of status/],
    ["POST", "/faults", {}, /one of status/],
    ["POST", "/faults", [], /one of status/],
    ["POST", "/faults", { status: 5000 }, /one of status/],
    ["POST", "/faults", { status: 500, delayMs: 1 }, /one of status/],
    ["POST", "/faults", { status: 500, time: 1 }, /one of status/],
    ["POST", "/faults", { transform: "x" }, /one of status/],
    ["POST", "/faults", [{ status: 500 }, {}], /one of status/],
    ["POST", "/faults", { preset: 1 }, /"preset": a name/],
    ["POST", "/faults", { status: 500, when: { path: 1 } }, /one of status/],
    [
      "POST",
      "/faults",
      { status: 500, when: { path: "/", pathPattern: "/" } },
      /one of status/,
    ],
    [
      "POST",
      "/faults",
      { status: 500, when: { pathPattern: "(" } },
      /one of status/,
    ],
    ["PUT", "/settings", { mood: "sad" }, /shuffled, mood/],
    ["PUT", "/settings", { moods: "wild" }, /shuffled, mood/],
    ["PUT", "/settings", "", /shuffled, mood/],
  ])("refuses %s %s with %j", async (method, path, body, expected) => {
    const answer = await control(method, path, body);
    expect(answer).toEqual({
      status: 400,
      body: {
        error: expect.stringMatching(/./) as string,
        expected: expect.stringMatching(expected) as string,
      },
    });
    expect(room.faults.list()).toEqual([]);
    expect(room.settings).toEqual({ shuffled: false, mood: "calm" });
  });

  it("names its addresses to who misses them", async () => {
    expect(await control("GET", "/fautls")).toMatchObject({
      status: 404,
      body: {
        expected: expect.stringContaining("/stores/{store}/faults") as string,
      },
    });
  });

  it("adds several faults together or none", async () => {
    const added = await control("POST", "/faults", [
      { status: 500, times: 1 },
      { preset: "slow" },
      { delayMs: 5 },
    ]);
    expect(added).toEqual({ status: 201, body: { ids: [1, 2, 3] } });
    const refused = await control("POST", "/faults", [
      { status: 500 },
      { rows: "shuffled" },
    ]);
    expect(refused.status).toBe(400);
    expect(room.faults.list().map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it("counts the hits of each fault", async () => {
    await control("POST", "/faults", { status: 500 });
    await fetch(room.origin);
    await fetch(room.origin);
    expect((await control("GET", "/faults")).body).toEqual([
      { id: 1, hits: 2, status: 500 },
    ]);
    expect((await control("GET", "/journal")).body).toMatchObject([
      { faults: [1] },
      { faults: [1] },
    ]);
  });

  it("shows the connections and when they closed", async () => {
    await fetch(room.origin, { headers: { connection: "close" } });
    while (room.journal.sockets.open > 0)
      await new Promise((resolve) => setImmediate(resolve));
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
    const socket = { id: 1, openedAt: iso, closedAt: iso, requests: 1 };
    expect((await control("GET", "/sockets")).body).toEqual({
      open: 0,
      sockets: [socket],
    });
    expect((await control("GET", "/journal")).body).toMatchObject([{ socket }]);
  });

  it("answers while the room refuses connections", async () => {
    await control("POST", "/faults", { refuse: true });
    await expect(fetch(room.origin)).rejects.toThrow();
    expect((await control("GET", "/faults")).body).toEqual([
      { id: 1, hits: 0, refuse: true },
    ]);
    await control("DELETE", "/faults/1");
    expect((await fetch(room.origin)).status).toBe(200);
  });

  it("says which stores there are", async () => {
    const index = await fetch(api.origin);
    expect(await index.json()).toEqual({
      clientele: "sandbox",
      stores: [{ store: "plain-demo", platform: "plain", origin: room.origin }],
      routes: expect.arrayContaining([
        "GET, POST or DELETE /stores/{store}/faults",
      ]) as string[],
    });
    const missing = await fetch(`${api.origin}/stores/other/faults`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({
      error: "there is no store other",
      expected: "plain-demo",
    });
  });

  it("is no part of the platform's own API", async () => {
    for (const path of ["/_sandbox/faults", "/stores/plain-demo/faults", "/"]) {
      const answer = await fetch(room.origin + path);
      expect(answer.headers.get("x-plain")).toBe("yes");
    }
    expect(room.asked).toHaveLength(3);
  });

  it("listens on the loopback address alone", async () => {
    const everywhere = await listen({
      host: "0.0.0.0",
      settings: room.settingsAccess,
      createHandler: () => ({
        kindOf: () => "api",
        isAuthorized: () => true,
        answer: () => ({ status: 200, headers: {}, body: undefined }),
      }),
    });
    const other = await startControlOf(everywhere);
    expect(new URL(other.origin).hostname).toBe("127.0.0.1");
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === "IPv4" && !one.internal)?.address;
    if (outside !== undefined) {
      const { port } = new URL(other.origin);
      await expect(fetch(`http://${outside}:${port}/`)).rejects.toThrow();
    }
    await other.close();
    await everywhere.close();
  });

  it.each([
    { host: "evil.test" },
    { host: "127.0.0.1.evil.test:4010" },
    { origin: "http://evil.test" },
    { origin: "null" },
  ])("refuses what a web page sends: %j", async (headers) => {
    const { port } = new URL(api.origin);
    const answer = await askWire(api.origin, {
      method: "DELETE",
      path: "/stores/plain-demo/faults",
      headers: { host: `127.0.0.1:${port}`, ...headers },
    });
    expect(answer.status).toBe(403);
  });

  it("takes a free port where its own is taken", async () => {
    const first = await startControl({ rooms: [] });
    const second = await startControl({ rooms: [] });
    expect(second.origin).not.toBe(first.origin);
    const port = Number(new URL(second.origin).port);
    await expect(startControl({ rooms: [], port })).rejects.toThrow(
      "EADDRINUSE",
    );
    await first.close();
    await first.close();
    await second.close();
  });
});
