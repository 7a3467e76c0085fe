import {
  startEcwidSandbox,
  type EcwidSandboxServer,
} from "../../../src/sandbox/ecwid";
import { allIdsOf, idsOf } from "./ask";

describe("the shuffled Ecwid sandbox", () => {
  let server: EcwidSandboxServer;
  beforeAll(async () => {
    server = await startEcwidSandbox();
  });
  beforeEach(() => {
    server.reset();
    server.shuffled = true;
  });
  afterAll(() => server.close());

  it.each(["/customer_groups?limit=20&offset=20", "/customers?offset=500"])(
    "orders the rows of %s anew",
    async (path) => {
      const first = await idsOf(server, path);
      const second = await idsOf(server, path);
      expect(second).not.toEqual(first);
      expect(second.toSorted()).toEqual(first.toSorted());
      server.shuffled = false;
      expect((await idsOf(server, path)).toSorted()).toEqual(first.toSorted());
    },
  );

  it("still gives each row once", async () => {
    const ids = await allIdsOf(server, "/customers?customerGroupIds=0");
    expect(ids).toHaveLength(360);
    expect(new Set(ids).size).toBe(360);
  });

  it("keeps the order that is asked for", async () => {
    const path = "/customers?sortBy=NAME_ASC";
    expect(await idsOf(server, path)).toEqual(await idsOf(server, path));
    const ids = await idsOf(server, path);
    server.shuffled = false;
    expect(await idsOf(server, "/customers")).toEqual(ids);
  });

  it("is one setting under two names", () => {
    expect(server.settings.shuffled).toBe(true);
    server.settings.shuffled = false;
    expect(server.shuffled).toBe(false);
  });
});
