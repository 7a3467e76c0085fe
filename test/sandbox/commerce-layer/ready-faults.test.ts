import {
  type CommerceLayerSandboxServer,
  type ReadyFaultName,
  readyFaults,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask } from "./ask";

describe("ready-made faults of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  it.each(Object.keys(readyFaults) as ReadyFaultName[])(
    "sends the ready-made fault just once: %s",
    async (name) => {
      const fault = { body: "", headers: {}, ...readyFaults[name] };
      server.faults.add({ ...readyFaults[name], times: 1 });
      const answer = await fetch(`${server.origin}/api/customers`);
      expect(answer.status).toBe(fault.status);
      expect(await answer.text()).toBe(
        typeof fault.body === "string"
          ? fault.body
          : JSON.stringify(fault.body),
      );
      expect(Object.fromEntries(answer.headers)).toMatchObject(fault.headers);
      expect((await ask(server, "/api/customers")).status).toBe(200);
    },
  );

  it("says too many requests as it does itself", async () => {
    server.settings.rateLimited = true;
    let own = await ask(server, "/api/customers");
    while (own.status === 200) own = await ask(server, "/api/customers");
    server.settings.rateLimited = false;
    server.faults.add({ ...readyFaults.throttledByBurst, times: 1 });
    const told = await ask(server, "/api/customers");
    expect([told.status, told.document]).toEqual([own.status, own.document]);
    expect([...told.headers.keys()].sort()).toEqual(
      [...own.headers.keys()].sort(),
    );
  });
});
