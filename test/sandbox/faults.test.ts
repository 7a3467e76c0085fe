import { connect } from "node:net";
import { plainBody, type PlainRoom, startPlainRoom } from "./plain-room";

/** Everything that comes back, and how the connection ended. */
function askSocket(
  origin: string,
): Promise<{ text: string; code: string | undefined }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    let text = "";
    let code: string | undefined;
    socket.on("data", (piece) => (text += String(piece)));
    socket.on("error", (error: NodeJS.ErrnoException) => (code = error.code));
    socket.on("close", () => resolve({ text, code }));
    socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  });
}

describe("the faults of a room", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  const statusOf = async (path = "/", init: RequestInit = {}) =>
    (await fetch(room.origin + path, { redirect: "manual", ...init })).status;

  it("answers a status in the room's place", async () => {
    room.faults.add({
      status: 503,
      headers: { "Retry-After": "3", "Content-Type": "application/problem" },
      body: { error: "later" },
    });
    const answer = await fetch(room.origin);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("3");
    expect(answer.headers.get("content-type")).toBe("application/problem");
    expect(await answer.json()).toEqual({ error: "later" });
    expect(room.asked).toEqual([]);
    expect(room.journal.entries()).toMatchObject([{ status: 503 }]);
  });

  it.each([
    ["<html>", "text/plain; charset=utf-8"],
    [{ a: 1 }, "application/json"],
    [Buffer.from([0, 255]), null],
    [undefined, null],
  ])("answers the body %j with its type", async (body, type) => {
    room.faults.add({ status: 200, ...(body === undefined ? {} : { body }) });
    const answer = await fetch(room.origin);
    expect(answer.headers.get("content-type")).toBe(type);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes).toEqual(
      Buffer.isBuffer(body)
        ? body
        : Buffer.from(
            typeof body === "string" ? body : (JSON.stringify(body) ?? ""),
          ),
    );
  });

  it("spoils every request until it is removed", async () => {
    const fault = room.faults.add({ status: 500 });
    expect([await statusOf(), await statusOf()]).toEqual([500, 500]);
    expect(fault.hits).toBe(2);
    fault.remove();
    expect(await statusOf()).toBe(200);
  });

  it("spoils as many requests as told", async () => {
    room.faults.add({ status: 500, times: 2 });
    expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([
      500, 500, 200,
    ]);
    expect(room.faults.list()).toEqual([]);
  });

  it("lets the first requests pass when told", async () => {
    room.faults.add({ status: 500, after: 2, times: 1 });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push(await statusOf());
    expect(statuses).toEqual([200, 200, 500, 200]);
  });

  it("takes equal faults one after the other", async () => {
    room.faults.add({ status: 500, times: 1 });
    room.faults.add({ status: 429, times: 1 });
    expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([
      500, 429, 200,
    ]);
  });

  it.each([
    [{ method: "POST" }, { method: "POST" }, "/", "/"],
    [{ path: "/a" }, {}, "/a?b=1", "/a/b"],
    [{ path: /^\/a/g }, {}, "/a/b", "/b/a"],
    [{ query: { "x[y]": "1,2" } }, {}, "/?x%5By%5D=1%2C2&z=1", "/?x%5By%5D=1"],
    [{ kind: "token" as const }, {}, "/token", "/api"],
  ])("spoils only requests of %j", async (when, init, hit, miss) => {
    room.faults.add({ when, status: 500 });
    expect(await statusOf(hit, init)).toBe(500);
    expect(await statusOf(hit, init)).toBe(500);
    expect(await statusOf(miss)).toBe(200);
  });

  it("delays an answer that stays honest", async () => {
    room.faults.add({ delayMs: 30 });
    const before = performance.now();
    const answer = await fetch(room.origin);
    expect(await answer.json()).toEqual(plainBody);
    expect(performance.now() - before).toBeGreaterThanOrEqual(28);
  });

  it("applies a delay beside a status", async () => {
    room.faults.add({ delayMs: 30, times: 1 });
    room.faults.add({ status: 500, times: 1 });
    const before = performance.now();
    expect(await statusOf()).toBe(500);
    expect(performance.now() - before).toBeGreaterThanOrEqual(28);
  });

  it("gives up a delay with its client", async () => {
    room.faults.add({ delayMs: 60_000 });
    const signal = AbortSignal.timeout(30);
    await expect(fetch(room.origin, { signal })).rejects.toThrow();
    expect(room.journal.entries()).toMatchObject([{ status: undefined }]);
  });

  it("hangs until the client gives up", async () => {
    room.faults.add({ hang: true });
    const signal = AbortSignal.timeout(30);
    await expect(fetch(room.origin, { signal })).rejects.toThrow("timeout");
  });

  it("resets before it sends headers", async () => {
    room.faults.add({ reset: "before-headers" });
    expect(await askSocket(room.origin)).toEqual({
      text: "",
      code: "ECONNRESET",
    });
    expect(room.journal.entries()).toMatchObject([{ status: undefined }]);
  });

  it("resets in the middle of the body", async () => {
    room.faults.add({ reset: "mid-body" });
    const { text, code } = await askSocket(room.origin);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(text).toMatch(/\{"greeting"/);
    expect(text).not.toMatch(/\}$/);
    expect(code).toBe("ECONNRESET");
    expect(room.journal.entries()).toMatchObject([{ status: 200 }]);
  });

  it("ends a truncated body without a reset", async () => {
    room.faults.add({ truncate: true });
    const { text, code } = await askSocket(room.origin);
    const [head = "", body = ""] = text.split("\r\n\r\n");
    const whole = JSON.stringify(plainBody);
    expect(head).toContain(`content-length: ${Buffer.byteLength(whole)}`);
    expect(whole.startsWith(body)).toBe(true);
    expect(body.length).toBeLessThan(whole.length);
    expect(code).toBeUndefined();
    await expect(
      fetch(room.origin).then((answer) => answer.json()),
    ).rejects.toThrow();
  });

  it("drips a body that arrives whole", async () => {
    room.faults.add({ drip: { bytes: 5, everyMs: 1 } });
    const answer = await fetch(room.origin);
    const sizes: number[] = [];
    let text = "";
    const decoder = new TextDecoder();
    for await (const piece of answer.body ?? []) {
      sizes.push((piece as Uint8Array).length);
      text += decoder.decode(piece as Uint8Array, { stream: true });
    }
    expect(sizes.length).toBeGreaterThan(1);
    expect(JSON.parse(text)).toEqual(plainBody);
  });

  it("redirects to the address that was named", async () => {
    room.faults.add({ redirect: { status: 307, location: "/elsewhere" } });
    const answer = await fetch(room.origin, { redirect: "manual" });
    expect(answer.status).toBe(307);
    expect(answer.headers.get("location")).toBe("/elsewhere");
  });

  it("changes a copy of the honest answer", async () => {
    room.faults.add({
      transform: (body: { list: number[] }) => {
        body.list.reverse();
        return body;
      },
    });
    room.faults.add({
      transform: (body: { list: number[] }) => ({ changed: body.list }),
    });
    const answer = await fetch(room.origin);
    expect(await answer.json()).toEqual({ changed: [3, 2, 1] });
    expect(answer.headers.get("x-plain")).toBe("yes");
    expect(plainBody.list).toEqual([1, 2, 3]);
  });

  it("ends all faults when cleared", async () => {
    room.faults.add({ status: 500 });
    room.faults.add({ delayMs: 60_000 });
    room.faults.clear();
    expect(await statusOf()).toBe(200);
  });

  it.each([
    [{ status: 500, times: 0 }, "times"],
    [{ status: 500, after: -1 }, "after"],
    [{ status: 99 }, "status"],
    [{ delayMs: 1.5 }, "delayMs"],
    [{ drip: { bytes: 0, everyMs: 1 } }, "drip.bytes"],
  ])("refuses the fault %j", (fault, name) => {
    expect(() => room.faults.add(fault)).toThrow(
      new RegExp(`^${name} must be a whole number`),
    );
  });
});
