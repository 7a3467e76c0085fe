import type { SandboxServer } from "../../../src/sandbox/room";
import { plainBody, type PlainRoom, startPlainRoom } from "../plain-room";
import { askRoom, roomsUnderTest } from "./rooms";

describe("faults of content", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());
  const read = async () => (await fetch(room.origin)).text();

  it.each<[object, unknown]>([
    [
      { at: "/greeting", value: [1] },
      { ...plainBody, greeting: [1] },
    ],
    [
      { at: "/list/*", value: null },
      { ...plainBody, list: [null, null, null] },
    ],
    [
      { at: "/list/1", remove: true },
      { ...plainBody, list: [1, 3] },
    ],
    [
      { at: "/more", value: "\0" },
      { ...plainBody, more: "\0" },
    ],
    [{ at: "/**/greeting", remove: true }, { list: plainBody.list }],
    [{ at: "", value: 7 }, 7],
  ])("sets %j", async (set, expected) => {
    room.faults.add({ set: set as { at: string; value: null } });
    expect(JSON.parse(await read())).toEqual(expected);
    expect(plainBody.list).toEqual([1, 2, 3]);
  });

  it.each(["9007199254740993", "NaN", "1e999", '{"__proto__":{"a":1}}', "[[["])(
    "writes the text %s as it is",
    async (json) => {
      room.faults.add({ set: { at: "/greeting", json } });
      expect(await read()).toBe(`{"greeting":${json},"list":[1,2,3]}`);
    },
  );

  it("applies several one after the other", async () => {
    room.faults.add({ set: { at: "/a", value: {} } });
    room.faults.add({ set: { at: "/a/b", value: 1 } });
    room.faults.add({ transform: (body) => ({ body }) });
    expect(JSON.parse(await read())).toEqual({
      body: { ...plainBody, a: { b: 1 } },
    });
  });
});

// Bare lists say neither how many rows there are nor where others stand.
const withTotals = roomsUnderTest.filter(({ name }) => !name.endsWith("v2"));

describe.each(withTotals)("faults of content in $name", (under) => {
  let room: SandboxServer;
  beforeAll(async () => {
    room = await under.start();
  });
  afterEach(() => room.faults.clear());
  afterAll(() => room.close());

  const list = () => askRoom(room, under, under.list(0, 10));

  it.each<[number | string | null | { json: string }, RegExp]>([
    [-1, /:-1[,}]/],
    [1e15, /:1000000000000000[,}]/],
    ["many", /:"many"[,}]/],
    [null, /:null[,}]/],
    [{ json: "NaN" }, /:NaN[,}]/],
  ])("says of how many there are: %j", async (totals, written) => {
    const honest = under.totalsOf((await list()).body);
    room.faults.add({ totals });
    const { text, body } = await list();
    expect(text).toMatch(written);
    if (body !== undefined)
      expect(under.totalsOf(body)).toEqual(honest.map(() => totals));
  });

  const hasLinks = under.nextOf !== undefined;
  if (hasLinks)
    it("leads all links elsewhere", async () => {
      const honest = linksOf((await list()).body);
      room.faults.add({ links: { to: "http://evil.test:1{path}{query}" } });
      const links = linksOf((await list()).body);
      expect(links.length).toBeGreaterThan(1);
      expect(links).toEqual(
        honest.map((link) => {
          const { pathname, search } = new URL(
            link,
            room.origin + under.list(0, 10),
          );
          return `http://evil.test:1${pathname}${search}`;
        }),
      );
    });

  if (hasLinks)
    it.each([null, 42, "", "#", "//evil.test"])(
      "makes %j of the links of one name",
      async (to) => {
        const { body: honest } = await list();
        room.faults.add({ links: { to, named: ["next"] } });
        const { body } = await list();
        expect(under.nextOf?.(body)).toBe(to);
        expect(linksOf(body).length).toBeGreaterThan(0);
        expect(linksOf(honest)).toEqual(
          expect.arrayContaining(linksOf(body).filter((link) => link !== to)),
        );
      },
    );
});

/** Every text in a member named `links`, in the order in which it comes. */
function linksOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === "links" && typeof inner === "object" && inner !== null
      ? Object.values(inner).filter((link) => typeof link === "string")
      : linksOf(inner),
  );
}
