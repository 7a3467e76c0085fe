import { Turns } from "../../src/server/turns";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  it("let the first begin at once", () => {
    expect(new Turns().take()).toBeUndefined();
  });

  it("let one begin in each turn of the event loop, in the order of coming", async () => {
    const turns = new Turns();
    const begun: string[] = [];
    for (const name of ["a", "b", "c", "d"]) {
      const waiting = turns.take();
      if (waiting) void waiting.then(() => begun.push(name));
      else begun.push(name);
    }
    expect(begun).toEqual(["a"]);
    for (const expected of [
      ["a", "b"],
      ["a", "b", "c"],
      ["a", "b", "c", "d"],
    ]) {
      await turn();
      expect(begun).toEqual(expected);
    }
  });

  it("do not let a newcomer pass those who wait", async () => {
    const turns = new Turns();
    const begun: string[] = [];
    void turns.take();
    void turns.take()?.then(() => begun.push("waiting"));
    await turn();
    const late = turns.take();
    expect(late).toBeDefined();
    void late?.then(() => begun.push("late"));
    await turn();
    expect(begun).toEqual(["waiting", "late"]);
  });

  it("are free again when nobody waits", async () => {
    const turns = new Turns();
    void turns.take();
    await turn();
    expect(turns.take()).toBeUndefined();
  });

  it("hold nobody up when whoever had one fails", async () => {
    const turns = new Turns();
    void turns.take();
    const failed = turns.take()?.then(() => {
      throw new Error("it failed");
    });
    const next = turns.take();
    await expect(failed).rejects.toThrow("it failed");
    await expect(next).resolves.toBeUndefined();
  });
});
