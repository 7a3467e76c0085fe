import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
} from "../../../src/sandbox/bigcommerce";
import { ask, askList } from "./ask";

describe("the shuffled BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
    server.shuffled = true;
  });
  afterAll(() => server.close());

  const idsOf = async (path: string) => {
    const { body } = await ask(server, path);
    const rows = Array.isArray(body)
      ? (body as Record<string, number>[])
      : (body as { data: Record<string, number>[] }).data;
    return rows.map((row) => row["id"] ?? row["category_id"] ?? NaN);
  };
  const ascending = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

  it.each([
    ...["/v2/customer_groups", "/v3/customers", "/v3/customers/addresses"],
    ...["/v3/catalog/trees/categories", "/v3/catalog/products"],
    ...["/v3/pricelists", "/v3/pricelists/assignments"],
  ])("gives a new order each time: %s", async (path) => {
    const first = await idsOf(path);
    const second = await idsOf(path);
    expect(first).not.toEqual(ascending(first));
    expect(second).not.toEqual(first);
    expect(ascending(second)).toEqual(ascending(first));
  });

  it("keeps an order that is named", async () => {
    const { data } = await askList(
      server,
      "/v3/customers?sort=date_created:desc",
    );
    const dates = data.map((row) => String(row["date_created"]));
    expect(dates).toEqual(dates.toSorted().reverse());
    for (const query of [
      "sort=id",
      "direction=asc",
      "sort=id&direction=desc",
    ]) {
      const ids = await idsOf(`/v3/catalog/products?${query}`);
      const sign = query.endsWith("desc") ? -1 : 1;
      expect(ids).toEqual(ids.toSorted((a, b) => sign * (a - b)));
    }
  });

  it("loses nobody on the way through", async () => {
    const seen: number[] = [];
    const query = "?customer_group_id:in=3&limit=10";
    let link: string | undefined = query;
    while (link !== undefined) {
      const { data, meta } = await askList(server, `/v3/customers${link}`);
      seen.push(...data.map((row) => Number(row["id"])));
      link = meta.cursor_pagination?.links["next"];
    }
    expect(ascending(seen)).toEqual(
      server.data.customers
        .filter((row) => row.customer_group_id === 3)
        .map((row) => row.id),
    );
  });

  it("is the same as its setting", () => {
    expect(server.settings.shuffled).toBe(true);
    server.shuffled = false;
    expect(server.settings.shuffled).toBe(false);
    server.settings.shuffled = true;
    expect(server.shuffled).toBe(true);
  });
});
