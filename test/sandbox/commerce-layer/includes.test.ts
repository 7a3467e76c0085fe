import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, type Identifier, refusalOf, type Resource } from "./ask";

describe("includes and fields of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  const linked = (resource: Resource | undefined, name: string) =>
    resource?.relationships?.[name]?.data;

  it("links what is included and nothing else", async () => {
    const { document } = await ask(
      server,
      "/api/customers?include=customer_group&sort=id&page[size]=25",
    );
    for (const [n, resource] of document.data.entries()) {
      const group = server.data.customers[n]!.customer_group_id;
      expect(linked(resource, "customer_group")).toEqual(
        group === null ? null : { type: "customer_groups", id: group },
      );
      for (const [name, { links, data }] of Object.entries(
        resource.relationships ?? {},
      )) {
        expect(links.related).toBe(`${resource.links.self}/${name}`);
        if (name !== "customer_group") expect(data).toBeUndefined();
      }
    }
    const included = document.included?.map(({ id }) => id) ?? [];
    expect(new Set(included).size).toBe(included.length);
    expect(new Set(included)).toEqual(
      new Set(
        server.data.customers
          .slice(0, 25)
          .map(({ customer_group_id }) => customer_group_id)
          .filter((id) => id !== null),
      ),
    );
    for (const group of document.included ?? [])
      expect(linked(group, "customers")).toBeUndefined();
  });

  it("includes to-many links without pages", async () => {
    const group = server.data.customerGroups.find(
      ({ name }) => name === "Newsletter",
    )!;
    const { document } = await ask<Resource>(
      server,
      `/api/customer_groups/${group.id}?include=customers` +
        "&fields[customers]=email",
    );
    const members = server.data.customers
      .filter(({ customer_group_id }) => customer_group_id === group.id)
      .map(({ id }) => id);
    expect(members).toHaveLength(1200);
    expect(document.included?.map(({ id }) => id)).toEqual(members);
    expect(
      (linked(document.data, "customers") as Identifier[]).map(({ id }) => id),
    ).toEqual(members);
  });

  it("links an empty to-many as an array", async () => {
    const group = server.data.customerGroups.find(
      ({ name }) => name === "Archive",
    )!;
    const { document } = await ask<Resource>(
      server,
      `/api/customer_groups/${group.id}?include=customers`,
    );
    expect(linked(document.data, "customers")).toEqual([]);
    expect(document).not.toHaveProperty("included");
  });

  it("brings along what a path passes", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customer_groups/xYZkjABcde?include=markets.price_list",
    );
    const types = document.included?.map(({ type }) => type) ?? [];
    expect(types.filter((type) => type === "markets")).toHaveLength(2);
    expect(types).toContain("price_lists");
    for (const market of document.included ?? [])
      if (market.type === "markets") {
        const row = server.data.markets.find(({ id }) => id === market.id);
        expect(linked(market, "price_list")).toEqual({
          type: "price_lists",
          id: row?.price_list_id,
        });
      }
  });

  it("follows several paths at once", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?include=customer_addresses.address," +
        "customer_group.markets,customer_addresses.customer",
    );
    const types = new Set(document.included?.map(({ type }) => type));
    expect(types).toEqual(
      new Set([
        "customer_addresses",
        "addresses",
        "customer_groups",
        "markets",
      ]),
    );
    for (const link of document.included ?? [])
      if (link.type === "customer_addresses")
        expect(linked(link, "customer")).toEqual({
          type: "customers",
          id: "xYZkjABcde",
        });
  });

  it("repeats no primary record among included", async () => {
    const { document } = await ask(
      server,
      "/api/customers?include=customer_group.customers" +
        "&filter[q][customer_group_id_eq]=xYZkjABcde",
    );
    expect(document.data).toHaveLength(3);
    expect(document.included?.map(({ type }) => type)).toEqual([
      "customer_groups",
    ]);
    expect(linked(document.included?.[0], "customers")).toHaveLength(3);
  });

  it("keeps one id apart in two types", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?include=customer_group",
    );
    expect(document.included?.map(({ type, id }) => [type, id])).toEqual([
      ["customer_groups", "xYZkjABcde"],
    ]);
  });

  it("serves only the fields that are listed", async () => {
    const { id, name } = server.data.customerGroups[1]!;
    const { document } = await ask<Resource>(
      server,
      `/api/customer_groups/${id}?fields[customer_groups]=id,name`,
    );
    expect(document).toEqual({
      data: {
        id,
        type: "customer_groups",
        links: { self: `${server.origin}/api/customer_groups/${id}` },
        attributes: { name },
        meta: { mode: "test", organization_id: "wJdYbFqPoe" },
      },
    });
  });

  it.each(["id", ""])("leaves attributes out for fields %j", async (fields) => {
    const { document } = await ask<Resource>(
      server,
      `/api/customers/xYZkjABcde?fields[customers]=${fields}`,
    );
    expect(Object.keys(document.data)).toEqual(["id", "type", "links", "meta"]);
  });

  it("lists a relationship without its linkage", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?fields[customers]=customer_group",
    );
    expect(document.data).not.toHaveProperty("attributes");
    expect(Object.keys(document.data.relationships ?? {})).toEqual([
      "customer_group",
    ]);
    expect(linked(document.data, "customer_group")).toBeUndefined();
  });

  it("hides linkage that fields leave out", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?include=customer_group" +
        "&fields[customers]=email&fields[customer_groups]=name",
    );
    expect(document.data.attributes).toEqual({ email: "john@example.com" });
    expect(document.data).not.toHaveProperty("relationships");
    expect(document.included).toHaveLength(1);
    expect(document.included?.[0]?.attributes).toEqual({ name: "VIP" });
    expect(document.included?.[0]).not.toHaveProperty("relationships");
  });

  it("shows linkage that fields list", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?include=customer_group" +
        "&fields[customers]=email,customer_group",
    );
    expect(linked(document.data, "customer_group")).toEqual({
      type: "customer_groups",
      id: "xYZkjABcde",
    });
  });

  it.each([
    ["customers", "include=nothing", "INVALID_INCLUDE"],
    ["customers", "include=email", "INVALID_INCLUDE"],
    ["customers", "include=customer_group.nothing", "INVALID_INCLUDE"],
    ["customers", "include=customer_group,%20tags", "INVALID_INCLUDE"],
    ["customers", "include=customer_group.", "INVALID_INCLUDE"],
    ["customers", "include=event_stores", "INVALID_INCLUDE"],
    ["customer_groups", "include=price_list", "INVALID_INCLUDE"],
    ["markets", "include=merchant.address", "INVALID_INCLUDE"],
    ["customers", "fields[customers]=nothing", "INVALID_FIELD"],
    ["customers", "fields[customers]=email,%20status", "INVALID_FIELD"],
    ["customers", "fields[customer_groups]=email", "INVALID_FIELD"],
    ["customer_groups", "fields[customer_groups]=price_list", "INVALID_FIELD"],
    ["customers", "fields[nothing]=id", "INVALID_RESOURCE"],
    ["customers", "fields=email", "INVALID_FIELD_FORMAT"],
    ["customers", "limit=5", "PARAM_NOT_ALLOWED"],
    ["customers", "sort[x]=id", "PARAM_NOT_ALLOWED"],
    ["customers", "page[size=5", "PARAM_NOT_ALLOWED"],
    ["customers/xYZkjABcde", "include=nothing", "INVALID_INCLUDE"],
    ["customers/xYZkjABcde", "sort=id", "PARAM_NOT_ALLOWED"],
    ["customers/xYZkjABcde", "page[size]=5", "PARAM_NOT_ALLOWED"],
    ["customers/xYZkjABcde/customer_group", "include=x", "INVALID_INCLUDE"],
    ["customers/xYZkjABcde/orders", "include=nothing", "INVALID_INCLUDE"],
  ])("refuses %s with %s", async (path, query, code) => {
    expect(await refusalOf(server, `/api/${path}?${query}`)).toBe(
      `400 ${code}`,
    );
  });
});
