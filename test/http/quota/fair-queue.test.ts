import type { Lane, QuotaLimit } from "../../../src/http/quota/account-quota";
import { FairQueue, type Waiting } from "../../../src/http/quota/fair-queue";
import { Random } from "../../../src/sandbox/random";

interface Item extends Waiting {
  readonly name: string;
}

const limit: QuotaLimit = { freeAt: () => 0, take: () => () => undefined };
const lane: Lane = { limits: [limit] };
const operations = new Map<string, object>();

/** `a3` is the third item of the operation `a`. */
function item(name: string, inLane: Lane = lane): Item {
  const key = name.slice(0, 1);
  if (!operations.has(key)) operations.set(key, {});
  return { name, operation: operations.get(key)!, lane: inLane };
}

function fill(...names: readonly string[]) {
  const queue = new FairQueue<Item>();
  const items = names.map((name) => item(name));
  for (const one of items) queue.add(one);
  return { queue, items };
}

function drain(queue: FairQueue<Item>, isFree: (lane: Lane) => boolean) {
  const names: string[] = [];
  for (let next = queue.next(isFree); next; next = queue.next(isFree)) {
    names.push(next.name);
  }
  return names;
}

const always = () => true;

describe("a fair queue", () => {
  it("keeps the order within an operation", () => {
    const { queue } = fill("a1", "a2", "a3");
    expect(drain(queue, always)).toEqual(["a1", "a2", "a3"]);
    expect(queue.size).toBe(0);
  });

  it("gives operations their turns in rotation", () => {
    const { queue } = fill("a1", "a2", "a3", "b1", "c1", "c2");
    expect(drain(queue, always)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
  });

  it("lets one of one pass a hundred of another", () => {
    const { queue } = fill(
      ...Array.from({ length: 100 }, (_, index) => `a${index}`),
      "b0",
    );
    expect(drain(queue, always).indexOf("b0")).toBe(1);
  });

  it("puts an operation that comes again at the end", () => {
    const { queue } = fill("a1", "b1", "c1");
    expect(queue.next(always)?.name).toBe("a1");
    queue.add(item("a2"));
    expect(drain(queue, always)).toEqual(["b1", "c1", "a2"]);
  });

  it("passes over lanes that are not free", () => {
    const shut: Lane = { limits: [] };
    const { queue } = fill();
    queue.add(item("a1", shut));
    queue.add(item("a2"));
    queue.add(item("b1", shut));
    queue.add(item("b2"));
    const isFree = (one: Lane) => one !== shut;
    expect(drain(queue, isFree)).toEqual(["a2", "b2"]);
    expect(queue.size).toBe(2);
    expect([...queue.lanes()]).toEqual([shut]);
    expect(drain(queue, always)).toEqual(["a1", "b1"]);
    expect([...queue.lanes()]).toEqual([]);
  });

  it("takes the earlier of two free lanes first", () => {
    const other: Lane = { limits: [] };
    const { queue } = fill();
    queue.add(item("a1", other));
    queue.add(item("a2"));
    queue.add(item("a3", other));
    expect(drain(queue, always)).toEqual(["a1", "a2", "a3"]);
  });

  it("forgets what has left", () => {
    const { queue, items } = fill("a1", "a2", "b1");
    queue.remove(items[0]!);
    queue.remove(items[2]!);
    queue.remove(items[2]!);
    expect(queue.size).toBe(1);
    expect(drain(queue, always)).toEqual(["a2"]);
  });

  it("tells how many would go first", () => {
    const { queue } = fill("a1", "a2", "a3", "b1");
    // Of a new operation one goes after the first of each other.
    expect(queue.ahead({}, limit)).toBe(2);
    expect(queue.ahead(operations.get("b")!, limit)).toBe(1 + 2);
    expect(queue.ahead(operations.get("a")!, limit)).toBe(3 + 1);
    expect(queue.ahead({}, { ...limit })).toBe(0);
  });

  it.each([1, 2, 3])("comes near the real number with seed %i", (seed) => {
    const random = new Random(seed);
    const { queue } = fill();
    for (let count = 0; count < 200; count += 1) {
      if (random.int(0, 3) === 0) queue.next(always);
      const added = item(`${"abcdef".charAt(random.int(0, 5))}${count}`);
      const ahead = queue.ahead(added.operation, limit);
      queue.add(added);
      // Whoever is in the midst of a rotation may be one off.
      const copy = new FairQueue<Item>();
      for (const one of queue.items()) copy.add(one);
      const place = drain(copy, always).indexOf(added.name);
      expect(Math.abs(place - ahead)).toBeLessThanOrEqual(5);
    }
  });
});
