import fc from "fast-check";
import {
  parseGlobalId,
  toGlobalId,
  toStoreGlobalId,
} from "../../src/domain/global-id";

const form =
  "a global id has the form gid://clientele/<Kind>/<store key>/<native id>";
const malformed = `is not a global id; ${form}`;
const misencoded = `is not a global id; its native id is not percent-encoded as it should be; ${form}`;

const customer = "gid://clientele/Customer/cl-eu/";

const kinds = fc
  .stringMatching(/^[A-Z][A-Za-z0-9]{0,63}$/)
  .filter((kind) => kind !== "Store");
const storeKeys = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
/** Any text of whole characters, control characters included. */
const nativeIds = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });

describe("toGlobalId", () => {
  it.each([
    ["jxmLnhKpQd", `${customer}jxmLnhKpQd`],
    ["1003", `${customer}1003`],
    ["a/b?c#d", `${customer}a%2Fb%3Fc%23d`],
    ["é 🦊", `${customer}%C3%A9%20%F0%9F%A6%8A`],
  ])("writes native id %j as %s", (nativeId, id) => {
    expect(toGlobalId("Customer", "cl-eu", nativeId)).toBe(id);
  });

  it("is read back for any native id", () => {
    fc.assert(
      fc.property(kinds, storeKeys, nativeIds, (kind, store, nativeId) => {
        const id = toGlobalId(kind, store, nativeId);
        expect(id).toMatch(/^[\x21-\x7e]+$/);
        expect(parseGlobalId(id)).toEqual({ kind, store, nativeId });
      }),
    );
  });
});

describe("toStoreGlobalId", () => {
  it("is read back without a native id", () => {
    expect(toStoreGlobalId("cl-eu")).toBe("gid://clientele/Store/cl-eu");
    expect(parseGlobalId("gid://clientele/Store/cl-eu")).toEqual({
      kind: "Store",
      store: "cl-eu",
    });
  });
});

describe("parseGlobalId", () => {
  it.each<[string, string]>([
    ["an empty text", ""],
    ["a bare native id", "jxmLnhKpQd"],
    ["another scheme", "https://clientele/Customer/cl-eu/1"],
    ["another authority", "gid://shopify/Customer/cl-eu/1"],
    ["a scheme in capitals", "GID://clientele/Customer/cl-eu/1"],
    ["a kind in lower case", "gid://clientele/customer/cl-eu/1"],
    ["a kind of 65 letters", `gid://clientele/C${"u".repeat(64)}/cl-eu/1`],
    ["a store key in capitals", "gid://clientele/Customer/CL/1"],
    ["a store key of 41", `gid://clientele/Customer/${"a".repeat(41)}/1`],
    ["no store key", "gid://clientele/Customer//1"],
    ["no native id", "gid://clientele/Customer/cl-eu"],
    ["an empty native id", customer],
    ["a fourth segment", `${customer}1/orders`],
    ["a way up", `${customer}../orders`],
    ["a slash behind it", `${customer}1/`],
    ["a query", `${customer}1?x=1`],
    ["a fragment", `${customer}1#x`],
    ["CR and LF", `${customer}1\r\nx-header: 1`],
    ["a line break at its end", `${customer}1\n`],
    ["a blank before it", ` ${customer}1`],
    ["a blank in it", `${customer}1 2`],
    ["a no-break space", `${customer}1\u00a0`],
    ["a line separator", `${customer}1\u2028`],
  ])("refuses %s", (_, text) => {
    expect(parseGlobalId(text)).toBe(malformed);
  });

  it.each<[string, string]>([
    ["a NUL", "1\u0000"],
    ["an escape character", "1\u001b[31m"],
    ["an emoji", "🦊"],
    ["a letter with an accent", "é"],
    ["a full-width dot", "．．"],
    ["encoded dots", "%2e%2e"],
    ["encoded dots in capitals", "%2E%2E"],
    ["an encoded letter", "%61bc"],
    ["hexadecimal in lower case", "a%2fb"],
    ["a percent sign alone", "%"],
    ["half an escape", "1%2"],
    ["no hexadecimal", "%zz"],
    ["half a character", "%C3"],
    ["an overlong encoding", "%C0%AE"],
    ["an encoded surrogate", "%ED%A0%80"],
    ["a lone surrogate", "\ud800"],
    ["quotes", '"1"'],
    ["a plus", "a+b"],
    ["a backslash", "a\\b"],
  ])("refuses a native id of %s", (_, nativeId) => {
    expect(parseGlobalId(customer + nativeId)).toBe(misencoded);
  });

  it("refuses 200 KB at once, quoting nothing", () => {
    expect(parseGlobalId(customer + "a".repeat(200_000))).toBe(
      `is longer than 512 characters; ${form}`,
    );
  });

  it("accepts 512 characters and refuses 513", () => {
    const nativeId = "a".repeat(512 - customer.length);
    expect(parseGlobalId(customer + nativeId)).toMatchObject({ nativeId });
    expect(parseGlobalId(`${customer}${nativeId}a`)).toBe(
      `is longer than 512 characters; ${form}`,
    );
  });

  it("refuses a store with a native id", () => {
    expect(parseGlobalId("gid://clientele/Store/cl-eu/1")).toBe(
      "is not a global id; a store's has the form gid://clientele/Store/<store key>",
    );
  });

  it("hands over encoded control characters decoded", () => {
    // They are a kind's to refuse: see EntityKind.isNativeId.
    expect(parseGlobalId(`${customer}%0D%0A%00`)).toMatchObject({
      nativeId: "\r\n\u0000",
    });
  });

  it("accepts no second spelling of an id", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (tail) => {
        const parsed = parseGlobalId(customer + tail);
        if (typeof parsed === "string") return;
        expect(toGlobalId("Customer", "cl-eu", parsed.nativeId ?? "")).toBe(
          customer + tail,
        );
      }),
      { examples: [["%61"], ["a%2Fb"], ["~!*'()"]] },
    );
  });
});
