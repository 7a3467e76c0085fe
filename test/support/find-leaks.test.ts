import { bigcommerceSandbox } from "../../src/sandbox/bigcommerce";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { ecwidSandbox } from "../../src/sandbox/ecwid";
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
    ["a name", "no customer Anna Lorem in it"],
    ["a name among quotes", '{"msg":"\\"van den Proef\\""}'],
    ["a name without spaces", "顧客「太郎」"],
    ["a street", "12 Sandbox Lane\\nFloor 3"],
    ["a city", "delivers to Gdańsk only"],
    ["a company", "invoice of Crêperie Fictive"],
    ["a note", "canary-note-5"],
  ])("finds %s", (_title, text) => {
    expect(findLeaks(text).length).toBeGreaterThan(0);
  });

  it("lets the client's own words and plain lines pass", () => {
    expect(findLeaks("no a@b.test", '{ x(email: "a@b.test") }')).toEqual([]);
    expect(
      findLeaks('{"level":30,"msg":"listening on http://127.0.0.1:4000"}'),
    ).toEqual([]);
    // Words within words, and words of plain English.
    for (const line of [
      "sandbox ecwid-demo at http://127.0.0.1:1",
      "Sandbox: a Sample, a Specimen, Nobody; a Placeholder for Testing",
      "The muster of Austinite songs in Mustermann's Annals",
    ]) {
      expect(findLeaks(line)).toEqual([]);
    }
  });

  it("finds every name, company, street and city of the sandbox", async () => {
    const commerceLayer = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    const bigcommerce = await bigcommerceSandbox.start({});
    const ecwid = await ecwidSandbox.start({});
    const data = new Set([
      ...commerceLayer.data.addresses.flatMap(
        ({ full_name, company, line_1, city }) => [
          full_name,
          company,
          line_1,
          city,
        ],
      ),
      ...bigcommerce.data.customers.flatMap(
        ({ first_name, last_name, company, addresses }) => [
          `${first_name} ${last_name}`,
          company,
          ...addresses.flatMap(({ address1, city }) => [address1, city]),
        ],
      ),
      ...ecwid.data.customers.flatMap(
        ({ billingPerson, shippingAddresses = [] }) =>
          [billingPerson, ...shippingAddresses].flatMap((address) => [
            address?.name,
            address?.companyName,
            address?.street,
            address?.city,
          ]),
      ),
    ]);
    await Promise.all(
      [commerceLayer, bigcommerce, ecwid].map((server) => server.close()),
    );
    const missed = [...data].filter(
      (datum) => datum && findLeaks(`it said «${datum}», no more`).length === 0,
    );
    // What is too short to belong to one person alone.
    expect(missed.sort()).toEqual(["John", "X"]);
    expect(data.size).toBeGreaterThan(3_000);
  });
});
