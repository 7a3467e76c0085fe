import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { startControlOf } from "../control-of";
import { ask, refusalOf } from "./ask";

describe("errors of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  it("answers an unknown record as documented", async () => {
    const { status, headers, document } = await ask(
      server,
      "/api/customers/zzzzzzzzzz",
    );
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/vnd.api+json");
    expect(document).toEqual({
      errors: [
        {
          title: "Record not found",
          detail:
            "The requested resource was not found. " +
            "Please double-check the resource id.",
          code: "RECORD_NOT_FOUND",
          status: "404",
        },
      ],
    });
  });

  it.each([
    "/api/customers/xyzkjabcde",
    "/api/customers/",
    "/api/customers/%zz",
    "/api/customers/xYZkjABcde/nothing",
    "/api/customers/zzzzzzzzzz/orders",
    "/api/customers/xYZkjABcde/relationships/customer_group",
    "/api/nothing",
    "/api/merchants",
    "/api/event_stores",
    "/api",
    "/",
    "/other/customers",
  ])("finds nothing at %s", async (path) => {
    expect(await refusalOf(server, path)).toBe("404 RECORD_NOT_FOUND");
  });

  it.each(["POST", "PATCH", "PUT", "DELETE"])(
    "serves customers by GET, not %s",
    async (method) => {
      const { status, headers, document } = await ask(
        server,
        "/api/customers/xYZkjABcde",
        { method },
      );
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET");
      expect(document.errors).toMatchObject([{ status: "405" }]);
    },
  );

  it.each([
    ["application/vnd.api+json", 200],
    ["*/*", 200],
    ["application/vnd.api+json;q=0.9", 200],
    ["application/json, application/vnd.api+json", 200],
    ["text/html, */*;q=0.8", 200],
    ["application/json", 406],
    ["text/html", 406],
    ["application/vnd.api+json; charset=utf-8", 406],
  ])("answers Accept %s with %i", async (accept, wanted) => {
    const { status, document } = await ask(
      server,
      "/api/customer_groups/xYZkjABcde",
      { headers: { accept } },
    );
    expect(status).toBe(wanted);
    if (wanted === 406)
      expect(document.errors).toMatchObject([
        {
          code: "NOT_ACCEPTABLE",
          detail: expect.stringContaining(`specified '${accept}'`) as string,
        },
      ]);
  });

  it("writes every status as a text", async () => {
    for (const query of ["page[size]=99", "sort=x", "include=x", "x=1"]) {
      const { status, document } = await ask(server, `/api/customers?${query}`);
      expect(document.errors).toHaveLength(1);
      expect(document.errors?.[0]?.status).toBe(String(status));
    }
  });

  it("says which name is wrong", async () => {
    const { document } = await ask(
      server,
      "/api/customers?fields[customers]=emial",
    );
    expect(document.errors?.[0]).toMatchObject({
      title: "Invalid field",
      detail: "emial is not a valid field for customers.",
    });
  });

  it("changes its settings over HTTP too", async () => {
    const control = await startControlOf(server);
    const put = (body: object) => control.ask("PUT", "/settings", body);
    expect((await put({ denied: ["orders"] })).body).toEqual({
      shuffled: false,
      age: "current",
      rateLimited: false,
      tokenLifetimeSeconds: 7200,
      denied: ["orders"],
      clockAheadMs: 0,
    });
    expect(await refusalOf(server, "/api/orders")).toBe("401 UNAUTHORIZED");
    expect((await put({ denied: ["oders"] })).status).toBe(400);
    expect((await put({ age: "future" })).status).toBe(400);
    await put({ denied: [] });
    expect((await ask(server, "/api/orders")).status).toBe(200);
    await control.close();
  });
});
