import fc from "fast-check";
import { createCursors, positionsOf } from "../../src/domain/cursor";

const list = ["customers", null, { email: "a@shop.test" }];
const cursors = createCursors(list);
const position = [{ store: "cl-eu", next: 41 }];

const notOurs = "is not a cursor that this server gave";
const ofAnotherList =
  "is a cursor of another list; use an endCursor of this field, with the same parent and the same filter";

function encoded(text: string): string {
  return Buffer.from(text, "latin1").toString("base64url");
}

function plain(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString("latin1");
}

describe("createCursors", () => {
  it("decodes what it encoded, whatever the position", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            store: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
            next: fc.integer({ min: 0, max: 1_000_000_000 }),
          }),
          { minLength: 1, maxLength: 12, selector: ({ store }) => store },
        ),
        fc.array(fc.jsonValue()),
        (positions, anyList) => {
          const any = createCursors(anyList);
          expect(any.decode(any.encode(positions))).toEqual(positions);
        },
      ),
    );
  });

  it("writes cursors that need no escaping in URLs", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), (next) => {
        expect(cursors.encode([{ store: "cl-eu", next }])).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it("reads cursors of an equal list elsewhere", () => {
    const other = createCursors(["customers", null, { email: "a@shop.test" }]);
    expect(other.decode(cursors.encode(position))).toEqual(position);
  });

  it("hides the filter's values from the cursor", () => {
    expect(plain(cursors.encode(position))).not.toContain("shop.test");
  });

  it.each<[string, readonly unknown[]]>([
    ["of another field", ["customerGroups", null, { email: "a@shop.test" }]],
    ["of another parent", ["customers", "x", { email: "a@shop.test" }]],
    ["with another filter", ["customers", null, { email: "b@shop.test" }]],
    ["with no filter", ["customers", null, null]],
    ["with the parts joined otherwise", ["customers,null"]],
  ])("recognises the cursor of a list %s", (_, otherList) => {
    const foreign = createCursors(otherList).encode(position);
    expect(cursors.decode(foreign)).toBe(ofAnotherList);
  });

  it.each<[string, string]>([
    ["an empty text", ""],
    ["a blank", " "],
    ["a number", "10"],
    ["a word", "garbage"],
    ["punctuation only", "!!!"],
    ["an emoji", "🦊"],
    ["a NUL", "\u0000"],
    ["a text of 200 KB", "A".repeat(200_000)],
    ["another server's cursor", encoded("arrayconnection:10")],
    ["a JSON cursor", encoded('{"store":"cl-eu","index":1}')],
  ])("refuses %s in its own words", (_, text) => {
    expect(cursors.decode(text)).toBe(notOurs);
  });

  it.each([
    ["negative", "-1"],
    ["fractional", "1.5"],
    ["exponential", "1e9"],
    ["hexadecimal", "0x10"],
    ["empty", ""],
    ["padded", "041"],
    ["signed", "+41"],
    ["not a number", "NaN"],
    ["just too large", "1000000001"],
    ["beyond safe integers", "9007199254740993"],
    ["followed by a line break", "41\n"],
    ["followed by a NUL", "41\u0000"],
  ])("refuses a tampered index that is %s", (_, index) => {
    const fingerprint = plain(cursors.encode(position)).slice(0, 10);
    expect(cursors.decode(encoded(`${fingerprint}:cl-eu:41`))).toEqual(
      position,
    );
    expect(cursors.decode(encoded(`${fingerprint}:cl-eu:${index}`))).toBe(
      notOurs,
    );
  });

  it.each(["", "CL-EU", "cl_eu", "cl\neu", "../x", "a".repeat(41), "é"])(
    "refuses a tampered store key %j",
    (store) => {
      const fingerprint = plain(cursors.encode(position)).slice(0, 10);
      expect(cursors.decode(encoded(`${fingerprint}:${store}:41`))).toBe(
        notOurs,
      );
    },
  );

  it.each<[string, (cursor: string) => string]>([
    [
      "a control character inside",
      (c) => `${c.slice(0, 8)}\u0007${c.slice(8)}`,
    ],
    ["a line break after it", (c) => `${c}\r\n`],
    ["a blank before it", (c) => ` ${c}`],
    ["padding", (c) => `${c}==`],
    ["a query behind it", (c) => `${c}?a=1`],
    ["bits beyond its last byte", (c) => `${c.slice(0, -1)}${next(c.at(-1))}`],
  ])("refuses its own cursor with %s", (_, change) => {
    // 26 bytes: the last letter holds two bits that mean nothing.
    const cursor = cursors.encode([{ store: "cl-eu-shop", next: 1000 }]);
    expect(plain(cursor)).toHaveLength(26);
    expect(cursors.decode(change(cursor))).toBe(notOurs);
  });

  it("refuses two positions of the same store", () => {
    const cursor = cursors.encode([
      { store: "a", next: 1 },
      { store: "a", next: 2 },
    ]);
    expect(cursors.decode(cursor)).toBe(notOurs);
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(cursors.decode(text)).toBe(notOurs);
      }),
    );
  });
});

function next(letter = ""): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}

describe("positionsOf", () => {
  it("reads a cursor of whatever list", () => {
    expect(positionsOf(cursors.encode(position))).toEqual(position);
    expect(positionsOf(createCursors(["others"]).encode(position))).toEqual(
      position,
    );
  });

  it.each(["", "x", "AAAA", "\u0000", "é".repeat(10)])(
    "reads nothing in %j",
    (text) => {
      expect(positionsOf(text)).toBeNull();
    },
  );
});
