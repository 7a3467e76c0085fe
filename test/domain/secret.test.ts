import { inspect } from "node:util";
import { Secret } from "../../src/domain/secret";

describe("Secret", () => {
  const secret = new Secret("canary-value");

  it.each([
    ["S8 in a template", `${secret as unknown as string}`],
    ["S8 as JSON", JSON.stringify({ a: [secret] })],
    ["S8 with +", "" + (secret as unknown as string)],
    ["S8 as a text", String(secret)],
    ["S2 inspected", inspect({ a: { b: [secret] } }, { depth: 10 })],
    [
      "S2 inspected with hidden members",
      inspect({ a: secret }, { depth: 10, showHidden: true }),
    ],
    [
      "S2 as an error's cause",
      inspect(new Error("x", { cause: { secret } }), { depth: 10 }),
    ],
    ["S2 as its members", JSON.stringify(Object.entries(secret))],
  ])("is not shown: %s", (_title, text) => {
    expect(text).not.toContain("canary");
  });

  it("is revealed on purpose only", () => {
    expect(secret.reveal()).toBe("canary-value");
  });
});
