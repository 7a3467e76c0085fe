import {
  type CommerceLayerSandboxServer,
  sandboxCredentials,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, refusalOf } from "./ask";

describe("tokens of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.journal.clear();
    Object.assign(server.settings, {
      tokenLifetimeSeconds: 7200,
      clockAheadMs: 0,
      denied: [],
    });
  });

  const client = {
    grant_type: "client_credentials",
    client_id: sandboxCredentials.clientId,
    client_secret: sandboxCredentials.clientSecret,
  };
  const requestToken = async (
    body: object | string,
    type = "application/json",
  ) => {
    const answer = await fetch(`${server.origin}/oauth/token`, {
      method: "POST",
      headers: { "content-type": type },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return {
      status: answer.status,
      body: (await answer.json()) as Record<string, unknown>,
    };
  };
  const newToken = async () =>
    String((await requestToken(client)).body["access_token"]);
  const bearer = (token: string) => ({
    headers: { authorization: `Bearer ${token}` },
  });
  const path = "/api/customer_groups/xYZkjABcde";

  it("gives a client a bearer token", async () => {
    const { status, body } = await requestToken(client);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(
        /^[\w-]+\.[\w-]+\.[\w-]{342}$/,
      ) as string,
      token_type: "bearer",
      expires_in: 7200,
      scope: "market:all",
      created_at: expect.any(Number) as number,
    });
    const token = String(body["access_token"]);
    expect((await ask(server, path, bearer(token))).status).toBe(200);
  });

  it("writes mode and times into the token", async () => {
    const [head, payload] = (await newToken())
      .split(".", 2)
      .map(
        (part) =>
          JSON.parse(Buffer.from(part, "base64url").toString()) as Record<
            string,
            unknown
          >,
      );
    expect(head).toMatchObject({ alg: "RS512" });
    expect(payload).toMatchObject({
      test: true,
      scope: "market:all",
      organization: { id: "wJdYbFqPoe" },
      application: { kind: "integration" },
      iss: server.origin,
    });
    expect(Number(payload?.["exp"]) - Number(payload?.["iat"])).toBe(7200);
  });

  it("takes the request as a form too", async () => {
    const form = new URLSearchParams({ ...client, scope: "market:id:abc" });
    const { status, body } = await requestToken(
      form.toString(),
      "application/x-www-form-urlencoded",
    );
    expect(status).toBe(200);
    expect(body["scope"]).toBe("market:id:abc");
  });

  it("opens the API by the store's settings", () => {
    expect(server.storeSettings).toEqual({
      baseUrl: server.origin,
      credentials: {
        tokenUrl: `${server.origin}/oauth/token`,
        clientId: "sandbox-client",
        clientSecret: "sandbox-secret",
      },
    });
  });

  it.each([
    { client_id: "other" },
    { client_secret: "wrong" },
    { client_secret: undefined },
  ])("refuses the client with %j", async (change) => {
    const { status, body } = await requestToken({ ...client, ...change });
    expect(status).toBe(401);
    expect(body).toEqual({
      errors: [
        {
          title: "invalid_client",
          detail: expect.stringContaining("Client authentication") as string,
          code: "UNAUTHORIZED",
          status: 401,
        },
      ],
    });
  });

  it.each([
    [{ ...client, grant_type: "password" }, "unsupported_grant_type"],
    [{ grant_type: "client_credentials" }, "invalid_request"],
    ["{", "invalid_request"],
  ])("refuses the request %j", async (body, title) => {
    expect(await requestToken(body)).toMatchObject({
      status: 400,
      body: { errors: [{ title, status: 400 }] },
    });
  });

  it("gives tokens by POST and nothing else", async () => {
    expect((await fetch(`${server.origin}/oauth/token`)).status).toBe(405);
    expect((await fetch(`${server.origin}/oauth/other`)).status).toBe(404);
  });

  it.each([
    {},
    { authorization: "" },
    { authorization: "Bearer " },
    { authorization: "Bearer unknown" },
    { authorization: `Basic ${sandboxCredentials.accessToken}` },
  ])("refuses a request with %j", async (headers) => {
    const answer = await fetch(server.origin + path, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toBe("application/vnd.api+json");
    expect(await answer.json()).toEqual({
      errors: [
        {
          title: "Invalid token",
          detail: "The access token you provided is invalid.",
          code: "INVALID_TOKEN",
          status: "401",
        },
      ],
    });
    expect(server.journal.entries()).toMatchObject([{ authorized: false }]);
  });

  it("refuses a token when it has expired", async () => {
    const token = await newToken();
    server.settings.clockAheadMs = 7199 * 1000;
    expect((await ask(server, path, bearer(token))).status).toBe(200);
    server.settings.clockAheadMs = 7201 * 1000;
    expect(await refusalOf(server, path, bearer(token))).toBe(
      "401 INVALID_TOKEN",
    );
  });

  it("gives tokens of the lifetime that is set", async () => {
    server.settings.tokenLifetimeSeconds = 0;
    const { body } = await requestToken(client);
    expect(body["expires_in"]).toBe(0);
    const token = String(body["access_token"]);
    expect(await refusalOf(server, path, bearer(token))).toBe(
      "401 INVALID_TOKEN",
    );
  });

  it("ends every given token when told", async () => {
    const token = await newToken();
    server.revokeTokens();
    expect(await refusalOf(server, path, bearer(token))).toBe(
      "401 INVALID_TOKEN",
    );
    expect((await ask(server, path)).status).toBe(200);
    expect((await ask(server, path, bearer(await newToken()))).status).toBe(
      200,
    );
  });

  it("revokes one token for its client alone", async () => {
    const token = await newToken();
    const revoke = async (secret: string) => {
      const answer = await fetch(`${server.origin}/oauth/revoke`, {
        method: "POST",
        body: JSON.stringify({ ...client, client_secret: secret, token }),
      });
      return answer.status;
    };
    expect(await revoke("wrong")).toBe(403);
    expect((await ask(server, path, bearer(token))).status).toBe(200);
    expect(await revoke(sandboxCredentials.clientSecret)).toBe(200);
    expect(await refusalOf(server, path, bearer(token))).toBe(
      "401 INVALID_TOKEN",
    );
  });

  it("tells token requests apart in the journal", async () => {
    await newToken();
    await ask(server, path);
    expect(server.journal.entries()).toMatchObject([
      { kind: "token", status: 200, authorized: false },
      { kind: "api", status: 200, authorized: true },
    ]);
    expect(JSON.stringify(server.journal.entries())).not.toMatch(
      /sandbox-secret|sandbox-access-token|eyJ/,
    );
  });

  it.each([
    "/api/customers",
    "/api/customers/xYZkjABcde",
    "/api/customers/xYZkjABcde/customer_group",
    "/api/customer_groups/xYZkjABcde/customers",
    "/api/customer_groups?include=customers",
    "/api/markets?include=customer_group.customers",
  ])("denies types without permission at %s", async (path) => {
    server.settings.denied = ["customers"];
    expect(await refusalOf(server, path)).toBe("401 UNAUTHORIZED");
    server.settings.denied = ["orders"];
    expect((await ask(server, path)).status).toBe(200);
  });
});
