import {
  startEcwidSandbox,
  type EcwidSandboxServer,
} from "../../../src/sandbox/ecwid";
import { ask, refusalOf } from "./ask";

describe("access to the Ecwid sandbox", () => {
  let server: EcwidSandboxServer;
  beforeAll(async () => {
    server = await startEcwidSandbox();
  });
  beforeEach(() => server.reset());
  afterAll(() => server.close());

  const PATHS = [
    ...["/customer_groups", "/customer_groups/0"],
    ...["/customers", "/customers/200000001"],
  ];

  it.each([
    ["no token", ""],
    ["a wrong token", "Bearer secret_wrong"],
    ["a token without its scheme", "secret_sandbox_ecwid_access_token"],
    ["an empty token", "Bearer "],
  ])("refuses %s with an empty body", async (_, authorization) => {
    for (const path of PATHS) {
      const answer = await ask(server, path, { authorization });
      expect([answer.status, answer.text]).toEqual([403, ""]);
      expect(answer.headers.get("content-length")).toBe("0");
      expect(answer.headers.get("content-type")).toBeNull();
    }
  });

  it("takes no token from the query", async () => {
    const { accessToken } = server.storeSettings.credentials;
    const headers = { authorization: "" };
    const path = `/customers?token=${accessToken}`;
    expect((await ask(server, path, headers)).status).toBe(403);
  });

  it("notes who was authorized, without tokens", async () => {
    await ask(server, "/customers?limit=1");
    await ask(server, "/customers", { authorization: "Bearer secret_wrong" });
    server.settings.tokenRevoked = true;
    await ask(server, "/customers");
    const entries = server.journal.requests();
    expect(
      entries.map(({ authorized, status }) => [authorized, status]),
    ).toEqual([
      [true, 200],
      [false, 403],
      [false, 403],
    ]);
    expect(JSON.stringify(entries)).not.toContain("secret_");
    expect(server.refusedCalls).toBe(2);
  });

  it("needs the scope that reads customers", async () => {
    server.settings.scopes = ["create_customers", "read_store_profile"];
    for (const path of PATHS)
      expect(await refusalOf(server, path)).toBe("403 INSUFFICIENT_APP_SCOPE");
  });

  it("knows no store but its own", async () => {
    const { accessToken } = server.storeSettings.credentials;
    const answer = await fetch(`${server.origin}/api/v3/1004/customers`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      errorCode: "STORE_NOT_FOUND",
      errorMessage: "Store not found",
    });
  });

  it("closes everything for a suspended store", async () => {
    server.settings.storeSuspended = true;
    for (const path of PATHS)
      expect(await refusalOf(server, path)).toBe("402 STORE_IS_SUSPENDED");
  });

  it("closes groups on a small plan", async () => {
    server.settings.plan = "without-groups";
    const answers = await Promise.all(
      PATHS.map(async (path) => (await ask(server, path)).status),
    );
    expect(answers).toEqual([402, 402, 200, 200]);
    expect(await refusalOf(server, "/customer_groups")).toBe(
      "402 NOT_AVAILABLE_ON_CURRENT_PLAN",
    );
  });

  it("closes everything on the smallest plan", async () => {
    server.settings.plan = "without-api";
    for (const path of PATHS)
      expect(await refusalOf(server, path)).toBe(
        "402 NOT_AVAILABLE_ON_CURRENT_PLAN",
      );
  });

  it("only reads", async () => {
    for (const method of ["POST", "PUT", "DELETE"])
      expect(await refusalOf(server, "/customer_groups/0", method)).toBe(
        "405 METHOD_NOT_ALLOWED",
      );
  });

  it("has no path but the documented ones", async () => {
    for (const path of [
      ...["/", "/customers/", "/customers/VIP", "/customers/1/contacts"],
      ...["/customer_groups/1.5", "/orders", "/customer_groups/{id}"],
    ])
      expect((await ask(server, path)).status).toBe(404);
  });
});
