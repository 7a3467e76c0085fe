import { weightIn } from "../../src/server/header-weight";

describe("header weight", () => {
  it.each([
    ["text/html", 1, 0],
    ["application/json, text/html;q=0.5", 0.5, 1],
    ["application/json,text/html ; q=0.25", 0.25, 1],
    ["TEXT/HTML;Q=0.125", 0.125, 0],
    ["text/html;level=1;q=0.3", 0.3, 0],
    ["text/html;q=0", 0, 0],
    ["text/html;q=1.000", 1, 0],
    ["text/html;q=0.2, text/html;q=0.9", 0.2, 0],
    ["text/*;q=0.4, */*;q=0.1", 0.4, 0],
    ["*/*;q=0.1, text/*;q=0.4, text/html;q=0.2", 0.2, 2],
    ["*/*", 1, 0],
  ])("reads %j", (header, quality, position) => {
    expect(weightIn(header, ["text/html", "text/*", "*/*"])).toEqual({
      quality,
      position,
    });
  });

  it.each([
    "",
    ",",
    ";q=1",
    "application/json",
    "text/htmlx",
    "text/html;q=2",
    "text/html;q=-1",
    "text/html;q=high",
    "text/html;q=",
    "text/html;q=0.1234",
  ])("finds nothing in %j", (header) => {
    expect(weightIn(header, ["text/html", "*/*"])).toBeUndefined();
  });

  it("reads a long header in time", () => {
    const header = "a/b;q=0.5,".repeat(6_000) + "text/html";
    expect(weightIn(header, ["text/html"])).toEqual({
      quality: 1,
      position: 6_000,
    });
  });
});
