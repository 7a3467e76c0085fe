import {
  ecwidSandbox,
  readyFaults,
  startEcwidSandbox,
  type EcwidSandboxServer,
  type ReadyFaultName,
} from "../../../src/sandbox/ecwid";
import { startControlOf } from "../control-of";
import { ask, search } from "./ask";

describe("the Ecwid room of the sandbox", () => {
  let server: EcwidSandboxServer;
  beforeAll(async () => {
    server = await startEcwidSandbox();
  });
  beforeEach(() => server.reset());
  afterAll(() => server.close());

  it("names its platform, store and settings", () => {
    expect([ecwidSandbox.platform, ecwidSandbox.storeKey]).toEqual([
      server.platform,
      server.storeKey,
    ]);
    expect([server.platform, server.storeKey]).toEqual(["ecwid", "ecwid-demo"]);
    expect(server.storeSettings).toEqual({
      baseUrl: server.origin,
      storeId: 1003,
      credentials: { accessToken: "secret_sandbox_ecwid_access_token" },
    });
  });

  it("takes the port that it is given", async () => {
    const port = Number(new URL(server.origin).port);
    await expect(ecwidSandbox.start({ port })).rejects.toThrow("EADDRINUSE");
  });

  it("notes what it was asked, decoded", async () => {
    await ask(server, "/customer_groups?customerGroupId=0,%209367001");
    expect(server.journal.requests()).toMatchObject([
      {
        method: "GET",
        path: "/api/v3/1003/customer_groups",
        query: [["customerGroupId", "0, 9367001"]],
        status: 200,
        authorized: true,
      },
    ]);
  });

  const put = async (settings: unknown) => {
    const control = await startControlOf(server);
    const answer = await control.ask("PUT", "/settings", settings);
    await control.close();
    return answer;
  };

  it("takes every setting over HTTP", async () => {
    const answer = await put({ ...server.settings, defaultLimit: 7 });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(server.settings);
    expect((await search(server, "/customers")).count).toBe(7);
  });

  it("refuses settings that make no sense", async () => {
    for (const settings of [
      ...[{ plan: "free" }, { limitAboveMaximum: "ignore" }],
      ...[{ scopes: ["admin"] }, { defaultLimit: 101 }, { nope: true }],
    ])
      expect((await put(settings)).status).toBe(400);
  });

  it("starts anew when it is reset", async () => {
    const before = { ...server.settings };
    server.settings.plan = "without-api";
    server.shuffled = true;
    server.faults.add(readyFaults.unavailable);
    await ask(server, "/customers");
    server.reset();
    expect(server.settings).toEqual(before);
    expect(server.faults.list()).toEqual([]);
    expect(server.journal.entries()).toEqual([]);
    expect((await ask(server, "/customers?limit=1")).status).toBe(200);
  });

  it.each(Object.keys(readyFaults) as ReadyFaultName[])(
    "answers %s when it is told",
    async (name) => {
      const fault = readyFaults[name];
      server.faults.add({ ...fault, times: 1 });
      const { status, text, headers } = await ask(server, "/customers");
      const body = "body" in fault ? fault.body : "";
      expect(status).toBe(fault.status);
      expect(text).toBe(typeof body === "string" ? body : JSON.stringify(body));
      for (const [header, value] of Object.entries(
        "headers" in fault ? fault.headers : {},
      ))
        expect(headers.get(header)).toBe(value);
      expect((await ask(server, "/customers?limit=1")).status).toBe(200);
    },
  );
});
