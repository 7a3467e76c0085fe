import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
} from "../../../src/sandbox/bigcommerce";

describe("data of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  let data: BigCommerceSandboxServer["data"];
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
    data = server.data;
  });
  afterAll(() => server.close());

  const rules = () => data.customerGroups.flatMap((one) => one.discount_rules);
  const shareOf = (groupId: number) =>
    data.customers.filter((one) => one.customer_group_id === groupId).length /
    data.customers.length;

  it("has rows enough of every kind", () => {
    expect(data.customerGroups.length).toBeGreaterThanOrEqual(60);
    expect(data.customers.length).toBeGreaterThanOrEqual(3000);
    expect(data.categories.length).toBeGreaterThanOrEqual(400);
    expect(data.products.length).toBeGreaterThanOrEqual(500);
    expect(data.priceLists.length).toBeGreaterThanOrEqual(20);
    expect(data.addresses.length).toBeGreaterThanOrEqual(1000);
  });

  it("keeps every list by id ascending", () => {
    const lists = [
      data.customerGroups.map((row) => row.id),
      data.customers.map((row) => row.id),
      data.addresses.map((row) => row.id),
      data.categories.map((row) => row.category_id),
      data.products.map((row) => row.id),
      data.priceLists.map((row) => row.id),
      data.priceListAssignments.map((row) => row.id),
    ];
    for (const ids of lists) {
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      expect(ids.at(-1)).toBeGreaterThan(ids.length);
    }
  });

  it("is the same for equal seeds", async () => {
    const same = await startBigCommerceSandbox({ seed: 1 });
    const other = await startBigCommerceSandbox({ seed: 2 });
    await Promise.all([same.close(), other.close()]);
    expect(JSON.stringify(same.data)).toBe(JSON.stringify(data));
    expect(JSON.stringify(other.data)).not.toBe(JSON.stringify(data));
    expect(other.data.customerGroups[0]).toEqual(data.customerGroups[0]);
  });

  it("has one default group and one for guests", () => {
    const { customerGroups } = data;
    expect(customerGroups.filter((one) => one.is_default)).toHaveLength(1);
    expect(customerGroups.filter((one) => one.is_group_for_guests)).toEqual([
      expect.objectContaining({ id: 1, name: "Wholesale" }),
    ]);
  });

  it("has rules of every known type", () => {
    const types = new Set(rules().map((rule) => rule.type));
    expect([...types].sort()).toEqual([
      ...["all", "brand", "category", "price_list", "product"],
    ]);
    expect(rules().find((rule) => rule.type === "brand")).toHaveProperty(
      "brand_id",
    );
  });

  it("writes category ids as numbers and texts", () => {
    const kinds = new Set(
      rules()
        .filter((rule) => rule.type === "category")
        .map((rule) => typeof rule.category_id),
    );
    expect([...kinds].sort()).toEqual(["number", "string"]);
  });

  it("writes amounts with four decimals or none", () => {
    for (const { amount } of rules())
      expect(amount ?? "0.0000").toMatch(/^\d+\.\d{4}$/);
    const hidden = rules().filter((rule) => rule.amount === undefined);
    expect(hidden.map((rule) => rule.type)).toEqual(
      expect.arrayContaining(["category", "product", "price_list"]),
    );
  });

  it("leaves references of rules to nowhere", () => {
    const categories = new Set(data.categories.map((row) => row.category_id));
    const products = new Set(data.products.map((row) => row.id));
    const priceLists = new Set(data.priceLists.map((row) => row.id));
    const lost = rules().filter(
      (rule) =>
        (rule.category_id !== undefined &&
          !categories.has(Number(rule.category_id))) ||
        (rule.product_id !== undefined &&
          !products.has(Number(rule.product_id))) ||
        (rule.price_list_id !== undefined &&
          !priceLists.has(rule.price_list_id)),
    );
    expect(new Set(lost.map((rule) => rule.type))).toEqual(
      new Set(["category", "product", "price_list"]),
    );
  });

  it("has category accesses of every kind", () => {
    const accesses = data.customerGroups.map((one) => one.category_access);
    expect(accesses).toContainEqual({ type: "all" });
    expect(accesses).toContainEqual({ type: "none" });
    expect(accesses).toContainEqual({ type: "specific", categories: [] });
    expect(accesses).toContainEqual({ type: "by_brand", categories: [19] });
    const known = new Set(data.categories.map((row) => row.category_id));
    const hasLost = accesses.some(
      ({ type, categories }) =>
        type === "specific" && categories?.some((id) => !known.has(id)),
    );
    expect(hasLost).toBe(true);
  });

  it("writes the dates of groups without zone", () => {
    const dates = data.customerGroups
      .slice(1)
      .flatMap((one) => [one.date_created, one.date_modified]);
    expect(dates).toContain(null);
    for (const date of dates)
      expect(date ?? "2023-07-17 06:30:41").toMatch(
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
      );
  });

  it("puts two fifths of customers in one group", () => {
    expect(shareOf(2)).toBe(0.4);
    expect(shareOf(0)).toBeGreaterThanOrEqual(0.1);
  });

  it("leaves some groups without any customer", () => {
    const taken = new Set(data.customers.map((one) => one.customer_group_id));
    const ids = data.customerGroups.map((one) => one.id);
    expect(ids.filter((id) => !taken.has(id)).length).toBeGreaterThan(2);
    taken.delete(0);
    expect([...taken].every((id) => ids.includes(id))).toBe(true);
  });

  it("has mail addresses that reach nobody", () => {
    const emails = data.customers.map((one) => one.email);
    expect(new Set(emails).size).toBe(emails.length);
    for (const email of emails)
      expect(email).toMatch(/@(example\.(com|org|net)|[a-z.]+\.test)$/);
  });

  it("has phones that cannot be called", () => {
    const phones = new Set(data.customers.map((one) => one.phone));
    expect(phones).toContain("");
    for (const phone of phones) expect(phone).toMatch(/^(\+999 0 \d+)?$/);
  });

  it("marks every note as a canary", () => {
    const notes = data.customers.flatMap((one) => one.notes || []);
    expect(notes.length).toBeGreaterThan(100);
    for (const note of notes) expect(note).toMatch(/^canary-note-\d+$/);
  });

  it("writes names in scripts of all sorts", () => {
    const names = data.customers
      .map((one) => `${one.first_name} ${one.last_name}`)
      .join("\n");
    for (const script of [
      ...[/\p{Script=Han}/u, /\p{Script=Hangul}/u, /\p{Script=Arabic}/u],
      ...[/\p{Script=Hebrew}/u, /[À-ÿ]/u, /\p{Extended_Pictographic}/u],
    ])
      expect(names).toMatch(script);
  });

  it("counts the addresses of each customer", () => {
    const counts = new Set(
      data.customers.map(({ addresses, address_count }) => {
        expect(addresses).toHaveLength(address_count);
        return address_count;
      }),
    );
    expect([...counts].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("has store credits that floats cannot hold", () => {
    const amounts = data.customers.flatMap((one) =>
      one.store_credit_amounts.map(({ amount }) => amount),
    );
    expect(amounts).toEqual(expect.arrayContaining([12.3, 0, 0.1 + 0.2]));
  });

  it("has logins of one and all channels", () => {
    const channels = data.customers.map((one) => one.channel_ids);
    expect(channels).toContain(null);
    expect(channels).toContainEqual([1]);
    const origins = new Set(data.customers.map((one) => one.origin_channel_id));
    expect(origins.size).toBeGreaterThan(1);
  });

  it("keeps categories at most five deep", () => {
    const byId = new Map(data.categories.map((row) => [row.category_id, row]));
    const depthOf = (id: number): number =>
      id === 0 ? 0 : 1 + depthOf(byId.get(id)?.parent_id ?? NaN);
    const depths = data.categories.map((row) => depthOf(row.category_id));
    expect(new Set(depths)).toEqual(new Set([1, 2, 3, 4, 5]));
    for (const row of data.categories)
      expect(byId.get(row.parent_id)?.tree_id ?? row.tree_id).toBe(row.tree_id);
  });

  it("has the categories of the documentation's group", () => {
    const ids = data.categories.map((row) => row.category_id);
    expect(ids).toEqual(expect.arrayContaining([18, 19, 23, 34]));
    expect(data.priceLists.find((row) => row.id === 3)?.name).toBe("Wholesale");
  });

  it("has categories with and without pictures", () => {
    const urls = data.categories.map((row) => row.image_url);
    expect(urls).toContain("");
    expect(urls.some((url) => url.startsWith("https://"))).toBe(true);
    const texts = data.categories.map((row) => row.description);
    expect(texts.some((text) => text.startsWith("<p>"))).toBe(true);
    for (const row of data.categories)
      expect(row.name.length).toBeLessThanOrEqual(50);
  });

  it("has prices that floats cannot hold", () => {
    const prices = data.products.map((row) => row.price);
    expect(prices).toEqual(
      expect.arrayContaining([0.30000000000000004, 0, 10, 1234567.89]),
    );
  });

  it("assigns price lists in several channels", () => {
    const perGroup = (id: number) =>
      data.priceListAssignments.filter((row) => row.customer_group_id === id);
    expect(
      perGroup(5)
        .map((row) => row.channel_id)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(perGroup(2)).toEqual([]);
    expect(perGroup(0)).toHaveLength(1);
  });
});
