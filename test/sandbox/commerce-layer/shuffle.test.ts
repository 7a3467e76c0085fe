import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, type Identifier, idsOf, type Resource } from "./ask";

describe("the shuffled Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
    server.shuffled = true;
  });
  afterAll(() => server.close());

  const page = async (query = "") => {
    const { document } = await ask(
      server,
      `/api/customer_groups?page[size]=25${query}`,
    );
    return document.data.map(({ id }) => id);
  };

  it("orders an unsorted list anew each time", async () => {
    expect(await page()).not.toEqual(await page());
    const { id } = server.data.customerGroups[0]!;
    const path = `/api/customer_groups/${id}/markets?page[size]=1`;
    const seen = new Set<string>();
    for (let n = 0; n < 30; n++)
      seen.add((await ask(server, path)).document.data[0]!.id);
    expect(seen.size).toBe(2);
  });

  it("keeps the order that was asked for", async () => {
    expect(await page("&sort=id")).toEqual(
      server.data.customerGroups.slice(0, 25).map(({ id }) => id),
    );
  });

  it("cuts pages out of the new order", async () => {
    const all = await idsOf(server, "/api/customer_groups");
    expect(all).toHaveLength(server.data.customerGroups.length);
    expect(new Set(all).size).toBeLessThan(all.length);
  });

  it("orders linkage and included records anew", async () => {
    const group = server.data.customerGroups.find(
      ({ name }) => name === "Employees",
    )!;
    const read = async () => {
      const { document } = await ask<Resource>(
        server,
        `/api/customer_groups/${group.id}?include=customers`,
      );
      return {
        linkage: document.data.relationships?.["customers"]
          ?.data as Identifier[],
        included: document.included?.map(({ type, id }) => ({ type, id })),
      };
    };
    const first = await read();
    const second = await read();
    expect(first.linkage).not.toEqual(second.linkage);
    expect(first.included).not.toEqual(second.included);
    expect(first.included).not.toEqual(first.linkage);
    const byId = (a: Identifier, b: Identifier) => (a.id < b.id ? -1 : 1);
    expect(first.linkage.toSorted(byId)).toEqual(second.linkage.toSorted(byId));
  });

  it("stops shuffling when it is told", async () => {
    server.shuffled = false;
    expect(server.settings.shuffled).toBe(false);
    expect(await page()).toEqual(await page());
    server.settings.shuffled = true;
    expect(server.shuffled).toBe(true);
  });
});
