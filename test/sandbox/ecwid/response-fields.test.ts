import {
  startEcwidSandbox,
  type EcwidSandboxServer,
} from "../../../src/sandbox/ecwid";
import { toSelection } from "../../../src/sandbox/ecwid/response-fields";
import { ask, refusalOf } from "./ask";

describe("responseFields of the Ecwid sandbox", () => {
  let server: EcwidSandboxServer;
  beforeAll(async () => {
    server = await startEcwidSandbox();
  });
  beforeEach(() => server.reset());
  afterAll(() => server.close());

  const bodyOf = async (path: string, fields: string) => {
    const sign = path.includes("?") ? "&" : "?";
    const query = `responseFields=${encodeURIComponent(fields)}`;
    const { status, body } = await ask(server, `${path}${sign}${query}`);
    expect(status).toBe(200);
    return body;
  };

  it("answers the example of the documentation", async () => {
    expect(await bodyOf("/customer_groups/0", "name")).toEqual({
      name: "General",
    });
  });

  it("cuts the envelope as well", async () => {
    expect(await bodyOf("/customer_groups?limit=2", "total,items(id)")).toEqual(
      { total: 63, items: [{ id: 0 }, { id: 9367001 }] },
    );
    expect(
      await bodyOf("/customers?customerGroupIds=9367001&limit=1", "total"),
    ).toEqual({ total: 12 });
    expect(await bodyOf("/customers", "allCustomerCount")).toEqual({
      allCustomerCount: 3000,
    });
  });

  it("brings no id that is not asked", async () => {
    expect(await bodyOf("/customer_groups?limit=1", "items(name)")).toEqual({
      items: [{ name: "General" }],
    });
  });

  it("reaches into objects and through lists", async () => {
    const row = server.data.customers.find(
      ({ billingPerson, shippingAddresses = [] }) =>
        billingPerson?.phone !== undefined && shippingAddresses.length > 1,
    );
    expect(
      await bodyOf(
        `/customers/${row?.id}`,
        "billingPerson(phone),shippingAddresses(id,orderBy)",
      ),
    ).toEqual({
      billingPerson: { phone: row?.billingPerson?.phone },
      shippingAddresses: row?.shippingAddresses?.map(({ id, orderBy }) => ({
        id,
        orderBy,
      })),
    });
  });

  it("brings a whole subtree without parentheses", async () => {
    const [john] = server.data.customers;
    const path = `/customers/${john?.id}`;
    const whole = { stats: john?.stats };
    expect(await bodyOf(path, "stats")).toEqual(whole);
    expect(await bodyOf(path, "stats,stats(salesValue)")).toEqual(whole);
    expect(await bodyOf(path, "stats(salesValue),stats")).toEqual(whole);
  });

  it("joins fields that are asked apart", async () => {
    expect(
      await bodyOf("/customer_groups?limit=1", "items(id),items( name )"),
    ).toEqual({ items: [{ id: 0, name: "General" }] });
  });

  it("leaves out what a customer lacks", async () => {
    const row = server.data.customers.find(
      ({ billingPerson }) => billingPerson === undefined,
    );
    expect(
      await bodyOf(`/customers/${row?.id}`, "id,billingPerson(name)"),
    ).toEqual({ id: row?.id });
  });

  it("passes over names that it lacks", async () => {
    expect(await bodyOf("/customer_groups/0", "nope,__proto__")).toEqual({});
    expect(await bodyOf("/customer_groups/0", "id(x),name")).toEqual({
      id: 0,
      name: "General",
    });
    server.settings.strictResponseFields = true;
    for (const fields of [
      ...["nope", "items(id)", "id(x)", "toString", "totalOrderCount"],
    ])
      expect(
        await refusalOf(server, `/customer_groups/0?responseFields=${fields}`),
      ).toBe("400 WRONG_PARAMETER");
    expect(
      await bodyOf("/customers?limit=1", "count,items(totalOrderCount)"),
    ).toMatchObject({ count: 1 });
  });

  it("knows every field that it sends", async () => {
    server.settings.strictResponseFields = true;
    const toFields = (value: unknown): string[] =>
      Array.isArray(value)
        ? value.flatMap(toFields)
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([name, inner]) => {
              const fields = toFields(inner);
              return fields.length === 0
                ? [name]
                : fields.map((field) => `${name}(${field})`);
            })
          : [];
    const rows = {
      items: server.data.customers,
    };
    const fields = [...new Set(toFields(rows))];
    expect(fields).toContain("items(shippingAddresses(addressFormatted))");
    expect(
      await bodyOf("/customers?sortBy=REGISTERED_DATE_ASC", fields.join(",")),
    ).toEqual({ items: server.data.customers.slice(0, 100) });
  });

  it("asks for everything when it is empty", async () => {
    expect(await bodyOf("/customer_groups/0", "")).toEqual({
      id: 0,
      name: "General",
    });
  });

  it.each(["(", ")", ",", "a,,b", "a(", "a()", "a(b", "a)b", "a(b)c", "(a)"])(
    "refuses %s for what is misplaced",
    async (fields) => {
      expect(() => toSelection(fields)).toThrow("is out of place");
      const query = `responseFields=${encodeURIComponent(fields)}`;
      expect(await refusalOf(server, `/customer_groups?${query}`)).toBe(
        "400 WRONG_PARAMETER",
      );
    },
  );

  it("reads any depth of parentheses", () => {
    const depth = 50_000;
    const text = "a(".repeat(depth) + "a" + ")".repeat(depth);
    expect([...toSelection(text).keys()]).toEqual(["a"]);
  });
});
