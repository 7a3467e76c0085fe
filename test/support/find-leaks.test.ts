import { findLeaks } from "./find-leaks";

describe("findLeaks", () => {
  it.each([
    ["an address", '{"msg":"no customer anna@example.com"}'],
    ["a telephone number", "phone: +44 20 7946 0000"],
    ["a secret", "x sandbox-secret x"],
    ["a secret in base64", Buffer.from("sandbox-secret").toString("base64")],
    ["a secret in hexadecimal", Buffer.from("sandbox-secret").toString("hex")],
    ["a token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc"],
    ["a header", "authorization: Bearer abcdefgh"],
  ])("finds %s", (_title, text) => {
    expect(findLeaks(text).length).toBeGreaterThan(0);
  });

  it("lets the client's own words and plain lines pass", () => {
    expect(findLeaks("no a@b.test", '{ x(email: "a@b.test") }')).toEqual([]);
    expect(
      findLeaks('{"level":30,"msg":"listening on http://127.0.0.1:4000"}'),
    ).toEqual([]);
  });
});
