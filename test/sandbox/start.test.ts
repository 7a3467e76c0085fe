import { startControl } from "../../src/sandbox/control";
import type { SandboxRoom, SandboxServer } from "../../src/sandbox/room";
import { startSandbox } from "../../src/sandbox/start";
import { startPlainRoom } from "./plain-room";

function createRoom(
  storeKey: string,
  started: SandboxServer[] = [],
): SandboxRoom {
  return {
    platform: "plain",
    storeKey,
    start: async ({ port = 0 }) => {
      if (port === 1) throw new Error(`${storeKey} has no port`);
      const room = await startPlainRoom();
      const server = {
        ...room,
        platform: "plain",
        storeKey,
        shuffled: false,
        storeSettings: { port },
      };
      started.push(server);
      return server;
    },
  };
}

describe("starting the sandbox", () => {
  it("starts rooms in their order", async () => {
    const sandbox = await startSandbox({
      rooms: [createRoom("one"), createRoom("two")],
      ports: { two: 2 },
    });
    expect(sandbox.servers.map(({ storeKey }) => storeKey)).toEqual([
      "one",
      "two",
    ]);
    expect(sandbox.server("two").storeSettings).toEqual({ port: 2 });
    expect(() => sandbox.server("three")).toThrow(
      "no room serves the store three",
    );
    await sandbox.close();
  });

  it("closes every room at once", async () => {
    const sandbox = await startSandbox({
      rooms: [createRoom("one"), createRoom("two")],
    });
    await sandbox.close();
    for (const { origin } of sandbox.servers)
      await expect(fetch(origin)).rejects.toThrow();
  });

  it("closes the others when one fails", async () => {
    const started: SandboxServer[] = [];
    await expect(
      startSandbox({
        rooms: [createRoom("one", started), createRoom("two", started)],
        ports: { two: 1 },
      }),
    ).rejects.toThrow("two has no port");
    expect(started).toHaveLength(1);
    for (const { origin } of started)
      await expect(fetch(origin)).rejects.toThrow();
  });

  it("serves a control API when asked", async () => {
    const rooms = [createRoom("one"), createRoom("two")];
    const without = await startSandbox({ rooms });
    expect(without.control).toBeUndefined();
    await without.close();
    const sandbox = await startSandbox({ rooms, control: { port: 0 } });
    const origin = sandbox.control?.origin ?? "";
    const index = (await (await fetch(origin)).json()) as {
      stores: { store: string; origin: string }[];
    };
    expect(index.stores).toMatchObject(
      sandbox.servers.map(({ storeKey, origin }) => ({
        store: storeKey,
        origin,
      })),
    );
    await sandbox.close();
    await expect(fetch(origin)).rejects.toThrow();
  });

  it("closes the rooms when the control API fails", async () => {
    const other = await startControl({ rooms: [], port: 0 });
    const port = Number(new URL(other.origin).port);
    const started: SandboxServer[] = [];
    await expect(
      startSandbox({ rooms: [createRoom("one", started)], control: { port } }),
    ).rejects.toThrow("EADDRINUSE");
    expect(started).toHaveLength(1);
    for (const { origin } of started)
      await expect(fetch(origin)).rejects.toThrow();
    await other.close();
  });
});
