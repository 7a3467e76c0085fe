import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, type Resource } from "./ask";

describe("documents of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  const fixture = (name: string) =>
    JSON.parse(
      readFileSync(
        join(__dirname, "..", "fixtures", `${name}.json`),
        "utf8",
      ).replaceAll("https://yourdomain.commercelayer.io", server.origin),
    ) as unknown;

  it.each([
    ["customer-group", "/api/customer_groups/xYZkjABcde"],
    ["customer", "/api/customers/xYZkjABcde"],
  ])("serves the documented %s word for word", async (name, path) => {
    const answer = await fetch(server.origin + path, {
      headers: { authorization: "Bearer sandbox-access-token" },
    });
    // Equal as texts: the order of the members counts as well.
    expect(await answer.text()).toBe(JSON.stringify(fixture(name)));
  });

  it("serves a newer group in full", async () => {
    const row = server.data.customerGroups[1]!;
    const { document } = await ask<Resource>(
      server,
      `/api/customer_groups/${row.id}`,
    );
    const self = `${server.origin}/api/customer_groups/${row.id}`;
    const names = ["customers", "markets", "attachments", "event_stores"];
    expect(document).toEqual({
      data: {
        id: row.id,
        type: "customer_groups",
        links: { self },
        attributes: {
          name: row.name,
          code: row.code,
          created_at: row.created_at,
          updated_at: row.updated_at,
          reference: row.reference,
          reference_origin: row.reference_origin,
          metadata: row.metadata,
        },
        relationships: Object.fromEntries(
          names.map((name) => [
            name,
            {
              links: {
                self: `${self}/relationships/${name}`,
                related: `${self}/${name}`,
              },
            },
          ]),
        ),
        meta: { mode: "test", organization_id: "wJdYbFqPoe" },
      },
    });
  });

  it("serves a newer customer in full", async () => {
    const row = server.data.customers[1]!;
    const { document } = await ask<Resource>(
      server,
      `/api/customers/${row.id}`,
    );
    expect(document.data.attributes).toEqual({
      email: row.email,
      status: row.status,
      has_password: row.has_password,
      total_orders_count: row.total_orders_count,
      shopper_reference: row.shopper_reference,
      profile_id: row.profile_id,
      tax_exemption_code: row.tax_exemption_code,
      created_at: row.created_at,
      updated_at: row.updated_at,
      reference: row.reference,
      reference_origin: row.reference_origin,
      jwt_custom_claim: {},
      metadata: row.metadata,
      anonymization_info: row.anonymization_info,
      anonymization_status: row.anonymization_status,
    });
    expect(Object.keys(document.data.relationships ?? {})).toEqual([
      ...["customer_group", "customer_addresses", "customer_payment_sources"],
      ...["customer_subscriptions", "orders", "order_subscriptions"],
      ...["returns", "sku_lists", "attachments", "events", "tags"],
      ...["jwt_customer", "jwt_markets", "jwt_stock_locations"],
      "event_stores",
    ]);
  });

  it("keeps the old records old everywhere", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?include=customer_group,tags" +
        "&fields[customers]=email,total_orders_count,tags,customer_group" +
        "&fields[customer_groups]=code,name",
    );
    expect(document.data.attributes).toEqual({ email: "john@example.com" });
    expect(Object.keys(document.data.relationships ?? {})).toEqual([
      "customer_group",
    ]);
    expect(document.data.meta).toEqual({ mode: "test" });
    expect(document.included).toMatchObject([
      { attributes: { name: "VIP" }, meta: { mode: "test" } },
    ]);
    expect(document.included?.[0]?.attributes).not.toHaveProperty("code");
  });

  it.each(["tags", "sku_lists", "events", "jwt_markets"])(
    "answers an old record's %s with nothing",
    async (name) => {
      const { status, document } = await ask(
        server,
        `/api/customers/xYZkjABcde/${name}`,
      );
      expect(status).toBe(200);
      expect(document.data).toEqual([]);
      expect(document.meta).toEqual({ record_count: 0, page_count: 1 });
    },
  );

  it("answers event stores without any counts", async () => {
    const { document } = await ask(
      server,
      "/api/customers/xYZkjABcde/event_stores?page[after]=1",
    );
    expect(document).toEqual({ data: [], links: {} });
  });

  it("answers a to-one link with one record", async () => {
    const row = server.data.customers.find(
      ({ key, customer_group_id }) => key > 5 && customer_group_id,
    )!;
    const { document } = await ask<Resource>(
      server,
      `/api/customers/${row.id}/customer_group?include=markets`,
    );
    expect(document.data.id).toBe(row.customer_group_id);
    expect(document.data.relationships?.["markets"]).toHaveProperty("data");
  });

  it.each(["customer_group", "jwt_customer"])(
    "answers an empty to-one %s with null",
    async (name) => {
      const row = server.data.customers.find(
        ({ customer_group_id }) => customer_group_id === null,
      )!;
      const { status, document } = await ask(
        server,
        `/api/customers/${row.id}/${name}`,
      );
      expect(status).toBe(200);
      expect(document).toEqual({ data: null });
    },
  );

  it("links an attachment to either owner type", async () => {
    const { document } = await ask<Resource>(
      server,
      "/api/customers/xYZkjABcde?include=attachments.attachable",
    );
    const [attachment] = document.included ?? [];
    expect(attachment?.relationships?.["attachable"]?.data).toEqual({
      type: "customers",
      id: "xYZkjABcde",
    });
    // The owner is the primary record, so it is not repeated.
    expect(document.included).toHaveLength(1);
    const ofGroup = await ask(
      server,
      "/api/customer_groups/xYZkjABcde/attachments",
    );
    expect(ofGroup.document.data.map(({ id }) => id)).toEqual(
      server.data.attachments
        .filter(({ attachable_type }) => attachable_type === "customer_groups")
        .filter(({ attachable_id }) => attachable_id === "xYZkjABcde")
        .map(({ id }) => id),
    );
  });

  it.each([
    "merchant",
    "inventory_model",
    "tax_calculator",
    "stores",
    "price_list_schedulers",
  ])("answers a market's %s though it keeps none", async (name) => {
    const { id } = server.data.markets[0]!;
    const { status, document } = await ask<unknown>(
      server,
      `/api/markets/${id}/${name}`,
    );
    expect(status).toBe(200);
    expect(document.data ?? []).toEqual([]);
    const included = await ask<Resource>(
      server,
      `/api/markets/${id}?include=${name}`,
    );
    const { data } = included.document.data.relationships?.[name] ?? {};
    expect(data ?? []).toEqual([]);
    expect(included.document).not.toHaveProperty("included");
  });

  it("serves secrets to whoever asks for them", async () => {
    const sources = await ask(server, "/api/customer_payment_sources");
    for (const { attributes } of sources.document.data) {
      expect(attributes?.["payment_source_token"]).toMatch(
        /^canary-payment-token-\d+$/,
      );
      expect(attributes?.["customer_token"]).toMatch(
        /^canary-customer-token-\d+$/,
      );
    }
    const [market] = (await ask(server, "/api/markets")).document.data;
    expect(market?.attributes?.["shared_secret"]).toMatch(/^canary-market-/);
    const [order] = (await ask(server, "/api/orders")).document.data;
    expect(order?.attributes?.["token"]).toMatch(/^canary-order-token-/);
  });

  it("serves every attribute of every type", async () => {
    for (const type of [
      ...["customer_groups", "customers", "markets", "price_lists"],
      ...["attachments", "customer_addresses", "addresses"],
      ...["customer_payment_sources", "customer_subscriptions", "orders"],
      ...["order_subscriptions", "returns", "sku_lists", "tags", "events"],
    ]) {
      const list = await ask(server, `/api/${type}?page[size]=2`);
      expect(list.status).toBe(200);
      const { id } = list.document.data[1]!;
      const one = await ask<Resource>(server, `/api/${type}/${id}`);
      expect(one.document.data).toEqual(list.document.data[1]);
      expect(one.document.data).toMatchObject({ type, id });
      for (const name of ["created_at", "metadata", "reference"])
        expect(one.document.data.attributes).toHaveProperty(name);
    }
  });
});
