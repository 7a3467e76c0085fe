import type { Cancellation } from "../../src/domain/cancellation";
import { Flights, type Work } from "../../src/domain/flights";

type Texts = Work<string>;

/** Work that ends when it is told to, and keeps what it was begun with. */
function work() {
  const begun: {
    readonly cancellation: Cancellation;
    readonly end: (value: string) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  const start = (cancellation: Cancellation): Texts => ({
    value: new Promise<string>((end, fail) => {
      begun.push({ cancellation, end, fail });
    }),
  });
  return { begun, start };
}

const never = () => {
  throw new Error("nobody was to ask why");
};

describe("flights", () => {
  let time: number;
  let flights: Flights<Texts>;

  beforeEach(() => {
    time = 5_000;
    flights = new Flights<Texts>({ maxAgeMs: 100, now: () => time });
  });

  it("do the work of a key once", async () => {
    const { begun, start } = work();
    const seats = [1, 2, 3].map(() => flights.join("key", start));
    expect(seats.map(({ isFirst }) => isFirst)).toEqual([true, false, false]);
    expect(new Set(seats.map(({ work }) => work)).size).toBe(1);
    expect(begun).toHaveLength(1);
    expect(flights.size).toBe(1);
    begun[0]!.end("value");
    expect(
      await Promise.all(seats.map(({ work: { value } }) => value)),
    ).toEqual(["value", "value", "value"]);
  });

  it("do the work of each key by itself", async () => {
    const { begun, start } = work();
    const seats = ["a", "b", ""].map((key) => flights.join(key, start));
    expect(seats.every(({ isFirst }) => isFirst)).toBe(true);
    for (const [index, { end }] of begun.entries()) end(`value ${index}`);
    expect(
      await Promise.all(seats.map(({ work: { value } }) => value)),
    ).toEqual(["value 0", "value 1", "value 2"]);
  });

  it("let nobody join work without a key", () => {
    const { begun, start } = work();
    flights.join(undefined, start);
    expect(flights.size).toBe(0);
    expect(flights.join(undefined, start).isFirst).toBe(true);
    expect(begun).toHaveLength(2);
  });

  it.each([
    ["ended", "end"],
    ["failed", "fail"],
  ] as const)("keep nothing of work that %s", async (_, how) => {
    const { begun, start } = work();
    const seat = flights.join("key", start);
    begun[0]![how]("value");
    await seat.work.value.catch(() => undefined);
    expect(flights.size).toBe(0);
    expect(flights.join("key", start).isFirst).toBe(true);
    expect(begun).toHaveLength(2);
  });

  it("share a failure", async () => {
    const { begun, start } = work();
    const seats = [1, 2].map(() => flights.join("key", start));
    const failure = new Error("it failed");
    begun[0]!.fail(failure);
    for (const seat of seats) {
      await expect(seat.work.value).rejects.toBe(failure);
    }
  });

  describe("too old to be joined", () => {
    it("begin anew, beside what goes on", async () => {
      const { begun, start } = work();
      const old = flights.join("key", start);
      time += 100;
      expect(flights.join("key", start).isFirst).toBe(false);
      time += 1;
      const young = flights.join("key", start);
      expect(young.isFirst).toBe(true);
      expect(begun[0]!.cancellation.aborted).toBe(false);
      // Whoever comes now joins the younger one, by its own age.
      time += 100;
      expect(flights.join("key", start).isFirst).toBe(false);
      expect(flights.size).toBe(1);
      begun[0]!.end("old");
      expect(await old.work.value).toBe("old");
      // The end of the old one forgets nothing of the younger.
      expect(flights.size).toBe(1);
      expect(flights.join("key", start).isFirst).toBe(false);
      begun[1]!.end("young");
      expect(await young.work.value).toBe("young");
      expect(flights.size).toBe(0);
    });

    it("are cancelled by themselves", () => {
      const { begun, start } = work();
      const old = flights.join("key", start);
      time += 101;
      flights.join("key", start);
      expect(old.leave(() => "left")).toBe(true);
      expect(begun.map(({ cancellation }) => cancellation.aborted)).toEqual([
        true,
        false,
      ]);
      expect(flights.size).toBe(1);
    });

    it("are so by the first who began them", () => {
      const { start } = work();
      for (let joined = 0; joined < 4; joined += 1) {
        flights.join("key", start);
        time += 30;
      }
      expect(flights.join("key", start).isFirst).toBe(true);
    });
  });

  it.each([
    [0, 1, 2],
    [1, 0, 2],
    [2, 0, 1],
    [2, 1, 0],
  ])("are cancelled when %i, %i and %i have left", (...order) => {
    const { begun, start } = work();
    const seats = order.map(() => flights.join("key", start));
    const [first, second, last] = order.map((index) => seats[index]!);
    expect(first!.leave(never)).toBe(false);
    expect(second!.leave(never)).toBe(false);
    expect(begun[0]!.cancellation.aborted).toBe(false);
    expect(flights.size).toBe(1);
    expect(last!.leave(() => "the last one left")).toBe(true);
    expect(begun[0]!.cancellation).toMatchObject({
      aborted: true,
      reason: "the last one left",
    });
    // Nobody joins what is being cancelled.
    expect(flights.size).toBe(0);
    expect(flights.join("key", start).isFirst).toBe(true);
  });

  it("count each seat that is left once", () => {
    const { begun, start } = work();
    const [one, other] = [1, 2].map(() => flights.join("key", start));
    expect(one!.leave(never)).toBe(false);
    expect(one!.leave(never)).toBe(false);
    expect(begun[0]!.cancellation.aborted).toBe(false);
    expect(other!.leave(() => "why")).toBe(true);
    expect(other!.leave(never)).toBe(false);
  });

  it("take one who comes after others have left", async () => {
    const { begun, start } = work();
    const seats = [1, 2].map(() => flights.join("key", start));
    seats[0]!.leave(never);
    const late = flights.join("key", start);
    seats[1]!.leave(never);
    begun[0]!.end("value");
    expect(await late.work.value).toBe("value");
    expect(begun[0]!.cancellation.aborted).toBe(false);
  });

  it.each(["end", "fail"] as const)(
    "are not cancelled after their end: %s",
    async (how) => {
      const { begun, start } = work();
      const seat = flights.join("key", start);
      begun[0]![how]("value");
      await seat.work.value.catch(() => undefined);
      expect(seat.leave(never)).toBe(false);
      expect(begun[0]!.cancellation.aborted).toBe(false);
    },
  );

  it("cancel work without a key too", () => {
    const { begun, start } = work();
    expect(flights.join(undefined, start).leave(() => "why")).toBe(true);
    expect(begun[0]!.cancellation.reason).toBe("why");
  });

  it("let work cancel itself", async () => {
    const seat = flights.join("key", (cancellation) => ({
      value: Promise.resolve().then(() => {
        cancellation.cancel("its time is up");
        return String(cancellation.reason);
      }),
    }));
    expect(await seat.work.value).toBe("its time is up");
  });

  it("begin nothing when start throws", () => {
    const failure = new Error("not begun");
    expect(() =>
      flights.join("key", () => {
        throw failure;
      }),
    ).toThrow(failure);
    expect(flights.size).toBe(0);
    const { start } = work();
    expect(flights.join("key", start).isFirst).toBe(true);
  });

  it("begin nothing new of a key when start throws for one too old", () => {
    const { begun, start } = work();
    flights.join("key", start);
    time += 101;
    expect(() =>
      flights.join("key", () => {
        throw new Error("not begun");
      }),
    ).toThrow("not begun");
    expect(begun[0]!.cancellation.aborted).toBe(false);
  });

  it("go by the monotonic clock when given none", () => {
    const { start } = work();
    const clocked = new Flights<Texts>({ maxAgeMs: 60_000 });
    clocked.join("key", start);
    jest.useFakeTimers({ doNotFake: ["performance"] });
    try {
      jest.setSystemTime(Date.now() + 3_600_000);
      expect(clocked.join("key", start).isFirst).toBe(false);
    } finally {
      jest.useRealTimers();
    }
  });

  // Jest fails a test during which a promise rejects unheard.
  it("leave no failure unheard when all have left", async () => {
    const { begun, start } = work();
    const seat = flights.join("key", start);
    seat.leave(() => "why");
    begun[0]!.fail(new Error("cancelled"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(flights.size).toBe(0);
  });
});
