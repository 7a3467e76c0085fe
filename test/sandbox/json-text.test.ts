import { JsonText, writeJson } from "../../src/sandbox/json-text";

describe("JSON with texts in it", () => {
  it("writes them word for word", () => {
    const body = {
      id: new JsonText("9007199254740993"),
      list: [new JsonText("NaN"), new JsonText("$1 $& {"), "plain"],
    };
    expect(writeJson(body)).toBe(
      '{"id":9007199254740993,"list":[NaN,$1 $& {,"plain"]}',
    );
  });

  it("writes anything else as JSON", () => {
    expect(writeJson({ a: ["é", null, 1] })).toBe('{"a":["é",null,1]}');
  });
});
