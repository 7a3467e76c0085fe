import {
  readyFaults,
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
  type ReadyFaultName,
} from "../../../src/sandbox/bigcommerce";
import { ask, refusalOf, STATUS_CODES } from "./ask";

const V2 = "/v2/customer_groups";
const V3 = "/v3/customers";
const CATALOG = "/v3/catalog/products";

describe("errors of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
  });
  afterAll(() => server.close());
  afterEach(() => server.faults.clear());

  const MISSING = "You don't have a required scope to access the endpoint";
  const v3Forbidden = [
    403,
    { status: 403, title: MISSING, type: STATUS_CODES, errors: {} },
  ];

  it("asks for a token in plain text", async () => {
    for (const path of [V2, V3, CATALOG]) {
      const answer = await ask(server, path, { "x-auth-token": "" });
      expect(answer.status).toBe(401);
      expect(answer.text).toBe("X-Auth-Token header is required");
      expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    }
  });

  it("turns another token away in plain text", async () => {
    for (const path of [V2, V3]) {
      const answer = await ask(server, path, { "x-auth-token": "wrong" });
      expect(answer.status).toBe(401);
      expect(answer.text).toBe(
        "X-Auth-Token header should have correct format",
      );
    }
  });

  it("notes which requests were authorized", async () => {
    server.journal.clear();
    await ask(server, V2, { "x-auth-token": "wrong" });
    await ask(server, `${V2}?limit=1`);
    expect(
      server.journal
        .requests()
        .map(({ authorized, status, accept }) => [authorized, status, accept]),
    ).toEqual([
      [false, 401, "application/json"],
      [true, 200, "application/json"],
    ]);
  });

  it("does not know another route", async () => {
    for (const path of [
      ...["/v3/customer_groups", "/v2/catalog/products", "/v4/customers"],
      ...["/v3/catalog/trees/categories/18", "/v2/customer_groups/1/x", "/v3"],
    ])
      expect(await refusalOf(server, path)).toEqual([
        404,
        "The route is not found, check the URL",
      ]);
  });

  it("refuses the hash of another store", async () => {
    const headers = {
      accept: "application/json",
      "x-auth-token": server.storeSettings.credentials.accessToken,
    };
    const url = `${server.origin}/stores/other${V3}`;
    const answer = await fetch(url, { headers });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ status: 403, errors: {} });
  });

  it("refuses customers without their scope", async () => {
    server.settings.scopes = ["store_v2_products_read_only"];
    const v2 = await refusalOf(server, V2);
    const v3 = await refusalOf(server, V3);
    const catalog = await ask(server, CATALOG);
    server.settings.scopes = ["store_v2_customers", "store_v2_products"];
    expect(v2).toEqual([403, [{ status: 403, message: MISSING }]]);
    expect(v3).toEqual(v3Forbidden);
    expect(catalog.status).toBe(200);
  });

  it("refuses products without their scope", async () => {
    server.settings.scopes = ["store_v2_customers_read_only"];
    for (const path of [
      ...[CATALOG, `${CATALOG}/77`, "/v3/catalog/trees/categories"],
      ...["/v3/pricelists", "/v3/pricelists/3", "/v3/pricelists/assignments"],
    ])
      expect(await refusalOf(server, path)).toEqual(v3Forbidden);
    expect((await ask(server, V2)).status).toBe(200);
  });

  it("reads with scopes that may write", async () => {
    server.settings.scopes = ["store_v2_customers", "store_v2_products"];
    for (const path of [V2, V3, CATALOG])
      expect((await ask(server, path)).status).toBe(200);
  });

  it("refuses to write anything at all", async () => {
    const v2 = await ask(server, `${V2}/1`, {}, "DELETE");
    const message = "The method is not allowed";
    expect([v2.status, v2.body]).toEqual([405, [{ status: 405, message }]]);
    const v3 = await ask(server, V3, {}, "POST");
    expect([v3.status, v3.body]).toEqual([
      405,
      { status: 405, title: message, type: STATUS_CODES, errors: {} },
    ]);
  });

  it("misses a group in a bare array", async () => {
    const message = "The requested resource was not found.";
    for (const id of ["21", "9999", "0"])
      expect(await refusalOf(server, `${V2}/${id}`)).toEqual([
        404,
        [{ status: 404, message }],
      ]);
  });

  it("answers a wrong group id with errors", async () => {
    expect(await refusalOf(server, `${V2}/x1`)).toEqual([
      400,
      {
        errors: [
          {
            status: 400,
            title: "The id of the customer group is invalid",
            type: STATUS_CODES,
          },
        ],
      },
    ]);
  });

  it("explains a wrong filter of v2", async () => {
    const reasons: Readonly<Record<string, string>> = {
      "is_default=maybe": "is_default must be true or false",
      "date_created:min=soon":
        "date_created:min must be a date or a date with a time",
      "page=0": "page must be a whole number, at least 1",
      "limit=1.5": "limit must be a whole number, at least 1",
    };
    for (const [query, invalid_reason] of Object.entries(reasons)) {
      const [name] = query.split("=");
      expect(await refusalOf(server, `${V2}?${query}`)).toEqual([
        400,
        [
          {
            status: 400,
            message: `The field '${name}' is invalid.`,
            details: { invalid_reason },
          },
        ],
      ]);
    }
  });

  it.each(Object.keys(readyFaults) as ReadyFaultName[])(
    "sends the ready-made fault just once: %s",
    async (name) => {
      const fault = { body: "", headers: {}, ...readyFaults[name] };
      server.faults.add({ ...readyFaults[name], times: 1 });
      const { status, headers, text } = await ask(server, V3);
      expect(status).toBe(fault.status);
      expect(text).toBe(
        typeof fault.body === "string"
          ? fault.body
          : JSON.stringify(fault.body),
      );
      expect(Object.fromEntries(headers)).toMatchObject(fault.headers);
      expect((await ask(server, V3)).status).toBe(200);
    },
  );
});
