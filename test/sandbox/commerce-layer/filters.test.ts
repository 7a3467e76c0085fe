import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, idsOf, refusalOf } from "./ask";

type Data = CommerceLayerSandboxServer["data"];
type Group = Data["customerGroups"][number];
type Customer = Data["customers"][number];

describe("filters of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  const filtered = (type: string, filters: Record<string, string>) => {
    const query = Object.entries(filters).map(
      ([name, value]) => `filter[q][${name}]=${encodeURIComponent(value)}`,
    );
    return idsOf(server, `/api/${type}?${query.join("&")}`);
  };
  const idsWhere = <T extends { id: string }>(
    rows: readonly T[],
    passes: (row: T) => boolean,
  ) => rows.filter(passes).map(({ id }) => id);

  const has = (text: string | null, test: (text: string) => boolean) =>
    text !== null && test(text);

  it.each<[string, string, (group: Group) => boolean]>([
    ["name_eq", "Newsletter", ({ name }) => name === "Newsletter"],
    ["name_not_eq", "Newsletter", ({ name }) => name !== "Newsletter"],
    ["code_eq", "group-1", ({ code }) => code === "group-1"],
    ["code_eq_or_null", "group-1", ({ code }) => !code || code === "group-1"],
    ["code_not_eq", "group-1", ({ code }) => has(code, (c) => c !== "group-1")],
    ["code_not_eq_or_null", "group-1", ({ code }) => code !== "group-1"],
    [
      "code_in",
      "group-1,group-2",
      ({ code }) => /^group-[12]$/.test(code ?? ""),
    ],
    [
      "code_in_or_null",
      "group-1,group-2",
      ({ code }) => !code || /^group-[12]$/.test(code),
    ],
    [
      "code_not_in",
      "group-1,group-2",
      ({ code }) => has(code, (c) => !/^group-[12]$/.test(c)),
    ],
    [
      "code_not_in_or_null",
      "group-1,group-2",
      ({ code }) => !/^group-[12]$/.test(code ?? ""),
    ],
    [
      "code_not_eq_all",
      "group-1,group-2",
      ({ code }) => has(code, (c) => !/^group-[12]$/.test(c)),
    ],
    ["name_matches", "Seasonal%2", ({ name }) => /^Seasonal.*2$/.test(name)],
    ["name_matches", "_ym", ({ name }) => /^.ym$/.test(name)],
    ["name_matches", "50\\_50%", ({ name }) => name.startsWith("50_50")],
    ["name_matches", "100\\%%", ({ name }) => name.startsWith("100%")],
    ["name_matches", "Trailing dot.", ({ name }) => name === "Trailing dot."],
    [
      "name_does_not_match",
      "Seasonal%",
      ({ name }) => !name.startsWith("Seasonal"),
    ],
    [
      "name_matches_any",
      "Seasonal%,Wine%",
      ({ name }) => /^(Seasonal|Wine)/.test(name),
    ],
    [
      "name_matches_all",
      "Seasonal%,%2022",
      ({ name }) => name === "Seasonal 2022",
    ],
    [
      "name_does_not_match_any",
      "Seasonal%,%2022",
      ({ name }) => name !== "Seasonal 2022",
    ],
    [
      "name_does_not_match_all",
      "Seasonal%,Wine%",
      ({ name }) => !/^(Seasonal|Wine)/.test(name),
    ],
    ["name_lt", "C", ({ name }) => name < "C"],
    ["name_lt_any", "C,E", ({ name }) => name < "E"],
    ["name_lt_all", "C,E", ({ name }) => name < "C"],
    ["name_lteq", "Gym", ({ name }) => name <= "Gym"],
    ["name_lteq_any", "Gym,Hotels", ({ name }) => name <= "Hotels"],
    ["name_lteq_all", "Gym,Hotels", ({ name }) => name <= "Gym"],
    ["name_gt", "T", ({ name }) => name > "T"],
    ["name_gt_any", "T,W", ({ name }) => name > "T"],
    ["name_gt_all", "T,W", ({ name }) => name > "W"],
    ["name_gteq", "VIP", ({ name }) => name >= "VIP"],
    ["name_gteq_any", "VIP,Gym", ({ name }) => name >= "Gym"],
    ["name_gteq_all", "VIP,Gym", ({ name }) => name >= "VIP"],
    ["name_start", "Re", ({ name }) => name.startsWith("Re")],
    ["name_start", "100%", ({ name }) => name.startsWith("100%")],
    ["name_not_start", "Re", ({ name }) => !name.startsWith("Re")],
    ["name_start_any", "Re,S", ({ name }) => /^(Re|S)/.test(name)],
    ["name_start_all", "R,Re", ({ name }) => name.startsWith("Re")],
    ["name_not_start_any", "R,Re", ({ name }) => !name.startsWith("Re")],
    ["name_not_start_all", "R,S", ({ name }) => !/^[RS]/.test(name)],
    ["name_end", "club", ({ name }) => name.endsWith("club")],
    ["name_not_end", "club", ({ name }) => !name.endsWith("club")],
    ["name_end_any", "club,1", ({ name }) => /(club|1)$/.test(name)],
    ["name_end_all", "b,club", ({ name }) => name.endsWith("club")],
    ["name_not_end_any", "b,club", ({ name }) => !name.endsWith("club")],
    ["name_not_end_all", "club,1", ({ name }) => !/(club|1)$/.test(name)],
    ["name_cont", "ers", ({ name }) => name.includes("ers")],
    ["name_cont", "顧客", ({ name }) => name.includes("顧客")],
    ["name_not_cont", "ers", ({ name }) => !name.includes("ers")],
    ["name_cont_any", "ers,oo", ({ name }) => /ers|oo/.test(name)],
    [
      "name_cont_all",
      "ers,Re",
      ({ name }) => name.includes("ers") && name.includes("Re"),
    ],
    ["name_not_cont_all", "ers,oo", ({ name }) => !/ers|oo/.test(name)],
    ["name_i_cont", "RESELLERS", ({ name }) => /resellers/i.test(name)],
    ["code_present", "true", ({ code }) => code !== null],
    ["code_present", "0", ({ code }) => code === null],
    ["reference_present", "1", ({ reference }) => !!reference],
    ["reference_blank", "true", ({ reference }) => !reference],
    ["reference_null", "true", ({ reference }) => reference === null],
    ["reference_null", "false", ({ reference }) => reference !== null],
    ["reference_not_null", "true", ({ reference }) => reference !== null],
    ["metadata_jcont", '{"foo":"bar"}', ({ id }) => id === "xYZkjABcde"],
    [
      "metadata_jcont",
      '{"crm":{"left":null}}',
      ({ metadata }) => metadata !== null && "crm" in metadata,
    ],
    ["metadata_null", "true", ({ metadata }) => metadata === null],
    [
      "code_or_name_eq",
      "group-1",
      ({ code, name }) => code === "group-1" || name === "group-1",
    ],
    [
      "name_or_reference_origin_start",
      "c",
      ({ name, reference_origin }) =>
        name.startsWith("c") || has(reference_origin, (o) => o.startsWith("c")),
    ],
    ["created_at_lt", "2019-06-01", (g) => g.created_at < "2019-06-01"],
    [
      "created_at_gteq",
      "2020-01-01T00:00:00+01:00",
      (g) => Date.parse(g.created_at) >= Date.parse("2019-12-31T23:00:00Z"),
    ],
    ["created_at_eq", "2018-01-01T12:00:00Z", ({ key }) => key === 1],
    ["id_eq", "xYZkjABcde", ({ key }) => key === 1],
    ["id_not_eq", "xYZkjABcde", ({ key }) => key !== 1],
    ["id_gt", "xYZkjABcde", ({ key }) => key > 1],
    ["id_gteq", "xYZkjABcde", () => true],
    ["id_lteq", "xYZkjABcde", ({ key }) => key === 1],
    ["id_gt", "zzzzzzzzzz", () => false],
    ["id_in", "zzzzzzzzzz,xYZkjABcde,xYZkjABcde", ({ key }) => key === 1],
    ["id_eq", "xyzkjabcde", () => false],
    ["name_eq", "", () => true],
  ])("finds groups where %s is %s", async (name, value, passes) => {
    const expected = idsWhere(server.data.customerGroups, passes);
    expect(await filtered("customer_groups", { [name]: value })).toEqual(
      expected,
    );
  });

  it.each<[string, string, (customer: Customer, data: Data) => boolean]>([
    ["total_orders_count_eq", "140", (c) => c.total_orders_count === 140],
    ["total_orders_count_gt", "5", (c) => (c.total_orders_count ?? 0) > 5],
    ["total_orders_count_null", "true", (c) => c.total_orders_count === null],
    [
      "total_orders_count_lt_any",
      "1,0",
      (c) => c.total_orders_count !== null && c.total_orders_count < 1,
    ],
    [
      "anonymization_status_in",
      "requested,cancelled",
      (c) => c.anonymization_status !== null,
    ],
    [
      "customer_group_id_eq",
      "xYZkjABcde",
      (c) => c.customer_group_id === "xYZkjABcde",
    ],
    ["customer_group_id_null", "true", (c) => c.customer_group_id === null],
    [
      "customer_group_name_eq",
      "Founders",
      (c, data) =>
        data.customerGroups.find(({ name }) => name === "Founders")?.id ===
        c.customer_group_id,
    ],
    [
      "customer_addresses_id_not_null",
      "false",
      (c, data) =>
        !data.customerAddresses.some(({ customer_id }) => customer_id === c.id),
    ],
    [
      "email_or_reference_start",
      "REF-1",
      ({ reference }) => has(reference, (r) => r.startsWith("REF-1")),
    ],
  ])("finds customers where %s is %s", async (name, value, passes) => {
    const { data } = server;
    const expected = idsWhere(data.customers, (row) => passes(row, data));
    const { document } = await ask(
      server,
      `/api/customers?filter[q][${name}]=${value}&sort=id&page[size]=25`,
    );
    expect(document.meta?.record_count).toBe(expected.length);
    expect(document.data.map(({ id }) => id)).toEqual(expected.slice(0, 25));
  });

  it("finds the members of several groups", async () => {
    const groups = server.data.customerGroups.filter(({ name }) =>
      ["Employees", "Press", "Archive"].includes(name),
    );
    const ids = groups.map(({ id }) => id);
    const expected = idsWhere(server.data.customers, ({ customer_group_id }) =>
      ids.includes(customer_group_id ?? ""),
    );
    expect(expected).toHaveLength(51);
    expect(
      await filtered("customers", { customer_group_id_in: ids.join(",") }),
    ).toEqual(expected);
  });

  it("joins several filters by and", async () => {
    expect(
      await filtered("customers", {
        customer_group_id_in: "xYZkjABcde",
        email_start: "john",
        status_eq: "prospect",
      }),
    ).toEqual(["xYZkjABcde"]);
    expect(
      await filtered("customers", {
        customer_group_id_in: "xYZkjABcde",
        id_in: "zzzzzzzzzz",
      }),
    ).toEqual([]);
  });

  it("finds children by their owner's id", async () => {
    for (const [type, rows] of [
      ["customer_addresses", server.data.customerAddresses],
      ["customer_payment_sources", server.data.customerPaymentSources],
      ["customer_subscriptions", server.data.customerSubscriptions],
      ["orders", server.data.orders],
      ["order_subscriptions", server.data.orderSubscriptions],
      ["returns", server.data.returns],
      ["sku_lists", server.data.skuLists],
    ] as const) {
      const owners = [rows[0]!.customer_id, rows[1]!.customer_id];
      expect(
        await filtered(type, { customer_id_in: owners.join(",") }),
      ).toEqual(
        idsWhere<{ id: string; customer_id: string }>(rows, ({ customer_id }) =>
          owners.includes(customer_id),
        ),
      );
    }
  });

  it("finds customers by any of their tags", async () => {
    const tag = server.data.tags[2]!;
    expect(await filtered("customers", { tags_id_in: tag.id })).toEqual(
      idsWhere(server.data.customers, ({ tag_ids }) =>
        tag_ids.includes(tag.id),
      ),
    );
  });

  it("finds records by a true or false", async () => {
    const taxed = (wanted: boolean) =>
      idsWhere(server.data.priceLists, (row) => row.tax_included === wanted);
    for (const [name, value, wanted] of [
      ["tax_included_true", "true", true],
      ["tax_included_true", "0", false],
      ["tax_included_false", "1", false],
      ["tax_included_eq", "true", true],
      ["tax_included_not_eq", "true", false],
    ] as const)
      expect(await filtered("price_lists", { [name]: value })).toEqual(
        taxed(wanted),
      );
  });

  it("reads a numeric order number as text", async () => {
    const order = server.data.orders.find(
      ({ number }) => typeof number === "number",
    )!;
    expect(
      await filtered("orders", { number_eq: String(order.number) }),
    ).toEqual([order.id]);
  });

  it("filters inside a related list only", async () => {
    const member = server.data.customers.filter(
      ({ customer_group_id }) => customer_group_id === "xYZkjABcde",
    )[1]!;
    const stranger = server.data.customers.find(
      ({ customer_group_id }) => customer_group_id !== "xYZkjABcde",
    )!;
    expect(
      await idsOf(
        server,
        "/api/customer_groups/xYZkjABcde/customers" +
          `?filter[q][id_in]=${member.id},${stranger.id}`,
      ),
    ).toEqual([member.id]);
  });

  it.each([
    ["customers", "filter[q][has_password_true]=true", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][orders_id_eq]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][nothing_eq]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][email]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][email_like]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][email_or_nothing_eq]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][customer_group_id]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][metadata_eq]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][email_jcont]={}", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][id_start]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][total_orders_count_cont]=1", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][email_true]=1", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[q][nothing_eq]=", "FILTER_NOT_ALLOWED"],
    ["customers", "filter[ids]=x", "FILTER_NOT_ALLOWED"],
    ["customer_groups", "filter[q][customers_id_eq]=x", "FILTER_NOT_ALLOWED"],
    ["customer_groups", "filter[q][markets_id_in]=x", "FILTER_NOT_ALLOWED"],
    ["attachments", "filter[q][attachable_id_eq]=x", "FILTER_NOT_ALLOWED"],
    ["customers", "filter=x", "INVALID_FILTERS_SYNTAX"],
    ["customers", "filter[q]=x", "INVALID_FILTERS_SYNTAX"],
    ["customers", "filter[q][id_in][]=x", "INVALID_FILTERS_SYNTAX"],
    ["customers", "filter[q][total_orders_count_eq]=x", "INVALID_FILTER_VALUE"],
    ["customers", "filter[q][created_at_gt]=soon", "INVALID_FILTER_VALUE"],
    ["customers", "filter[q][reference_null]=maybe", "INVALID_FILTER_VALUE"],
    ["customers", "filter[q][metadata_jcont]={", "INVALID_FILTER_VALUE"],
    ["customers", "filter[q][metadata_jcont]=1", "INVALID_FILTER_VALUE"],
  ])("refuses %s by %s", async (type, query, code) => {
    expect(await refusalOf(server, `/api/${type}?${query}`)).toBe(
      `400 ${code}`,
    );
  });
});
