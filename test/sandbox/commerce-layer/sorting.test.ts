import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, idsOf, refusalOf } from "./ask";

describe("orders of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  const sorted = (type: string, sort: string) =>
    idsOf(server, `/api/${type}?sort=${sort}`);

  it("sorts ids by the hidden numeric key", async () => {
    const ids = server.data.customerGroups.map(({ id }) => id);
    expect(await sorted("customer_groups", "id")).toEqual(ids);
    expect(await sorted("customer_groups", "-id")).toEqual(ids.toReversed());
    expect(ids).not.toEqual(ids.toSorted());
  });

  it("sorts texts with nulls at the end", async () => {
    const byCode = server.data.customerGroups.toSorted((a, b) =>
      a.code === b.code
        ? a.key - b.key
        : a.code === null
          ? 1
          : b.code === null
            ? -1
            : a.code < b.code
              ? -1
              : 1,
    );
    expect(await sorted("customer_groups", "code,id")).toEqual(
      byCode.map(({ id }) => id),
    );
    const [first] = await sorted("customer_groups", "-code,id");
    expect(first).toBe(server.data.customerGroups[0]?.id);
  });

  it("sorts by several keys in turn", async () => {
    const { document } = await ask(
      server,
      "/api/customers?sort=-total_orders_count,-created_at,id&page[size]=25" +
        "&filter[q][total_orders_count_not_null]=true",
    );
    const expected = server.data.customers
      .filter(({ total_orders_count }) => total_orders_count !== null)
      .toSorted(
        (a, b) =>
          b.total_orders_count! - a.total_orders_count! ||
          Date.parse(b.created_at) - Date.parse(a.created_at) ||
          a.key - b.key,
      );
    expect(document.data.map(({ id }) => id)).toEqual(
      expected.slice(0, 25).map(({ id }) => id),
    );
    expect(document.data[0]?.attributes?.["total_orders_count"]).toBe(140);
  });

  it("sorts equal dates by the next key", async () => {
    const imported = server.data.customers.filter(
      ({ created_at }, n, all) => created_at === all[n + 1]?.created_at,
    );
    expect(imported.length).toBeGreaterThanOrEqual(8);
    const date = imported[0]!.created_at;
    const { document } = await ask(
      server,
      `/api/customers?sort=created_at,-id&filter[q][created_at_eq]=${date}`,
    );
    const keys = document.data.map(
      ({ id }) => server.data.customers.find((row) => row.id === id)!.key,
    );
    expect(keys).toEqual(keys.toSorted((a, b) => b - a));
  });

  it("sorts by the name of the group", async () => {
    const { document } = await ask(
      server,
      "/api/customers?sort=customer_group.name,id&page[size]=25" +
        "&include=customer_group",
    );
    const names = document.data.map(({ relationships }) => {
      const group = relationships?.["customer_group"]?.data;
      return document.included?.find(
        ({ id }) => group && "id" in group && id === group.id,
      )?.attributes?.["name"];
    });
    const lowest = server.data.customerGroups
      .filter(({ id }) =>
        server.data.customers.some((row) => row.customer_group_id === id),
      )
      .map(({ name }) => name)
      .toSorted()[0];
    expect(names[0]).toBe(lowest);
    expect(names).toEqual(names.toSorted());
  });

  it("reads on from the last id", async () => {
    const ids: string[] = [];
    for (;;) {
      const last = ids.at(-1);
      const { document } = await ask(
        server,
        "/api/customer_groups?sort=id&page[number]=1&page[size]=25" +
          (last ? `&filter[q][id_gt]=${last}` : ""),
      );
      if (document.data.length === 0) break;
      ids.push(...document.data.map(({ id }) => id));
    }
    expect(ids).toEqual(server.data.customerGroups.map(({ id }) => id));
  });

  it("sorts nothing when sort is empty", async () => {
    expect(await sorted("price_lists", "")).toEqual(
      server.data.priceLists.map(({ id }) => id),
    );
  });

  it.each([
    ["customers", "has_password"],
    ["customers", "metadata"],
    ["customers", "nothing"],
    ["customers", "customer_group"],
    ["customers", "customer_group.metadata"],
    ["customers", "customer_group.markets.name"],
    ["customers", "orders.number"],
    ["customers", "tags.name"],
    ["customers", "email, id"],
    ["customers", "--id"],
    ["markets", "merchant.name"],
  ])("refuses to sort %s by %s", async (type, sort) => {
    expect(await refusalOf(server, `/api/${type}?sort=${sort}`)).toBe(
      "400 INVALID_SORT_CRITERIA",
    );
  });
});
