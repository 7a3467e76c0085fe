import { connect } from "node:net";
import { type PlainRoom, startPlainRoom } from "../plain-room";
import { askWire } from "../wire";

// Bounds against hangs alone: a busy machine takes its time.
jest.setTimeout(60_000);

describe("faults of the connection", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  /** How connecting ends: an error's code, `open`, or `nothing`. */
  const connecting = (patienceMs = 500) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(room.origin).port), "127.0.0.1");
      const end = (outcome: string) => {
        clearTimeout(timer);
        socket.destroy();
        resolve(outcome);
      };
      const timer = setTimeout(() => end("nothing"), patienceMs);
      socket.on("connect", () => end("open"));
      socket.on("error", (error: NodeJS.ErrnoException) =>
        end(error.code ?? ""),
      );
    });

  it("refuses connections until it is removed", async () => {
    const outage = room.faults.add({ refuse: true });
    await room.faults.settled();
    expect(await connecting()).toBe("ECONNREFUSED");
    outage.remove();
    await room.faults.settled();
    expect((await askWire(room.origin)).status).toBe(200);
    expect(outage.hits).toBe(0);
  });

  it("resets the connections that are open", async () => {
    room.faults.add({ hang: true });
    const asked = askWire(room.origin);
    while (room.journal.entries().length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    room.faults.add({ refuse: true });
    expect((await asked).code).toBe("ECONNRESET");
    await room.faults.settled();
    expect(room.journal.sockets.open).toBe(0);
    expect(room.journal.entries()[0]?.socket.closedAt).toBeDefined();
  });

  it("opens the same port again by itself", async () => {
    room.faults.add({ refuse: true, forMs: 100 });
    await room.faults.settled();
    expect(await connecting()).toBe("ECONNREFUSED");
    while ((await connecting()) !== "open");
    expect((await askWire(room.origin)).status).toBe(200);
    expect(room.faults.list()).toEqual([]);
  });

  it("keeps other faults while the port is closed", async () => {
    room.faults.add({ status: 503 });
    room.faults.add({ refuse: true });
    await room.faults.settled();
    room.faults.remove(2);
    await room.faults.settled();
    expect((await askWire(room.origin)).status).toBe(503);
  });

  // Elsewhere a full queue of a port may refuse what comes.
  if (process.platform === "linux")
    it("swallows connections like a black hole", async () => {
      const hole = room.faults.add({ blackHole: true });
      await room.faults.settled();
      expect(await connecting()).toBe("nothing");
      hole.remove();
      await room.faults.settled();
      expect((await askWire(room.origin)).status).toBe(200);
    });

  it("goes from one state to the other at once", async () => {
    room.faults.add({ blackHole: true });
    room.faults.clear();
    room.faults.add({ refuse: true });
    await room.faults.settled();
    expect(await connecting()).toBe("ECONNREFUSED");
    room.faults.clear();
    await room.faults.settled();
    expect(await connecting()).toBe("open");
  });

  it.each(["refuse", "blackHole"])(
    "closes for good during %s",
    async (name) => {
      room.faults.add({ [name]: true } as { refuse: true });
      await room.close();
      expect(await connecting()).toBe("ECONNREFUSED");
    },
  );
});
