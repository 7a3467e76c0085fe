import type { Fault } from "../../../src/sandbox/faults/fault";
import { type PlainRoom, startPlainRoom } from "../plain-room";
import { askWire } from "../wire";

describe("faults that answer in the room's place", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(async () => {
    expect(room.asked).toEqual([]);
    await room.close();
  });

  it("sends several headers of one name", async () => {
    room.faults.add({
      status: 200,
      headers: { "Set-Cookie": ["a=1", "b=2"], "X-One": "1" },
      body: [1],
    });
    const answer = await askWire(room.origin);
    expect(answer.header("set-cookie")).toEqual(["a=1", "b=2"]);
    expect(answer.header("x-one")).toEqual(["1"]);
    expect(answer.body.toString()).toBe("[1]");
  });

  it("sends the bytes of a base64 body", async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 200]);
    room.faults.add({ status: 500, bodyBase64: bytes.toString("base64") });
    const answer = await askWire(room.origin);
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual(bytes);
  });

  it.each([204, 304])("sends %i without a body or length", async (status) => {
    room.faults.add({ status });
    const answer = await askWire(room.origin);
    expect(answer.status).toBe(status);
    expect(answer.header("content-length")).toEqual([]);
    expect(answer.body).toHaveLength(0);
  });

  it.each([300, 301, 302, 303, 307, 308])(
    "redirects with %i to what a text describes",
    async (status) => {
      room.faults.add({
        redirect: {
          status,
          location: "http://evil.test:1{path}{query}#{origin}",
        },
      });
      const answer = await askWire(room.origin, { path: "/a/b?c=d" });
      expect(answer.status).toBe(status);
      expect(answer.header("location")).toEqual([
        `http://evil.test:1/a/b?c=d#${room.origin}`,
      ]);
    },
  );

  it.each([
    ["{url}", "ORIGIN/loop?x=1"],
    ["file:///etc/passwd", "file:///etc/passwd"],
    ["//evil.test", "//evil.test"],
    ["", ""],
  ])("redirects to %j word for word", async (location, expected) => {
    room.faults.add({ redirect: { status: 302, location } });
    const answer = await askWire(room.origin, { path: "/loop?x=1" });
    expect(answer.header("location")).toEqual([
      expected.replace("ORIGIN", room.origin),
    ]);
  });

  it("closes without a byte and without reset", async () => {
    room.faults.add({ close: true });
    const answer = await askWire(room.origin);
    expect(answer.bytes).toHaveLength(0);
    expect(answer.isEnded).toBe(true);
    expect(answer.code).toBeUndefined();
  });

  it.each<[Fault, string | undefined, boolean]>([
    [{ raw: "SSH-2.0-OpenSSH_9.9\r\n" }, undefined, true],
    [{ raw: "SSH-2.0-OpenSSH_9.9\r\n", andThen: "reset" }, "ECONNRESET", true],
    [{ raw: "SSH-2.0-OpenSSH_9.9\r\n", andThen: "hang" }, undefined, false],
  ])("greets as another protocol: %j", async (fault, code, isEnded) => {
    room.faults.add(fault);
    const answer = await askWire(room.origin, { patienceMs: 300 });
    expect(answer.bytes.toString()).toBe("SSH-2.0-OpenSSH_9.9\r\n");
    expect(answer.code).toBe(code);
    expect(answer.isEnded).toBe(isEnded);
  });

  it("sends each character as one raw byte", async () => {
    room.faults.add({ raw: "HTTP/1.1 99 é\0\r\n\r\n" });
    const answer = await askWire(room.origin);
    expect(answer.bytes).toEqual(
      Buffer.from("HTTP/1.1 99 é\0\r\n\r\n", "latin1"),
    );
  });

  it.each(["json", "text", "html"] as const)(
    "echoes credential, body and address as %s",
    async (as) => {
      room.faults.add({
        echo: { status: 502, as, email: "anna@example.test" },
      });
      const answer = await askWire(room.origin, {
        method: "POST",
        path: "/a?secret=in-query",
        headers: {
          authorization: "Bearer canary-token",
          "x-auth-token": "canary-key",
        },
        body: "client_secret=canary-secret",
      });
      expect(answer.status).toBe(502);
      const [type = ""] = answer.header("content-type");
      expect(type).toContain({ json: "json", text: "plain", html: "html" }[as]);
      for (const said of [
        ...["canary-token", "canary-key", "canary-secret"],
        ...["anna@example.test", "in-query"],
      ])
        expect(answer.body.toString()).toContain(said);
      if (as === "json")
        expect(JSON.parse(answer.body.toString())).toMatchObject({
          errors: [{ title: "Request failed" }],
          request: { headers: { authorization: "Bearer canary-token" } },
        });
    },
  );

  it("echoes a mail address of its own", async () => {
    room.faults.add({ echo: { status: 400 } });
    const { body } = await askWire(room.origin);
    expect(body.toString()).toContain("echoed.canary@example.com");
  });
});
