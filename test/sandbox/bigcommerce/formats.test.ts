import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
} from "../../../src/sandbox/bigcommerce";
import { ask, STATUS_CODES } from "./ask";

describe("formats of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
  });
  afterAll(() => server.close());

  const typeOf = async (path: string, accept: string) => {
    const { status, headers } = await ask(server, path, { accept });
    return `${status} ${headers.get("content-type")}`;
  };
  const JSON_TYPE = "200 application/json";
  const XML_TYPE = "200 application/xml; charset=utf-8";

  it("answers v2 in JSON when asked to", async () => {
    for (const accept of [
      ...["application/json", "*/*", "text/xml, application/json;q=0.1"],
      ...["APPLICATION/JSON", "application/*"],
    ])
      expect(await typeOf("/v2/customer_groups", accept)).toBe(JSON_TYPE);
  });

  it("answers v2 in XML unless JSON is asked", async () => {
    for (const accept of ["application/xml", "text/xml", "text/xml;q=0.9"])
      expect(await typeOf("/v2/customer_groups", accept)).toBe(XML_TYPE);
  });

  it("answers v2 in XML without the header", async () => {
    const { storeHash, credentials } = server.storeSettings;
    const text = await rawGet(
      server.origin,
      `/stores/${storeHash}/v2/customer_groups/1`,
      { "x-auth-token": credentials.accessToken },
    );
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<customer_group><id>1</id>' +
        "<name>Wholesale</name><is_default>false</is_default>" +
        "<category_access><type>all</type><categories>" +
        "<category>18</category><category>19</category>" +
        "<category>23</category><category>34</category></categories>" +
        "</category_access><discount_rules><discount_rule>" +
        "<type>price_list</type><method>percent</method>" +
        "<amount>5.0000</amount><price_list_id>3</price_list_id>" +
        "</discount_rule></discount_rules><date_created/><date_modified/>" +
        "<is_group_for_guests>true</is_group_for_guests></customer_group>\n",
    );
  });

  it("escapes what XML would read", async () => {
    const path = "/v2/customer_groups?name:like=labs";
    const { text } = await ask(server, path, { accept: "text/xml" });
    expect(text).toContain("<name>R&amp;D &lt;labs&gt;</name>");
  });

  it("writes errors of v2 in XML too", async () => {
    const path = "/v2/customer_groups/9999";
    const { status, text } = await ask(server, path, { accept: "text/xml" });
    expect(status).toBe(404);
    expect(text).toContain("<errors><error><status>404</status><message>");
  });

  it("takes the suffix for a wish for JSON", async () => {
    for (const path of [
      ...["/v2/customer_groups.json", "/v2/customer_groups/1.json"],
      "/v2/customer_groups/count.json",
    ])
      expect(await typeOf(path, "text/xml")).toBe(JSON_TYPE);
  });

  it("answers v3 in JSON alone", async () => {
    expect(await typeOf("/v3/pricelists", "*/*")).toBe(JSON_TYPE);
    const { status, body } = await ask(server, "/v3/pricelists", {
      accept: "application/xml",
    });
    expect([status, body]).toEqual([
      406,
      {
        status: 406,
        title: "The requested format is not available",
        type: STATUS_CODES,
        errors: {},
      },
    ]);
  });

  it("refuses formats that v2 cannot write", async () => {
    const { status, body } = await ask(server, "/v2/customer_groups", {
      accept: "text/csv",
    });
    expect([status, body]).toEqual([
      406,
      [{ status: 406, message: "The requested format is not available" }],
    ]);
  });
});

/** Sends these headers and no other, which `fetch` cannot. */
async function rawGet(
  origin: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const { get } = await import("node:http");
  return new Promise((resolve, reject) => {
    get(`${origin}${path}`, { headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => (text += piece));
      response.on("end", () => resolve(text));
    }).on("error", reject);
  });
}
