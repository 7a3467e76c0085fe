import { createData } from "../../../src/sandbox/commerce-layer/data/create-data";
import type { Row } from "../../../src/sandbox/commerce-layer";

describe("data of the Commerce Layer sandbox", () => {
  const data = createData(1);
  const { customerGroups, customers, markets, orders } = data;
  const tables = Object.values(data) as readonly (readonly Row[])[];
  const membersOf = (id: string | undefined) =>
    customers.filter(({ customer_group_id }) => customer_group_id === id);
  const groupNamed = (wanted: string) =>
    customerGroups.find(({ name }) => name === wanted);

  it("is equal for an equal seed", () => {
    expect(JSON.stringify(createData(1))).toBe(JSON.stringify(data));
  });

  it("differs for another seed but keeps promises", () => {
    const other = createData(2);
    expect(other.customers[1]?.id).not.toBe(customers[1]?.id);
    expect(other.customers[0]).toEqual(customers[0]);
    expect(other.customers).toHaveLength(customers.length);
  });

  it("has enough groups, customers and markets", () => {
    expect(customerGroups.length).toBeGreaterThanOrEqual(60);
    expect(customers).toHaveLength(3000);
    expect(markets.length).toBeGreaterThanOrEqual(40);
    expect(data.priceLists).toHaveLength(12);
  });

  it("numbers records in the order of making", () => {
    for (const rows of tables) {
      expect(rows.map(({ key }) => key)).toEqual(rows.map((_, n) => n + 1));
      const dates = rows.map(({ created_at }) => created_at);
      expect(dates).toEqual(dates.toSorted());
    }
  });

  it("has unique ids that tell no order", () => {
    for (const rows of tables) {
      const ids = rows.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[A-Za-z]{10}$/.test(id))).toEqual([]);
      expect(ids).not.toEqual(ids.toSorted());
    }
  });

  it("has ids that differ in case alone", () => {
    for (const rows of [customerGroups, customers]) {
      const folded = new Set(rows.map(({ id }) => id.toLowerCase()));
      expect(folded.size).toBeLessThan(rows.length);
    }
  });

  it("has dates in the documented form", () => {
    const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    const wrong = tables
      .flat()
      .filter(
        ({ created_at, updated_at }) =>
          !form.test(created_at) || updated_at < created_at,
      );
    expect(wrong).toEqual([]);
  });

  it("keeps two fifths in the newsletter group", () => {
    expect(membersOf(groupNamed("Newsletter")?.id)).toHaveLength(1200);
  });

  it("has empty groups and customers without group", () => {
    const empty = customerGroups.filter(({ id }) => membersOf(id).length === 0);
    expect(empty.length).toBeGreaterThanOrEqual(5);
    const without = customers.filter((row) => row.customer_group_id === null);
    expect(without.length).toBeGreaterThanOrEqual(300);
  });

  it("has groups around the size of pages", () => {
    const sizes = ["Founders", "Employees", "Press", "Wholesale"].map(
      (name) => membersOf(groupNamed(name)?.id).length,
    );
    expect(sizes).toEqual([1, 25, 26, 50]);
  });

  it("puts the documented records first", () => {
    expect(customerGroups[0]).toMatchObject({
      id: "xYZkjABcde",
      name: "VIP",
      old: true,
    });
    expect(customers[0]).toMatchObject({
      id: "xYZkjABcde",
      email: "john@example.com",
      old: true,
    });
    expect(membersOf("xYZkjABcde")).toHaveLength(3);
    expect(membersOf("xYZkjABcde")[0]).toBe(customers[0]);
  });

  it("has groups with few and many markets", () => {
    const sizes = customerGroups.map(
      ({ id }) => markets.filter((row) => row.customer_group_id === id).length,
    );
    expect(new Set(sizes)).toEqual(new Set([0, 1, 2, 3, 30]));
    expect(sizes[0]).toBe(2);
    expect(
      markets.filter((row) => row.customer_group_id === null).length,
    ).toBeGreaterThan(0);
    const lists = new Set(data.priceLists.map(({ id }) => id));
    for (const { price_list_id } of markets)
      expect(lists.has(price_list_id)).toBe(true);
  });

  it("counts the orders of each customer", () => {
    const counts = new Map<string, number>();
    for (const { customer_id } of orders)
      counts.set(customer_id, (counts.get(customer_id) ?? 0) + 1);
    for (const customer of customers) {
      const count = counts.get(customer.id) ?? 0;
      expect(customer.total_orders_count ?? 0).toBe(count);
      expect(customer.status).toBe(
        count === 0 ? "prospect" : count === 1 ? "acquired" : "repeat",
      );
    }
    const all = [...counts.values()].toSorted((a, b) => b - a);
    expect(all.slice(0, 2)).toEqual([140, 6]);
  });

  it("has up to three addresses for each customer", () => {
    const counts = new Map(customers.map(({ id }) => [id, 0]));
    for (const { customer_id } of data.customerAddresses)
      counts.set(customer_id, (counts.get(customer_id) ?? 0) + 1);
    expect(new Set(counts.values())).toEqual(new Set([0, 1, 2, 3]));
    const addresses = new Set(data.addresses.map(({ id }) => id));
    for (const { address_id } of data.customerAddresses)
      expect(addresses.delete(address_id)).toBe(true);
  });

  it("attaches to a tenth of groups and customers", () => {
    for (const [type, rows] of [
      ["customer_groups", customerGroups],
      ["customers", customers],
    ] as const) {
      const owners = new Set(
        data.attachments
          .filter(({ attachable_type }) => attachable_type === type)
          .map(({ attachable_id }) => attachable_id),
      );
      expect(owners.size / rows.length).toBeGreaterThan(0.04);
      expect(owners.size / rows.length).toBeLessThan(0.2);
    }
  });

  it("has names in many scripts", () => {
    const names = customerGroups.map(({ name }) => name).join(" ");
    for (const script of [
      ...["Latin", "Han", "Hangul", "Arabic", "Hebrew", "Greek"],
      ...["Cyrillic", "Thai"],
    ])
      expect(names).toMatch(new RegExp(`\\p{Script=${script}}`, "u"));
    expect(names).toMatch(/\p{Emoji_Presentation}/u);
  });

  it("has empty, absent and nested values", () => {
    for (const rows of [customerGroups, customers]) {
      const references = new Set(rows.map(({ reference }) => reference));
      expect(references.has(null)).toBe(true);
      expect(references.has("")).toBe(true);
      const metadata = new Set(rows.map((row) => JSON.stringify(row.metadata)));
      expect(metadata.has("{}")).toBe(true);
      expect(metadata.has("null")).toBe(true);
      expect([...metadata].some((text) => text.includes(':{"'))).toBe(true);
    }
  });

  it("writes order numbers as both types", () => {
    expect(new Set(orders.map(({ number }) => typeof number))).toEqual(
      new Set(["number", "string"]),
    );
  });

  it("reaches nobody by mail or phone", () => {
    const emails = customers.map(({ email }) => email);
    expect(new Set(emails).size).toBe(emails.length);
    for (const email of emails)
      expect(email).toMatch(/@(example\.(com|org|net)|[a-z.]+\.test)$/);
    for (const { phone } of data.addresses)
      expect(phone).toMatch(/^\+1 555 01\d\d$/);
  });

  it("marks every secret with a canary", () => {
    for (const row of data.customerPaymentSources) {
      expect(row.payment_source_token).toMatch(/^canary-payment-token-\d+$/);
      expect(row.customer_token).toMatch(/^canary-customer-token-\d+$/);
    }
    for (const { shared_secret } of markets)
      expect(shared_secret).toMatch(/^canary-market-secret-\d+$/);
    for (const { token } of orders)
      expect(token).toMatch(/^canary-order-token-\d+$/);
  });

  it("gives every link a record", () => {
    const ids = (rows: readonly { readonly id: string }[]) =>
      new Set(rows.map(({ id }) => id));
    const known = {
      customer: ids(customers),
      customer_group: ids(customerGroups),
      market: ids(markets),
      price_list: ids(data.priceLists),
      order: ids(orders),
      source_order: ids(orders),
      address: ids(data.addresses),
      shipping_address: ids(data.addresses),
      billing_address: ids(data.addresses),
      origin_address: ids(data.addresses),
      customer_payment_source: ids(data.customerPaymentSources),
    } as Record<string, Set<string>>;
    let links = 0;
    for (const rows of tables)
      for (const row of rows)
        for (const [name, value] of Object.entries(row)) {
          const target = known[name.replace(/_id$/, "")];
          if (!name.endsWith("_id") || !target || value === null) continue;
          links++;
          if (!target.has(value as string))
            throw new Error(`${name}: ${value}`);
        }
    expect(links).toBeGreaterThan(20_000);
  });
});
