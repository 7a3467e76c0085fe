import {
  startEcwidSandbox,
  type CustomerRow,
  type EcwidSandboxServer,
} from "../../../src/sandbox/ecwid";
import { allIdsOf, ask, idsOf, refusalOf, search } from "./ask";

describe("customers of the Ecwid sandbox", () => {
  let server: EcwidSandboxServer;
  let rows: readonly CustomerRow[];
  beforeAll(async () => {
    server = await startEcwidSandbox();
    rows = server.data.customers;
  });
  beforeEach(() => server.reset());
  afterAll(() => server.close());

  const PATH = "/customers";
  const BY_ID = "sortBy=REGISTERED_DATE_ASC";
  const nameOf = (row: CustomerRow) =>
    (row.billingPerson?.name ?? row.name ?? "").toLowerCase();
  const timeOf = (date: string) =>
    Date.parse(date.replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d)$/, "$1T$2$3:$4"));
  const idsWhere = (holds: (row: CustomerRow) => boolean) =>
    rows.filter(holds).map(({ id }) => id);
  const ordersOf = (row: CustomerRow) =>
    row.stats?.numberOfOrders ?? row.totalOrderCount ?? 0;
  const addressesOf = (row: CustomerRow) => row.shippingAddresses ?? [];

  it("serves one customer without its search count", async () => {
    const { totalOrderCount, ...row } = rows[0] as CustomerRow;
    expect(totalOrderCount).toEqual(expect.any(Number));
    const { status, body } = await ask(server, `${PATH}/${row.id}`);
    expect([status, body]).toEqual([200, row]);
  });

  it("names the customer that is not found", async () => {
    const { status, body } = await ask(server, `${PATH}/1`);
    expect([status, body]).toEqual([
      404,
      { errorMessage: "Customer #1 not found" },
    ]);
  });

  it("carries whole rows in a search", async () => {
    const { items } = await search(server, `${PATH}?${BY_ID}&limit=50`);
    expect(items).toEqual(rows.slice(0, 50));
  });

  it("counts all customers whatever is found", async () => {
    const { items, ...envelope } = await search(
      server,
      `${PATH}?customerGroupIds=9367001&limit=5&offset=10`,
    );
    expect(items).toHaveLength(2);
    expect(envelope).toEqual({
      total: 12,
      count: 2,
      offset: 10,
      limit: 5,
      allCustomerCount: 3000,
    });
  });

  it("gives each customer once over all pages", async () => {
    const ids = await allIdsOf(server, PATH);
    expect(ids).toHaveLength(3000);
    expect(new Set(ids)).toEqual(new Set(idsWhere(() => true)));
  });

  it("has no filter by the customers' ids", async () => {
    const { total } = await search(
      server,
      `${PATH}?ids=200000001&customerIds=200000001&limit=1`,
    );
    expect(total).toBe(3000);
    server.settings.strictParameters = true;
    expect(await refusalOf(server, `${PATH}?ids=200000001`)).toBe(
      "400 WRONG_PARAMETER",
    );
  });

  it("gives a page of 100 at most", async () => {
    const limitOf = async (query: string) => {
      const { limit, count } = await search(server, `${PATH}?${query}`);
      return [limit, count];
    };
    expect(await limitOf("")).toEqual([100, 100]);
    expect(await limitOf("limit=101")).toEqual([100, 100]);
    server.settings.defaultLimit = 10;
    expect(await limitOf("")).toEqual([10, 10]);
    expect(await limitOf("limit=101")).toEqual([100, 100]);
    server.settings.limitAboveMaximum = "default";
    expect(await limitOf("limit=101")).toEqual([10, 10]);
    server.settings.limitAboveMaximum = "reject";
    expect(await limitOf("limit=100")).toEqual([100, 100]);
    expect(await refusalOf(server, `${PATH}?limit=101`)).toBe(
      "400 WRONG_PARAMETER",
    );
  });

  it("finds John by his exact address", async () => {
    const query = "email=JOHN@example.com&useExactEmailMatch=true";
    const { items } = await search(server, `${PATH}?${query}`);
    expect(items).toEqual([rows[0]]);
    expect(items[0]).toMatchObject({
      name: "John",
      email: "john@example.com",
      customerGroupId: 9367001,
      customerGroupName: "VIP",
    });
  });

  it("finds equal addresses in both cases", async () => {
    const twin = rows.find(({ email }) => /^[A-Z.]+\d+@/.test(email));
    const email = twin?.email.toLowerCase() ?? "";
    const found = await search(
      server,
      `${PATH}?email=${email}&useExactEmailMatch=true`,
    );
    expect(found.total).toBe(2);
    expect(new Set(found.items.map((item) => item["email"])).size).toBe(2);
  });

  const GROUP = 9367003;
  const AT = 1_650_000_000;
  const filters: readonly (readonly [
    query: string,
    holds: (row: CustomerRow) => boolean,
  ])[] = [
    [
      "keyword=sample",
      (row) =>
        nameOf(row).includes("sample") ||
        row.email.toLowerCase().includes("sample"),
    ],
    ["name=alex%20S", (row) => nameOf(row).includes("alex s")],
    ["name=雛形", (row) => nameOf(row).includes("雛形")],
    ["email=%2Bshop.", (row) => row.email.includes("+shop.")],
    [
      "phone=(0100)-01",
      (row) =>
        [
          row.billingPerson?.phone,
          ...addressesOf(row).map(({ phone }) => phone),
          ...(row.contacts ?? []).map(({ type, contact }) =>
            type === "PHONE" ? contact : undefined,
          ),
        ].some((phone) => phone?.replaceAll(" ", "").includes("010001")),
    ],
    [
      "city=portl",
      (row) => addressesOf(row).some(({ city }) => city === "Portland"),
    ],
    [
      "postalCode=600-8001",
      (row) =>
        addressesOf(row).some(({ postalCode }) => postalCode === "600-8001"),
    ],
    [
      "stateOrProvinceCode=pa",
      (row) => addressesOf(row).some((one) => one.stateOrProvinceCode === "PA"),
    ],
    [
      "countryCodes=SA,%20IL",
      (row) =>
        addressesOf(row).some(({ countryCode = "" }) =>
          ["SA", "IL"].includes(countryCode),
        ),
    ],
    [
      "companyName=%26%20sons",
      (row) =>
        addressesOf(row).some((one) => one.companyName === "Void & Sons"),
    ],
    ["acceptMarketing=true", (row) => row.acceptMarketing !== false],
    ["acceptMarketing=false", (row) => row.acceptMarketing === false],
    ["taxExempt=true", (row) => row.taxExempt === true],
    ["taxExempt=false", (row) => row.taxExempt !== true],
    ["lang=EN", (row) => row.lang === "en"],
    [
      `customerGroupIds=${GROUP},0`,
      (row) => [GROUP, 0].includes(row.customerGroupId),
    ],
    ["customerGroupIds=0", (row) => row.customerGroupId === 0],
    ["customerGroup=9367001", (row) => row.customerGroupId === 9367001],
    ["customerGroupIds=424242", () => false],
    ["minOrderCount=5", (row) => ordersOf(row) >= 5],
    ["maxOrderCount=0", (row) => ordersOf(row) === 0],
    ["minSalesValue=499.5", (row) => (row.stats?.salesValue ?? 0) >= 499.5],
    ["maxSalesValue=10", (row) => (row.stats?.salesValue ?? 0) <= 10],
    ["b2b_b2c=b2b", (row) => row.b2b_b2c === "b2b"],
    [`createdFrom=${AT}`, (row) => timeOf(row.registered) >= AT * 1000],
    [
      "createdTo=2021-01-01%2000:00:00%20%2B0200",
      (row) => timeOf(row.registered) <= Date.UTC(2020, 11, 31, 22),
    ],
    [
      "updatedFrom=2023-05-06",
      (row) => timeOf(row.updated) >= Date.UTC(2023, 4, 6),
    ],
    [
      "updatedTo=2020-05-06%2012:00:00",
      (row) => timeOf(row.updated) <= Date.UTC(2020, 4, 6, 12),
    ],
    [
      `customerGroupIds=${GROUP}&minOrderCount=3&b2b_b2c=b2c`,
      (row) =>
        row.customerGroupId === GROUP &&
        ordersOf(row) >= 3 &&
        row.b2b_b2c === "b2c",
    ],
  ];

  it.each(filters)("finds the customers of %s", async (query, holds) => {
    const wanted = idsWhere(holds);
    const found = await allIdsOf(server, `${PATH}?${query}`);
    expect(found.toSorted()).toEqual(wanted);
    const { total } = await search(server, `${PATH}?${query}&limit=1`);
    expect(total).toBe(wanted.length);
    const isMeantToFind = !query.includes("424242");
    expect(wanted.length > 0).toBe(isMeantToFind);
  });

  it("finds Italians by codes for invoices", async () => {
    const row = rows.find(({ fiscalCode = "" }) => fiscalCode !== "");
    for (const name of [
      "fiscalCode",
      "electronicInvoicePecEmail",
      "electronicInvoiceSdiCode",
    ] as const) {
      const query = `${name}=${row?.[name]?.toLowerCase()}`;
      expect(await idsOf(server, `${PATH}?${query}`)).toEqual([row?.id]);
    }
  });

  it("finds who bought one of the products", async () => {
    const { purchasedProductIds } = server.data;
    const wanted = [689000001, 689000002];
    const buyers = idsWhere(({ id }) =>
      (purchasedProductIds.get(id) ?? []).some((one) => wanted.includes(one)),
    );
    expect(buyers.length).toBeGreaterThan(10);
    const query = `purchasedProductIds=${wanted.join(",")}`;
    const found = await allIdsOf(server, `${PATH}?${query}`);
    expect(found.toSorted()).toEqual(buyers);
  });

  it("includes both ends of a span", async () => {
    const row = rows[20] as CustomerRow;
    const at = timeOf(row.registered) / 1000;
    const within = `createdFrom=${at}&createdTo=${at}`;
    expect(await idsOf(server, `${PATH}?${within}`)).toEqual([row.id]);
    const after = `createdFrom=${at + 1}&createdTo=${at + 2}`;
    expect(await idsOf(server, `${PATH}?${after}`)).toEqual([]);
  });

  it.each([
    ["createdFrom=2021-01-01 00:00:00 +0000", "an unencoded plus sign"],
    ["createdTo=yesterday", "a date in words"],
    ["updatedFrom=2021-01-01T00:00:00Z", "a date of ISO 8601"],
    ["acceptMarketing=yes", "a truth in words"],
    ["minOrderCount=many", "a number in words"],
    ["customerGroupIds=VIP", "a group by its name"],
    ["b2b_b2c=c2c", "an unknown kind"],
    ["sortBy=name", "an unknown order"],
    ["useExactEmailMatch=true", "an exact match of nothing"],
    ["phone=-", "a phone without a digit"],
  ])("refuses %s as %s", async (query) => {
    expect(await refusalOf(server, `${PATH}?${query}`)).toBe(
      "400 WRONG_PARAMETER",
    );
  });

  const sortings: readonly (readonly [
    name: string,
    key: (row: CustomerRow) => string | number,
  ])[] = [
    ["NAME", nameOf],
    ["EMAIL", (row) => row.email.toLowerCase()],
    ["ORDER_COUNT", ordersOf],
    ["REGISTERED_DATE", (row) => timeOf(row.registered)],
    ["UPDATED_DATE", (row) => timeOf(row.updated)],
    ["SALES_VALUE", (row) => row.stats?.salesValue ?? 0],
    ["FIRST_ORDER_DATE", (row) => timeOf(row.stats?.firstOrderDate ?? "") || 0],
    ["LAST_ORDER_DATE", (row) => timeOf(row.stats?.lastOrderDate ?? "") || 0],
  ];

  it.each(sortings)("sorts by %s both ways", async (name, key) => {
    const sorted = (sign: number) =>
      rows
        .toSorted((a, b) => {
          const [left, right] = [key(a), key(b)];
          return left === right ? a.id - b.id : left < right ? -sign : sign;
        })
        .map(({ id }) => id);
    const up = await allIdsOf(server, `${PATH}?sortBy=${name}_ASC`);
    expect(up).toEqual(sorted(1));
    const down = await allIdsOf(server, `${PATH}?sortBy=${name}_DESC`);
    expect(down).toEqual(sorted(-1));
  });

  it("sorts by name unless it is told", async () => {
    expect(await idsOf(server, PATH)).toEqual(
      await idsOf(server, `${PATH}?sortBy=NAME_ASC`),
    );
  });

  it("keeps the order within a filter", async () => {
    const query = "sortBy=SALES_VALUE_DESC";
    const all = await allIdsOf(server, `${PATH}?${query}`);
    const some = await allIdsOf(server, `${PATH}?${query}&customerGroupIds=0`);
    expect(all.filter((id) => some.includes(id))).toEqual(some);
  });
});
