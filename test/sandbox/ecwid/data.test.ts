import { createData as createBigCommerceData } from "../../../src/sandbox/bigcommerce/data/create-data";
import { createData as createCommerceLayerData } from "../../../src/sandbox/commerce-layer/data/create-data";
import { createData } from "../../../src/sandbox/ecwid/data/create-data";
import { sharedMailAddresses } from "../../../src/sandbox/ecwid/data/words";
import { fromDate, toDate } from "../../../src/sandbox/ecwid/dates";

describe("data of the Ecwid sandbox", () => {
  const data = createData(1);
  const { customerGroups, customers, purchasedProductIds } = data;
  const membersOf = (id: number | undefined) =>
    customers.filter(({ customerGroupId }) => customerGroupId === id);
  const groupNamed = (wanted: string) =>
    customerGroups.find(({ name }) => name === wanted)?.id;
  const count = (holds: (row: (typeof customers)[number]) => boolean) =>
    customers.filter(holds).length;

  it("is equal for an equal seed", () => {
    expect(JSON.stringify(createData(1))).toBe(JSON.stringify(data));
    expect(createData(1).purchasedProductIds).toEqual(purchasedProductIds);
  });

  it("differs for another seed but keeps promises", () => {
    const other = createData(2);
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(data));
    expect(other.customerGroups.slice(0, 2)).toEqual([
      { id: 0, name: "General" },
      { id: 9367001, name: "VIP" },
    ]);
    expect(other.customers[0]).toMatchObject({
      id: 200000001,
      name: "John",
      email: "john@example.com",
      customerGroupId: 9367001,
      billingPerson: { name: "John" },
    });
  });

  it("numbers rows upwards with gaps", () => {
    for (const rows of [customerGroups, customers]) {
      const ids = rows.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
      expect(ids.at(-1)).toBeGreaterThan((ids[1] ?? 0) + ids.length);
      expect(ids.at(-1)).toBeLessThan(2 ** 31);
    }
    const ids = customerGroups.map(({ id }) => id);
    expect(ids.toSorted()).not.toEqual(ids);
  });

  it("has groups of sizes made on purpose", () => {
    expect(customerGroups).toHaveLength(63);
    expect(customers).toHaveLength(3000);
    const sizes = [
      ...["General", "VIP", "Newsletter", "One full page"],
      ...["A page and one", "Only one", "Nobody", "Former members"],
    ].map((name) => membersOf(groupNamed(name)).length);
    expect(sizes).toEqual([360, 12, 1200, 100, 101, 1, 0, 0]);
  });

  it("writes each group's name into its customers", () => {
    const names = new Map(customerGroups.map(({ id, name }) => [id, name]));
    const wrong = customers.filter(
      (row) => names.get(row.customerGroupId) !== row.customerGroupName,
    );
    expect(wrong).toEqual([]);
  });

  it("gives few groups an external reference", () => {
    const withReference = customerGroups.filter(
      (row) => row.externalReferenceId !== undefined,
    );
    expect(withReference.length).toBeGreaterThanOrEqual(3);
    expect(withReference.length).toBeLessThan(20);
    const others = customerGroups.filter((row) => !withReference.includes(row));
    for (const row of others) expect(Object.keys(row)).toEqual(["id", "name"]);
  });

  it("has names of every kind", () => {
    expect(count(({ name }) => name === "")).toBeGreaterThan(30);
    expect(
      count((row) => !row.name && row.billingPerson === undefined),
    ).toBeGreaterThan(30);
    expect(
      count((row) => row.name === undefined && !!row.billingPerson?.name),
    ).toBeGreaterThan(10);
    expect(
      count((row) => !!row.name && row.billingPerson === undefined),
    ).toBeGreaterThan(100);
    expect(count(({ name }) => name === "Alex Sample")).toBeGreaterThan(30);
    const text = [...customers, ...customerGroups]
      .map(({ name }) => name)
      .join(" ");
    for (const script of [
      ...["Latin", "Han", "Hangul", "Arabic", "Hebrew", "Greek"],
      ...["Cyrillic", "Thai"],
    ])
      expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, "u"));
    expect(text).toMatch(/\p{Emoji_Presentation}/u);
  });

  it("splits names of two words or more", () => {
    for (const { billingPerson } of customers) {
      const { name, firstName, lastName } = billingPerson ?? {};
      const isSplit = name?.includes(" ") === true;
      expect(firstName !== undefined).toBe(isSplit);
      if (isSplit) expect(`${firstName} ${lastName}`).toBe(name);
    }
  });

  it("has absent, empty and several addresses", () => {
    const kinds = customers.map((row) => row.shippingAddresses?.length);
    expect(new Set(kinds)).toEqual(new Set([undefined, 0, 1, 2, 3]));
    const addresses = customers.flatMap((row) => row.shippingAddresses ?? []);
    expect(addresses.some(({ street }) => street?.includes("\n"))).toBe(true);
    expect(addresses.some(({ street }) => street === undefined)).toBe(true);
    const ids = addresses.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has customers with nothing but the least", () => {
    const least = [
      ...["id", "email", "registered", "updated", "customerGroupId"],
      ...["customerGroupName", "b2b_b2c", "favorites"],
    ];
    expect(count((row) => Object.keys(row).join() === least.join())).toBe(30);
  });

  it("has statistics with and without dates", () => {
    const withoutOrders = customers.flatMap(({ stats }) =>
      stats?.numberOfOrders === 0 ? [stats] : [],
    );
    expect(withoutOrders.length).toBeGreaterThan(500);
    for (const stats of withoutOrders)
      expect(Object.keys(stats)).not.toContain("firstOrderDate");
    const withOrders = customers.flatMap(({ stats }) =>
      stats && stats.numberOfOrders > 0 ? [stats] : [],
    );
    expect(withOrders.length).toBeGreaterThan(1000);
    for (const { firstOrderDate = "", lastOrderDate = "" } of withOrders)
      expect(firstOrderDate <= lastOrderDate).toBe(true);
    expect(purchasedProductIds.size).toBe(withOrders.length);
  });

  it("has dates in the documented form", () => {
    const dates = customers.flatMap(({ registered, updated }) => [
      registered,
      updated,
    ]);
    for (const date of dates)
      expect(date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0[04]00$/);
    expect(dates.filter((date) => date.endsWith("+0400"))).toHaveLength(6);
    expect(new Set(customers.map((row) => row.registered)).size).toBe(2986);
    const late = customers.filter(
      ({ registered, updated }) =>
        (fromDate(updated) ?? 0) < (fromDate(registered) ?? 0),
    );
    expect(late).toEqual([]);
  });

  it("reads and writes the same date", () => {
    const at = Date.UTC(2024, 5, 4, 21, 15, 10);
    expect(toDate(at)).toBe("2024-06-04 21:15:10 +0000");
    expect(toDate(at, 4)).toBe("2024-06-05 01:15:10 +0400");
    expect(toDate(at, -5)).toBe("2024-06-04 16:15:10 -0500");
    for (const text of [
      ...["2024-06-04 21:15:10 +0000", "2024-06-05 01:15:10 +0400"],
      ...["2024-06-04 21:15:10", "1717535710"],
    ])
      expect(fromDate(text)).toBe(at);
    expect(fromDate("2024-06-04")).toBe(Date.UTC(2024, 5, 4));
    expect(fromDate("2024-13-04")).toBeUndefined();
  });

  it("has few addresses twice in other case", () => {
    const emails = customers.map(({ email }) => email);
    expect(new Set(emails).size).toBe(3000);
    const folded = emails.map((email) => email.toLowerCase());
    expect(new Set(folded).size).toBe(2988);
    expect(folded.filter((one) => one === "john@example.com")).toHaveLength(1);
  });

  it("reaches nobody by mail or phone", () => {
    const text = JSON.stringify(customers);
    const hosts = text.match(/@[\p{L}\d.-]+/gu) ?? [];
    for (const host of new Set(hosts))
      expect(host).toMatch(/^@(example\.(com|org|net)|[a-z.]+\.test)$/);
    const phones = text.match(/(?<="(phone|contact)":")\+[^"]+/g) ?? [];
    expect(phones.length).toBeGreaterThan(1000);
    for (const phone of phones) expect(phone).toMatch(/^\+1 555 01\d{5}$/);
  });

  it("marks every private note with a canary", () => {
    const notes = customers.flatMap(({ privateAdminNotes }) =>
      privateAdminNotes ? [privateAdminNotes] : [],
    );
    expect(notes.length).toBeGreaterThan(1000);
    expect(new Set(notes).size).toBe(notes.length);
    for (const note of notes) expect(note).toMatch(/^canary-note-\d+$/);
  });

  it("shares customers with the other rooms", () => {
    const own = new Set(customers.map(({ email }) => email));
    const others = [createCommerceLayerData(1), createBigCommerceData(1)].map(
      ({ customers }) =>
        new Set(
          (customers as readonly { email: string }[]).map((c) => c.email),
        ),
    );
    for (const email of sharedMailAddresses) {
      expect(own).toContain(email);
      expect(others.some((emails) => emails.has(email))).toBe(true);
    }
    for (const emails of others) {
      const shared = [...own].filter((email) => emails.has(email));
      expect(shared.length).toBeGreaterThanOrEqual(18);
    }
  });
});
