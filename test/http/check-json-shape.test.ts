import { checkJsonShape } from "../../src/http/check-json-shape";

const shape = { depth: 3, names: 2, containers: 5 };

function check(text: string): string | undefined {
  return checkJsonShape(Buffer.from(text), shape);
}

describe("checkJsonShape", () => {
  it.each([
    "",
    "42",
    '"text"',
    "[[[]]]",
    '{"a":{"b":{"a":1}}}',
    '[{"a":1},{"a":2},{"b":3}]',
    '["a","b","c","d","e"]',
    '"[[[["',
    '["\\"[[[[{",1]',
    '["\\\\",[]]',
    "[1,2,3,4,5,6,7,8]",
    // What is no JSON is the parser's.
    '{"a',
    "]]]]",
    '"\\',
  ])("lets %j pass", (text) => {
    expect(check(text)).toBeUndefined();
  });

  it.each([
    ["[[[[]]]]", "the answer is nested deeper than 3 levels"],
    ['{"a":[{"a":{}}]}', "the answer is nested deeper than 3 levels"],
    ['["\\\\",[[[]]]]', "the answer is nested deeper than 3 levels"],
    ['{"a":1,"b":2,"c":3}', "the answer has members of more than 2 names"],
    [
      '[{"a" :1},{"b"\n:2},{"c"\t\r :3}]',
      "the answer has members of more than 2 names",
    ],
    ["[[],[],[],[],[],[]]", "the answer has more than 5 objects and lists"],
  ])("refuses %j", (text, problem) => {
    expect(check(text)).toBe(problem);
  });

  it("takes platforms' largest pages by default", () => {
    const address = Object.fromEntries(
      Array.from({ length: 17 }, (_, index) => [`field_${index}`, "value"]),
    );
    const customer = { id: 1, addresses: Array(10).fill(address) };
    const text = JSON.stringify({ data: Array(250).fill(customer) });
    expect(checkJsonShape(Buffer.from(text))).toBeUndefined();
  });
});
