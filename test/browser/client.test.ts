import { createHash } from "node:crypto";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import {
  type TestBrowser,
  type WatchedPage,
  launchBrowser,
  screenshot,
} from "./support/browser";
import { brokenRules } from "./support/axe";
import { buildClient } from "./support/example-client";
import { type ListeningWindow, listen } from "./support/screen-reader";
import { type Whole, startWhole } from "./support/whole";

describe("example client", () => {
  let browser: TestBrowser;
  let whole: Whole;
  let tab: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    await buildClient();
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(() => tab.close());

  /** Opens an address in a new tab, and waits until all has come. */
  const open = async (path: string, options: BrowserContextOptions = {}) => {
    tab = await browser.open(options);
    page = tab.page;
    await page.goto(whole.client.origin + path, { waitUntil: "networkidle" });
  };
  const main = () => page.getByRole("main");
  const region = (name: string) => page.getByRole("region", { name });
  const groupNames = (within: Locator) =>
    within.locator(".group-row > a").allTextContents();
  const rowsOf = (within: Locator) =>
    within
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll("td")].map((cell) =>
            (cell.textContent ?? "").trim(),
          ),
        ),
      );
  /** Names and values of a description list. */
  const factsOf = async (within: Locator) =>
    Object.fromEntries(
      await within
        .locator("dl > div")
        .evaluateAll((facts) =>
          facts.map((fact): [string, string] => [
            fact.querySelector("dt")?.textContent ?? "",
            fact.querySelector("dd")?.textContent ?? "",
          ]),
        ),
    );
  const scrolled = () => page.evaluate(() => window.scrollY);
  const footer = () => page.getByRole("contentinfo");
  /** How many requests the footer tells of; 0 when it says none. */
  const toldRequests = async () => {
    const text = (await footer().locator("p").textContent()) ?? "";
    return Number(/cost (\d+) requests?/.exec(text)?.[1] ?? 0);
  };
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent ?? "");
  const loadMore = () =>
    page.getByRole("button", { name: "Load more", exact: true });
  const clearJournals = () => {
    for (const { journal } of whole.sandbox.servers) journal.clear();
  };
  const askedFor = () =>
    whole.sandbox.servers.reduce(
      (sum, { journal }) => sum + journal.requests("api").length,
      0,
    );

  describe("on healthy stores", () => {
    beforeAll(async () => {
      whole = await startWhole();
      // Tokens are fetched once: what the tests count is the reading.
      await whole.clientele.send("{ customerGroups(first: 1) { totalCount } }");
    });
    afterAll(() => whole.stop());
    beforeEach(() => {
      for (const { faults } of whole.sandbox.servers) faults.clear();
      clearJournals();
    });
    let expectedProblems: readonly unknown[] = [];
    afterEach(() => {
      expect(tab.problems).toEqual(expectedProblems);
      expectedProblems = [];
      const { origin } = whole.client;
      expect(tab.requests.filter((url) => !url.startsWith(origin))).toEqual([]);
    });

    it("shows the groups of all stores", async () => {
      await open("/");
      expect(await page.title()).toBe("All stores · Clientele");
      const menu = page.getByRole("navigation", { name: "Stores" });
      expect(await menu.getByRole("link").allTextContents()).toEqual([
        "All stores",
        "commerce-layer-demoCommerce Layer · test",
        "bigcommerce-demoBigCommerce",
        "ecwid-demoEcwid",
      ]);
      for (const { storeKey, data } of [
        whole.commerceLayer,
        whole.bigCommerce,
        whole.ecwid,
      ]) {
        const groups = data.customerGroups.map(({ name }) => name);
        expect(await groupNames(region(storeKey))).toEqual(groups.slice(0, 6));
        await region(storeKey)
          .getByRole("link", { name: `All ${groups.length} groups` })
          .waitFor();
      }
      expect(askedFor()).toBe(3);
      expect(await toldRequests()).toBe(3);
      await screenshot(page, "client-all-stores");
    });

    it("pages through all groups of a store", async () => {
      const all = whole.bigCommerce.data.customerGroups.map(({ name }) => name);
      await open("/");
      await region("bigcommerce-demo")
        .getByRole("link", { name: "bigcommerce-demo", exact: true })
        .click();
      await page.getByText(`20 of ${all.length} groups`).first().waitFor();
      expect(await groupNames(main())).toEqual(all.slice(0, 20));
      await screenshot(page, "client-store");
      for (const shown of [40, 60]) {
        await loadMore().click();
        await main().getByText(`${shown} of ${all.length} groups`).waitFor();
        expect(await groupNames(main())).toEqual(all.slice(0, shown));
      }
      await loadMore().click();
      await main().getByText(`All ${all.length} groups`).waitFor();
      expect(await groupNames(main())).toEqual(all);
      expect(await loadMore().count()).toBe(0);
      // The four pages of this view; what the view before cost is not in it.
      expect(await toldRequests()).toBe(askedFor() - 3);
    });

    it("tells a BigCommerce group's discounts with names", async () => {
      const { data } = whole.bigCommerce;
      const group = data.customerGroups.find(({ name }) => name === "Trade")!;
      await open(`/stores/bigcommerce-demo/groups/${group.id}`);
      expect(await page.title()).toBe("Trade · Clientele");
      const nameOf = (
        rows: readonly { readonly id: number; readonly name: string }[],
        id: unknown,
      ) => rows.find((row) => row.id === Number(id))!.name;
      expect(group.discount_rules).toMatchObject([
        { type: "all", method: "percent", amount: "5.0000" },
        { type: "category", method: "fixed", amount: "9.0000" },
        { type: "product", method: "price", amount: "2.5000" },
      ]);
      const [, ofCategory, ofProduct] = group.discount_rules;
      const category = data.categories.find(
        (row) => row.category_id === Number(ofCategory!.category_id),
      )!;
      const product = nameOf(data.products, ofProduct!.product_id);
      expect(await rowsOf(region("Discounts"))).toEqual([
        ["Everything", "5% off"],
        [`Category ${category.name}`, "for 9.00"],
        [expect.stringContaining(`Product ${product}`), "2.50 off"],
      ]);
      const listed = group.category_access.categories!.map((id) =>
        data.categories.find((row) => row.category_id === id)!,
      );
      expect(
        await region("Categories").getByRole("listitem").allTextContents(),
      ).toEqual(listed.map(({ name, url }) => `${name}${url.path}`));
      // The group and its members; categories, products and price lists.
      expect(await toldRequests()).toBe(askedFor());
      expect(askedFor()).toBe(5);
      await screenshot(page, "client-bigcommerce-group");
    });

    it("tells what a group refers to in vain", async () => {
      const { data } = whole.bigCommerce;
      const group = (name: string) =>
        data.customerGroups.find((one) => one.name === name)!;
      const targets = group("Lost targets");
      await open(`/stores/bigcommerce-demo/groups/${targets.id}`);
      const [ofCategory, ofProduct] = targets.discount_rules;
      expect(await rowsOf(region("Discounts"))).toEqual([
        [`Category ${ofCategory!.category_id}, deleted`, "10% off"],
        [`Product ${ofProduct!.product_id}, deleted`, "for 1.00"],
      ]);
      await tab.close();

      const shelves = group("Lost shelves");
      await open(`/stores/bigcommerce-demo/groups/${shelves.id}`);
      const listed = shelves.category_access.categories!.map((id) => {
        const row = data.categories.find((one) => one.category_id === id);
        return row ? `${row.name}${row.url.path}` : `${id}, deleted`;
      });
      expect(listed.filter((text) => text.endsWith("deleted"))).toHaveLength(2);
      expect(
        await region("Categories").getByRole("listitem").allTextContents(),
      ).toEqual(listed);
      await tab.close();

      const partners = group("Former partners");
      await open(`/stores/bigcommerce-demo/groups/${partners.id}`);
      const assignment = data.priceListAssignments.find(
        (row) => row.customer_group_id === partners.id,
      )!;
      expect(await rowsOf(region("Price lists by channel"))).toEqual([
        [`${assignment.price_list_id}, deleted`, String(assignment.channel_id)],
      ]);
    });

    it("keeps every digit of an amount", async () => {
      const group = whole.bigCommerce.data.customerGroups.find(
        ({ name }) => name === "Exact amounts",
      )!;
      await open(`/stores/bigcommerce-demo/groups/${group.id}`);
      expect(group.discount_rules.map(({ amount }) => amount)).toEqual([
        "0.0001",
        "12345678901234567.8901",
        "0.0000",
      ]);
      expect(
        (await rowsOf(region("Discounts"))).map(([, discount]) => discount),
      ).toEqual(["0.0001 off", "for 12345678901234567.8901", "0% off"]);
    });

    it("tells a Commerce Layer group's markets and notes", async () => {
      const { data } = whole.commerceLayer;
      const group = data.customerGroups.find(({ name }) => name === "VIP")!;
      await open(`/stores/commerce-layer-demo/groups/${group.id}`);
      const markets = data.markets.filter(
        (row) => row.customer_group_id === group.id,
      );
      expect(markets.length).toBeGreaterThan(0);
      expect(await rowsOf(region("Markets"))).toEqual(
        markets.map(({ name, code, price_list_id }) => {
          const list = data.priceLists.find(({ id }) => id === price_list_id)!;
          const tax = list.tax_included ? "with tax" : "before tax";
          return [
            `${name} ${code}`,
            `${list.name} ${list.currency_code}, ${tax}`,
          ];
        }),
      );
      expect(await factsOf(region("What the shop noted"))).toEqual({
        Reference: group.reference,
        "Reference’s origin": group.reference_origin,
        "metadata.foo": "bar",
      });
      expect(await toldRequests()).toBe(askedFor());
      await screenshot(page, "client-commerce-layer-group");
    });

    it("tells an Ecwid group's reference", async () => {
      const group = whole.ecwid.data.customerGroups.find(
        ({ externalReferenceId }) => externalReferenceId !== undefined,
      )!;
      await open(`/stores/ecwid-demo/groups/${group.id}`);
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
        group.name,
      );
      expect(await factsOf(region("What the shop noted"))).toEqual({
        "External reference": group.externalReferenceId,
      });
      await tab.close();
      await open("/stores/ecwid-demo/groups/0");
      await page.getByText("every customer who is in no other").waitFor();
    });

    it("pages through all members of a group", async () => {
      const group = whole.bigCommerce.data.customerGroups.find(
        ({ name }) => name === "Trade",
      )!;
      const members = whole.bigCommerce.data.customers.filter(
        (row) => row.customer_group_id === group.id,
      );
      expect(members.length).toBeGreaterThan(40);
      await open(`/stores/bigcommerce-demo/groups/${group.id}`);
      const list = region("Members");
      await list.getByText(`20 of ${members.length} members`).waitFor();
      await loadMore().click();
      await list.getByText(`40 of ${members.length} members`).waitFor();
      await loadMore().click();
      await list.getByText(`All ${members.length} members`).waitFor();
      const shown = await list
        .locator("tbody tr")
        .evaluateAll((rows) =>
          rows.map((row) => [
            row.querySelector(".email")?.textContent,
            row.querySelector(".name")?.textContent,
            row.querySelector("time")?.dateTime,
          ]),
        );
      expect(shown.map((row) => JSON.stringify(row)).sort()).toEqual(
        members
          .map(({ email, first_name, last_name, date_created }) =>
            JSON.stringify([
              email,
              `${first_name} ${last_name}`.trim(),
              new Date(date_created).toISOString(),
            ]),
          )
          .sort(),
      );
      // In the platform's order: the oldest first.
      const dates = shown.map(([, , date]) => date!);
      expect(dates).toEqual([...dates].sort());
    });

    it("keeps its place over reload and Back", async () => {
      const all = whole.ecwid.data.customerGroups.map(({ name }) => name);
      await open("/stores/ecwid-demo");
      await loadMore().click();
      await main().getByText(`40 of ${all.length} groups`).waitFor();
      expect(new URL(page.url()).search).toBe("?shown=40");
      clearJournals();
      await page.reload({ waitUntil: "networkidle" });
      expect(await groupNames(main())).toEqual(all.slice(0, 40));
      expect(askedFor()).toBe(1);

      const group = whole.ecwid.data.customerGroups[30]!;
      const link = main().getByRole("link", { name: group.name, exact: true });
      await link.scrollIntoViewIfNeeded();
      const place = await scrolled();
      expect(place).toBeGreaterThan(400);
      await link.click();
      await page.getByRole("heading", { level: 1, name: group.name }).waitFor();
      expect(await scrolled()).toBe(0);
      expect(new URL(page.url()).pathname).toBe(
        `/stores/ecwid-demo/groups/${group.id}`,
      );
      await page.reload({ waitUntil: "networkidle" });
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
        group.name,
      );
      await page.goBack();
      await main().getByText(`40 of ${all.length} groups`).waitFor();
      expect(await groupNames(main())).toEqual(all.slice(0, 40));
      await page.waitForFunction((y) => window.scrollY === y, place);
      await page.reload({ waitUntil: "networkidle" });
      await page.waitForFunction((y) => window.scrollY === y, place);
      // Whoever moves meanwhile is left alone.
      whole.ecwid.faults.add({ delayMs: 2_000, times: 1 });
      await page.reload();
      await page.locator(".loading").waitFor();
      await page.keyboard.press("Tab");
      await main().getByText(`40 of ${all.length} groups`).waitFor();
      expect(await scrolled()).toBe(0);
    });

    it("gives a list longer than a page of the server's back", async () => {
      const group = whole.ecwid.data.customerGroups.find(
        ({ name }) => name === "A page and one",
      )!;
      await open(`/stores/ecwid-demo/groups/${group.id}`);
      const list = region("Members");
      for (const text of [
        "40 of 101",
        "60 of 101",
        "80 of 101",
        "100 of 101",
      ]) {
        await loadMore().click();
        await list.getByText(`${text} members`).waitFor();
      }
      await loadMore().click();
      await list.getByText("All 101 members").waitFor();
      const members = await rowsOf(list);
      expect(members).toHaveLength(101);

      clearJournals();
      await page.reload({ waitUntil: "networkidle" });
      await list.getByText("All 101 members").waitFor();
      expect(await rowsOf(list)).toEqual(members);
      // The group, a hundred members, and the last one.
      expect(askedFor()).toBe(3);

      await page.getByRole("link", { name: "All stores" }).first().click();
      await region("ecwid-demo").waitFor();
      await page.goBack();
      await list.getByText("All 101 members").waitFor();
      expect(await rowsOf(list)).toEqual(members);
    });

    it("gives a very long list back as far as is sensible", async () => {
      const group = whole.ecwid.data.customerGroups.find(
        ({ name }) => name === "Newsletter",
      )!;
      await open(`/stores/ecwid-demo/groups/${group.id}?shown=999999`);
      const list = region("Members");
      await list.getByText("1,000 of 1,200 members").waitFor();
      expect(askedFor()).toBe(11);
      await loadMore().click();
      await list.getByText("1,020 of 1,200 members").waitFor();
      expect(new URL(page.url()).search).toBe("?shown=1020");
      const addresses = (await rowsOf(list)).map(([email]) => email);
      expect(new Set(addresses).size).toBe(1_020);
    });

    it("asks nothing twice that it remembers", async () => {
      await open("/");
      const menu = page.getByRole("navigation", { name: "Stores" });
      await menu.getByRole("link", { name: "ecwid-demo" }).click();
      await page.getByRole("heading", { level: 1, name: "ecwid" }).waitFor();
      await loadMore().waitFor();
      clearJournals();
      await menu.getByRole("link", { name: "All stores" }).click();
      await region("ecwid-demo").waitFor();
      await footer().getByText("came from the page’s own memory").waitFor();
      expect(askedFor()).toBe(0);
    });

    it("tells every request that a view cost", async () => {
      await open("/stores/commerce-layer-demo/groups/xYZkjABcde");
      await footer().getByText("Every request").click();
      const asked = whole.commerceLayer.journal.requests("api");
      const told = await footer().locator("li code").allTextContents();
      expect(told.map((text) => text.split("?")[0]).sort()).toEqual(
        asked.map(({ method, path }) => `${method} ${path}`).sort(),
      );
      const bytes = await footer().locator("li span").allTextContents();
      expect(bytes.map((text) => text.split(" · ").at(-1)).sort()).toEqual(
        asked.map((entry) => `${entry.bytes} B`).sort(),
      );
    });

    it("says what is not there", async () => {
      const noStore = "The server knows no store of the name nowhere.";
      for (const [path, title, reason] of [
        ["/stores/nowhere", "No such store", noStore],
        ["/stores/nowhere/groups/1", "No such store", noStore],
        [
          "/stores/bigcommerce-demo/groups/999999",
          "No such group",
          "bigcommerce-demo has no group with the id 999999 (any more).",
        ],
        [
          "/stores/bigcommerce-demo/groups/abc",
          "No such group",
          "bigcommerce-demo has no group with the id abc: its platform writes ids in another way.",
        ],
        [
          "/stores/ecwid-demo/groups/..%2F..%2Forders",
          "No such group",
          "ecwid-demo has no group with the id ../../orders: its platform writes ids in another way.",
        ],
        [
          "/elsewhere",
          "Nothing here",
          "This address leads to no view of this page.",
        ],
      ] as const) {
        tab = await browser.open();
        page = tab.page;
        const { heard } = await listen(page);
        await page.goto(whole.client.origin + path, {
          waitUntil: "networkidle",
        });
        expect(
          await page.getByRole("heading", { level: 1 }).textContent(),
        ).toBe(title);
        expect(await page.title()).toBe(`${title} · Clientele`);
        expect(await main().locator("p").textContent()).toBe(reason);
        await page.getByRole("link", { name: "Go to all stores" }).waitFor();
        // Neither a failure nor members of what is not there.
        expect(
          (await heard()).filter((text) => !text.startsWith("Loading")),
        ).toEqual([title]);
        expect(tab.problems).toEqual([]);
        const back = page.getByRole("link", { name: "Go to the groups of" });
        expect(await back.count()).toBe(title === "No such group" ? 1 : 0);
        if (title === "No such group") {
          await back.click();
          await main().locator(".group-row").first().waitFor();
        }
        if (path !== "/elsewhere") await tab.close();
      }
      // No web server lets this one through.
      await page.evaluate(() => {
        history.pushState(null, "", "/stores/%E0%A4%A/groups/1");
        dispatchEvent(new PopStateEvent("popstate"));
      });
      await main().getByText("leads to no view").waitFor();
    });

    it("tells screen readers what it does", async () => {
      whole.bigCommerce.faults.add({ delayMs: 1_500, times: 1 });
      tab = await browser.open();
      page = tab.page;
      await page.goto(`${whole.client.origin}/stores/bigcommerce-demo`);
      const said = page.getByRole("status");
      await said.getByText("Loading groups of bigcommerce-demo…").waitFor();
      await page.locator(".loading").waitFor();
      await screenshot(page, "client-loading");
      await said.getByText("20 of 65 groups").waitFor();
      await loadMore().click();
      await said.getByText("40 of 65 groups").waitFor();
    });

    it("says of a group and its members each once", async () => {
      const slow = whole.bigCommerce.faults.add({ delayMs: 900 });
      tab = await browser.open();
      page = tab.page;
      const { heard, forget } = await listen(page);
      await page.clock.install();
      await page.goto(
        `${whole.client.origin}/stores/bigcommerce-demo/groups/3`,
      );
      const list = region("Members");
      await list.getByText("20 of 51 members").waitFor();
      await page.getByRole("heading", { level: 1, name: "Trade" }).waitFor();
      const hears = async (texts: readonly string[]) => {
        await page.waitForFunction(
          (count) =>
            (window as unknown as ListeningWindow).heard.length >= count,
          texts.length,
        );
        expect(await heard()).toEqual(texts);
      };
      await hears([
        "Loading the group…",
        "Loading members…",
        "Trade, customer group of bigcommerce-demo",
        "20 of 51 members",
      ]);
      await forget();
      await loadMore().click();
      await hears(["Loading members…", "40 of 51 members"]);

      // What comes at once, as when no time passes, is told without a word
      // before it.
      slow.remove();
      await page.clock.pauseAt(Date.now() + 10_000);
      await forget();
      await loadMore().click();
      await hears(["All 51 members"]);
      // The heading has the focus, and with it its name is said.
      await page
        .getByRole("link", { name: "bigcommerce-demo" })
        .first()
        .click();
      await hears(["All 51 members", "20 of 65 groups"]);
      await forget();
      await page.goBack();
      await page.getByRole("heading", { level: 1, name: "Trade" }).waitFor();
      expect(await focused()).toBe("Trade");
      await hears(["All 51 members"]);
      // Nor does it stay for those who read the page to its end.
      await page.clock.runFor(10_000);
      expect(await page.getByRole("status").textContent()).toBe("");
    });

    it("is used by keys alone", async () => {
      const press = (key: string) => page.keyboard.press(key);
      await open("/");
      await press("Tab");
      expect(await focused()).toBe("Skip to the content");
      await screenshot(page, "client-skip-link");
      await press("Enter");
      expect(
        await main().evaluate((element) => element === document.activeElement),
      ).toBe(true);
      expect(new URL(page.url()).hash).toBe("");
      await press("Tab");
      expect(await focused()).toBe("commerce-layer-demo");
      // Every link in the order of reading, each visibly in focus.
      const reached: string[] = [];
      for (let count = 0; count < 24; count++) {
        reached.push(await focused());
        expect(
          await page.evaluate(() => {
            const { outlineStyle, outlineWidth } = getComputedStyle(
              document.activeElement!,
            );
            return `${outlineStyle} ${outlineWidth}`;
          }),
        ).toBe("solid 2px");
        await press("Tab");
      }
      expect(reached).toEqual(
        [whole.commerceLayer, whole.bigCommerce, whole.ecwid].flatMap(
          ({ storeKey, data: { customerGroups } }) => [
            storeKey,
            ...customerGroups.slice(0, 6).map(({ name }) => name),
            `All ${customerGroups.length} groups of ${storeKey}`,
          ],
        ),
      );

      await press("Shift+Tab");
      await press("Enter");
      const heading = page.getByRole("heading", { level: 1 });
      await heading.getByText("ecwid-demo").waitFor();
      expect(await focused()).toBe("ecwid-demo");
      await main().getByText("20 of 63 groups").waitFor();
      await screenshot(page, "client-heading-focus");
      // Behind the heading come the twenty groups, then the button.
      for (let count = 0; count < 21; count++) await press("Tab");
      for (const shown of ["40 of 63", "60 of 63"]) {
        expect(await focused()).toBe("Load more");
        await press("Enter");
        await main().getByText(`${shown} groups`).waitFor();
      }
      await press("Enter");
      await main().getByText("All 63 groups").waitFor();
      // The button is gone; the focus stays at the list's end.
      expect(await focused()).toBe("All 63 groups");
      await press("Shift+Tab");
      expect(await focused()).toBe(
        whole.ecwid.data.customerGroups.at(-1)!.name,
      );
    });

    it("runs under a policy that forbids the rest", async () => {
      await open("/");
      const { headers } = await fetch(whole.client.origin);
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'taken'";
        document.body.append(script);
      });
      expect(await page.title()).toBe("All stores · Clientele");
      expectedProblems = [
        expect.stringMatching(/inline script.*script-src 'self'/),
      ];
    });

    it("opens links in new tabs as asked", async () => {
      await open("/");
      const other = page.context().waitForEvent("page");
      await main()
        .getByRole("link", { name: "Wholesale" })
        .first()
        .click({ modifiers: ["Control"] });
      const opened = await other;
      await opened.getByRole("heading", { name: "Wholesale" }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/");
    });

    it.each(["light", "dark"] as const)(
      "is %s as the system is",
      async (colorScheme) => {
        await open("/stores/bigcommerce-demo/groups/3", { colorScheme });
        const [background, ink] = await page.evaluate(() => {
          const { backgroundColor, color } = getComputedStyle(
            document.documentElement,
          );
          return [backgroundColor, color].map((text) =>
            (text.match(/\d+/g) ?? [])
              .slice(0, 3)
              .reduce((sum, part) => sum + Number(part) / 3, 0),
          );
        });
        if (colorScheme === "light") {
          expect(background).toBeGreaterThan(230);
          expect(ink).toBeLessThan(60);
        } else {
          expect(background).toBeLessThan(40);
          expect(ink).toBeGreaterThan(200);
        }
        await screenshot(page, `client-${colorScheme}`);
      },
    );

    it.each([
      ["/", "all-stores"],
      ["/stores/commerce-layer-demo", "store"],
      ["/stores/bigcommerce-demo/groups/3", "group"],
    ])("fits %s in 360 pixels", async (path, name) => {
      await open(path, { viewport: { width: 360, height: 740 } });
      const width = () =>
        page.evaluate(() => document.documentElement.scrollWidth);
      expect(await width()).toBe(360);
      await screenshot(page, `client-narrow-${name}`);
      await footer().getByText("Every request").click();
      expect(await width()).toBe(360);
      // The store that is shown can be seen in the line of stores.
      const here = page.locator(".store-menu [aria-current]");
      const box = (await here.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(360);
    });

    it("marks where one is in forced colours too", async () => {
      const group = "/stores/bigcommerce-demo/groups/3";
      for (const [path, store] of [
        ["/stores/bigcommerce-demo", "bigcommerce-demo"],
        [group, "bigcommerce-demo"],
        ["/", "All stores"],
      ] as const) {
        await open(path, { forcedColors: "active" });
        const marks = await page.locator(".store-menu a").evaluateAll((links) =>
          links.map((link) => {
            const { borderInlineStartStyle, borderInlineStartWidth } =
              getComputedStyle(link);
            return [
              (link.querySelector(".key") ?? link).textContent,
              `${borderInlineStartWidth} ${borderInlineStartStyle}`,
            ];
          }),
        );
        expect(marks.filter(([, mark]) => mark === "4px solid")).toEqual([
          [store, "4px solid"],
        ]);
        if (path === group) await screenshot(page, "client-forced-colours");
        expect(await brokenRules(page)).toEqual([]);
        if (path !== "/") await tab.close();
      }
      // It is told in words too.
      expect(
        await page
          .getByRole("navigation", { name: "Stores" })
          .locator("[aria-current]")
          .getAttribute("aria-current"),
      ).toBe("page");
    });

    it("moves nothing where motion is unwanted", async () => {
      await open("/", { reducedMotion: "reduce" });
      whole.bigCommerce.faults.add({ delayMs: 1_000 });
      await page
        .getByRole("navigation", { name: "Stores" })
        .getByRole("link", { name: "bigcommerce-demo" })
        .click();
      const loading = page.locator(".loading");
      await loading.waitFor();
      expect(
        await loading.evaluate((element) => [
          getComputedStyle(element).animationName,
          element.getAnimations({ subtree: true }).length,
        ]),
      ).toEqual(["none", 0]);
      await loadMore().waitFor();
    });

    it.each([
      ["/", 1280, "light"],
      ["/", 360, "dark"],
      ["/stores/ecwid-demo", 1280, "dark"],
      ["/stores/commerce-layer-demo/groups/xYZkjABcde", 1280, "light"],
      ["/stores/bigcommerce-demo/groups/3", 1280, "dark"],
      ["/stores/bigcommerce-demo/groups/12", 360, "light"],
      ["/stores/nowhere", 1280, "light"],
    ] as const)(
      "keeps the rules of accessibility: %s, %d, %s",
      async (path, width, colorScheme) => {
        await open(path, { colorScheme, viewport: { width, height: 800 } });
        expect(await brokenRules(page)).toEqual([]);
      },
    );
  });

  describe("with a store in trouble", () => {
    const notice = (within: Locator) => within.locator(".notice");
    const tryAgain = (within: Locator) =>
      within.getByRole("button", { name: "Try again", exact: true });
    /** The notice goes when a new attempt begins, the groups come with its answer. */
    const showsGroups = async (within: Locator) => {
      await notice(within).waitFor({ state: "detached" });
      await within.locator(".group-row > a").first().waitFor();
    };

    // A server remembers what its stores answered: each test has its own.
    beforeEach(async () => {
      // What does not fit this deadline fails at once, and a pause does not.
      whole = await startWhole({ server: { operationTimeoutMs: 3_000 } });
    });
    afterEach(() => whole.stop());

    it("shows its failure beside others' data", async () => {
      const fault = whole.bigCommerce.faults.add({
        status: 500,
        body: { secret: "canary" },
      });
      await open("/");
      const troubled = region("bigcommerce-demo");
      await notice(troubled).getByText("does not answer").waitFor();
      expect(await notice(page.locator("body")).count()).toBe(1);
      for (const { storeKey, data } of [whole.commerceLayer, whole.ecwid]) {
        expect(await groupNames(region(storeKey))).toEqual(
          data.customerGroups.slice(0, 6).map(({ name }) => name),
        );
      }
      const sum =
        whole.commerceLayer.data.customerGroups.length +
        whole.ecwid.data.customerGroups.length;
      await main().getByText(`${sum} groups in 2 of 3 stores`).waitFor();
      expect(await page.locator("body").textContent()).not.toMatch(
        /canary|\bat .*:\d+:\d+|Error:/,
      );
      expect(await brokenRules(page)).toEqual([]);
      await screenshot(page, "client-store-failed");

      fault.remove();
      await tryAgain(troubled).click();
      await showsGroups(troubled);
      expect(await groupNames(troubled)).toEqual(
        whole.bigCommerce.data.customerGroups
          .slice(0, 6)
          .map(({ name }) => name),
      );
      // The button went; the focus is at the heading of its section.
      expect(await focused()).toBe("bigcommerce-demo");
      expect(tab.problems).toEqual([]);
    });

    it("waits as long as it asks", async () => {
      whole.ecwid.faults.add({
        status: 429,
        headers: { "retry-after": "5" },
        times: 1,
      });
      await open("/");
      const troubled = region("ecwid-demo");
      await notice(troubled).getByText("It asks to wait").waitFor();
      const button = notice(troubled).getByRole("button");
      expect(await button.textContent()).toMatch(/^Try again in [1-5] s$/);
      expect(await button.getAttribute("aria-disabled")).toBe("true");
      await screenshot(page, "client-store-throttled");
      clearJournals();
      await button.click({ force: true });
      await tryAgain(troubled).waitFor();
      expect(askedFor()).toBe(0);
      await tryAgain(troubled).click();
      await showsGroups(troubled);
      expect(await groupNames(troubled)).toHaveLength(6);
      expect(tab.problems).toEqual([]);
    });

    it("says what it knows while it asks again", async () => {
      whole.bigCommerce.faults.add({ status: 503 });
      tab = await browser.open();
      page = tab.page;
      const { heard, forget } = await listen(page);
      await page.goto(whole.client.origin, { waitUntil: "networkidle" });
      const troubled = region("bigcommerce-demo");
      await tryAgain(troubled).waitFor();
      await forget();
      whole.bigCommerce.faults.add({ delayMs: 1_500 });
      await tryAgain(troubled).click();
      await notice(troubled).getByText("Asking again…").waitFor();
      expect(await focused()).toBe("Asking again…");
      expect(
        await notice(troubled).getByText("does not answer").isVisible(),
      ).toBe(true);
      expect(await heard()).not.toContainEqual(
        expect.stringContaining("does not answer"),
      );
      await tryAgain(troubled).waitFor();
      // It did not help, which is said again.
      expect(await focused()).toBe("Try again");
      expect(await heard()).toContainEqual(
        expect.stringContaining("does not answer"),
      );
      expect(tab.problems).toEqual([]);
    });

    it("counts down in silence, and once for each refusal", async () => {
      const throttled = whole.ecwid.faults.add({
        status: 429,
        headers: { "retry-after": "4" },
      });
      tab = await browser.open();
      page = tab.page;
      const { heard } = await listen(page);
      await page.goto(whole.client.origin, { waitUntil: "networkidle" });
      const troubled = region("ecwid-demo");
      await tryAgain(troubled).waitFor();
      expect(
        (await heard()).filter((text) => text.includes("asks for a pause")),
      ).toHaveLength(1);
      expect(await heard()).not.toContainEqual(
        expect.stringContaining("Try again in"),
      );
      // The next failure names no time: the button does not wait.
      throttled.remove();
      whole.ecwid.faults.add({ status: 500 });
      await tryAgain(troubled).click();
      await notice(troubled).getByText("does not answer").waitFor();
      await tryAgain(troubled).waitFor();
      expect(await tryAgain(troubled).getAttribute("aria-disabled")).toBe(
        "false",
      );
    });

    it("goes on with a long list where it failed", async () => {
      const group = whole.ecwid.data.customerGroups.find(
        ({ name }) => name === "A page and one",
      )!;
      const fault = whole.ecwid.faults.add({
        status: 502,
        when: { queryPattern: { offset: "[1-9]" } },
      });
      await open(`/stores/ecwid-demo/groups/${group.id}?shown=120`);
      const list = region("Members");
      await notice(list).getByText("More of the group’s members").waitFor();
      await list.getByText("100 of 101 members").waitFor();
      expect(await rowsOf(list)).toHaveLength(100);
      fault.remove();
      await tryAgain(list).click();
      await list.getByText("All 101 members").waitFor();
      expect(await rowsOf(list)).toHaveLength(101);
      expect(await notice(list).count()).toBe(0);
    });

    it("counts no member where none could be read", async () => {
      whole.bigCommerce.faults.add({ status: 503 });
      await open("/stores/bigcommerce-demo/groups/3");
      const list = region("Members");
      await notice(list)
        .getByText("The group’s members are missing here.")
        .waitFor();
      expect(await list.getByRole("table").count()).toBe(0);
      expect(await list.locator(".load-more").count()).toBe(0);
      expect(await brokenRules(page)).toEqual([]);
      await screenshot(page, "client-group-failed");
    });

    it("names the scope that is missing", async () => {
      whole.bigCommerce.settingsAccess.change({
        scopes: ["store_v2_customers_read_only"],
      });
      await open("/stores/bigcommerce-demo/groups/3");
      const rules = whole.bigCommerce.data.customerGroups.find(
        ({ id }) => id === 3,
      )!.discount_rules;
      const discounts = region("Discounts");
      await notice(discounts)
        .getByText("store_v2_products_read_only")
        .first()
        .waitFor();
      expect(await rowsOf(discounts)).toEqual([
        ["Everything", "5% off"],
        [`Category ${rules[1]!.category_id}, not read`, "for 9.00"],
        [`Product ${rules[2]!.product_id}, not read`, "2.50 off"],
      ]);
      expect(await rowsOf(region("Members"))).toHaveLength(20);
      await notice(discounts).getByText("What the server says").click();
      await screenshot(page, "client-scope-missing");
      expect(tab.problems).toEqual([]);
    });

    it("keeps earlier pages beside a failed one", async () => {
      const all = whole.ecwid.data.customerGroups.map(({ name }) => name);
      await open("/stores/ecwid-demo");
      const fault = whole.ecwid.faults.add({ status: 502 });
      await loadMore().click();
      await notice(main())
        .getByText("More of its groups are missing")
        .waitFor();
      expect(await groupNames(main())).toEqual(all.slice(0, 20));
      fault.remove();
      await tryAgain(main()).click();
      await main().getByText(`40 of ${all.length} groups`).waitFor();
      expect(await groupNames(main())).toEqual(all.slice(0, 40));
      expect(tab.problems).toEqual([]);
    });

    it("asks again when one comes back", async () => {
      const fault = whole.ecwid.faults.add({ status: 503 });
      await open("/");
      await notice(region("ecwid-demo")).waitFor();
      await page
        .getByRole("navigation", { name: "Stores" })
        .getByRole("link", { name: "bigcommerce-demo" })
        .click();
      await loadMore().waitFor();
      fault.remove();
      await page.goBack();
      await region("ecwid-demo").getByRole("listitem").first().waitFor();
      expect(await notice(main()).count()).toBe(0);
      expect(tab.problems).toEqual([]);
    });

    it("says when the server itself is away", async () => {
      await open("/");
      await whole.stopServer();
      await page
        .getByRole("navigation", { name: "Stores" })
        .getByRole("link", { name: "ecwid-demo" })
        .click();
      await notice(main()).getByText("The server cannot be reached").waitFor();
      expect(await page.locator("body").textContent()).not.toMatch(
        /ECONNREFUSED|Network|Failed to fetch/,
      );
      await screenshot(page, "client-server-away");
      // The browser's own remark on the status of the answer.
      expect(tab.problems).toEqual([
        expect.stringMatching(/the server responded with a status of 50[02]/),
      ]);
    });
  });

  describe("on a server that wants a token", () => {
    const token = "a-token-that-no-browser-may-see";
    const server = {
      auth: {
        mode: "apiKeys",
        keys: [
          {
            name: "page",
            sha256: createHash("sha256").update(token).digest("hex"),
            scopes: ["read:groups", "read:customers"],
          },
        ],
      },
    };
    afterEach(() => whole.stop());

    it("sends its environment's token, unseen", async () => {
      whole = await startWhole({
        server,
        environment: { CLIENTELE_TOKEN: token },
      });
      tab = await browser.open();
      page = tab.page;
      const headers: string[] = [];
      page.on("request", (request) => {
        headers.push(JSON.stringify(request.headers()));
      });
      await page.goto(whole.client.origin, { waitUntil: "networkidle" });
      expect(await groupNames(region("ecwid-demo"))).toHaveLength(6);
      await footer().getByText("does not tell what this view cost").waitFor();
      expect(headers.length).toBeGreaterThan(2);
      expect(headers.join()).not.toContain("authorization");
      const { origin } = whole.client;
      for (const path of [
        "/",
        ...tab.requests.map((url) => new URL(url).pathname),
      ])
        expect(await (await fetch(origin + path)).text()).not.toContain(token);
      expect(tab.problems).toEqual([]);
    });

    it("says how to give it one", async () => {
      whole = await startWhole({ server });
      await open("/");
      await main()
        .getByRole("alert")
        .getByText("Start this page with CLIENTELE_TOKEN")
        .waitFor();
      expect(tab.problems.length).toBeGreaterThan(0);
      for (const problem of tab.problems)
        expect(problem).toContain("the server responded with a status of 401");
    });
  });

  describe("in development", () => {
    afterEach(() => whole.stop());

    it("shows the same from its sources", async () => {
      whole = await startWhole({ command: "dev" });
      tab = await browser.open();
      page = tab.page;
      await page.goto(whole.client.origin);
      await region("ecwid-demo").getByRole("listitem").first().waitFor();
      expect(await groupNames(region("ecwid-demo"))).toEqual(
        whole.ecwid.data.customerGroups.slice(0, 6).map(({ name }) => name),
      );
      expect(tab.problems).toEqual([]);
    });
  });
});
