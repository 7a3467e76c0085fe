import { changeAt, findAt, isPlace } from "../../src/sandbox/pointer";

const sample = () => ({
  data: [
    { id: 1, mail: "a", links: { self: "x" } },
    { id: 2, mail: null, "a/b": { "~": 1 } },
  ],
  meta: { total: 2 },
});

describe("places in a JSON value", () => {
  it.each([
    ["", sample()],
    ["/meta/total", 2],
    ["/data/1/id", 2],
    ["/data/1/a~1b/~0", 1],
    ["/data/2", undefined],
    ["/data/length", undefined],
    ["/meta/constructor", undefined],
    ["/meta/total/x", undefined],
  ])("finds what stands at %j", (place, found) => {
    expect(findAt(sample(), place)).toEqual(found);
  });

  const changed = (place: string, to: unknown = "new") =>
    changeAt(sample(), place, () => to) as ReturnType<typeof sample>;

  it("changes one member of one item", () => {
    expect(changed("/data/0/id").data.map(({ id }) => id)).toEqual(["new", 2]);
  });

  it("changes all items for a star", () => {
    expect(changed("/data/*/id").data.map(({ id }) => id)).toEqual([
      "new",
      "new",
    ]);
  });

  it("changes a name at any depth", () => {
    const body = changed("/**/self");
    expect(body.data[0]?.links?.self).toBe("new");
    expect(body.meta).toEqual({ total: 2 });
    expect(changed("/**/id").data.map(({ id }) => id)).toEqual(["new", "new"]);
  });

  it("adds a last name to an object alone", () => {
    expect(changed("/meta/more").meta).toEqual({ total: 2, more: "new" });
    expect(changed("/data/9").data).toHaveLength(2);
    expect(changed("/other/more")).toEqual(sample());
    expect(changed("/**/nowhere")).toEqual(sample());
  });

  it("removes what becomes undefined", () => {
    const without = (place: string) =>
      changeAt(sample(), place, () => undefined) as ReturnType<typeof sample>;
    expect(without("/data/0").data.map(({ id }) => id)).toEqual([2]);
    expect(without("/data/*").data).toEqual([]);
    expect(without("/meta/total").meta).toEqual({});
    expect(without("/**/id").data.map((row) => Object.keys(row))).toEqual([
      ["mail", "links"],
      ["mail", "a/b"],
    ]);
  });

  it("replaces the whole value", () => {
    expect(changed("", 7)).toBe(7);
    expect(changeAt(7, "/a", () => 8)).toBe(7);
  });

  it("takes __proto__ for a name like any other", () => {
    const body = changed("/meta/__proto__", { polluted: true });
    expect(Object.keys(body.meta)).toEqual(["total", "__proto__"]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(JSON.stringify(body.meta)).toContain(
      '"__proto__":{"polluted":true}',
    );
  });

  it.each(["a", "/a~", "/a~2"])("takes %j for no place", (text) => {
    expect(isPlace(text)).toBe(false);
    expect(() => changeAt({}, text, () => 1)).toThrow("is no JSON pointer");
  });
});
