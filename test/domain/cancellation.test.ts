import { Cancellation } from "../../src/domain/cancellation";

describe("a cancellation", () => {
  it("is not cancelled at first", () => {
    const cancellation = new Cancellation();
    expect(cancellation.aborted).toBe(false);
    expect(cancellation.reason).toBeUndefined();
  });

  it("tells all who listen, with its reason known", () => {
    const cancellation = new Cancellation();
    const heard: unknown[] = [];
    for (const name of ["first", "second"]) {
      cancellation.addEventListener("abort", () => {
        heard.push([name, cancellation.aborted, cancellation.reason]);
      });
    }
    cancellation.cancel("why");
    expect(heard).toEqual([
      ["first", true, "why"],
      ["second", true, "why"],
    ]);
  });

  it("happens once", () => {
    const cancellation = new Cancellation();
    const listener = jest.fn();
    cancellation.addEventListener("abort", listener);
    cancellation.cancel("first");
    cancellation.cancel("second");
    expect(listener).toHaveBeenCalledTimes(1);
    expect(cancellation.reason).toBe("first");
  });

  it("may have undefined for its reason", () => {
    const cancellation = new Cancellation();
    cancellation.cancel(undefined);
    cancellation.cancel("second");
    expect([cancellation.aborted, cancellation.reason]).toEqual([
      true,
      undefined,
    ]);
  });

  it("calls a listener once that was added twice", () => {
    const cancellation = new Cancellation();
    const listener = jest.fn();
    cancellation.addEventListener("abort", listener);
    cancellation.addEventListener("abort", listener);
    cancellation.cancel("why");
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("does not tell who has stopped listening", () => {
    const cancellation = new Cancellation();
    const gone = jest.fn();
    const there = jest.fn();
    cancellation.addEventListener("abort", gone);
    cancellation.addEventListener("abort", there);
    cancellation.removeEventListener("abort", gone);
    cancellation.removeEventListener("abort", () => undefined);
    cancellation.cancel("why");
    expect(gone).not.toHaveBeenCalled();
    expect(there).toHaveBeenCalledTimes(1);
  });

  it("tells nobody who comes late, as an AbortSignal", () => {
    const late = jest.fn();
    const cancellation = new Cancellation();
    cancellation.cancel("why");
    cancellation.addEventListener("abort", late);
    cancellation.cancel("again");
    cancellation.removeEventListener("abort", late);
    const controller = new AbortController();
    controller.abort("why");
    controller.signal.addEventListener("abort", late);
    expect(late).not.toHaveBeenCalled();
  });

  it("lets listeners come and go while it tells", () => {
    const cancellation = new Cancellation();
    const heard: string[] = [];
    const second = () => heard.push("second");
    cancellation.addEventListener("abort", () => {
      heard.push("first");
      cancellation.removeEventListener("abort", second);
      cancellation.addEventListener("abort", () => heard.push("late"));
      cancellation.cancel("again");
    });
    cancellation.addEventListener("abort", second);
    cancellation.cancel("why");
    expect(heard[0]).toBe("first");
    expect(heard).not.toContain("late");
    expect(cancellation.reason).toBe("why");
  });
});
