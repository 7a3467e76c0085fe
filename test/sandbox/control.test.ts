import { type PlainRoom, startPlainRoom } from "./plain-room";

describe("the control API of a room", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${room.origin}/_sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text === "" ? undefined : JSON.parse(text)) as never,
    };
  };

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
  ])("adds, shows and removes the fault %j", async (action) => {
    const when = { method: "GET", pathPattern: "^.api", kind: "api" };
    const fault = { ...action, when, times: 3, after: 1 };
    const added = await control("POST", "/faults", fault);
    expect(added).toEqual({ status: 201, body: { id: 1 } });
    expect((await control("GET", "/faults")).body).toEqual([
      { id: 1, used: 0, ...fault },
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
      { id: 1, used: 0, transform: "in process" },
      {
        id: 2,
        used: 0,
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
      body: { expected: expect.stringContaining("/_sandbox/faults") as string },
    });
  });
});
