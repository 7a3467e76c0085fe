import { ConfigurationError, toPath } from "../../src/config/problems";

describe("toPath", () => {
  it.each<[PropertyKey[], string]>([
    [[], ""],
    [["server"], "server"],
    [
      ["stores", 0, "credentials", "clientId"],
      "stores[0].credentials.clientId",
    ],
    [["a", 0, 1], "a[0][1]"],
  ])("writes %j as %j", (segments, path) => {
    expect(toPath(segments)).toBe(path);
  });
});

describe("ConfigurationError", () => {
  it("lists each problem in a line", () => {
    const error = new ConfigurationError("clientele.yaml", [
      { path: "", message: "expected server and stores" },
      { path: "stores[0].key", message: "expected a key" },
    ]);
    expect(error.message).toBe(
      "clientele.yaml has 2 problems:\n  expected server and stores\n  stores[0].key: expected a key",
    );
  });

  it.each([
    ["", "a.yaml: cannot be read (ENOENT)"],
    ["server.port", "a.yaml: server.port: cannot be read (ENOENT)"],
  ])("says a single problem at %j in one line", (path, expected) => {
    const { message } = new ConfigurationError("a.yaml", [
      { path, message: "cannot be read (ENOENT)" },
    ]);
    expect(message).toBe(expected);
  });
});
