import { PlatformError } from "../../src/domain/errors";
import { readJson } from "../../src/http/read-json";
import { answer, call } from "./support";

const canary = "anna.canary@shop.test";

function read(body: string | Buffer, status = 200): unknown {
  return readJson({ ...answer(status), body: Buffer.from(body) }, call);
}

function failureOf(body: string | Buffer, status?: number): PlatformError {
  try {
    read(body, status);
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  throw new Error("It was read.");
}

function nested(open: string, close: string, levels: number): string {
  return open.repeat(levels) + close.repeat(levels);
}

function list(length: number, make: (index: number) => string): string {
  return Array.from({ length }, (_, index) => make(index)).join(",");
}

describe("readJson", () => {
  it.each<[string, unknown]>([
    ["null", null],
    ["0", 0],
    ['""', ""],
    [' {"a":[1]} ', { a: [1] }],
    ['{"a":1,"a":2}', { a: 2 }],
  ])("reads %s as JSON", (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it("reads JSON behind a byte order mark", () => {
    expect(read('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  it("keeps characters beyond the basic plane", () => {
    expect(read('"é🦊\\u0000"')).toBe("é🦊\u0000");
  });

  it.each<[string, Buffer]>([
    ["ISO 8859-1", Buffer.from('{"name":"Andr\u00e9"}', "latin1")],
    ["UTF-16", Buffer.from('{"name":1}\u00e9', "utf16le")],
    ["half a character", Buffer.from([0x22, 0xc3, 0x22])],
    ["an encoded surrogate", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])("refuses %s", (_, body) => {
    expect(failureOf(body)).toMatchObject({
      code: "PLATFORM_CONTRACT",
      message: 'Store "cl-eu", GET /customers/{id}: the answer is not UTF-8',
    });
  });

  it.each<[string, string]>([
    ["an empty body", ""],
    ["plain text", canary],
    ["half a document", `{"email":"${canary}"`],
    ["a maintenance page", `<html><body>${canary}</body></html>`],
    ["two documents", `{"email":"${canary}"}{}`],
    ["two byte order marks", '\uFEFF\uFEFF{"a":1}'],
    ["a comma too much", `["${canary}",]`],
    ["NaN", `{"${canary}":NaN}`],
    ["a line break in a text", `{"a":"${canary}\n"}`],
  ])("refuses %s, quoting nothing of it", (_, body) => {
    const error = failureOf(body, 502);
    expect(error.code).toBe("PLATFORM_CONTRACT");
    expect(error.message).toBe(
      'Store "cl-eu", GET /customers/{id}: the answer (HTTP 502) is not JSON',
    );
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error.details)).not.toContain(canary);
  });

  it.each<[string, () => string]>([
    ["200,000 nested lists", () => nested("[", "]", 200_000)],
    ["200,000 nested objects", () => nested('{"a":', "}", 200_000)],
    ["a list nested in a long text", () => nested('["[",', "]", 60_000)],
    [
      "400,000 different names",
      () => `{${list(400_000, (index) => `"${index}":0`)}}`,
    ],
    [
      "5,000 objects of 100 names of their own",
      () =>
        `[${list(5_000, (row) => `{${list(100, (index) => `"${row} ${index}" : 0`)}}`)}]`,
    ],
    ["a million empty lists", () => `[${list(1_000_000, () => "[]")}]`],
  ])("refuses %s at once", (_, make) => {
    const body = Buffer.from(make());
    const startedAt = performance.now();
    const error = failureOf(body);
    // Parsing them takes up to two seconds, which nobody else is served in.
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(error.code).toBe("PLATFORM_CONTRACT");
    expect(error.message).toMatch(/nested deeper than|names|objects and lists/);
  });

  it("reads a large answer of ordinary shape", () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      name: `[{"${id}":`,
      tags: ["a", { b: [] }],
    }));
    const text = JSON.stringify({ rows }, null, 1);
    expect(text.length).toBeGreaterThan(2_000_000);
    expect(read(text)).toEqual({ rows });
  });

  it("takes a __proto__ member as a member", () => {
    const value = read('{"__proto__":{"polluted":true}}') as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect("polluted" in value).toBe(false);
  });
});
