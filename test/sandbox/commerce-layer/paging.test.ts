import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, idsOf, refusalOf } from "./ask";

describe("pages of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  it("gives ten records when nothing is asked", async () => {
    const { document } = await ask(server, "/api/customers");
    expect(document.data.map(({ id }) => id)).toEqual(
      server.data.customers.slice(0, 10).map(({ id }) => id),
    );
    expect(document.meta).toEqual({ record_count: 3000, page_count: 300 });
    const url = `${server.origin}/api/customers?page%5Bnumber%5D=`;
    expect(document.links).toEqual({
      first: `${url}1&page%5Bsize%5D=10`,
      next: `${url}2&page%5Bsize%5D=10`,
      last: `${url}300&page%5Bsize%5D=10`,
    });
  });

  it("links a middle page to its neighbours", async () => {
    const { document } = await ask(
      server,
      "/api/customers?sort=-created_at,id&page[size]=25&page[number]=3" +
        "&filter[q][email_cont]=.test&include=customer_group" +
        "&fields[customers]=email",
    );
    expect(Object.keys(document.links ?? {})).toEqual([
      "first",
      "prev",
      "next",
      "last",
    ]);
    expect(document.links?.["next"]).toBe(
      `${server.origin}/api/customers?fields%5Bcustomers%5D=email` +
        "&filter%5Bq%5D%5Bemail_cont%5D=.test&include=customer_group" +
        "&page%5Bnumber%5D=4&page%5Bsize%5D=25&sort=-created_at%2Cid",
    );
    expect(document.links?.["prev"]).toContain("page%5Bnumber%5D=2&");
  });

  it("links to pages that can be fetched", async () => {
    const { document } = await ask(
      server,
      "/api/customer_groups?filter[q][name_cont]=a&page[size]=4&sort=-name",
    );
    const next = document.links?.["next"]?.slice(server.origin.length) ?? "";
    const second = await ask(server, next);
    expect(second.status).toBe(200);
    expect(second.document.links?.["first"]).toBe(document.links?.["first"]);
    expect(second.document.data[0]?.id).not.toBe(document.data[0]?.id);
  });

  it("has no next link on the last page", async () => {
    const { document } = await ask(
      server,
      "/api/customer_groups?page[number]=3&page[size]=25",
    );
    const { length } = server.data.customerGroups;
    expect(document.data).toHaveLength(length - 50);
    expect(Object.keys(document.links ?? {})).toEqual([
      "first",
      "prev",
      "last",
    ]);
  });

  it("answers a page past the end emptily", async () => {
    const { status, document } = await ask(
      server,
      "/api/customer_groups?page[number]=99&page[size]=25",
    );
    expect(status).toBe(200);
    expect(document.data).toEqual([]);
    expect(document.meta?.page_count).toBe(3);
    expect(document.links).toMatchObject({
      prev: expect.stringContaining("page%5Bnumber%5D=98&") as string,
      last: expect.stringContaining("page%5Bnumber%5D=3&") as string,
    });
    expect(document.links).not.toHaveProperty("next");
  });

  it("counts one page in an empty list", async () => {
    const { document } = await ask(
      server,
      "/api/customers?filter[q][id_eq]=zzzzzzzzzz&include=customer_group",
    );
    expect(document).toEqual({
      data: [],
      meta: { record_count: 0, page_count: 1 },
      links: {
        first: expect.any(String) as string,
        last: expect.any(String) as string,
      },
    });
  });

  it("reads a whole list page by page", async () => {
    expect(await idsOf(server, "/api/customer_groups")).toEqual(
      server.data.customerGroups.map(({ id }) => id),
    );
  });

  it("pages a related list by itself", async () => {
    const owner = server.data.customers.find(
      ({ total_orders_count }) => total_orders_count === 140,
    )!;
    const path = `/api/customers/${owner.id}/orders`;
    expect(await idsOf(server, path)).toEqual(
      server.data.orders
        .filter(({ customer_id }) => customer_id === owner.id)
        .map(({ id }) => id),
    );
    const { document } = await ask(server, `${path}?page[size]=25&sort=-id`);
    expect(document.meta).toEqual({ record_count: 140, page_count: 6 });
    expect(document.links?.["last"]).toBe(
      `${server.origin}${path}?page%5Bnumber%5D=6&page%5Bsize%5D=25&sort=-id`,
    );
  });

  it("reads brackets that are encoded or not", async () => {
    const plain = await ask(server, "/api/markets?page[size]=3");
    const encoded = await ask(server, "/api/markets?page%5bsize%5D=3");
    expect(encoded.document).toEqual(plain.document);
    expect(plain.document.data).toHaveLength(3);
  });

  it("takes the last of a repeated parameter", async () => {
    const { document } = await ask(
      server,
      "/api/markets?page[size]=3&page[size]=5",
    );
    expect(document.data).toHaveLength(5);
  });

  it.each([
    ["page[size]=26", "400 INVALID_PAGE_VALUE"],
    ["page[size]=0", "400 INVALID_PAGE_VALUE"],
    ["page[size]=-1", "400 INVALID_PAGE_VALUE"],
    ["page[size]=ten", "400 INVALID_PAGE_VALUE"],
    ["page[size]=", "400 INVALID_PAGE_VALUE"],
    ["page[size]=2.5", "400 INVALID_PAGE_VALUE"],
    ["page[number]=0", "400 INVALID_PAGE_VALUE"],
    ["page[number]=-1", "400 INVALID_PAGE_VALUE"],
    ["page[offset]=0", "400 PARAM_NOT_ALLOWED"],
    ["page[after]=x", "400 PARAM_NOT_ALLOWED"],
    ["page=2", "400 INVALID_PAGE_OBJECT"],
    ["page[number][x]=2", "400 INVALID_PAGE_OBJECT"],
  ])("refuses %s", async (query, refusal) => {
    expect(await refusalOf(server, `/api/customers?${query}`)).toBe(refusal);
  });

  it("says how large a page may be", async () => {
    const { document } = await ask(server, "/api/customers?page[size]=26");
    expect(document.errors?.[0]?.detail).toBe(
      "size exceeds maximum page size of 25.",
    );
  });
});
